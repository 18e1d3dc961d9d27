"""What a file says of footprints, on top of what it says of organisations."""

import datetime as dt
from dataclasses import dataclass, field

from plans.models import Extent
from stakeholders.register.facts import Parsed

ROUND_OF_2016 = dt.date(2016, 1, 1)
"""From when the footprints of 2016 count; the day on which they were agreed is in no file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FootprintFact:
    """A footprint. ``renames``: whether this file is the authority for its name."""

    row: int
    code: str
    name: str
    opened_on: dt.date | None = None
    renames: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionStay:
    """A footprint lies in a region from a day on."""

    footprint: str
    region: str
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipFact:
    """An organisation belongs to a footprint. ``weak``: only if it does not belong already."""

    row: int
    organisation: str
    footprint: str
    extent: str = Extent.WHOLE
    since: dt.date | None = None
    until: dt.date | None = None
    weak: bool = False
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merger:
    """A footprint becomes part of another on a day."""

    row: int
    predecessor: str
    successor: str
    happened_on: dt.date


@dataclass(slots=True, kw_only=True)
class PlanParsed(Parsed):
    """A file that speaks of footprints.

    ``ends_others``: the memberships of an organisation that the file names are exactly those in
    it. ``names_all``: the categories of which it names every member, so that the others leave.
    ``closes_emptied``: a footprint that loses all its commissioners has merged into theirs.
    """

    regions: dict[str, str] = field(default_factory=dict)
    footprints: list[FootprintFact] = field(default_factory=list)
    region_stays: list[RegionStay] = field(default_factory=list)
    memberships: list[MembershipFact] = field(default_factory=list)
    mergers: list[Merger] = field(default_factory=list)
    ends_others: bool = False
    names_all: tuple[str, ...] = ()
    closes_emptied: bool = False
