"""The results of plans as plain values, stored or computed: what `manage.py assess` prints."""

import datetime as dt
from collections.abc import Iterable

from plans.models import Plan
from readiness.queries.assessments import current_assessments, results_of
from readiness.queries.computed import computed

Finding = dict[str, str]
"""key, state, figure, would_clear"""

Findings = list[tuple[str, list[Finding]]]
"""Plan code and its results in the policy's order; plans by code."""


def stored_findings(plan_ids: Iterable[int]) -> Findings:
    """What the pages show of these plans; three statements. Plans never assessed are left out."""
    current = current_assessments(plan_ids)
    results = results_of(assessment.pk for assessment in current.values())
    return [
        (code, [_finding(row) for row in results[current[pk].pk].values()])
        for pk, code in _codes(current)
    ]


def computed_findings(plan_ids: Iterable[int], *, as_at: dt.date) -> Findings:
    """What the rules find of these plans as at the day, from the records as they are now."""
    found = computed(plan_ids, as_at=as_at)
    return [
        (code, [_finding(result) for result in found[pk].found.results])
        for pk, code in _codes(found)
    ]


def _codes(plan_ids: Iterable[int]) -> list[tuple[int, str]]:
    plans = Plan.objects.filter(pk__in=list(plan_ids)).order_by("code")
    return list(plans.values_list("pk", "code"))


def _finding(result: object) -> Finding:
    names = ("key", "state", "figure", "would_clear")
    return {name: str(getattr(result, name)) for name in names}
