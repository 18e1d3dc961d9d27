"""Who belongs to a footprint, once more: slow and obvious, to check the one statement by."""

import datetime as dt

from plans.models import Membership
from stakeholders.models import Category, OpenPeriod, Organisation, Relationship

NO_TIES = (None, None, None)
PLACED_BY_PRACTICES = {Category.GP_PRACTICE, Category.LMC, Category.PCN}


def members(day: dt.date) -> set[tuple]:
    """(footprint, organisation, category, extent, commissioner, network, lmc) by row ids."""
    is_open = set(OpenPeriod.objects.on(day).values_list("organisation_id", flat=True))
    ties: dict[tuple[int, str], int] = {}
    for tie in Relationship.objects.on(day).filter(partial=False):
        at = (tie.source_id, tie.kind)
        ties[at] = max(tie.target_id, ties.get(at, 0))
    own: dict[int, list[Membership]] = {}
    for row in Membership.objects.on(day).select_related("footprint"):
        own.setdefault(row.organisation_id, []).append(row)
    found = set()
    for organisation in Organisation.objects.all():
        if organisation.pk not in is_open:
            continue
        if organisation.category == Category.GP_PRACTICE:
            found |= _of_practice(organisation.pk, own, ties, is_open)
        elif organisation.category not in PLACED_BY_PRACTICES:
            for row in own.get(organisation.pk, ()):
                found.add(
                    (row.footprint_id, organisation.pk, organisation.category, row.extent, *NO_TIES)
                )
    return found


def _of_practice(practice, own, ties, is_open) -> set[tuple]:
    commissioner = ties.get((practice, "commissioned_by"))
    network = ties.get((practice, "network_member_of"))
    lmc = ties.get((practice, "represented_by")) or ties.get((commissioner, "represented_by"))
    rows = own.get(practice, [])
    homes = {row.footprint_id for row in rows if row.extent == "whole"}
    kinds = {row.footprint.kind for row in rows}
    if commissioner in is_open:
        homes |= {
            row.footprint_id
            for row in own.get(commissioner, ())
            if row.extent == "whole" and row.footprint.kind not in kinds
        }
    found = set()
    for home in homes:
        found.add((home, practice, "gp_practice", "whole", commissioner, network, lmc))
        if lmc:
            found.add((home, lmc, "lmc", "whole", *NO_TIES))
        if network:
            found.add((home, network, "pcn", "whole", *NO_TIES))
    return found
