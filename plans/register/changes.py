"""What loading a file would write to footprints, on top of what it writes to organisations."""

import datetime as dt
from collections import Counter
from collections.abc import Sized
from dataclasses import dataclass, field

from plans.models import Footprint, FootprintRegion, FootprintSuccession, Membership, Region
from stakeholders.register.changes import Changes
from stakeholders.register.timeline import Span


@dataclass(slots=True, kw_only=True)
class StoredPlans:
    """Footprints, their regions and their members as they are stored, by code.

    ``memberships`` has the footprint's code as key; ``extents`` goes by the row's number.
    """

    regions: set[str]
    footprints: dict[str, Footprint]
    region_stays: dict[str, list[Span]]
    memberships: dict[str, list[Span]]
    extents: dict[int, str]
    categories: dict[str, str]
    successions: set[tuple[str, str]]


@dataclass(slots=True, kw_only=True)
class PlanChanges(Changes):
    """Everything to write; rows are kept by code until the organisations have their numbers."""

    regions: dict[str, str] = field(default_factory=dict)
    footprints: dict[str, tuple[str, dt.date]] = field(default_factory=dict)
    footprint_names: dict[str, str] = field(default_factory=dict)
    footprints_closed: dict[str, dt.date] = field(default_factory=dict)
    stays: dict[tuple[str, dt.date], tuple[str, dt.date | None]] = field(default_factory=dict)
    stays_ended: dict[int, dt.date | None] = field(default_factory=dict)
    members: dict[tuple[str, str, dt.date], tuple[str, dt.date | None]] = field(
        default_factory=dict
    )
    """(footprint, organisation, first day) to (extent, last day)."""
    members_ended: dict[int, dt.date | None] = field(default_factory=dict)
    extents: dict[int, str] = field(default_factory=dict)
    successions: dict[tuple[str, str], dt.date] = field(default_factory=dict)

    def _lists(self) -> tuple[Sized, ...]:
        return (
            *Changes._lists(self),  # noqa: SLF001 its own parent's
            self.regions,
            self.footprints,
            self.footprint_names,
            self.footprints_closed,
            self.stays,
            self.stays_ended,
            self.members,
            self.members_ended,
            self.extents,
            self.successions,
        )

    def count(self) -> None:
        """Say the sizes of the lists in phrases."""
        self.counts.update(
            Counter(
                {
                    "regions added": len(self.regions),
                    "footprints added": len(self.footprints),
                    "footprints renamed": len(self.footprint_names),
                    "footprints closed": len(self.footprints_closed),
                    "footprints moved to another region": len(self.stays_ended),
                    "memberships begun": len(self.members),
                    "memberships ended": len(self.members_ended),
                    "memberships corrected": len(self.extents),
                }
            )
        )


def stored_plans() -> StoredPlans:
    """Everything stored about footprints in five reads."""
    footprints = {footprint.code: footprint for footprint in Footprint.objects.order_by("code")}
    stays: dict[str, list[Span]] = {}
    for pk, code, region, start, end in FootprintRegion.objects.order_by("valid_from").values_list(
        "pk", "footprint__code", "region__code", "valid_from", "valid_to"
    ):
        stays.setdefault(code, []).append(Span(pk, region, start, end))
    memberships: dict[str, list[Span]] = {}
    extents: dict[int, str] = {}
    categories: dict[str, str] = {}
    for pk, code, category, footprint, extent, start, end in Membership.objects.order_by(
        "valid_from"
    ).values_list(
        "pk",
        "organisation__code",
        "organisation__category",
        "footprint__code",
        "extent",
        "valid_from",
        "valid_to",
    ):
        memberships.setdefault(code, []).append(Span(pk, footprint, start, end))
        extents[pk], categories[code] = extent, category
    return StoredPlans(
        regions=set(Region.objects.values_list("code", flat=True)),
        footprints=footprints,
        region_stays=stays,
        memberships=memberships,
        extents=extents,
        categories=categories,
        successions=set(
            FootprintSuccession.objects.values_list("predecessor__code", "successor__code")
        ),
    )
