"""Compare the summary of reach with the definition each night; what differs is told, then mended."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts import audit
from engagement.actions.summary import empty_counts, name_due
from jobs.actions import RowProblem
from jobs.models import JobRun
from plans.actions import mark_changed
from plans.models import Plan
from readiness.queries.reach import day_of
from readiness.queries.summary import Difference, differences, standing
from stakeholders.models import Organisation
from ui.words import nhs_date

PLANS_AT_ONCE = 25
NAMED_AT_MOST = 50


@dataclass(frozen=True, kw_only=True)
class Checked:
    """How many rows of the summary differed, and how many plans could not be compared because
    somebody was writing to them. ``problems`` are the first of the rows, in words."""

    differences: int = 0
    not_compared: int = 0
    problems: tuple[RowProblem, ...] = field(default=())


def check_summary(
    *, run: JobRun, plan_ids: Sequence[int], as_at: dt.date, now: dt.datetime
) -> Checked:
    """Compare the summary of these plans, which has just been read, with the definition.

    A difference is an error of the service and is never repaired in silence: the run names the row,
    the audit trail says what was found, and the row is marked, so that the next refresh works it
    out anew and the plan is assessed again.
    """
    checked = Checked()
    for start in range(0, len(plan_ids), PLANS_AT_ONCE):
        chunk = plan_ids[start : start + PLANS_AT_ONCE]
        found = differences(chunk, as_at=as_at)
        if found:
            _mark(found, run=run, now=now)
        left = NAMED_AT_MOST - len(checked.problems)
        checked = Checked(
            differences=checked.differences + len(found),
            not_compared=checked.not_compared
            + len(chunk)
            - len(standing(chunk, as_at=as_at).whole | {one.plan_id for one in found}),
            problems=(*checked.problems, *_problems(found[:left], len(checked.problems))),
        )
    return checked


@transaction.atomic
def _mark(found: Collection[Difference], *, run: JobRun, now: dt.datetime) -> None:
    plan_ids = {one.plan_id for one in found}
    events = {one.event_id for one in found if one.event_id is not None}
    if events:
        empty_counts(Q(plan__in=plan_ids, event__in=events))
    name_due((one.plan_id, one.organisation_id) for one in found if one.organisation_id is not None)
    codes = Plan.objects.filter(pk__in=plan_ids).order_by("code").values_list("code", flat=True)
    after = {"plans": list(codes), "rows": len(found), "what": "marked to be worked out anew"}
    audit.record(by=None, verb="summary differed", obj=run, after=after, at=now)
    mark_changed(plan_ids=plan_ids, now=now)


def _problems(found: Sequence[Difference], already: int) -> Iterator[RowProblem]:
    plans = Plan.objects.in_bulk({one.plan_id for one in found})
    named = Organisation.objects.in_bulk({one.organisation_id for one in found})
    for number, one in enumerate(found, already + 1):
        organisation = named.get(one.organisation_id)
        yield RowProblem(
            sheet=plans[one.plan_id].code,
            row=number,
            column="reach of" if organisation else "counts of event",
            value=str(organisation or one.event_id),
            message=(
                f"The summary said {_said(one.summary)}; the record says {_said(one.record)}."
                " It is worked out anew: tell those who look after the service."
            ),
        )


def _said(values: dict[str, Any]) -> str:
    """ "last heard 3 April 2016, first heard nothing" """
    return ", ".join(
        f"{name.replace('_', ' ')} {_shown(value)}" for name, value in values.items()
    ) or ("nothing")


def _shown(value: Any) -> str:
    if value is None:
        return "never"
    return str(value) if isinstance(value, int) else nhs_date(day_of(value))
