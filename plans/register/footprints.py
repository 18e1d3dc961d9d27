"""Files that say which commissioner lies in which footprint, and which footprint in which region."""

import datetime as dt

from plans.models import Extent
from plans.register import codes
from plans.register.facts import (
    ROUND_OF_2016,
    FootprintFact,
    MembershipFact,
    Merger,
    PlanParsed,
    RegionStay,
)
from plans.register.tables import Record, has, only_table, records
from stakeholders.models import Category
from stakeholders.register.facts import OrganisationFact
from stakeholders.register.fields import code, needed_day
from stakeholders.register.problems import RowError
from stakeholders.register.tables import Book, Table

SEVEN_REGIONS = dt.date(2019, 4, 1)
"""From when seven regions took the place of four."""

FOOTPRINTS_2016 = (
    "ods_code",
    "name_2016",
    "region4_ods",
    "region4_name",
    "region7_ods",
    "region7_name",
)
COMMISSIONERS_2016 = (
    "ccg_ods",
    "ccg_name",
    "stp_ons_2016",
    "stp_name_2016",
    "secondary_stp_ons",
    "region_ods",
    "region_name",
    "note",
)
PRACTICES_2016 = ("practice_ods", "ccg_ods", "stp_ons_2016")
LOOKUP_2018 = ("ccg_ods", "ccg_name", "stp_ons_2018", "stp_name", "region_ons", "region_name")
LOOKUP_2022 = (
    "sub_icb_ods",
    "sub_icb_name",
    "icb_ods",
    "icb_name",
    "region_ods",
    "region_name",
)
CHANGE_LOG = ("date", "stp_code_as_given", "stp_name", "change_type", "details")


def parse(book: Book) -> PlanParsed | None:
    """What a file of one of six shapes says; None when it is of none of them."""
    table = only_table(book)
    if table is None:
        return None
    for headings, read in SHAPES:
        if has(table, *headings):
            return read(table)
    return None


def footprints_2016(table: Table) -> PlanParsed:
    """The 44 footprints, each with its region of 2016 and of April 2019."""
    parsed = PlanParsed(shape="stp_footprints_2016", default_as_at=ROUND_OF_2016)

    def take(row: int, record: Record) -> None:
        own = code(record["ods_code"], "ods_code")
        if own in parsed.named:
            raise RowError("ods_code", own, "An earlier row has this code: keep one of the two.")
        parsed.named.add(own)
        parsed.footprints.append(FootprintFact(row=row, code=own, name=record["name_2016"]))
        before, after = record["region4_ods"], record["region7_ods"]
        parsed.regions |= {before: record["region4_name"], after: record["region7_name"]}
        if before == after:
            parsed.region_stays.append(RegionStay(footprint=own, region=before))
            return
        last = SEVEN_REGIONS - dt.timedelta(days=1)
        parsed.region_stays.append(RegionStay(footprint=own, region=before, until=last))
        parsed.region_stays.append(RegionStay(footprint=own, region=after, since=SEVEN_REGIONS))

    records(table, FOOTPRINTS_2016, parsed, take)
    return parsed


def commissioners_2016(table: Table) -> PlanParsed:
    """Each CCG with its footprint, and a second one where it is partner or split."""
    parsed = _lookup("ccg_to_stp_2016", ROUND_OF_2016)

    def take(row: int, record: Record) -> None:
        first = _footprint(record["stp_ons_2016"], "stp_ons_2016")
        second = record["secondary_stp_ons"]
        other = _footprint(second, "secondary_stp_ons") if second else ""
        split = record["note"].startswith("CCG split")
        own = _commissioner(row, record["ccg_ods"], record["ccg_name"], parsed)
        _place(row, first, record["stp_name_2016"], record["region_ods"], parsed)
        parsed.regions[record["region_ods"]] = record["region_name"]
        extent = Extent.PART if split else Extent.WHOLE
        parsed.memberships.append(
            MembershipFact(row=row, organisation=own, footprint=first, extent=extent)
        )
        if other:
            extent = Extent.PART if split else Extent.PARTNER
            parsed.memberships.append(
                MembershipFact(row=row, organisation=own, footprint=other, extent=extent)
            )

    records(table, COMMISSIONERS_2016, parsed, take)
    return parsed


def practices_2016(table: Table) -> PlanParsed:
    """Practices of a split CCG, each with the footprint in which it lies."""
    parsed = PlanParsed(
        shape="practice_footprints_2016", default_as_at=ROUND_OF_2016, ends_others=True
    )

    def take(row: int, record: Record) -> None:
        footprint = _footprint(record["stp_ons_2016"], "stp_ons_2016")
        practice = code(record["practice_ods"], "practice_ods")
        parsed.memberships.append(
            MembershipFact(row=row, organisation=practice, footprint=footprint)
        )

    records(table, PRACTICES_2016, parsed, take)
    return parsed


