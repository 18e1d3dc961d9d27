"""decide: once, on what was seen, by who may, with everything known frozen."""

import datetime as dt
import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import AuditEntry
from plans.actions import mark_changed
from plans.models import FootprintGrant, FootprintRegion, Plan
from readiness.actions.decisions import (
    AssessmentMoved,
    DecidedMeanwhile,
    DecisionRefused,
    HasGrant,
    SnapshotUnsound,
    decide,
)
from readiness.models import Assessment, Condition, Criterion, Decision, DecisionReason
from readiness.rules.canonical import digest
from readiness.rules.deciding import ConditionFacts
from stakeholders.models import ListSize
from tests.factories import plans
from tests.readiness.country import NOW, TODAY, country
from tests.readiness.deciding import assessed, decided, reviewer, seen, unmet, verdict

TOMORROW = TODAY + dt.timedelta(1)


def take(somewhere, assessment, *, by=None, saw=None, **changes):
    return decide(
        plan=somewhere.plan,
        verdict=verdict(assessment, **changes),
        seen=saw or seen(assessment),
        by=by or reviewer(),
        now=NOW,
    )


def test_a_decision_freezes_what_was_known(somewhere):
    held = somewhere.meeting(somewhere.lmc, *somewhere.practices[:2])
    by = reviewer("Dr Reviewer")
    made = decided(somewhere.plan, "conditions", by=by)
    snapshot = json.loads(made.snapshot)

    assert (made.number, made.sha256) == (1, digest(made.snapshot))
    assert snapshot["decision"]["decided_by"] == "Dr Reviewer"
    assert snapshot["as_at"] == TODAY.isoformat()
    results = {one["key"]: one for one in snapshot["results"]}
    for row in made.assessment.results.all():
        assert (results[row.key]["state"], results[row.key]["figure"]) == (row.state, row.figure)
    assert {one["organisation"] for one in snapshot["parts"] if one["event"] == held.pk} == {
        somewhere.lmc.pk, *(one.pk for one in somewhere.practices[:2])
    }  # fmt: skip
    reasons = dict(DecisionReason.objects.filter(decision=made).values_list("key", "reason"))
    assert reasons == snapshot["decision"]["reasons"]
    assert set(reasons) == set(unmet(made.assessment))
    assert Condition.objects.get(decision=made).due_on == TODAY + dt.timedelta(90)
    entry = AuditEntry.objects.get(verb="decided")
    assert (entry.object_key, entry.became["sha256"]) == (str(made.pk), made.sha256)


def test_a_decision_moves_no_figure(somewhere):
    decided(somewhere.plan)
    plan = Plan.objects.get(pk=somewhere.plan.pk)
    assert plan.change_no == plan.assessed_no
    assert Assessment.objects.filter(plan=plan).count() == 1


def test_the_same_form_sent_twice_decides_once(somewhere):
    assessment, by = assessed(somewhere.plan, as_at=TODAY), reviewer()
    saw = seen(assessment)
    first = take(somewhere, assessment, by=by, saw=saw)
    assert take(somewhere, assessment, by=by, saw=saw) == first
    assert Decision.objects.count() == 1
    assert AuditEntry.objects.filter(verb="decided").count() == 1


def test_the_second_reviewer_is_told_whose_decision_stands(somewhere):
    assessment = assessed(somewhere.plan, as_at=TODAY)
    first = take(somewhere, assessment)
    with pytest.raises(DecidedMeanwhile) as told:
        take(somewhere, assessment, outcome="refuse")
    assert told.value.decision == first
    assert Decision.objects.get().outcome == "agree"


def test_who_saw_the_first_decision_may_take_the_second(somewhere):
    assessment = assessed(somewhere.plan, as_at=TODAY)
    take(somewhere, assessment)
    second = take(somewhere, assessment, outcome="return", saw=seen(assessment, number=1))
    assert second.number == 2


@pytest.mark.parametrize("where", ["footprint", "region"])
def test_who_may_write_about_a_footprint_cannot_decide_on_it(somewhere, where):
    assessment, by = assessed(somewhere.plan, as_at=TODAY), reviewer()
    footprint, region = somewhere.plan.footprint, plans.region()
    FootprintRegion.objects.create(
        footprint=footprint, region=region, valid_from=TODAY - dt.timedelta(9)
    )
    granted = {"footprint": footprint} if where == "footprint" else {"region": region}
    grant = FootprintGrant.objects.create(user=by, valid_from=TODAY, **granted)
    with pytest.raises(HasGrant):
        take(somewhere, assessment, by=by)
    grant.valid_from = TODAY - dt.timedelta(9)
    grant.valid_to = TODAY - dt.timedelta(1)
    grant.save()
    assert take(somewhere, assessment, by=by).number == 1


def test_a_grant_elsewhere_is_no_hindrance(somewhere):
    by = reviewer()
    elsewhere = country(1)
    FootprintGrant.objects.create(user=by, footprint=elsewhere.plan.footprint, valid_from=TODAY)
    assert take(somewhere, assessed(somewhere.plan, as_at=TODAY), by=by).number == 1


def test_it_is_asked_again_when_the_plan_was_written_to(somewhere):
    assessment = assessed(somewhere.plan, as_at=TODAY)
    mark_changed(plan_ids=[somewhere.plan.pk], now=NOW)
    with pytest.raises(AssessmentMoved) as told:
        take(somewhere, assessment)
    assert not told.value.drifted
    assert not Decision.objects.exists()


