"""Policies as data: shipped, created once, never touched again."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps

from plans.models import PlanType
from readiness.actions import ensure_policies
from readiness.models import Criterion, Policy, PolicyStatus
from readiness.policies import shipped
from readiness.queries.policies import policies_in_force
from readiness.rules.catalogue import CRITERIA, thresholds
from tests.readiness.country import TODAY

pytestmark = pytest.mark.django_db

STP, NHP = "stp_2016", "nhp_2026"
SILENT = {"formal_consultation": {"five_tests": 0, "must_ask": 0}}
"""What a policy does not ask for that says nothing of it: a released one stays as it was."""

FIRST_TEN = (
    "lmc_reached",
    "no_proxy",
    "gp_breadth",
    "locality_spread",
    "gp_depth",
    "early_throughout",
    "recent",
    "channels",
    "gp_seat",
    "system_partners",
)
SHOULDS = {
    "locality_spread",
    "royal_colleges",
    "cross_boundary",
    "system_partners",
    "feedback_published",
    "channels",
    "commitments",
    "openness",
}


def keys(policy):
    return [one["key"] for one in policy["criteria"]]


def test_ensure_policies_creates_what_is_missing_and_only_once():
    Criterion.objects.all().delete()
    Policy.objects.all().delete()
    assert ensure_policies() == len(shipped())
    assert ensure_policies() == 0


def test_every_plan_type_has_a_policy():
    ensure_policies()
    assert set(policies_in_force(as_at=TODAY)) == set(PlanType.values)


def name_of(policy):
    return f"{policy['plan_type']}_{policy['version']}"


@pytest.mark.parametrize("policy", shipped(), ids=name_of)
def test_a_shipped_policy_fits_the_rules_and_the_columns(policy):
    ensure_policies()
    made = Policy.objects.get(plan_type=policy["plan_type"], version=policy["version"])
    criteria = list(made.criteria.all())
    assert [one.key for one in criteria] == keys(policy)
    assert [one.position for one in criteria] == list(range(1, len(criteria) + 1))
    for one in criteria:
        one.clean_fields()
        assert thresholds(one.key, one.parameters) == {**SILENT.get(one.key, {}), **one.parameters}
        assert (one.strength == "should") is (one.key in SHOULDS)


def test_version_1_asks_for_the_ten_criteria_of_the_first_release():
    first = [policy for policy in shipped() if policy["version"] == 1]
    assert {policy["plan_type"]: tuple(keys(policy)) for policy in first} == {
        STP: FIRST_TEN,
        NHP: FIRST_TEN,
    }


def test_version_2_asks_for_everything_that_can_be_computed_musts_first():
    second = {policy["plan_type"]: policy for policy in shipped() if policy["version"] == 2}
    assert set(keys(second[STP])) == set(CRITERIA)
    assert set(keys(second[NHP])) == set(CRITERIA) - {"gpfv_delivery"}
    for policy in second.values():
        strengths = [one["strength"] for one in policy["criteria"]]
        assert strengths == sorted(strengths)


def test_version_2_leaves_the_ten_criteria_of_version_1_as_they_were():
    review = {"position", "checker", "last_reviewed_on"}
    for plan_type in (STP, NHP):
        first, second = (
            {one["key"]: one for one in policy["criteria"]}
            for policy in shipped()
            if policy["plan_type"] == plan_type and policy["version"] < 3
        )
        for key, former in first.items():
            assert {n: v for n, v in second[key].items() if n not in review} == {
                n: v for n, v in former.items() if n not in review
            }


def test_version_3_asks_more_of_a_consultation_and_leaves_the_rest_as_it_was():
    for plan_type in (STP, NHP):
        second, third = (
            {one["key"]: one for one in policy["criteria"]}
            for policy in shipped()
            if policy["plan_type"] == plan_type and policy["version"] > 1
        )
        assert [key for key in third if third[key] != second[key]] == ["formal_consultation"]
        assert third.keys() == second.keys()
        asks = third["formal_consultation"]["parameters"]
        assert asks == {"short_below_working_days": 30, "five_tests": 1, "must_ask": 1}


def test_the_newest_version_is_in_force_on_every_day_on_which_version_1_was():
    ensure_policies()
    for policy in Policy.objects.filter(version=1):
        eve = policy.effective_from - dt.timedelta(1)
        for day in (eve, policy.effective_from, TODAY):
            assert policies_in_force(as_at=day)[policy.plan_type].policy.version == 3


def test_the_migrations_bring_what_the_files_say():
    def said():
        """Every column of the policies and criteria but their row ids, in order."""
        policies = Policy.objects.order_by("plan_type", "version")
        return [
            (
                {**policies.values().get(pk=policy.pk), "id": None},
                [{**row, "id": None, "policy_id": None} for row in policy.criteria.values()],
            )
            for policy in policies
        ]

    def forgotten():
        Criterion.objects.all().delete()
        Policy.objects.all().delete()

    forgotten()
    for name in ("0002_policies", "0004_policies_version_2", "0005_policies_version_3"):
        import_module(f"readiness.migrations.{name}").bring_policies(apps, None)
    migrated = said()
    forgotten()
    ensure_policies()
    assert len(migrated) == len(shipped())
    assert said() == migrated


@pytest.mark.parametrize(
    ("status", "versions"),
    [
        (PolicyStatus.APPROVED, [4, 3, 3]),
        (PolicyStatus.PROPOSED, [3, 3, 3]),
        (PolicyStatus.DRAFT, [3, 3, 3]),
        (PolicyStatus.DROPPED, [3, 3, 3]),
    ],
)
def test_the_newest_approved_version_in_force_on_the_day_is_used(status, versions):
    ensure_policies()
    first = Policy.objects.get(plan_type=STP, version=1)
    newest = Policy.objects.create(
        plan_type=STP, version=4, effective_from=TODAY, title="STP 2016", status=status
    )
    criterion = first.criteria.first()
    criterion.pk, criterion.policy = None, newest
    criterion.save()
    days = (TODAY, TODAY - dt.timedelta(1), TODAY.replace(year=2015))
    chosen = [policies_in_force(as_at=day)[STP].policy.version for day in days]
    assert chosen == versions
