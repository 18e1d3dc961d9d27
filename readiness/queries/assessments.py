"""Stored assessments, flags that are open, plans that wait, and scheduled work that is owed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, Max, Q

from jobs.models import JobRun
from plans.models import Plan
from readiness.models import Assessment, CriterionResult, Flag

NIGHTLY = "readiness.nightly"
NIGHTLY_AT = dt.time(2, 15)
"""When the nightly slot of a day falls due, in local time; the schedule in config says the same."""


def current_assessments(plan_ids: Iterable[int]) -> dict[int, Assessment]:
    """The current assessment of each plan that has one; one statement."""
    found = Assessment.objects.filter(plan__in=list(plan_ids), is_current=True)
    return {assessment.plan_id: assessment for assessment in found}


def results_of(assessment_ids: Iterable[int]) -> dict[int, dict[str, CriterionResult]]:
    """assessment id -> key -> stored result, in the policy's order; one statement."""
    found: dict[int, dict[str, CriterionResult]] = defaultdict(dict)
    stored = CriterionResult.objects.filter(assessment__in=list(assessment_ids))
    for result in stored.order_by("assessment", "criterion__position"):
        found[result.assessment_id][result.key] = result
    return found


def open_flags(plan_ids: Iterable[int]) -> dict[tuple[int, str], Flag]:
    """(plan id, key) -> the one open flag; one statement."""
    found = Flag.objects.filter(plan__in=list(plan_ids), cleared_at__isnull=True)
    return {(flag.plan_id, flag.key): flag for flag in found.select_related("plan")}


def last_cleared_flags(plan_ids: Iterable[int]) -> dict[tuple[int, str], Flag]:
    """(plan id, key) -> the flag that cleared last; one statement."""
    newest = (
        Flag.objects.filter(plan__in=list(plan_ids), cleared_at__isnull=False)
        .order_by()
        .values("plan", "key")
        .annotate(newest=Max("pk"))
    )
    found = Flag.objects.filter(pk__in=newest.values("newest"))
    return {(flag.plan_id, flag.key): flag for flag in found}


def stale_plan_ids() -> list[int]:
    """Plans to which something was written since their newest assessment read them."""
    stale = Plan.objects.filter(change_no__gt=F("assessed_no"))
    return list(stale.order_by("changed_at", "pk").values_list("pk", flat=True))


def plan_ids_to_assess_nightly(*, as_at: dt.date) -> list[int]:
    """Plans that are not closed, and closed ones that still have a flag to be cleared."""
    living = Q(closed_on__isnull=True) | Q(closed_on__gte=as_at)
    flagged = Q(pk__in=Flag.objects.filter(cleared_at__isnull=True).values("plan"))
    return list(Plan.objects.filter(living | flagged).order_by("pk").values_list("pk", flat=True))


def plan_ids_by_code(code: str | None) -> list[int]:
    """The plan with this code, or every plan; empty where the code is unknown."""
    plans = Plan.objects.order_by("pk")
    if code is not None:
        plans = plans.filter(code=code)
    return list(plans.values_list("pk", flat=True))


def nightly_slot(now: dt.datetime) -> str:
    """The newest slot that is due at `now`, a local time: the day, or the day before."""
    day = now.date() if now.time() >= NIGHTLY_AT else now.date() - dt.timedelta(days=1)
    return day.isoformat()


def nightly_is_over(slot: str) -> bool:
    """Whether the run of this slot has come to an end, well or not."""
    return JobRun.objects.filter(kind=NIGHTLY, slot=slot, finished_at__isnull=False).exists()
