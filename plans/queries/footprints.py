"""Footprints by who belongs to them and who manages them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from accounts.models import RoleGrant
from accounts.roles import Role
from plans.membership import footprint_ids_of
from plans.models import Footprint, FootprintGrant, FootprintRegion


def footprints_of(organisation_id: int, *, day: dt.date) -> list[Footprint]:
    """The footprints to which an organisation belongs on ``day``; two queries."""
    ids = footprint_ids_of(organisation_ids=[organisation_id], day=day)
    return list(Footprint.objects.filter(pk__in=ids))


def manager_names(footprint_ids: Iterable[int], *, today: dt.date) -> dict[int, list[str]]:
    """Who manages each footprint today, singly or through its region; two queries."""
    wanted = set(footprint_ids)
    regions = dict(
        FootprintRegion.objects.on(today)
        .filter(footprint__in=wanted)
        .values_list("footprint", "region")
    )
    managers = RoleGrant.objects.on(today).filter(role=Role.MANAGER)
    names = defaultdict(set)
    for name, footprint, region in (
        FootprintGrant.objects.on(today)
        .filter(user__is_active=True, user__in=managers.values("user"))
        .filter(Q(footprint__in=wanted) | Q(region__in=set(regions.values())))
        .values_list("user__name", "footprint", "region")
    ):
        for one in wanted:
            if one == footprint or (region is not None and regions.get(one) == region):
                names[one].add(name)
    return {footprint: sorted(found) for footprint, found in names.items()}
