"""Flags: raised, sharpened and cleared, one for each plan and criterion."""

import datetime as dt

import pytest

from accounts.models import AuditEntry
from engagement.actions import mark_counts_due, withdraw_event
from plans.models import BoardSeat, Capacity
from readiness.actions import assess_plans
from readiness.models import CriterionException, Flag, Policy
from stakeholders.models import ListSize, OpenPeriod
from tests.factories import accounts, engagement, papers, stakeholders
from tests.readiness.country import NOW, TODAY, at

SUBMISSION = dt.date(2016, 10, 21)
MUSTS_NOT_MET = {
    *("lmc_reached", "no_proxy", "gp_breadth", "gp_depth", "early_throughout", "recent"),
    *("required_groups", "consultation_triage"),
}
"""Of a plan of which nothing is recorded. Of the other nine musts there is no data."""


def assess_on(day=TODAY):
    return assess_plans(plan_ids=None, as_at=day, now=at(day)).flags


def flag(key="gp_breadth"):
    return Flag.objects.get(key=key)


def next_version(**changes):
    """The policy again, in force at once, with changes to some of its criteria."""
    policy = Policy.objects.filter(plan_type="stp_2016").latest("version")
    criteria = list(policy.criteria.all())
    policy.pk, policy.version = None, policy.version + 1
    policy.save()
    for criterion in criteria:
        criterion.pk, criterion.policy = None, policy
        for name, value in changes.get(criterion.key, {}).items():
            setattr(criterion, name, value)
        criterion.save()


def days_before_submission(days):
    return SUBMISSION - dt.timedelta(days)


def test_a_flag_is_raised_for_each_must_that_is_not_met_and_for_no_should(somewhere):
    assert assess_on().raised == len(MUSTS_NOT_MET)
    assert set(Flag.objects.values_list("key", flat=True)) == MUSTS_NOT_MET
    assert (flag().severity, flag().raised_at, flag().figure) == (
        "notice",
        NOW,
        "0 of 5 practices; 0% of patients",
    )


def test_no_data_raises_no_flag(somewhere):
    assess_on()
    assert not Flag.objects.filter(key="gp_seat").exists()


def test_thin_engagement_in_a_should_raises_a_flag_once_the_milestone_is_near(somewhere):
    assess_on(days_before_submission(61))
    assert not Flag.objects.filter(key="locality_spread").exists()
    assess_on(days_before_submission(60))
    assert flag("locality_spread").severity == "raised"
    assert not Flag.objects.filter(key="channels").exists()


def test_severity_rises_as_the_milestone_nears_and_a_missed_night_is_made_good(somewhere):
    seen = []
    for days in (61, 59, 13, -2):
        assess_on(days_before_submission(days))
        seen.append((flag().severity, flag().severity_since.date()))
    assert seen == [
        ("notice", days_before_submission(61)),
        ("raised", days_before_submission(59)),
        ("urgent", days_before_submission(13)),
        ("urgent", days_before_submission(13)),
    ]


def test_the_same_condition_stays_one_flag(somewhere):
    assess_on()
    before = Flag.objects.count()
    tally = assess_on(TODAY + dt.timedelta(1))
    assert (tally.raised, tally.cleared, Flag.objects.count()) == (0, 0, before)


def test_the_figure_of_an_open_flag_follows_the_record(somewhere):
    assess_on()
    somewhere.meeting(somewhere.practices[0])
    assess_on()
    assert flag().figure == "1 of 5 practices; 20% of patients"
    assert flag().cleared_at is None


def test_a_flag_clears_and_names_the_event_that_cleared_it(somewhere):
    somewhere.meeting(somewhere.practices[0], title="Small talk")
    assess_on()
    held = somewhere.meeting(*somewhere.practices[1:], title="Practice forum")
    assess_on()
    cleared = flag()
    assert (cleared.cleared_by, cleared.cleared_at) == (held, NOW)
    assert cleared.cleared_because == (
        "Practice forum, 1 July 2016. Now: 5 of 5 practices; 100% of patients."
    )


def test_a_condition_that_comes_back_is_a_new_flag(somewhere):
    assess_on()
    held = somewhere.meeting(*somewhere.practices)
    assess_on()
    withdraw_event(by=accounts.user(), event_id=held.pk, reason="Entered twice", now=NOW)
    assess_on()
    flags = Flag.objects.filter(key="gp_breadth").order_by("pk")
    assert [one.cleared_at is None for one in flags] == [False, True]


def test_a_flag_stays_open_while_there_is_no_data(somewhere):
    assess_on()
    OpenPeriod.objects.update(valid_to=TODAY - dt.timedelta(1))
    assess_on()
    assert flag().cleared_at is None
    assert flag().figure == "No practices recorded for this footprint on this day"


def test_a_flag_cleared_by_the_register_says_so(somewhere):
    somewhere.meeting(somewhere.practices[0])
    assess_on()
    gone = [one.pk for one in somewhere.practices[1:4]]
    OpenPeriod.objects.filter(organisation__in=gone).update(valid_to=TODAY - dt.timedelta(1))
    assess_on()
    assert flag().cleared_by is None
    assert flag().cleared_because == (
        "The register counts 2 practices and not 5. Now: 1 of 2 practices; 50% of patients."
    )


