"""The 27 columns without a heading in which the Organisation Data Service publishes bodies."""

from collections.abc import Iterator

from stakeholders.register.facts import OrganisationFact, Parsed
from stakeholders.register.fields import code, day, in_order, needed_day
from stakeholders.register.problems import FileRefusedError, RowError
from stakeholders.register.tables import Book, Row, Table

COLUMNS = 27
CODE, NAME, GROUPING, GEOGRAPHY, ADDRESS, POSTCODE = 0, 1, 2, 3, slice(4, 9), 9
OPENED, CLOSED, STATUS, SUB_TYPE, COMMISSIONER, JOINED, LEFT, SETTING = (
    10,
    11,
    12,
    13,
    14,
    15,
    16,
    25,
)
OUTSIDE_ENGLAND = ("W00", "Q99")


def ods_rows(
    table: Table, parsed: Parsed, *, width: int = COLUMNS, day_at: int = OPENED
) -> Iterator[Row]:
    """The rows that have the right number of columns and a code not met before.

    A heading that somebody added is left out with a note; every other row that does not fit
    becomes a problem. Raises ``FileRefusedError`` when most rows have another number of columns.
    """
    fitting = sum(len(row.cells) == width for row in table.rows)
    if fitting * 2 < len(table.rows):
        found = len(table.rows[0].cells)
        message = f"Expected {width} columns in each row, but row 1 has {found}: check the file."
        raise FileRefusedError(message)
    for number, row in enumerate(table.rows):
        if number == 0 and is_heading(row, day_at):
            parsed.skipped["heading"] += 1
        elif len(row.cells) != width:
            message = f"The row has {len(row.cells)} columns instead of {width}: mend or remove it."
            parsed.problems.append(RowError("", row.cell(CODE), message).at(row.number))
            parsed.named.add(row.cell(CODE).upper())
        else:
            parsed.rows += 1
            yield row


def is_heading(row: Row, day_at: int = OPENED) -> bool:
    """Whether this is a line of headings: words stand where every other row has a day."""
    text = row.cell(day_at)
    return bool(text) and not any(letter.isdigit() for letter in text)


def first_table(book: Book) -> Table | None:
    """The table of a CSV file; None for a workbook."""
    table = book.tables[0]
    return table if len(book.tables) == 1 and not table.sheet and table.rows else None


def new_code(row: Row, parsed: Parsed) -> str:
    """The row's code; ``RowError`` when an earlier row has it too."""
    found = code(row.cell(CODE), "code")
    if found in parsed.named:
        raise RowError("code", found, "An earlier row has this code too: keep one of the two.")
    parsed.named.add(found)
    return found


def body(row: Row, own_code: str, category: str, parsed: Parsed) -> OrganisationFact:
    """The organisation of a row with its days; ``RowError`` when a date is missing or wrong."""
    name = row.cell(NAME)
    if not name:
        raise RowError("name", "", "The name is missing: give it and load the file again.")
    opened = needed_day(row.cell(OPENED), "open date")
    closed = day(row.cell(CLOSED), "close date")
    in_order(opened, closed, "close date")
    parsed.saw(opened, closed)
    return OrganisationFact(
        row=row.number,
        code=own_code,
        name=name,
        category=category,
        opened_on=opened,
        closed_on=closed,
        address=", ".join(filter(None, (part.strip() for part in row.cells[ADDRESS]))),
        postcode=row.cell(POSTCODE).upper(),
    )