def test_it_is_asked_again_when_another_assessment_is_current(somewhere):
    before = assessed(somewhere.plan, as_at=TODAY)
    somewhere.meeting(somewhere.lmc)
    after = assessed(somewhere.plan, as_at=TODAY)
    assert after != before
    with pytest.raises(AssessmentMoved):
        take(somewhere, before)
    assert take(somewhere, after).number == 1


def test_figures_that_drifted_unmarked_are_marked_and_not_decided_on(somewhere):
    assessment = assessed(somewhere.plan, as_at=TODAY)
    ListSize.objects.update(patients=9000)
    somewhere.meeting(somewhere.practices[0])
    with pytest.raises(AssessmentMoved) as told:
        take(somewhere, assessment)
    assert told.value.drifted
    plan = Plan.objects.get(pk=somewhere.plan.pk)
    assert plan.change_no > plan.assessed_no
    assert take(somewhere, assessed(somewhere.plan, as_at=TODAY)).number == 1


def test_a_new_policy_is_a_move_too(somewhere):
    assessment = assessed(somewhere.plan, as_at=TODAY)
    policy = assessment.policy
    criteria = list(policy.criteria.all())
    policy.pk, policy.version = None, policy.version + 1
    policy.save()
    for one in criteria:
        one.pk, one.policy = None, policy
    Criterion.objects.bulk_create(criteria)
    with pytest.raises(AssessmentMoved):
        take(somewhere, assessment)


@pytest.mark.parametrize("outcome", ["agree", "conditions"])
def test_an_agreement_needs_a_reason_for_every_unmet_must(somewhere, outcome):
    assessment = assessed(somewhere.plan, as_at=TODAY)
    whole = verdict(assessment, outcome)
    first, *others = unmet(assessment)
    assert others, "the plan of the test has several unmet musts"
    lacking = replace(whole, reasons={**whole.reasons, first: "  "})
    with pytest.raises(DecisionRefused) as told:
        decide(plan=somewhere.plan, verdict=lacking, seen=seen(assessment), by=reviewer(), now=NOW)
    assert set(told.value.problems) == {f"reason_{first}"}
    assert not Decision.objects.exists()


@pytest.mark.parametrize("outcome", ["return", "refuse"])
def test_to_return_or_refuse_the_summary_is_enough(somewhere, outcome):
    made = decided(somewhere.plan, outcome, reasons={"gp_breadth": "Too few were heard"})
    assert list(made.reasons.values_list("key", "reason")) == [("gp_breadth", "Too few were heard")]


def test_a_snapshot_that_does_not_bear_its_figures_out_is_refused(somewhere, monkeypatch):
    somewhere.meeting(somewhere.lmc, *somewhere.practices[:2])
    assessment = assessed(somewhere.plan, as_at=TODAY)
    monkeypatch.setattr("readiness.queries.snapshots.parts_of", lambda *_, **__: [])
    with pytest.raises(SnapshotUnsound):
        take(somewhere, assessment)
    assert not Decision.objects.exists()


def test_a_decision_reads_a_fixed_number_of_statements(somewhere, django_assert_max_num_queries):
    counts = []
    for practices in (3, 30):
        place = country(practices)
        place.meeting(place.lmc, *place.practices)
        assessment, by = assessed(place.plan, as_at=TODAY), reviewer()
        said = verdict(assessment)
        with django_assert_max_num_queries(80) as counted:
            decide(plan=place.plan, verdict=said, seen=seen(assessment), by=by, now=NOW)
        counts.append(len(counted))
    assert counts[0] == counts[1]


def at_once(people, work):
    """``work`` for each of them, at the same time where the database has several connections."""
    if not connection.features.test_db_allows_multiple_connections:
        return [work(by) for by in people]
    together = Barrier(len(people))

    def alone(by):
        try:
            together.wait(timeout=60)
            return work(by)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(alone, people))


@pytest.mark.django_db(transaction=True)
def test_of_two_reviewers_at_once_one_stands_and_the_other_is_told():
    place = country()
    assessment = assessed(place.plan, as_at=TODAY)

    def try_to(by):
        try:
            return take(place, assessment, by=by)
        except DecidedMeanwhile as told:
            return told

    answers = at_once([reviewer("First"), reviewer("Second"), reviewer("Third")], try_to)
    stands = Decision.objects.get()
    told = [one for one in answers if isinstance(one, DecidedMeanwhile)]
    assert [one for one in answers if isinstance(one, Decision)] == [stands]
    assert [one.decision for one in told] == [stands, stands]


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twice_at_once_decides_once():
    place, by = country(), reviewer()
    assessment = assessed(place.plan, as_at=TODAY)
    saw = seen(assessment)
    answers = at_once([by, by], lambda by: take(place, assessment, by=by, saw=saw))
    assert answers == [Decision.objects.get()] * 2


def test_a_condition_that_is_due_already_is_refused(somewhere):
    late = ConditionFacts(text="Hear them", owner="Director", due_on=TODAY - dt.timedelta(1))
    with pytest.raises(DecisionRefused) as told:
        decided(somewhere.plan, "conditions", conditions=[late])
    assert told.value.problems == {"conditions": "A condition must be due today or later"}


def test_a_form_key_of_somebody_else_is_not_their_decision(somewhere):
    """Whoever guesses a key is not handed another reviewer's decision as their own."""
    assessment, key = assessed(somewhere.plan, as_at=TODAY), uuid.uuid4()
    take(somewhere, assessment, saw=seen(assessment, form_key=key))
    with pytest.raises(DecidedMeanwhile):
        take(somewhere, assessment, saw=seen(assessment, form_key=key))