def lookup_2018(table: Table) -> PlanParsed:
    """Each CCG of mid-2018 with its footprint and region by ONS codes."""
    parsed = _lookup("ccg_to_stp_2018", dt.date(2018, 6, 30))

    def take(row: int, record: Record) -> None:
        footprint = _footprint(record["stp_ons_2018"], "stp_ons_2018")
        region = codes.REGIONS.get(record["region_ons"])
        if region is None:
            message = "No region has this ONS code: check the row."
            raise RowError("region_ons", record["region_ons"], message)
        own = _commissioner(row, record["ccg_ods"], record["ccg_name"], parsed)
        _place(row, footprint, record["stp_name"], region, parsed)
        parsed.regions[region] = record["region_name"]
        parsed.memberships.append(MembershipFact(row=row, organisation=own, footprint=footprint))

    records(table, LOOKUP_2018, parsed, take)
    return parsed


def lookup_2022(table: Table) -> PlanParsed:
    """Each sub-ICB location of July 2022 with its ICB and region."""
    parsed = _lookup("sub_icb_to_icb_2022", dt.date(2022, 7, 1))

    def take(row: int, record: Record) -> None:
        footprint = code(record["icb_ods"], "icb_ods")
        own = _commissioner(row, record["sub_icb_ods"], record["sub_icb_name"], parsed)
        _place(row, footprint, record["icb_name"], record["region_ods"], parsed)
        parsed.regions[record["region_ods"]] = record["region_name"]
        parsed.memberships.append(MembershipFact(row=row, organisation=own, footprint=footprint))

    records(table, LOOKUP_2022, parsed, take)
    return parsed


def change_log(table: Table) -> PlanParsed:
    """Mergers of footprints; the other changes of the log concern names and partners."""
    parsed = PlanParsed(shape="stp_change_log")

    def take(row: int, record: Record) -> None:
        on = needed_day(record["date"], "date")
        kind, given = record["change_type"].lower(), record["stp_code_as_given"]
        parsed.saw(on)
        if kind == "new stp code":
            name = record["stp_name"].removesuffix(" STP")
            own = code(given, "stp_code_as_given")
            parsed.footprints.append(
                FootprintFact(row=row, code=own, name=name, opened_on=on, renames=False)
            )
        elif kind == "stp code closed (merger)":
            words = record["details"].split()
            heir = code(words[-1] if words else "", "details", longest=3)
            own = code(given, "stp_code_as_given")
            parsed.mergers.append(Merger(row=row, predecessor=own, successor=heir, happened_on=on))
        else:
            parsed.skipped["changes of names and partners"] += 1

    records(table, CHANGE_LOG, parsed, take)
    parsed.default_as_at = parsed.newest
    return parsed


SHAPES = (
    (FOOTPRINTS_2016, footprints_2016),
    (COMMISSIONERS_2016, commissioners_2016),
    (PRACTICES_2016, practices_2016),
    (LOOKUP_2018, lookup_2018),
    (LOOKUP_2022, lookup_2022),
    (CHANGE_LOG, change_log),
)


def _lookup(shape: str, as_at: dt.date) -> PlanParsed:
    """A file that names every commissioner with its footprint."""
    return PlanParsed(
        shape=shape,
        default_as_at=as_at,
        ends_others=True,
        names_all=(Category.COMMISSIONER,),
        closes_emptied=True,
    )


def _footprint(ons: str, column: str) -> str:
    found = codes.footprint_code(ons)
    if not found:
        raise RowError(column, ons, "No footprint has this ONS code: check the row.")
    return found


def _commissioner(row: int, text: str, name: str, parsed: PlanParsed) -> str:
    """The code of a row's commissioner, which is added from this file when it is unknown."""
    own = code(text, "code", longest=5)
    if own in parsed.named:
        raise RowError("code", own, "An earlier row has this code: keep one of the two.")
    parsed.named.add(own)
    parsed.organisations.append(
        OrganisationFact(
            row=row,
            code=own,
            name=name,
            category=Category.COMMISSIONER,
            opened_on=None,
            is_authority=False,
        )
    )
    return own


def _place(row: int, footprint: str, name: str, region: str, parsed: PlanParsed) -> None:
    """The footprint of a row and its region, once."""
    if all(fact.code != footprint for fact in parsed.footprints):
        fact = FootprintFact(row=row, code=footprint, name=name, renames=False)
        parsed.footprints.append(fact)
        parsed.region_stays.append(RegionStay(footprint=footprint, region=region))
