"""Who answered a consultation is named in the record, and the criteria move."""

import datetime as dt

import pytest
from django.utils import timezone

from consultations.models import Moderation, Response
from engagement.actions import responding
from engagement.actions.responding import credit_responses
from engagement.models import Credited, Event, Participation, Question
from plans.models import Plan
from tests.engagement.at_once import at_once
from tests.factories import accounts, consultations, engagement, plans, stakeholders

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


@pytest.fixture
def scene(db):
    lmc, practice = stakeholders.lmc(), stakeholders.practice()
    plan = plans.plan(plans.footprint(lmc, practice))
    consultation = consultations.consultation(plan, title="Care out of hospital")
    consultations.survey(consultation)
    return consultation, lmc, practice


def respond(consultation, organisation, **facts) -> Response:
    by = consultations.for_organisation(consultation, organisation)
    return consultations.response(consultation, "Who pays?", by=by, **facts)


def named(event: Event) -> set[int]:
    return set(event.participations.values_list("organisation_id", flat=True))


def test_those_who_answered_on_a_day_are_one_record_and_are_asked(scene) -> None:
    consultation, lmc, practice = scene
    respond(consultation, lmc)
    respond(consultation, practice)
    before = Plan.objects.get().change_no
    assert credit_responses(now=NOW) == 1
    event = Event.objects.get()
    assert named(event) == {lmc.pk, practice.pk}
    assert event.title == "Responses to: Care out of hospital"
    assert (event.channel, event.level, event.held_on) == ("survey", "consult", TODAY)
    parts = dict(event.participations.values_list("organisation_id", "capacity"))
    assert parts == {lmc.pk: "representative", practice.pk: "provider"}
    assert set(event.participations.values_list("outcome", flat=True)) == {"responded"}
    assert Question.objects.filter(event=event).count() == 2
    assert Plan.objects.get().change_no > before


@pytest.mark.parametrize(
    "facts",
    [{"moderation": Moderation.WAITING}, {"moderation": Moderation.HELD, "moderation_reason": "x"}],
)
def test_what_nobody_has_cleared_counts_for_nothing(scene, facts) -> None:
    consultation, lmc, _ = scene
    respond(consultation, lmc, **facts)
    assert credit_responses(now=NOW) == 0
    assert not Event.objects.exists()


def test_nor_does_a_name_that_nobody_matched(scene) -> None:
    consultation, lmc, _ = scene
    by = consultations.respondent(consultation, kind="organisation", organisation_name=lmc.name)
    consultations.response(consultation, "Who pays?", by=by)
    assert credit_responses(now=NOW) == 0


def test_the_sweep_may_come_again_and_more_come_into_the_same_record(scene) -> None:
    consultation, lmc, practice = scene
    respond(consultation, lmc)
    credit_responses(now=NOW)
    assert credit_responses(now=NOW) == 0
    respond(consultation, practice)
    respond(consultation, lmc)
    assert credit_responses(now=NOW) == 1
    assert named(Event.objects.get()) == {lmc.pk, practice.pk}
    assert Event.objects.get().version == 2
    assert Participation.objects.count() == Credited.objects.count() == 2


def test_each_day_is_a_record_of_its_own(scene) -> None:
    consultation, lmc, practice = scene
    respond(consultation, lmc, received_on=TODAY - dt.timedelta(3))
    respond(consultation, practice)
    credit_responses(now=NOW)
    days = Event.objects.order_by("held_on").values_list("held_on", flat=True)
    assert list(days) == [TODAY - dt.timedelta(3), TODAY]


def test_a_response_held_back_takes_its_part_out_and_the_last_one_the_record(scene) -> None:
    consultation, lmc, practice = scene
    respond(consultation, lmc)
    respond(consultation, practice)
    credit_responses(now=NOW)
    hold = {"moderation": Moderation.HELD, "moderation_reason": "Names a patient"}
    Response.objects.filter(respondent__organisation=lmc).update(**hold)
    assert credit_responses(now=NOW) == 1
    assert named(Event.objects.get()) == {practice.pk}
    Response.objects.update(**hold)
    credit_responses(now=NOW)
    assert Event.objects.get().withdrawn_at == NOW
    assert not Credited.objects.exists()
    Response.objects.update(moderation=Moderation.CLEARED)
    credit_responses(now=NOW)
    standing = Event.objects.filter(withdrawn_at__isnull=True)
    assert [named(one) for one in standing] == [{lmc.pk, practice.pk}]


def test_what_a_manager_added_to_the_record_stays(scene) -> None:
    consultation, lmc, practice = scene
    respond(consultation, lmc)
    credit_responses(now=NOW)
    event = Event.objects.get()
    engagement.took_part(practice, event)
    Response.objects.update(moderation=Moderation.HELD, moderation_reason="Names a patient")
    credit_responses(now=NOW)
    event.refresh_from_db()
    assert named(event) == {practice.pk}
    assert event.withdrawn_at is None


def test_a_withdrawn_consultation_is_credited_to_nobody(scene) -> None:
    consultation, lmc, _ = scene
    respond(consultation, lmc)
    credit_responses(now=NOW)
    consultation.withdrawn_at, consultation.withdrawn_reason = NOW, "Recorded twice"
    consultation.withdrawn_by = accounts.user()
    consultation.save()
    credit_responses(now=NOW)
    assert Event.objects.get().withdrawn_at == NOW


def test_as_many_statements_for_many_organisations_as_for_one(
    scene, django_assert_max_num_queries, django_assert_num_queries
) -> None:
    consultation, lmc, _ = scene
    respond(consultation, lmc, received_on=TODAY - dt.timedelta(1))
    with django_assert_max_num_queries(45) as few:
        credit_responses(now=NOW)
    for _ in range(20):
        respond(consultation, stakeholders.practice())
    with django_assert_num_queries(len(few.captured_queries)):
        credit_responses(now=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_make_one_record() -> None:
    lmc = stakeholders.lmc()
    consultation = consultations.consultation(plans.plan(plans.footprint(lmc)))
    consultations.survey(consultation)
    respond(consultation, lmc)
    at_once(*[lambda: credit_responses(now=NOW)] * 3)
    assert Event.objects.count() == Credited.objects.count() == 1


@pytest.mark.django_db
def test_one_that_fails_keeps_the_others_from_nothing(monkeypatch) -> None:
    lmc = stakeholders.lmc()
    plan = plans.plan(plans.footprint(lmc))
    first, second = (consultations.consultation(plan) for _ in range(2))
    for one in (first, second):
        consultations.survey(one)
        respond(one, lmc)
    usual = responding.record_event

    def failing(*, record, **facts):
        if record.title.endswith(first.title):
            raise RuntimeError("The disk is full")
        return usual(record=record, **facts)

    monkeypatch.setattr(responding, "record_event", failing)
    assert credit_responses(now=NOW) == 1
    assert Credited.objects.get().consultation == second
