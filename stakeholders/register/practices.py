"""GP practices: "epraccur", the file of prescribing cost centres, most of which are none.

A GP practice in use is status A **and** prescribing setting 4, in England. Meaning of the columns:
ODS file specification "epraccur".
"""

from stakeholders.models import Category, RelationshipKind
from stakeholders.register.diff import Rules
from stakeholders.register.facts import LeftFact, OrganisationFact, Parsed, TieFact
from stakeholders.register.fields import commissioner_code, day
from stakeholders.register.kinds import Kind
from stakeholders.register.ods import (
    CLOSED,
    COMMISSIONER,
    GEOGRAPHY,
    GROUPING,
    JOINED,
    OUTSIDE_ENGLAND,
    SETTING,
    STATUS,
    body,
    first_table,
    new_code,
    ods_rows,
)
from stakeholders.register.problems import Problem, RowError
from stakeholders.register.tables import Book, Row

GP_SETTING = "4"
STATUSES = {"A": "active", "C": "closed", "D": "dormant", "P": "proposed"}


def parse(book: Book) -> Parsed | None:
    """The practices of an epraccur file; None when it is no such file."""
    table = first_table(book)
    if table is None or not any(_looks_right(row) for row in table.rows[:20]):
        return None
    parsed = Parsed(shape="epraccur")
    for row in ods_rows(table, parsed):
        try:
            _practice(row, parsed)
        except RowError as error:
            parsed.problems.append(error.at(row.number))
    return parsed


def _looks_right(row: Row) -> bool:
    return row.cell(STATUS) in STATUSES and (row.cell(SETTING).isdigit() or len(row.cells) < 27)


def _practice(row: Row, parsed: Parsed) -> None:
    own_code = new_code(row, parsed)
    if row.cell(GROUPING) in OUTSIDE_ENGLAND or row.cell(GEOGRAPHY) in OUTSIDE_ENGLAND:
        parsed.skipped["outside England"] += 1
        return
    status = row.cell(STATUS).upper()
    if status not in STATUSES:
        raise RowError("status", status, "The status must be A, C, D or P: check the row.")
    if row.cell(SETTING) != GP_SETTING:
        parsed.left.append(LeftFact(row=row.number, code=own_code, reason="no GP practice"))
    elif status in "DP" and not row.cell(CLOSED):
        reason = STATUSES[status]
        parsed.left.append(LeftFact(row=row.number, code=own_code, reason=reason))
    else:
        _gp_practice(row, own_code, status, parsed)


def _gp_practice(row: Row, own_code: str, status: str, parsed: Parsed) -> None:
    fact = body(row, own_code, Category.GP_PRACTICE, parsed)
    if status == "C" and fact.closed_on is None:
        raise RowError("close date", "", "It is closed without a closing day: give the day.")
    parsed.organisations.append(fact)
    if status == "A":
        _warn_of_hospital(fact, parsed)
    if row.cell(COMMISSIONER):
        since = day(row.cell(JOINED), "join date")
        parsed.saw(since)
        parsed.ties.append(
            TieFact(
                row=row.number,
                source=own_code,
                kind=RelationshipKind.COMMISSIONED_BY,
                target=commissioner_code(row.cell(COMMISSIONER), "commissioner"),
                since=since or fact.opened_on,
                until=fact.closed_on,
            )
        )


def _warn_of_hospital(fact: OrganisationFact, parsed: Parsed) -> None:
    words = fact.name.upper().split()
    if "HOSPITAL" in words and "PRACTICE" not in words:
        message = f"{fact.name} is named as a hospital but counted as a GP practice by the file."
        parsed.notes.append(Problem(fact.row, "code", fact.code, message))


PRACTICES = Kind(
    key="practices",
    label="GP practices",
    expects="“epraccur”, 27 columns without a heading",
    parse=parse,
    rules=Rules(
        names_all=Category.GP_PRACTICE, asks_before_large_change=True, needs="commissioner"
    ),
    tie_kinds=(RelationshipKind.COMMISSIONED_BY,),
    shares_rows_with=("memberships",),
)
