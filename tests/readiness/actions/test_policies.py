"""Policies as data: shipped, created once, never touched again."""

import pytest

from plans.models import PlanType
from readiness.actions import ensure_policies
from readiness.models import Criterion, Policy
from readiness.policies import shipped
from readiness.queries.policies import policies_in_force
from readiness.rules.catalogue import CRITERIA
from tests.readiness.country import TODAY

pytestmark = pytest.mark.django_db

MUSTS = {
    "lmc_reached",
    "no_proxy",
    "gp_breadth",
    "gp_depth",
    "early_throughout",
    "recent",
    "gp_seat",
}


def test_ensure_policies_creates_what_is_missing_and_only_once():
    Criterion.objects.all().delete()
    Policy.objects.all().delete()
    assert ensure_policies() == len(shipped())
    assert ensure_policies() == 0


def test_migrations_bring_the_first_policy_of_each_plan_type():
    ensure_policies()
    assert set(policies_in_force(as_at=TODAY)) == set(PlanType.values)


@pytest.mark.parametrize("policy", shipped(), ids=lambda policy: policy["plan_type"])
def test_a_shipped_policy_fits_the_rules_and_the_columns(policy):
    assert [one["key"] for one in policy["criteria"]] == list(CRITERIA)
    assert {one["key"] for one in policy["criteria"] if one["strength"] == "must"} == MUSTS
    ensure_policies()
    for criterion in Criterion.objects.filter(policy__plan_type=policy["plan_type"]):
        criterion.clean_fields()
        assert set(criterion.parameters) == set(CRITERIA[criterion.key].defaults)


def test_the_newest_version_in_force_on_the_day_is_used():
    ensure_policies()
    first = Policy.objects.get(plan_type=PlanType.STP_2016, version=1)
    second = Policy.objects.create(
        plan_type=PlanType.STP_2016, version=2, effective_from=TODAY, title="STP 2016"
    )
    criterion = first.criteria.first()
    criterion.pk, criterion.policy = None, second
    criterion.save()
    chosen = {
        day: policies_in_force(as_at=day)[PlanType.STP_2016].policy.version
        for day in (TODAY, TODAY.replace(year=2015), first.effective_from)
    }
    assert list(chosen.values()) == [2, 1, 1]
