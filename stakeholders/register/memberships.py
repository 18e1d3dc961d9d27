"""Which practice had which commissioner when: "epcmem", six columns without a heading."""

from stakeholders.models import RelationshipKind
from stakeholders.register.facts import Parsed, TieFact
from stakeholders.register.fields import code, commissioner_code, day, in_order, needed_day
from stakeholders.register.kinds import Kind
from stakeholders.register.ods import first_table, ods_rows
from stakeholders.register.problems import RowError
from stakeholders.register.tables import Book, Row

WIDTH = 6
JOINED = 3
PARENT_TYPE = "W"


def parse(book: Book) -> Parsed | None:
    """The memberships of an epcmem file; None when it is no such file."""
    table = first_table(book)
    if table is None or not any(_looks_right(row) for row in table.rows[:5]):
        return None
    parsed = Parsed(shape="epcmem")
    for row in ods_rows(table, parsed, width=WIDTH, day_at=JOINED):
        try:
            _membership(row, parsed)
        except RowError as error:
            parsed.problems.append(error.at(row.number))
    return parsed


def _looks_right(row: Row) -> bool:
    return len(row.cells) <= WIDTH + 1 and row.cell(2) == PARENT_TYPE and row.cell(JOINED).isdigit()


def _membership(row: Row, parsed: Parsed) -> None:
    since = needed_day(row.cell(JOINED), "join date")
    until = day(row.cell(4), "left date")
    in_order(since, until, "left date")
    parsed.saw(since, until)
    parsed.ties.append(
        TieFact(
            row=row.number,
            source=code(row.cell(0), "code"),
            kind=RelationshipKind.COMMISSIONED_BY,
            target=commissioner_code(row.cell(1), "parent"),
            since=since,
            until=until,
        )
    )


MEMBERSHIPS = Kind(
    key="memberships",
    label="membership history of practices",
    expects="“epcmem”, 6 columns without a heading",
    parse=parse,
    tie_kinds=(RelationshipKind.COMMISSIONED_BY,),
    shares_rows_with=("practices",),
)
