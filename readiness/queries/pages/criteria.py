"""The approved policies with their criteria, for those who ask how a figure is worked out."""

import datetime as dt
from collections.abc import Sequence

from readiness.models import Criterion, Policy, PolicyStatus


def approved_policies() -> list[Policy]:
    """Every approved policy, the newest version of each plan type first; one statement."""
    approved = Policy.objects.filter(status=PolicyStatus.APPROVED)
    return list(approved.order_by("-plan_type", "-version"))


def in_force(policies: Sequence[Policy], *, today: dt.date) -> list[Policy]:
    """Of each plan type the newest version in force, in the order of ``policies``."""
    found: dict[str, Policy] = {}
    for policy in policies:
        if policy.effective_from <= today:
            found.setdefault(policy.plan_type, policy)
    return list(found.values())


def criteria_of(policy: Policy) -> list[Criterion]:
    """The criteria of one policy in its order; one statement."""
    return list(policy.criteria.order_by("position"))
