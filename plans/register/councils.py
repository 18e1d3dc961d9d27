"""Upper-tier councils of England, and the Health and Wellbeing Board that each of them has.

That each has one is law (Health and Social Care Act 2012, section 194, in force 1 April 2013).
"""

import datetime as dt

from plans.register import codes
from plans.register.facts import ROUND_OF_2016, MembershipFact, PlanParsed
from plans.register.tables import Record, has, only_table, records
from stakeholders.models import Category, RelationshipKind
from stakeholders.register.facts import OrganisationFact, TieFact
from stakeholders.register.fields import code, day, in_order
from stakeholders.register.problems import RowError
from stakeholders.register.tables import Book

BOARDS_BEGAN = dt.date(2013, 4, 1)
AREAS = (
    "la_code",
    "ons_code",
    "official_name",
    "short_name",
    "start_date",
    "end_date",
    "stp_2016_footprints_naming_it_as_partner",
)
AUTHORITIES = {
    "la_code": "local-authority-code",
    "ons_code": "gss-code",
    "official_name": "official-name",
    "short_name": "nice-name",
    "start_date": "start-date",
    "end_date": "end-date",
    "nation": "nation",
    "type": "local-authority-type-name",
}
UPPER_TIER = frozenset(
    {"County", "Unitary authority", "Metropolitan district", "London borough", "City corporation"}
)


def parse(book: Book) -> PlanParsed | None:
    """The councils of either shape; None when it is neither."""
    table = only_table(book)
    if table is None:
        return None
    if has(table, *AREAS):
        parsed = PlanParsed(shape="health_and_wellbeing_boards")
        records(table, AREAS, parsed, lambda row, record: _council(row, record, parsed))
        return parsed
    if has(table, *AUTHORITIES.values()):
        parsed = PlanParsed(shape="local_authorities")
        names = tuple(AUTHORITIES.values())
        records(table, names, parsed, lambda row, record: _authority(row, record, parsed))
        return parsed
    return None


def _authority(row: int, record: Record, parsed: PlanParsed) -> None:
    """A row of the list of all authorities of the United Kingdom."""
    named = {ours: record[theirs] for ours, theirs in AUTHORITIES.items()}
    if named["nation"] == "England" and named["type"] in UPPER_TIER:
        _council(row, named, parsed)
    else:
        parsed.skipped["other authorities"] += 1


def _council(row: int, record: Record, parsed: PlanParsed) -> None:
    own = code(record["ons_code"], "ons_code")
    if own in parsed.named:
        raise RowError("ons_code", own, "An earlier row has this code: keep one of the two.")
    opened = day(record["start_date"], "start_date")
    closed = day(record["end_date"], "end_date")
    if opened is not None:
        in_order(opened, closed, "end_date")
    if closed is not None and closed < BOARDS_BEGAN:
        parsed.skipped["closed before there were boards"] += 1
        return
    board = f"HWB-{code(record['la_code'], 'la_code')}"
    footprints = _footprints(record.get(AREAS[-1], ""))
    parsed.named.add(own)
    parsed.saw(opened, closed)
    began = max(opened or BOARDS_BEGAN, BOARDS_BEGAN)
    _add(row, own, record["official_name"], Category.COUNCIL, (opened or began, closed), parsed)
    name = f"{record['short_name']} Health and Wellbeing Board"
    _add(row, board, name, Category.HEALTH_AND_WELLBEING_BOARD, (began, closed), parsed)
    parsed.ties.append(
        TieFact(
            row=row,
            source=board,
            kind=RelationshipKind.BOARD_OF,
            target=own,
            since=began,
            until=closed,
        )
    )
    parsed.memberships += [
        MembershipFact(
            row=row,
            organisation=member,
            footprint=footprint,
            since=max(began, ROUND_OF_2016),
            until=closed,
        )
        for footprint in footprints
        for member in (own, board)
    ]


def _add(
    row: int,
    own: str,
    name: str,
    category: str,
    days: tuple[dt.date, dt.date | None],
    parsed: PlanParsed,
) -> None:
    if not name.strip():
        raise RowError("name", "", "The name is missing: give it and load the file again.")
    opened, closed = days
    parsed.organisations.append(
        OrganisationFact(
            row=row, code=own, name=name, category=category, opened_on=opened, closed_on=closed
        )
    )


def _footprints(numbers: str) -> list[str]:
    """The footprints behind "16 17", numbers of 2016."""
    found = []
    for number in numbers.split():
        footprint = codes.footprint_by_number().get(int(number)) if number.isdigit() else None
        if footprint is None:
            raise RowError(AREAS[-1], numbers, "No footprint of 2016 has this number.")
        found.append(footprint)
    return found
