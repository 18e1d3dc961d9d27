"""Where a person may read and write: the one place that knows who sees which plan.

Out of scope is 404, the same page as for a plan that does not exist; in scope without the
permission is 403.
"""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from accounts.models import RoleGrant, User
from accounts.permissions import has_permission, roles_of
from accounts.roles import Permission, Role
from plans.membership import footprint_ids_of
from plans.models import Footprint, FootprintGrant, FootprintRegion, Plan
from stakeholders.access import organisation_ids_represented_by


def footprints_managed_by(user: User, *, today: dt.date) -> QuerySet[Footprint]:
    """The footprints in which ``user`` may write on ``today``: granted singly or by region."""
    if Role.MANAGER not in roles_of(user, today=today):
        return Footprint.objects.none()
    grants = FootprintGrant.objects.on(today).filter(user=user)
    return Footprint.objects.filter(
        Q(pk__in=grants.filter(footprint__isnull=False).values("footprint"))
        | Q(
            Q(regions__valid_to__isnull=True) | Q(regions__valid_to__gte=today),
            regions__valid_from__lte=today,
            regions__region__in=grants.filter(region__isnull=False).values("region"),
        )
    ).distinct()


def plans_managed_by(user: User, *, today: dt.date) -> QuerySet[Plan]:
    """The plans to which ``user`` may credit events on ``today``."""
    return Plan.objects.filter(footprint__in=footprints_managed_by(user, today=today).values("pk"))


def plans_visible_to(user: User, *, today: dt.date) -> QuerySet[Plan]:
    """The plans that are in scope for ``user``: for an LMC lead, those that cover its area."""
    roles = roles_of(user, today=today)
    if roles & {Role.REVIEWER, Role.ADMINISTRATOR}:
        return Plan.objects.all()
    scope = Q(pk__in=())
    if Role.MANAGER in roles:
        scope |= Q(footprint__in=footprints_managed_by(user, today=today).values("pk"))
    if Role.REPRESENTATIVE in roles:
        ours = organisation_ids_represented_by(user, today=today)
        scope |= Q(footprint__in=footprint_ids_of(organisation_ids=ours, day=today))
    return Plan.objects.filter(scope)


def plan_in_scope(user: User, code: str, *, permission: Permission, today: dt.date) -> Plan:
    """The plan with this code, if ``user`` may see that it exists and has ``permission``.

    Raises ``Http404`` outside the scope and ``PermissionDenied`` inside it without permission.
    """
    plan = plans_visible_to(user, today=today).select_related("footprint").filter(code=code).first()
    if plan is None:
        message = "No plan with this address."
        raise Http404(message)
    if not has_permission(user, permission, today=today):
        raise PermissionDenied(permission.refusal)
    return plan


def may_write(user: User, plan: Plan, *, today: dt.date) -> bool:
    """Whether ``user`` may log engagement for ``plan`` and edit its seats on ``today``."""
    return footprints_managed_by(user, today=today).filter(pk=plan.footprint_id).exists()


def has_grant_in(user: User, plan: Plan, *, today: dt.date) -> bool:
    """Whether a grant of ``user`` covers the plan's footprint on ``today``, singly or by region.

    Whatever their role: who may write about a plan is no judge of it.
    """
    return grants_covering(plan, today=today).filter(user=user).exists()


def grants_covering(plan: Plan, *, today: dt.date) -> QuerySet[FootprintGrant]:
    """The grants that let somebody write in the plan's footprint on ``today``, singly or by region."""
    regions = FootprintRegion.objects.on(today).filter(footprint=plan.footprint_id)
    covers = Q(footprint=plan.footprint_id) | Q(region__in=regions.values("region"))
    return FootprintGrant.objects.on(today).filter(covers)


def managers_of(plan: Plan, *, today: dt.date) -> QuerySet[User]:
    """Who may write about ``plan`` on ``today``, by name; not those whose account is closed."""
    managers = RoleGrant.objects.on(today).filter(role=Role.MANAGER)
    granted = grants_covering(plan, today=today).filter(user__in=managers.values("user"))
    found = User.objects.filter(is_active=True, pk__in=granted.values("user"))
    return found.order_by("name", "pk")


def may_read_confidential(user: User, plan: Plan, *, today: dt.date) -> bool:
    """Whether ``user`` may read the text of a confidential version, and see who was shown which.

    The plan's managers and the reviewers; everybody else in scope reads that there is a version.
    """
    return Role.REVIEWER in roles_of(user, today=today) or may_write(user, plan, today=today)


def footprints_read_whole(user: User, *, today: dt.date) -> QuerySet[Footprint] | None:
    """The footprints whose confidential texts ``user`` may read; None for all of them."""
    if Role.REVIEWER in roles_of(user, today=today):
        return None
    return footprints_managed_by(user, today=today)
