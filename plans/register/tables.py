"""CSV files with headings: each row as a mapping from heading to text."""

from collections.abc import Callable, Iterator

from stakeholders.register.facts import Parsed
from stakeholders.register.kinds import columns
from stakeholders.register.problems import RowError
from stakeholders.register.tables import Book, Row, Table

Record = dict[str, str]


def only_table(book: Book) -> Table | None:
    """The one table of a CSV file; None for a workbook or nothing but a heading."""
    table = book.tables[0]
    return table if not table.sheet and len(table.rows) > 1 else None


def has(table: Table, *names: str) -> bool:
    """Whether the first row has all these headings."""
    return columns(table, names) is not None


def records(
    table: Table, names: tuple[str, ...], parsed: Parsed, take: Callable[[int, Record], None]
) -> None:
    """Call ``take`` for each row; a ``RowError`` becomes a problem with the row's number."""
    for row, record in _records(table, names):
        try:
            _refuse_ragged(row, table)
            take(row.number, record)
            parsed.rows += 1
        except RowError as error:
            parsed.problems.append(error.at(row.number, table.sheet))


def _records(table: Table, names: tuple[str, ...]) -> Iterator[tuple[Row, Record]]:
    places = columns(table, names) or {}
    for row in table.rows[1:]:
        yield row, {name: row.cell(place) for name, place in places.items()}


def _refuse_ragged(row: Row, table: Table) -> None:
    wanted, found = len(table.rows[0].cells), len(row.cells)
    if found != wanted:
        message = f"The row has {found} columns instead of {wanted}: mend or remove it."
        raise RowError("", row.cell(0), message)