def test_a_flag_cleared_by_new_list_sizes_says_so(somewhere):
    for practice in somewhere.practices[:2]:
        ListSize.objects.filter(organisation=practice).update(patients=10)
    somewhere.meeting(*somewhere.practices[:2])
    assess_on()
    for practice in somewhere.practices[:2]:
        ListSize.objects.create(organisation=practice, as_at=TODAY, patients=9000)
    assess_on()
    assert flag().cleared_because.startswith("The register counts 36,000 patients and not 18,020.")


def test_a_flag_cleared_by_another_threshold_says_so(somewhere):
    somewhere.meeting(somewhere.practices[0])
    assess_on()
    next_version(gp_breadth={"parameters": {"red_below": 10, "amber_below": 20}})
    assess_on()
    assert flag().cleared_because == (
        "The threshold is that of STP 2016, version 4. Now: 1 of 5 practices; 20% of patients."
    )


def test_a_flag_cleared_by_a_seat_says_so(somewhere):
    seat = {"plan": somewhere.plan, "body": "Board", "valid_from": TODAY}
    trust = stakeholders.organisation("trust")
    BoardSeat.objects.create(title="Chair", organisation=trust, capacity=Capacity.PROVIDER, **seat)
    assess_on()
    assert flag("gp_seat").cleared_at is None
    BoardSeat.objects.create(
        title="Member", organisation=somewhere.lmc, capacity=Capacity.REPRESENTATIVE, **seat
    )
    assess_on()
    assert flag("gp_seat").cleared_because.startswith("A seat was recorded. Now: 1 of 2 filled")


def test_a_flag_cleared_by_a_correction_says_so(somewhere):
    held = somewhere.meeting(somewhere.practices[0])
    assess_on()
    mark_counts_due(event_id=held.pk)
    for practice in somewhere.practices[1:]:
        engagement.took_part(practice, held)
    assess_on()
    assert flag().cleared_because.startswith("The record or the dates of the plan were corrected.")


@pytest.mark.parametrize(
    ("column", "value", "because"),
    [
        ("closed_on", TODAY - dt.timedelta(1), "The plan is closed."),
        ("starts_on", TODAY + dt.timedelta(1), "The plan starts on 2 July 2016 now."),
    ],
)
def test_a_plan_that_is_not_running_has_no_open_flags(somewhere, column, value, because):
    assess_on()
    setattr(somewhere.plan, column, value)
    somewhere.plan.save()
    assert assess_on().cleared == len(MUSTS_NOT_MET)
    assert flag().cleared_because == because


def test_a_flag_clears_when_the_policy_no_longer_asks_for_it_as_a_must(somewhere):
    assess_on()
    next_version(gp_depth={"strength": "should"})
    assess_on()
    assert flag("gp_depth").cleared_because == (
        "STP 2016, version 4 does not ask for it as a must."
    )
    assert flag("gp_breadth").cleared_at is None


def test_flags_that_are_raised_sharpened_and_cleared_are_audited(somewhere):
    assess_on()
    assess_on(days_before_submission(30))
    somewhere.meeting(*somewhere.practices, held_on=days_before_submission(30))
    assess_on(days_before_submission(30))
    entries = AuditEntry.objects.filter(
        object_type="readiness.flag", object_key=str(flag().pk)
    ).order_by("pk")
    assert [(entry.verb, entry.actor) for entry in entries] == [
        ("raised", None),
        ("escalated", None),
        ("cleared", None),
    ]
    assert entries[1].after["severity"] == "high"
    assert entries[2].after["because"].startswith("Practice forum, 21 September 2016")


def test_severity_rises_on_the_days_that_the_policy_names(somewhere):
    Policy.objects.filter(plan_type="stp_2016").update(flag_days=[120, 30, 14])
    assess_on()
    assert flag().severity == "raised"


def test_an_exception_clears_the_flag_by_the_name_of_who_granted_it(somewhere):
    assess_on()
    reviewer = accounts.user()
    CriterionException.objects.create(
        plan=somewhere.plan,
        key="gp_breadth",
        reason="Practices are merging",
        starts_on=TODAY,
        expires_on=TODAY + dt.timedelta(days=30),
        recorded_at=NOW,
        recorded_by=reviewer,
    )
    assess_on()

    assert flag().cleared_because == (
        f"{reviewer.name} granted an exception until 31 July 2016."
        " Still: 0 of 5 practices; 0% of patients."
    )


def test_an_exception_that_expires_raises_a_new_flag_linked_to_the_old(somewhere):
    test_an_exception_clears_the_flag_by_the_name_of_who_granted_it(somewhere)
    assess_on(TODAY + dt.timedelta(days=31))

    old, new = Flag.objects.filter(key="gp_breadth").order_by("pk")
    assert (new.previous, new.cleared_at) == (old, None)


def test_a_flag_that_paper_cleared_says_so(somewhere):
    assess_on()
    papers.paper("triage", somewhere.plan)
    assess_on()

    assert flag("consultation_triage").cleared_because.startswith(
        "What is on paper was brought up to date. Now: "
    )
