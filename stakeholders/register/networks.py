"""Primary care networks and their practices: the two sheets of the ePCN workbook, or one CSV."""

from stakeholders.models import Category, RelationshipKind
from stakeholders.register.facts import OrganisationFact, Parsed, TieFact
from stakeholders.register.fields import code, commissioner_code, day, in_order, needed_day
from stakeholders.register.kinds import Kind, columns
from stakeholders.register.problems import RowError
from stakeholders.register.tables import Book, Row, Table

NETWORK_COLUMNS = (
    "PCN Code",
    "PCN Name",
    "Current Sub ICB Loc Code",
    "Open Date",
    "Close Date",
    "Address Line 1",
    "Postcode",
)
MEMBER_COLUMNS = (
    "Partner Organisation Code",
    "PCN Code",
    "Practice to PCN Relationship Start Date",
    "Practice to PCN Relationship End Date",
)
UNALLOCATED = "U"
OLD_HEADINGS = {"Current Sub ICB Loc Code": "Current CCG Code"}


def parse(book: Book) -> Parsed | None:
    """The networks, their members or both; None when no sheet holds either."""
    parsed = Parsed(shape="epcn")
    found = []
    for table in book.tables:
        networks, members = _network_columns(table), columns(table, MEMBER_COLUMNS)
        if networks is not None:
            found.append("networks")
            _each(table, lambda row, at=networks: _network(row, at, parsed), parsed)
        elif members is not None:
            found.append("members")
            _each(table, lambda row, at=members: _member(row, at, parsed), parsed)
    if not found:
        return None
    parsed.shape = "epcn" if len(found) > 1 else f"epcn_{found[0]}"
    return parsed


def _network_columns(table: Table) -> dict[str, int] | None:
    found = columns(table, NETWORK_COLUMNS)
    if found is not None:
        return found
    older = columns(table, [OLD_HEADINGS.get(name, name) for name in NETWORK_COLUMNS])
    if older is None:
        return None
    return {name: older[OLD_HEADINGS.get(name, name)] for name in NETWORK_COLUMNS}


def _each(table: Table, take, parsed: Parsed) -> None:
    for row in table.rows[1:]:
        try:
            take(row)
            parsed.rows += 1
        except RowError as error:
            parsed.problems.append(error.at(row.number, table.sheet))


def _network(row: Row, at: dict[str, int], parsed: Parsed) -> None:
    own_code = code(row.cell(at["PCN Code"]), "PCN Code")
    if own_code in parsed.named:
        raise RowError("PCN Code", own_code, "An earlier row has this code: keep one of the two.")
    parsed.named.add(own_code)
    opened = needed_day(row.cell(at["Open Date"]), "Open Date")
    closed = day(row.cell(at["Close Date"]), "Close Date")
    in_order(opened, closed, "Close Date")
    parsed.saw(opened, closed)
    first = at["Address Line 1"]
    parsed.organisations.append(
        OrganisationFact(
            row=row.number,
            code=own_code,
            name=row.cell(at["PCN Name"]) or own_code,
            category=Category.PCN,
            opened_on=opened,
            closed_on=closed,
            address=", ".join(filter(None, map(row.cell, range(first, first + 5)))),
            postcode=row.cell(at["Postcode"]).upper(),
        )
    )
    commissioner = row.cell(at["Current Sub ICB Loc Code"])
    if commissioner:
        parsed.ties.append(
            TieFact(
                row=row.number,
                source=own_code,
                kind=RelationshipKind.COMMISSIONED_BY,
                target=commissioner_code(commissioner, "Current Sub ICB Loc Code"),
                since=opened,
                until=closed,
            )
        )


def _member(row: Row, at: dict[str, int], parsed: Parsed) -> None:
    network = code(row.cell(at["PCN Code"]), "PCN Code")
    if network == UNALLOCATED:
        parsed.skipped["in no network"] += 1
        return
    since = needed_day(row.cell(at[MEMBER_COLUMNS[2]]), "start date")
    until = day(row.cell(at[MEMBER_COLUMNS[3]]), "end date")
    in_order(since, until, "end date")
    parsed.saw(since, until)
    parsed.ties.append(
        TieFact(
            row=-row.number,
            source=code(row.cell(at["Partner Organisation Code"]), "Partner Organisation Code"),
            kind=RelationshipKind.NETWORK_MEMBER_OF,
            target=network,
            since=since,
            until=until,
        )
    )


NETWORKS = Kind(
    key="pcns",
    label="primary care networks",
    expects="the “ePCN” workbook or one of its sheets as CSV, with headings",
    parse=parse,
    tie_kinds=(RelationshipKind.COMMISSIONED_BY, RelationshipKind.NETWORK_MEMBER_OF),
)
