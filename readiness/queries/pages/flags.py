"""Open flags, and those that cleared lately."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from accounts.models import User
from plans.access import plans_visible_to
from plans.models import FootprintRegion, Plan
from readiness.models import Criterion, Flag, Severity, SupportOffer

NOBODYS, MINE, OVERDUE = "nobody", "me", "overdue"

LATELY = dt.timedelta(days=60)
WORST_FIRST = (Severity.URGENT, Severity.HIGH, Severity.RAISED, Severity.NOTICE)


@dataclass(frozen=True, kw_only=True)
class FlagChoice:
    """What was asked for, by codes; empty asks for everything."""

    plan: str = ""
    region: str = ""
    plan_type: str = ""
    severity: str = ""
    taken: str = ""

    @property
    def any(self) -> bool:
        """Whether anything was asked for."""
        return self != FlagChoice()


_RANK = Case(
    *(When(severity=value, then=Value(rank)) for rank, value in enumerate(WORST_FIRST)),
    default=Value(len(WORST_FIRST)),
    output_field=IntegerField(),
)


def open_flags(user: User, choice: FlagChoice, *, today: dt.date) -> QuerySet[Flag]:
    """Open flags of the plans that ``user`` may see, as asked for, most urgent first."""
    plans = plans_visible_to(user, today=today)
    if choice.region:
        there = FootprintRegion.objects.on(today).filter(region__code=choice.region)
        plans = plans.filter(footprint__in=there.values("footprint"))
    exact = {
        "plan__code": choice.plan,
        "plan__plan_type": choice.plan_type,
        "severity": choice.severity,
    }
    asked = {column: value for column, value in exact.items() if value}
    found = with_titles(open_flags_of(plans.values("pk"))).filter(**asked)
    return found.filter(_taken(choice.taken, user, today))


def _taken(asked: str, user: User, today: dt.date) -> Q:
    """Whose flags: nobody's yet, the reader's own, or those whose action is overdue."""
    return {
        NOBODYS: Q(owner__isnull=True),
        MINE: Q(owner=user.pk),
        OVERDUE: Q(due_on__lt=today),
    }.get(asked, Q())


def open_flags_of(plans: Iterable[int] | QuerySet[Plan, Any]) -> QuerySet[Flag]:
    """Open flags of these plans, most urgent first, then by submission and age."""
    found = Flag.objects.filter(cleared_at__isnull=True, plan__in=plans)
    offers = SupportOffer.objects.filter(flag=OuterRef("pk"), closed_at__isnull=True)
    found = found.select_related("plan__footprint", "owner").annotate(is_helped=Exists(offers))
    return found.order_by(_RANK, "plan__submission_on", "raised_at", "pk")


def flags_of(plan: Plan, *, now: dt.datetime) -> QuerySet[Flag]:
    """The plan's open flags, most urgent first, then those that cleared within 60 days, newest
    first, each with what cleared it; one statement."""
    lately = Q(cleared_at__isnull=True) | Q(cleared_at__gte=now - LATELY)
    found = with_titles(Flag.objects.filter(lately, plan=plan))
    return found.select_related("plan__footprint", "cleared_by", "owner").order_by(
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
