"""What the demonstration asks, and what became of it: two national engagements and the everyday."""

import datetime as dt
from collections import Counter

import pytest

from accounts.models import User
from consultations.models import Answer, Coding, Moderation, Respondent, Response, Theme
from consultations.queries.analysis import analysis_of
from consultations.queries.register import course_of
from consultations.rules.register import Status, status
from consultations.rules.respondents import fingerprint, respondent_key
from engagement.models import Credited, PointFate
from engagement.queries.boards import board_attendance
from plans.access import plans_managed_by
from plans.models import BoardSeat, Consultation, Footprint, Plan, PlanVersion
from plans.rules.mentions import GENERAL_PRACTICE, counted
from readiness.demonstration.national import FOOTPRINT, KEEPER
from readiness.models import Assessment, Flag
from readiness.queries.computed import computed
from tests.readiness.demonstration.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

NETWORKS, CALL = "network-specifications-2019", "call-to-action-2013"


def of_plan(code: str) -> Consultation:
    return Consultation.objects.select_related("plan__footprint").get(plan__code=code)


@pytest.mark.parametrize(("code", "number"), [(NETWORKS, 4_048), (CALL, 521)])
def test_the_national_engagements_have_their_real_number_of_responses(code, number):
    found = analysis_of(of_plan(code))
    assert found.received.all == number
    assert not found.received.waiting
    assert found.received.held
    assert found.counted.campaigns
    assert found.counted.repeats
    assert found.counted.organisations + found.counted.people < found.counted.responses
    assert found.themes
    assert found.process
    assert found.quotes
    raised = {*found.themes, *found.process}
    row = found.consultation
    assert (row.themes, row.themes_answered) == (
        len(raised),
        sum(bool(found.names[theme].disposition) for theme in raised),
    )


def test_the_networks_had_15_working_days_and_need_a_reason():
    asked = of_plan(NETWORKS)
    assert (asked.opens_on, asked.closes_on) == (dt.date(2019, 12, 23), dt.date(2020, 1, 15))
    found = computed([asked.plan_id], as_at=dt.date(2020, 1, 20))[asked.plan_id]
    [result] = [one for one in found.found.results if one.key == "formal_consultation"]
    assert result.state == "not_met"
    assert "15 working days and no reason" in str(result)


def test_england_is_on_no_board_and_only_its_keeper_works_there():
    england = Footprint.objects.get(code=FOOTPRINT)
    plans = Plan.objects.filter(footprint=england)
    assert {plan.code for plan in plans} == {NETWORKS, CALL}
    assert all(plan.closed_on and plan.closed_on < TODAY for plan in plans)
    assert not Assessment.objects.filter(plan__in=plans).exists()
    assert not Flag.objects.filter(plan__in=plans).exists()
    keeper = User.objects.get(email=KEEPER)
    assert set(plans_managed_by(keeper, today=TODAY)) == set(plans)


def test_nothing_is_reported_of_a_consultation_before_it_closed():
    for row in Consultation.objects.all():
        for told_on in (row.report_on, row.heard_on):
            assert told_on is None or row.closes_on <= told_on <= TODAY, row


def test_every_status_stands_in_the_register():
    found = Consultation.objects.filter(published_at__isnull=False)
    stands = Counter(status(course_of(row), TODAY) for row in found)
    assert set(stands) == set(Status)


def test_an_open_form_has_responses_that_wait():
    asked = Consultation.objects.get(consultations_survey__code="near-home")
    assert status(course_of(asked), TODAY) is Status.OPEN
    waiting = Response.objects.filter(consultation=asked, moderation=Moderation.WAITING)
    assert waiting.count() == 17
    assert not Coding.objects.filter(answer__response__in=waiting).exists()
    assert asked.must_ask.count() == 2


def test_nobody_who_answers_is_anybody():
    assert not Respondent.objects.exclude(name="").exists()
    assert not Respondent.objects.exclude(email="").exclude(email__endswith="@example.org").exists()
    matched = Respondent.objects.filter(organisation__isnull=False)
    assert [one.organisation.code for one in matched] == ["X01000"]
    assert not Credited.objects.exists()  # a sweep does that


def test_keys_and_fingerprints_are_those_that_the_form_would_make():
    for one in Respondent.objects.filter(organisation__isnull=True).order_by("pk")[:50]:
        assert one.key == respondent_key(
            kind=one.kind, email=one.email, organisation_name=one.organisation_name
        )
    for one in Response.objects.order_by("pk")[:50]:
        texts = one.answers.order_by("question__number").values_list("text", flat=True)
        assert one.fingerprint == fingerprint(texts)


def test_moments_follow_each_other():
    for row in Response.objects.select_related("consultation").iterator():
        asked = row.consultation
        assert asked.opens_on <= row.received_on <= asked.closes_on
        assert row.moderated_at is None or row.moderated_at >= row.recorded_at
    assert not Response.objects.filter(recorded_at__date__gt=TODAY).exists()


def test_quotations_are_words_of_their_answers_and_of_cleared_ones():
    quoted = Answer.objects.exclude(quote="").select_related("response")
    assert quoted.count() > 20
    for one in quoted:
        assert one.quote.rstrip(".") in one.text
        assert one.response.moderation == Moderation.CLEARED


def test_points_of_the_shown_plans_have_fates_some_of_their_own():
    plan = Plan.objects.get(code="qop-stp-2016")
    found = PointFate.objects.filter(plan=plan)
    assert found.count() > 10
    assert not found.filter(point__event__held_on__gt=TODAY - dt.timedelta(30)).exists()
    assert PointFate.objects.exclude(disposition="").exists()
    assert Theme.objects.filter(plan=plan, published_at__isnull=False).count() == 3
    assert Theme.objects.filter(plan=plan, disposition="").exists()


def test_drafts_differ_and_some_never_name_general_practice():
    for version in PlanVersion.objects.order_by("pk")[:40]:
        assert version.mentions == counted(version.text)
    silent = [one for one in PlanVersion.objects.all() if not one.mentions[GENERAL_PRACTICE]]
    assert silent
    two = PlanVersion.objects.filter(plan__code="qop-stp-2016").order_by("dated_on")
    assert two[0].text != two[1].text


def test_seats_of_the_shown_boards_have_holders_who_came_and_a_time_without():
    plan = Plan.objects.get(code="qop-stp-2016")
    seats = list(BoardSeat.objects.filter(plan=plan))
    bodies = sorted({seat.body for seat in seats})
    found = board_attendance(plan=plan, seats=seats, bodies=bodies, day=TODAY)
    assert sum(one.present for one in found.values()) > 10
    assert any(one.apologies for one in found.values())
    assert BoardSeat.objects.filter(plan=plan, valid_to__isnull=False).count() == 1
    codes = set(_who_came(plan))
    assert "LMC011" not in codes


def _who_came(plan: Plan):
    return plan.engagement_credits.filter(event__channel="board").values_list(
        "event__participations__organisation__code", flat=True
    )
