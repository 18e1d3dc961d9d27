"""Policies in all their versions, and what a draft would change."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from plans.models import Plan
from readiness.models import Criterion, Policy, PolicyStatus
from readiness.queries.computed import computed
from readiness.queries.policies import PolicyInForce
from readiness.rules.catalogue import CRITERIA
from readiness.rules.states import State


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A criterion that a draft judges otherwise; an empty state where one policy lacks it."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class PlanMoved:
    """A plan that a draft would change."""

    code: str
    name: str
    before: State
    after: State
    moved: tuple[Moved, ...]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a draft would change on a day: of ``plans`` judged, those in ``changed``."""

    as_at: dt.date
    plans: int
    changed: tuple[PlanMoved, ...]

    @property
    def turned(self) -> int:
        """How many of them would have another verdict as a whole."""
        return sum(one.before is not one.after for one in self.changed)


def all_policies() -> QuerySet[Policy]:
    """Every version of every policy, newest first, with its people and number of criteria."""
    found = Policy.objects.select_related("author", "approved_by", "based_on")
    return found.annotate(number=Count("criteria")).order_by("plan_type", "-version")


def policy_numbered(pk: int) -> Policy | None:
    """One policy with its people, or None."""
    return all_policies().filter(pk=pk).first()


def approved_policies() -> QuerySet[Policy]:
    """Those that a draft can be based on, newest first."""
    found = Policy.objects.filter(status=PolicyStatus.APPROVED)
    return found.order_by("plan_type", "-version")


def criteria_of(policy: Policy) -> list[Criterion]:
    """The policy's criteria in order; one statement."""
    return list(policy.criteria.order_by("position"))


def criterion_of(policy: Policy, key: str) -> Criterion | None:
    """One criterion of the policy, or None."""
    return policy.criteria.filter(key=key).first()


def lacking(policy: Policy) -> list[Criterion]:
    """Criteria that the rules know and the policy lacks, as the newest version that has them says
    them: of the same plan type where one has it. One statement."""
    there = policy.criteria.values("key")
    found = Criterion.objects.filter(key__in=list(CRITERIA)).exclude(key__in=there)
    words: dict[str, Criterion] = {}
    ordered = found.select_related("policy").order_by("policy__version")
    for same_type in (False, True):
        for one in ordered:
            if (one.policy.plan_type == policy.plan_type) is same_type:
                words[one.key] = one
    return [words[key] for key in CRITERIA if key in words]


def preview(policy: Policy, *, as_at: dt.date) -> Preview:
    """Judge every plan of the type that was open on the day by the draft and by what was in force.

    Twice as many statements as one assessment, whatever the number of plans.
    """
    plans = Plan.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gte=as_at),
        plan_type=policy.plan_type,
        starts_on__lte=as_at,
    ).select_related("footprint")
    named = {plan.pk: plan for plan in plans.order_by("footprint__name", "pk")}
    draft = PolicyInForce(policy=policy, criteria=tuple(criteria_of(policy)))
    now = computed(named, as_at=as_at)
    then = computed(named, as_at=as_at, policies={policy.plan_type: draft})
    changed = []
    for pk, plan in named.items():
        if pk not in now or pk not in then:
            continue
        before = {one.key: (one.title, result.state) for one, result in now[pk].lines()}
        after = {one.key: (one.title, result.state) for one, result in then[pk].lines()}
        moved = tuple(
            Moved(
                title=(after.get(key) or before[key])[0],
                before=str(before[key][1]) if key in before else "",
                after=str(after[key][1]) if key in after else "",
            )
            for key in [*before, *(key for key in after if key not in before)]
            if before.get(key, ("", None))[1] != after.get(key, ("", None))[1]
        )
        overall = (now[pk].found.overall, then[pk].found.overall)
        if moved or overall[0] is not overall[1]:
            changed.append(
                PlanMoved(
                    code=plan.code,
                    name=plan.footprint.name,
                    before=overall[0],
                    after=overall[1],
                    moved=moved,
                )
            )
    return Preview(as_at=as_at, plans=len(now), changed=tuple(changed))
