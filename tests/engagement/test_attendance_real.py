"""The real lists of two board meetings, and that asking about many records is asking about each."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import AuditEntry
from engagement.actions.asking import ask_about, facts_of
from engagement.actions.asking_all import ask_about_all
from engagement.models import AnswerLink, Event, Outcome, Question
from engagement.queries.attendance_standing import as_they_stand
from mail.models import Message
from plans.models import Plan
from tests.engagement.area import bolton, days_ago
from tests.engagement.lists import Sending
from tests.factories import engagement, stakeholders

pytestmark = pytest.mark.django_db


@pytest.mark.register
@pytest.mark.parametrize(
    ("name", "rows", "bodies", "apologies"),
    [
        ("attendance_wy_icb_board_2025-09-23", 31, 11, 0),
        ("attendance_nhse_board_2025-09-23", 33, 4, 0),
    ],
)
def test_a_real_list_loads_once_its_organisations_are_chosen(client, name, rows, bodies, apologies):
    path = Path(os.environ["REGISTER_DATA"]) / "engagement" / f"{name}.csv"
    area = bolton()
    Plan.objects.filter(pk=area.plan.pk).update(
        starts_on=dt.date(2025, 6, 1), submission_on=dt.date(2026, 6, 1)
    )
    sending = Sending(client, area)
    sending.send(path.read_bytes(), name=path.name)
    sending.columns()
    assert [result for _, result in sending.results()] == ["unmatched"] * rows

    form = client.get(sending.url + "organisations/").context["form"]
    client.post(sending.url + "organisations/", {f"pick-{one}": "new:other" for one in form.names})
    sending.work()
    sending.confirm()

    event = Event.objects.get()
    assert event.held_on == dt.date(2025, 9, 23)
    assert event.participations.count() == len(form.names) == bodies
    assert event.participations.filter(outcome=Outcome.APOLOGISED).count() == apologies
    assert sorted({result for _, result in sending.results()}) == ["duplicate", "matched"]


def asked() -> tuple[list[str], list[str], int, list[str]]:
    """What asking leaves, without what two askings cannot share."""
    questions = Question.objects.values_list(
        "event__title", "organisation__code", "round", "closed_at"
    )
    links = AnswerLink.objects.values_list(
        "question__organisation__code", "round", "user", "person", "revoked_at"
    )
    told = AuditEntry.objects.filter(verb="organisations asked")
    entries = told.values_list("object_label", "after")
    return (
        sorted(map(str, questions)),
        sorted(map(str, links)),
        sum(len(one.context.get("links", [0])) for one in Message.objects.all()),
        sorted(map(str, entries)),
    )


def test_asking_about_many_is_asking_about_each():
    area, now = bolton(), timezone.now()
    stakeholders.representative(area.lmc)
    person = stakeholders.person("Ann", at=area.practices[0])
    person.email = "ann@example.org"
    person.save()
    events = [
        engagement.event(area.plan, held_on=days_ago(n + 2), title=f"Forum {n}") for n in range(3)
    ]
    for event in events:
        engagement.took_part(area.lmc, event)
        engagement.took_part(area.practices[0], event, person=person)
    engagement.took_part(area.practices[1], events[0])
    ask_about(event=Event.objects.get(pk=events[0].pk), by=area.manager, now=now)
    before = {events[0].pk: facts_of(Event.objects.get(pk=events[0].pk))}
    events[0].participations.filter(organisation=area.lmc).update(outcome=Outcome.APOLOGISED)
    events[0].participations.filter(organisation=area.practices[1]).delete()

    ids = {event.pk: event for event in events}
    outcomes = []

    for many in (False, True):
        with transaction.atomic():
            if many:
                read = as_they_stand(Event.objects.filter(pk__in=ids))
                ask_about_all(events=read, by=area.manager, now=now, before=before)
            else:
                for pk in ids:
                    ask_about(
                        event=Event.objects.get(pk=pk),
                        by=area.manager,
                        now=now,
                        before=before.get(pk),
                    )
            outcomes.append(asked())
            transaction.set_rollback(True)
    assert outcomes[0] == outcomes[1]
    assert outcomes[0][2] > 3
