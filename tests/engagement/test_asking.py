"""Whoever a record names is asked, in the transaction that writes it, and asked again when it changes."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry, RoleGrant, User
from engagement.actions import (
    amend_event,
    answers,
    asking,
    close_planned_event,
    record_event,
    start_edit,
    withdraw_event,
)
from engagement.actions import events as event_actions
from engagement.models import AnswerLink, Event, Question
from engagement.queries import questions
from engagement.rules.record import Attendance, PointMade, Record
from mail.models import Message
from stakeholders.models import Representative
from tests.engagement.area import bolton, days_ago, today
from tests.factories import accounts, stakeholders

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def area():
    return bolton()


@pytest.fixture
def lead(area):
    return stakeholders.representative(area.lmc)


def attendance(organisation, person=None, **differs) -> Attendance:
    facts = {"capacity": "provider", "outcome": "attended", **differs}
    return Attendance(
        organisation_id=organisation.pk, person_id=person.pk if person else None, **facts
    )


def record(area, *attendances, **differs) -> Record:
    facts = {
        "plan_ids": (area.plan.pk,),
        "title": "Forum",
        "held_on": days_ago(3),
        "channel": "meeting",
        "status": "happened",
        "level": "consult",
        "attendances": attendances,
    }
    return Record(**{**facts, **differs})


def logged(area, *attendances, by=None, **differs) -> Event:
    return record_event(
        by=by or area.manager, record=record(area, *attendances, **differs), now=NOW
    )


def amended(event, area, *attendances, **differs) -> None:
    draft = start_edit(
        by=area.manager, event=event, seen_version=0, seen_what=None, now=NOW, with_note=True
    )
    draft.event_version = Event.objects.get(pk=event.pk).version
    amend_event(
        by=area.manager,
        draft=draft,
        record=record(area, *attendances, **differs),
        now=NOW + dt.timedelta(hours=1),
        with_note=True,
    )


def matters() -> list[str]:
    return sorted(Message.objects.values_list("matter", flat=True))


def somebody(at, **facts):
    person = stakeholders.person(at=at)
    for name, value in {"email": f"p{person.pk}@example.org", **facts}.items():
        setattr(person, name, value)
    person.save()
    return person


def test_who_answers_for_the_organisation_gets_a_link_and_a_message(area, lead):
    event = logged(area, attendance(area.lmc), attendance(area.practices[0]))

    put = Question.objects.get(event=event, organisation=area.lmc)
    link = AnswerLink.objects.get()
    assert (link.question, link.user, link.round, link.sends) == (put, lead, 1, 1)
    assert link.expires_at == NOW + dt.timedelta(days=7)
    assert matters() == [f"record-named:{put.pk}:1:u{lead.pk}"]
    assert Message.objects.get().context == {"link": link.pk}
    assert Question.objects.filter(event=event).count() == 2, "who has nobody is asked all the same"


def test_commissioners_are_asked_too(area):
    lead = stakeholders.representative(area.ccg)
    logged(area, attendance(area.ccg, capacity="commissioner"))

    assert AnswerLink.objects.get().user == lead


def test_where_nobody_has_an_account_those_named_are_written_to_if_they_may_be(area):
    asked = somebody(area.lmc)
    logged(
        area,
        attendance(area.lmc, asked),
        attendance(area.lmc, somebody(area.lmc, email="")),
        attendance(area.lmc, somebody(area.lmc, contact_permitted=False)),
    )

    assert AnswerLink.objects.get().person == asked
    assert (Message.objects.get().email, Message.objects.get().user) == (asked.email, None)


@pytest.mark.parametrize("how", ["suspended", "role over", "representation over", "taken back"])
def test_who_lost_the_right_to_answer_is_not_asked(area, lead, how):
    ended = {"valid_to": today() - dt.timedelta(1)}
    if how == "suspended":
        User.objects.filter(pk=lead.pk).update(is_active=False)
    elif how == "role over":
        RoleGrant.objects.filter(user=lead).update(**ended)
    elif how == "representation over":
        Representative.objects.filter(user=lead).update(**ended)
    else:
        Representative.objects.filter(user=lead).update(taken_back_at=NOW)
    logged(area, attendance(area.lmc))

    assert not AnswerLink.objects.exists()


def test_who_logs_a_record_gets_no_message_about_their_own_organisation(area, lead):
    Representative.objects.create(
        user=area.manager, organisation=area.lmc, valid_from=accounts.LONG_AGO
    )
    RoleGrant.objects.create(user=area.manager, role="representative", valid_from=accounts.LONG_AGO)
    logged(area, attendance(area.lmc))

    assert AnswerLink.objects.get().user == lead


def test_what_is_planned_is_asked_about_when_it_has_happened(area, lead):
    event = logged(
        area, attendance(area.lmc, outcome="invited"), status="planned", held_on=days_ago(-3)
    )
    assert not Question.objects.exists()

    amended(event, area, attendance(area.lmc))
    assert AnswerLink.objects.get().user == lead


@pytest.mark.parametrize(("reason", "number"), [("no_response", 1), ("by_us", 0)])
def test_what_was_tried_is_asked_about_and_what_was_called_off_is_not(area, lead, reason, number):
    event = logged(
        area, attendance(area.lmc, outcome="invited"), status="planned", held_on=days_ago(-3)
    )
    close_planned_event(
        by=area.manager, event_id=event.pk, version=1, cancel_reason=reason, now=NOW
    )

    assert AnswerLink.objects.count() == number


def test_a_change_asks_again_those_whose_part_it_is_and_their_old_link_is_dead(area, lead):
    other = stakeholders.representative(area.practices[0])
    event = logged(area, attendance(area.lmc), attendance(area.practices[0]))
    first = AnswerLink.objects.get(user=lead)

    amended(event, area, attendance(area.lmc, outcome="apologised"), attendance(area.practices[0]))

    first.refresh_from_db()
    put = Question.objects.get(organisation=area.lmc)
    assert (first.revoked_at is not None, put.round, put.answered_at) == (True, 2, None)
    assert AnswerLink.objects.get(user=lead, round=2).revoked_at is None
    assert AnswerLink.objects.get(user=other).round == 1, "nothing of theirs changed"
    assert f"record-named:{put.pk}:2:u{lead.pk}" in matters()


def test_who_disputes_is_asked_again_after_any_change(area, lead):
    event = logged(area, attendance(area.lmc))
    answers.answer_record(
        event_id=event.pk, organisation=area.lmc, answer="disputed", words="No.", by=lead, now=NOW
    )
    amended(event, area, attendance(area.lmc), title="Another title")

    assert Question.objects.get().round == 2


def test_points_of_theirs_count_and_those_of_others_do_not(area, lead):
    event = logged(area, attendance(area.lmc), attendance(area.practices[0]))
    theirs, others = (
        PointMade(text="No money", theme="", organisation_id=one.pk)
        for one in (area.lmc, area.practices[0])
    )
    both = (attendance(area.lmc), attendance(area.practices[0]))
    amended(event, area, *both, points=(others,))
    assert Question.objects.get(organisation=area.lmc).round == 1
    amended(event, area, *both, points=(others, theirs))
    assert Question.objects.get(organisation=area.lmc).round == 2


def test_who_is_named_no_more_is_not_asked_any_more_and_comes_back_when_named_anew(area, lead):
    event = logged(area, attendance(area.lmc))
    amended(event, area, attendance(area.practices[0]))
    put = Question.objects.get(organisation=area.lmc)
    assert put.closed_at is not None
    assert AnswerLink.objects.get().revoked_at is not None

    amended(event, area, attendance(area.lmc))
    put.refresh_from_db()
    assert (put.closed_at, put.round) == (None, 2)


def test_nothing_is_asked_about_a_withdrawn_record(area, lead):
    event = logged(area, attendance(area.lmc))
    assert [one.event for one in questions.open_questions_of(lead, today=today())] == [event]

    withdraw_event(by=area.manager, event_id=event.pk, reason="Twice", now=NOW)
    assert Question.objects.get().closed_at is not None
    assert questions.open_questions_of(lead, today=today()) == []


def test_asking_twice_asks_once(area, lead):
    event = logged(area, attendance(area.lmc))
    assert asking.ask_about(event=event, by=area.manager, now=NOW) == frozenset()
    assert AnswerLink.objects.count() == Message.objects.count() == 1


def test_the_audit_row_says_who_was_asked(area, lead):
    logged(area, attendance(area.lmc))
    entry = AuditEntry.objects.get(verb="organisations asked")
    assert (entry.actor, entry.became) == (area.manager, {"asked": [area.lmc.code]})


def test_no_record_without_its_questions_and_no_question_without_its_record(
    area, lead, monkeypatch
):
    def fail(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(event_actions, "mark_changed", fail)
    with pytest.raises(RuntimeError):
        logged(area, attendance(area.lmc))
    assert not Event.objects.exists()
    assert not Question.objects.exists()
    assert not Message.objects.exists()


def test_as_many_queries_for_thirty_who_answer_as_for_two(area):
    def used(number: int) -> int:
        named = [stakeholders.practice() for _ in range(number)]
        for one in named:
            stakeholders.representative(one)
        with CaptureQueriesContext(connection) as captured:
            event = logged(area, *(attendance(one) for one in named))
        assert event.questions.count() == number
        return len(captured)

    assert used(2) == used(30)
