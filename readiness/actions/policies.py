"""Bring the policies that the service ships into the database."""

import datetime as dt
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import User
from readiness.models import Criterion, Policy
from readiness.policies import shipped
from readiness.rules.catalogue import thresholds

DAYS = {"last_reviewed_on", "review_on"}
"""Values of a criterion that a file writes as 2027-03-01; older files name only the second."""


@transaction.atomic
def ensure_policies(*, by: User | None = None) -> int:
    """Create each shipped policy that is not there yet; how many were. Safe to run again.

    A policy that is there is never touched: plans were assessed by it. Raises ValueError for a
    file whose thresholds the rules cannot use.
    """
    known = set(Policy.objects.values_list("plan_type", "version"))
    missing = [one for one in shipped() if (one["plan_type"], one["version"]) not in known]
    for policy in missing:
        _create(policy, by)
    return len(missing)


def _create(policy: dict[str, Any], by: User | None) -> None:
    criteria = policy.pop("criteria")
    for criterion in criteria:
        thresholds(criterion["key"], criterion["parameters"])
        for name in DAYS & set(criterion):
            criterion[name] = dt.date.fromisoformat(criterion[name])
    policy["effective_from"] = dt.date.fromisoformat(policy["effective_from"])
    made = Policy.objects.create(**policy)
    Criterion.objects.bulk_create(Criterion(policy=made, **criterion) for criterion in criteria)
    audit.record(by=by, verb="added", obj=made, after={"criteria": len(criteria)})
