"""How many patients each practice has: by age band (2016) or as one total (2021)."""

import datetime as dt

from stakeholders.register.facts import ListSizeFact, Parsed
from stakeholders.register.fields import code, day, number
from stakeholders.register.kinds import Kind, columns, heading
from stakeholders.register.ods import first_table
from stakeholders.register.problems import RowError
from stakeholders.register.tables import Book, Row, Table

BY_AGE = ("PCO Code", "Practice Code", "Male 0-4", "Female 0-4")
TOTALS = ("EXTRACT_DATE", "CODE", "SEX", "AGE", "NUMBER_OF_PATIENTS")


def parse(book: Book) -> Parsed | None:
    """The list sizes of a file of either shape; None when it is neither."""
    table = first_table(book)
    if table is None:
        return None
    by_age, totals = columns(table, BY_AGE), columns(table, TOTALS)
    if by_age is not None:
        bands = [
            place
            for place, cell in enumerate(table.rows[0].cells)
            if heading(cell).startswith(("male ", "female "))
        ]
        return _parsed(table, "list_size_by_age", by_age["Practice Code"], bands, None)
    if totals is not None:
        places = [totals["NUMBER_OF_PATIENTS"]]
        return _parsed(table, "list_size_total", totals["CODE"], places, totals)
    return None


def _parsed(
    table: Table, shape: str, code_at: int, places: list[int], totals: dict[str, int] | None
) -> Parsed:
    parsed = Parsed(shape=shape)
    for row in table.rows[1:]:
        try:
            if totals is None or _is_total(row, totals, parsed):
                _list_size(row, code_at, places, parsed)
        except RowError as error:
            parsed.problems.append(error.at(row.number))
    if parsed.newest is not None:
        parsed.default_as_at = parsed.newest
    return parsed


def _is_total(row: Row, at: dict[str, int], parsed: Parsed) -> bool:
    parsed.saw(day(row.cell(at["EXTRACT_DATE"]), "EXTRACT_DATE"))
    return {row.cell(at["SEX"]).upper(), row.cell(at["AGE"]).upper()} == {"ALL"}


def _list_size(row: Row, code_at: int, places: list[int], parsed: Parsed) -> None:
    practice = code(row.cell(code_at), "practice")
    if practice in parsed.named:
        raise RowError("practice", practice, "An earlier row has this practice: keep one of them.")
    parsed.named.add(practice)
    patients = sum(number(row.cell(place), "patients") for place in places)
    parsed.rows += 1
    parsed.list_sizes.append(ListSizeFact(row=row.number, code=practice, patients=patients))


def first_of_quarter(year: int, quarter: int) -> dt.date:
    """The day as at which the figures of a quarter count: its first."""
    return dt.date(year, 3 * quarter - 2, 1)


LIST_SIZES = Kind(
    key="list-sizes",
    label="list sizes",
    expects="the practices with their patients by age band, or as a total with EXTRACT_DATE",
    parse=parse,
)
