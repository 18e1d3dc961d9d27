"""To which plans a person may credit an event, and who may be named as reader of its note."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import RoleGrant, User
from accounts.roles import Role
from plans.access import plans_managed_by
from plans.models import Footprint, FootprintGrant, FootprintRegion, Plan


@dataclass(frozen=True, kw_only=True)
class PhaseSpan:
    """A phase of a plan, both days inclusive."""

    name: str
    starts_on: dt.date
    ends_on: dt.date


@dataclass(frozen=True, kw_only=True)
class PlanChoice:
    """A plan that an event can be credited to, with its time."""

    id: int
    code: str
    title: str
    plan_type: str
    footprint_id: int
    footprint_name: str
    starts_on: dt.date
    submission_on: dt.date
    phases: tuple[PhaseSpan, ...] = ()

    def phase_on(self, day: dt.date) -> str:
        """The phase that holds on ``day``; empty between phases and outside the plan's time."""
        return next((one.name for one in self.phases if one.starts_on <= day <= one.ends_on), "")

    def runs_on(self, day: dt.date) -> bool:
        return self.starts_on <= day <= self.submission_on


def plans_to_credit(user: User, *, today: dt.date) -> list[PlanChoice]:
    """The plans of the footprints in which ``user`` may write on ``today``; two queries."""
    return _choices(plans_managed_by(user, today=today))


def plans_by_id(plan_ids: Iterable[int]) -> list[PlanChoice]:
    """These plans, in the order of their titles; two queries."""
    return _choices(Plan.objects.filter(pk__in=set(plan_ids)))


def plan_ids_by_code(user: User, codes: Iterable[str], *, today: dt.date) -> list[int]:
    """Those of the codes that name a plan to which ``user`` may credit."""
    plans = plans_managed_by(user, today=today).filter(code__in=set(codes))
    return list(plans.values_list("pk", flat=True))


def other_managers(
    user: User, *, footprint_ids: Iterable[int], today: dt.date
) -> list[tuple[int, str]]:
    """Everybody else who may write in one of these footprints on ``today``: id and name."""
    footprints = Footprint.objects.filter(pk__in=set(footprint_ids))
    regions = FootprintRegion.objects.on(today).filter(footprint__in=footprints)
    granted = FootprintGrant.objects.on(today).filter(
        Q(footprint__in=footprints) | Q(region__in=regions.values("region"))
    )
    managers = RoleGrant.objects.on(today).filter(role=Role.MANAGER)
    people = User.objects.filter(
        pk__in=granted.values("user"), is_active=True, role_grants__in=managers
    )
    return list(people.exclude(pk=user.pk).distinct().values_list("pk", "name"))


def _choices(plans: QuerySet[Plan]) -> list[PlanChoice]:
    found = plans.select_related("footprint").prefetch_related("phases")
    return [
        PlanChoice(
            id=plan.pk,
            code=plan.code,
            title=plan.title,
            plan_type=plan.plan_type,
            footprint_id=plan.footprint_id,
            footprint_name=plan.footprint.name,
            starts_on=plan.starts_on,
            submission_on=plan.submission_on,
            phases=tuple(
                PhaseSpan(name=one.name, starts_on=one.starts_on, ends_on=one.ends_on)
                for one in plan.phases.all()
            ),
        )
        for plan in found.order_by("footprint__name", "title", "pk")
    ]
