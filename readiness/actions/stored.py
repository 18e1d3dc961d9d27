"""How an assessment of the rules is written down: the rows, and what stands in their JSON."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from readiness.models import Assessment, CriterionResult
from readiness.queries.computed import Computed
from readiness.rules.results import Result

EVENTS_KEPT = 200
"""Newest events kept with a result: enough to show and to see which one is new."""


def assessment_row(
    computed: Computed, *, as_at: dt.date, now: dt.datetime, change_no: int
) -> Assessment:
    """The row of the assessment as a whole; `headline` holds what a line of a page needs."""
    found = computed.found
    return Assessment(
        plan_id=computed.facts.plan_id,
        policy=computed.in_force.policy,
        as_at=as_at,
        computed_at=now,
        change_no=change_no,
        overall=found.overall,
        musts=found.musts,
        musts_met=found.musts_met,
        headline=headline(computed),
        is_current=True,
    )


RESULT_COLUMNS = ("criterion_id", "key", "state", "figure", "would_clear", "evidence")


def result_values(computed: Computed) -> list[tuple[Any, ...]]:
    """One row for each criterion, in the policy's order, by ``RESULT_COLUMNS``."""
    return [
        (
            criterion.pk,
            result.key,
            str(result.state),
            result.figure,
            result.would_clear,
            evidence(result),
        )
        for criterion, result in computed.lines()
    ]


def result_rows(assessment: Assessment, computed: Computed) -> list[CriterionResult]:
    """The same as rows that nobody stores, for a page of a day in the past."""
    rows = [
        CriterionResult(assessment=assessment, **dict(zip(RESULT_COLUMNS, values, strict=True)))
        for values in result_values(computed)
    ]
    for row, (criterion, _) in zip(rows, computed.lines(), strict=True):
        row.criterion = criterion
    return rows


def evidence(result: Result) -> dict[str, Any]:
    """The rule's numbers, and beside them the ids behind them:

    missing, fewest   organisations not found, and the fewest of them that would be enough
    events            the newest events that count, oldest first; events_total says how many
    not_counted       reason -> contacts that were seen and left out
    """
    return {
        **result.evidence,
        "missing": list(result.missing),
        "fewest": list(result.fewest),
        "events": list(result.events[-EVENTS_KEPT:]),
        "events_total": len(result.events),
        "not_counted": dict(result.not_counted),
    }


def headline(computed: Computed) -> dict[str, Any]:
    """What home and board say of a plan in a line, so that they need not read its results.

    states     key -> state, in the policy's order
    figures    key -> figure
    thin       keys of thin GP engagement that are not met or disputed
    musts_excepted   how many musts a named exception lets pass; they are not among those met
    lmcs_missing, localities_silent   names
    """
    results = computed.found.results
    missing = {pk for result in results if result.key == "lmc_reached" for pk in result.missing}
    return {
        "states": {result.key: str(result.state) for result in results},
        "figures": {result.key: result.figure for result in results},
        "thin": list(computed.found.thin),
        "musts_excepted": computed.found.musts_excepted,
        "lmcs_missing": [m.name for m in computed.facts.of_category("lmc") if m.id in missing],
        "localities_silent": [
            place["name"]
            for result in results
            for place in result.evidence.get("by_locality", ())
            if not place["heard"]
        ],
    }


def says_the_same(
    assessment: Assessment,
    rows: Mapping[str, CriterionResult],
    computed: Computed,
    as_at: dt.date,
) -> bool:
    """Whether a stored assessment says exactly what was computed now, for the same day."""
    if (assessment.as_at, assessment.policy_id) != (as_at, computed.in_force.policy.pk):
        return False
    stored = [
        (row.key, row.state, row.figure, row.would_clear, row.evidence) for row in rows.values()
    ]
    return stored == [
        (result.key, result.state, result.figure, result.would_clear, evidence(result))
        for result in computed.found.results
    ]
