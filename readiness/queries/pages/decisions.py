"""Decisions, conditions and exceptions as their pages show them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from accounts.models import User
from accounts.permissions import has_permission
from accounts.roles import Permission
from plans.access import plans_visible_to
from plans.models import Plan
from readiness.models import (
    Assessment,
    Condition,
    CriterionException,
    CriterionResult,
    Decision,
)

Row = TypeVar("Row", Decision, Condition, CriterionException)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What a decision on a plan would be taken on: the current results, and the decisions so far.

    ``waits``: something was written to the plan that has not been assessed yet.
    """

    results: Sequence[CriterionResult]
    newest: Decision | None
    waits: bool

    @property
    def assessment(self) -> Assessment | None:
        """The current assessment; None where the plan was never assessed."""
        return self.results[0].assessment if self.results else None

    @property
    def number(self) -> int:
        """How many decisions have been taken."""
        return self.newest.number if self.newest else 0


def standing(plan: Plan) -> Standing:
    """Three statements."""
    results = CriterionResult.objects.filter(assessment__plan=plan, assessment__is_current=True)
    newest = Decision.objects.filter(plan=plan).defer("snapshot").select_related("decided_by")
    numbers = Plan.objects.filter(pk=plan.pk).values_list("change_no", "assessed_no").get()
    return Standing(
        results=list(
            results.select_related("criterion", "assessment__policy").order_by(
                "criterion__position"
            )
        ),
        newest=newest.order_by("-number").first(),
        waits=numbers[0] > numbers[1],
    )


def results_seen(plan: Plan, assessment_id: int) -> list[CriterionResult]:
    """The results of an assessment of this plan that somebody was shown; none for any other."""
    found = CriterionResult.objects.filter(assessment=assessment_id, assessment__plan=plan)
    return list(found.select_related("criterion").order_by("criterion__position"))


def decisions_of(plan: Plan) -> list[Decision]:
    """The plan's decisions, newest first, each with its conditions; two statements."""
    found = Decision.objects.filter(plan=plan).defer("snapshot").select_related("decided_by")
    return list(found.prefetch_related("conditions").order_by("-number"))


def exceptions_of(plan: Plan) -> list[CriterionException]:
    """Every exception that was ever granted on the plan, newest first; one statement."""
    found = CriterionException.objects.filter(plan=plan)
    return list(found.select_related("recorded_by", "withdrawn_by").order_by("-pk"))


def decisions_visible_to(user: User, *, today: dt.date) -> QuerySet[Decision]:
    """Decisions on the plans in scope, newest first, without their snapshots."""
    found = Decision.objects.filter(plan__in=plans_visible_to(user, today=today))
    return (
        found.defer("snapshot")
        .select_related("plan__footprint", "decided_by")
        .prefetch_related("conditions")
        .order_by("-decided_at", "-pk")
    )


def decision_in_scope(
    user: User, pk: int, *, permission: Permission, today: dt.date, whole: bool = False
) -> Decision:
    """The decision, if ``user`` may see that it exists and has ``permission``; ``whole`` reads its
    snapshot as well. Raises ``Http404`` or ``PermissionDenied``."""
    found = Decision.objects.filter(pk=pk, plan__in=plans_visible_to(user, today=today))
    found = found.select_related("plan__footprint")
    decision = (found if whole else found.defer("snapshot")).first()
    return _permitted(decision, user, permission, today)


def condition_in_scope(user: User, pk: int, *, permission: Permission, today: dt.date) -> Condition:
    """The condition of a decision in scope. Raises ``Http404`` or ``PermissionDenied``."""
    visible = plans_visible_to(user, today=today)
    found = Condition.objects.filter(pk=pk, decision__plan__in=visible)
    found = found.select_related("decision__plan__footprint").defer("decision__snapshot")
    return _permitted(found.first(), user, permission, today)


def exception_in_scope(
    user: User, pk: int, *, permission: Permission, today: dt.date
) -> CriterionException:
    """The exception on a plan in scope. Raises ``Http404`` or ``PermissionDenied``."""
    visible = plans_visible_to(user, today=today)
    found = CriterionException.objects.filter(pk=pk, plan__in=visible)
    found = found.select_related("plan__footprint", "recorded_by")
    return _permitted(found.first(), user, permission, today)


def conditions_of(decision: Decision) -> list[Condition]:
    """The conditions of a decision by due date; one statement."""
    return list(decision.conditions.select_related("met_by").order_by("due_on", "pk"))


def _permitted(found: Row | None, user: User, permission: Permission, today: dt.date) -> Row:
    if found is None:
        message = "Nothing with this address."
        raise Http404(message)
    if not has_permission(user, permission, today=today):
        raise PermissionDenied(permission.refusal)
    return found
