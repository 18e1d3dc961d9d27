"""Changes of footprints to the database, inside the transaction of the caller."""

from accounts import audit
from accounts.models import User
from plans.models import Footprint, FootprintRegion, FootprintSuccession, Membership, Region
from plans.register.changes import PlanChanges
from stakeholders.register.writing import BATCH, end_rows


def write_plans(changes: PlanChanges, organisations: dict[str, int], *, by: User | None) -> None:
    """Write everything that concerns footprints; ``organisations`` gives row numbers by code."""
    Region.objects.bulk_create(
        Region(code=code, name=name) for code, name in changes.regions.items()
    )
    Footprint.objects.bulk_create(
        Footprint(code=code, name=name, opened_on=opened)
        for code, (name, opened) in changes.footprints.items()
    )
    _change_footprints(changes, by=by)
    footprints = dict(Footprint.objects.values_list("code", "pk"))
    _write_stays(changes, footprints)
    _write_memberships(changes, footprints, organisations)
    FootprintSuccession.objects.bulk_create(
        FootprintSuccession(
            predecessor_id=footprints[old], successor_id=footprints[new], happened_on=day
        )
        for (old, new), day in changes.successions.items()
    )


def _change_footprints(changes: PlanChanges, *, by: User | None) -> None:
    """New names and closing days, each with an audit row."""
    codes = changes.footprint_names.keys() | changes.footprints_closed.keys()
    for footprint in Footprint.objects.filter(code__in=codes):
        before = {"name": footprint.name, "closed_on": footprint.closed_on}
        footprint.name = changes.footprint_names.get(footprint.code, footprint.name)
        footprint.closed_on = changes.footprints_closed.get(footprint.code, footprint.closed_on)
        footprint.save(update_fields=["name", "closed_on"])
        after = {"name": footprint.name, "closed_on": footprint.closed_on}
        audit.record(by=by, verb="changed by a file", obj=footprint, before=before, after=after)


def _write_stays(changes: PlanChanges, footprints: dict[str, int]) -> None:
    regions = dict(Region.objects.values_list("code", "pk"))
    end_rows(FootprintRegion, changes.stays_ended)
    FootprintRegion.objects.bulk_create(
        FootprintRegion(
            footprint_id=footprints[code], region_id=regions[region], valid_from=start, valid_to=end
        )
        for (code, start), (region, end) in changes.stays.items()
    )


def _write_memberships(
    changes: PlanChanges, footprints: dict[str, int], organisations: dict[str, int]
) -> None:
    end_rows(Membership, changes.members_ended)
    Membership.objects.bulk_update(
        [Membership(pk=pk, extent=extent) for pk, extent in changes.extents.items()],
        ["extent"],
        batch_size=BATCH,
    )
    Membership.objects.bulk_create(
        (
            Membership(
                footprint_id=footprints[footprint],
                organisation_id=organisations[code],
                extent=extent,
                valid_from=start,
                valid_to=end,
            )
            for (footprint, code, start), (extent, end) in changes.members.items()
        ),
        batch_size=BATCH,
    )
