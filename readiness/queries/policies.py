"""Which policy is in force for a type of plan on a day."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from readiness.models import Criterion, Policy, PolicyStatus
from readiness.queries.pages.board import PLAN_TYPES as SHORT_NAMES
from readiness.rules.catalogue import Terms


@dataclass(frozen=True, kw_only=True)
class PolicyInForce:
    """A policy with its criteria in order."""

    policy: Policy
    criteria: tuple[Criterion, ...]

    def terms(self) -> tuple[Terms, ...]:
        """The policy as the rules read it."""
        return tuple(
            Terms(key=one.key, strength=one.strength, parameters=one.parameters)
            for one in self.criteria
        )


def policies_in_force(
    *, as_at: dt.date, known: dt.datetime | None = None
) -> dict[str, PolicyInForce]:
    """By plan type, the newest approved version in force on the day; where none was yet, the first.

    One statement. With ``known`` those that had been approved before that moment. A plan type
    without an approved policy has no entry.
    """
    by_policy: dict[Policy, list[Criterion]] = defaultdict(list)
    approved = Criterion.objects.filter(policy__status=PolicyStatus.APPROVED)
    if known is not None:
        came_with_us = Q(policy__approved_at__isnull=True)
        approved = approved.filter(came_with_us | Q(policy__approved_at__lt=known))
    for criterion in approved.select_related("policy").order_by("policy", "position"):
        by_policy[criterion.policy].append(criterion)
    versions: dict[str, list[Policy]] = defaultdict(list)
    for policy in sorted(by_policy, key=lambda one: one.version):
        versions[policy.plan_type].append(policy)
    chosen = {plan_type: _on_day(known, as_at) for plan_type, known in versions.items()}
    return {
        plan_type: PolicyInForce(policy=policy, criteria=tuple(by_policy[policy]))
        for plan_type, policy in chosen.items()
    }


def flag_days(*, as_at: dt.date) -> dict[str, list[int]]:
    """By the short name of the plan type: days before the milestone at which a flag rises."""
    return {
        SHORT_NAMES.get(plan_type, plan_type): list(one.policy.flag_days)
        for plan_type, one in policies_in_force(as_at=as_at).items()
    }


def _on_day(versions: list[Policy], as_at: dt.date) -> Policy:
    """The newest in force; before any was, the newest of those that came into force first."""
    day = max(as_at, min(policy.effective_from for policy in versions))
    return [policy for policy in versions if policy.effective_from <= day][-1]
