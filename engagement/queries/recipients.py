"""To whom something is told: who answers for an organisation, who manages what an event counts for."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.models import RoleGrant, User
from accounts.roles import Role
from engagement.models import EventPlan
from plans.models import FootprintGrant, FootprintRegion
from stakeholders.models import Representative


def representatives_of(organisation_ids: Iterable[int], *, day: dt.date) -> dict[int, list[User]]:
    """Who answers for each organisation on ``day`` and may sign in; one query."""
    leads = RoleGrant.objects.on(day).filter(role=Role.REPRESENTATIVE)
    found: dict[int, list[User]] = defaultdict(list)
    held = Representative.objects.on(day).filter(
        organisation__in=set(organisation_ids),
        user__is_active=True,
        user__in=leads.values("user"),
    )
    for one in held.select_related("user").order_by("organisation", "user"):
        if one.user not in found[one.organisation_id]:
            found[one.organisation_id].append(one.user)
    return found


def grants_about(event_id: int, *, day: dt.date) -> QuerySet[FootprintGrant]:
    """The grants for plans that the event is credited to, singly or by region."""
    footprints = EventPlan.objects.filter(event=event_id).values("plan__footprint")
    regions = FootprintRegion.objects.on(day).filter(footprint__in=footprints).values("region")
    covers = Q(footprint__in=footprints) | Q(region__in=regions)
    return FootprintGrant.objects.on(day).filter(covers)


def managers_of_event(event_id: int, *, day: dt.date) -> list[User]:
    """Who manages a plan that the event is credited to; one query."""
    managers = RoleGrant.objects.on(day).filter(role=Role.MANAGER)
    granted = grants_about(event_id, day=day).filter(user__in=managers.values("user"))
    return list(User.objects.filter(is_active=True, pk__in=granted.values("user")).order_by("pk"))
