"""Assess plans and keep what was found. Safe to run twice, late, or at the same time."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from jobs.bulk import insert
from plans.models import Plan
from readiness.actions.flags import FlagTally, update_flags
from readiness.actions.stored import (
    RESULT_COLUMNS,
    assessment_row,
    result_values,
    says_the_same,
)
from readiness.actions.summary import refresh_summary
from readiness.actions.visits import Occasion, Visit
from readiness.models import Assessment, CriterionResult
from readiness.queries.assessments import current_assessments, results_of
from readiness.queries.computed import Computed, computed

CHUNK = 25
"""Plans that are gathered, judged and stored at a time: memory does not grow with their number."""


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What an assessment of many plans did.

    stored      plans with a new assessment
    unchanged   plans whose current assessment says the same for the same day already
    overtaken   plans that somebody else is writing to or has assessed more newly: where anything
                is owed to them their mark stands, and the next sweep finds them
    no_policy   plans of a type without a policy
    """

    stored: int = 0
    unchanged: int = 0
    overtaken: int = 0
    no_policy: int = 0
    flags: FlagTally = field(default_factory=FlagTally)

    def __add__(self, other: "Tally") -> "Tally":
        flags = FlagTally(
            raised=self.flags.raised + other.flags.raised,
            escalated=self.flags.escalated + other.flags.escalated,
            cleared=self.flags.cleared + other.flags.cleared,
        )
        return Tally(
            stored=self.stored + other.stored,
            unchanged=self.unchanged + other.unchanged,
            overtaken=self.overtaken + other.overtaken,
            no_policy=self.no_policy + other.no_policy,
            flags=flags,
        )

    def counts(self) -> dict[str, int]:
        """What was done, as plain numbers for the job log."""
        return {
            "stored": self.stored,
            "unchanged": self.unchanged,
            "flags raised": self.flags.raised,
            "flags escalated": self.flags.escalated,
            "flags cleared": self.flags.cleared,
        }

    def skipped(self) -> dict[str, int]:
        """What was left out and why, as plain numbers for the job log."""
        return {"overtaken": self.overtaken, "without a policy": self.no_policy}


def assess_plans(
    *,
    plan_ids: Iterable[int] | None,
    as_at: dt.date,
    now: dt.datetime,
    by: User | None = None,
) -> Tally:
    """Assess these plans (None: all) as at the day and make the results current.

    A chunk of plans at a time, each kept by itself:

    1. Read each plan's change number, before anything else.
    2. Where the day is today, bring the summary of reach up to it.
    3. Gather the facts of all plans and judge them, without holding any lock.
    4. In one transaction take the plans that nobody is writing to, leave those that have a newer
       assessment, and store the rest with their flags and the change number of step 1.

    A write that comes after step 1 has raised the change number, so its plan is stale still.
    """
    occasion = Occasion(as_at=as_at, now=now, by=by)
    tally = Tally()
    for chunk in _chunks(plan_ids):
        change_numbers = _change_numbers(chunk)
        tally += _store(_found(change_numbers, occasion), change_numbers, occasion)
    return tally


def _chunks(plan_ids: Iterable[int] | None) -> Iterator[Collection[int]]:
    wanted = Plan.objects.values_list("pk", flat=True) if plan_ids is None else set(plan_ids)
    ordered = sorted(wanted)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def _found(change_numbers: Mapping[int, int], occasion: Occasion) -> dict[int, Computed]:
    """What the rules find: from the summary where it can be read, else from the definition.

    The summary is for today only. A plan that was written to since its change number was read may
    have been read half marked, so it is computed once more, from the definition.
    """
    whole: frozenset[int] = frozenset()
    found: dict[int, Computed] = {}
    if occasion.as_at == timezone.localtime(occasion.now).date():
        whole = refresh_summary(plan_ids=change_numbers.keys(), as_at=occasion.as_at)
    if whole:
        found = computed(whole, as_at=occasion.as_at, summary=True)
        now_at = _change_numbers(whole)
        whole = frozenset(pk for pk in whole if now_at.get(pk) == change_numbers[pk])
    if rest := change_numbers.keys() - whole:
        found |= computed(rest, as_at=occasion.as_at)
    return found


def _change_numbers(plan_ids: Collection[int]) -> dict[int, int]:
    plans = Plan.objects.filter(pk__in=plan_ids)
    return dict(plans.order_by("pk").values_list("pk", "change_no"))


@transaction.atomic
def _store(
    found: Mapping[int, Computed], change_numbers: Mapping[int, int], occasion: Occasion
) -> Tally:
    plans = _taken(found)
    current = current_assessments(plans)
    for pk, one in current.items():
        if (one.as_at, one.change_no) > (occasion.as_at, change_numbers[pk]):
            del plans[pk]
    former = results_of(one.pk for pk, one in current.items() if pk in plans)
    before = {pk: former[one.pk] for pk, one in current.items() if pk in plans}
    same = {
        pk: current[pk]
        for pk, rows in before.items()
        if says_the_same(current[pk], rows, found[pk], occasion.as_at)
    }
    new = _write({pk: found[pk] for pk in plans if pk not in same}, change_numbers, occasion)
    _mark_assessed(plans.values(), change_numbers)
    visits = [
        Visit(plan=plan, assessment=assessment, computed=found[pk], before=before.get(pk, {}))
        for pk, plan in plans.items()
        for assessment in [new.get(pk) or same[pk]]
    ]
    return Tally(
        stored=len(new),
        unchanged=len(same),
        overtaken=len(found) - len(plans),
        no_policy=len(change_numbers) - len(found),
        flags=update_flags(visits, occasion=occasion),
    )


def _taken(plan_ids: Iterable[int]) -> dict[int, Plan]:
    """The plans, locked until the end of the transaction, without those locked by others.

    Nothing waits for a lock here, so it can never be part of a deadlock. SQLite knows no row
    locks and needs none: a transaction there is the only writer from its first statement on.
    """
    free = Plan.objects.select_for_update(skip_locked=True)
    return {plan.pk: plan for plan in free.filter(pk__in=list(plan_ids)).order_by("pk")}


def _write(
    found: Mapping[int, Computed], change_numbers: Mapping[int, int], occasion: Occasion
) -> dict[int, Assessment]:
    Assessment.objects.filter(plan__in=list(found), is_current=True).update(is_current=False)
    rows = {
        pk: assessment_row(
            one, as_at=occasion.as_at, now=occasion.now, change_no=change_numbers[pk]
        )
        for pk, one in found.items()
    }
    Assessment.objects.bulk_create(rows.values())
    insert(
        CriterionResult,
        ("assessment_id", *RESULT_COLUMNS),
        ((row.pk, *values) for pk, row in rows.items() for values in result_values(found[pk])),
    )
    return rows


def _mark_assessed(plans: Iterable[Plan], change_numbers: Mapping[int, int]) -> None:
    """Raise the number to what was read; never lower it, and never touch the change number."""
    behind = [plan for plan in plans if plan.assessed_no < change_numbers[plan.pk]]
    for plan in behind:
        plan.assessed_no = change_numbers[plan.pk]
    Plan.objects.bulk_update(behind, ["assessed_no"])
