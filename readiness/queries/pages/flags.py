"""Open flags, and those that cleared lately."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from accounts.models import User
from plans.access import plans_visible_to
from plans.models import Plan
from readiness.models import Criterion, Flag, Severity

LATELY = dt.timedelta(days=60)
WORST_FIRST = (Severity.URGENT, Severity.HIGH, Severity.RAISED, Severity.NOTICE)

_RANK = Case(
    *(When(severity=value, then=Value(rank)) for rank, value in enumerate(WORST_FIRST)),
    default=Value(len(WORST_FIRST)),
    output_field=IntegerField(),
)


def open_flags(user: User, *, today: dt.date, plan: str = "", severity: str = "") -> QuerySet[Flag]:
    """Open flags of the plans that ``user`` may see, most urgent first; ``plan`` is a code."""
    found = with_titles(open_flags_of(plans_visible_to(user, today=today).values("pk")))
    if plan:
        found = found.filter(plan__code=plan)
    if severity:
        found = found.filter(severity=severity)
    return found


def open_flags_of(plans: Iterable[int] | QuerySet[Plan, Any]) -> QuerySet[Flag]:
    """Open flags of these plans, most urgent first, then by submission and age."""
    found = Flag.objects.filter(cleared_at__isnull=True, plan__in=plans)
    return found.select_related("plan__footprint").order_by(
        _RANK, "plan__submission_on", "raised_at", "pk"
    )


def flags_of(plan: Plan, *, now: dt.datetime) -> QuerySet[Flag]:
    """The plan's open flags, most urgent first, then those that cleared within 60 days, newest
    first, each with what cleared it; one statement."""
    lately = Q(cleared_at__isnull=True) | Q(cleared_at__gte=now - LATELY)
    found = with_titles(Flag.objects.filter(lately, plan=plan))
    return found.select_related("plan__footprint", "cleared_by").order_by(
        F("cleared_at").desc(nulls_first=True), _RANK, "raised_at", "pk"
    )


def with_titles(flags: QuerySet[Flag]) -> QuerySet[Flag]:
    """The same flags with ``title``: what their criterion is called in the policy that raised them."""
    named = Criterion.objects.filter(policy=OuterRef("raised_by__policy"), key=OuterRef("key"))
    return flags.annotate(title=Subquery(named.values("title")[:1]))


def plans_by_code(user: User, *, today: dt.date) -> dict[str, str]:
    """The plans in scope: name by code, for a filter. One without flags is a choice as well, since
    somebody may have kept its address."""
    plans = plans_visible_to(user, today=today)
    return dict(plans.order_by("footprint__name", "code").values_list("code", "footprint__name"))
