"""Commissioners ("eccg") and regions ("eauth"): the same 27 columns as practices."""

from stakeholders.models import Category
from stakeholders.register.diff import Rules
from stakeholders.register.facts import Parsed
from stakeholders.register.kinds import Kind
from stakeholders.register.ods import (
    GROUPING,
    SUB_TYPE,
    body,
    first_table,
    is_heading,
    new_code,
    ods_rows,
)
from stakeholders.register.problems import RowError
from stakeholders.register.tables import Book, Row

CCG = "C"
SUB_TYPES = frozenset({"C", "H", "S", ""})


def parse(book: Book) -> Parsed | None:
    """The commissioners or the regions of a file; None when it is neither."""
    table = first_table(book)
    if table is None or not _looks_right(table.rows[1 if is_heading(table.rows[0]) else 0]):
        return None
    regions = any(_is_region(row) for row in table.rows)
    parsed = Parsed(shape="eauth" if regions else "eccg")
    category = Category.REGION if regions else Category.COMMISSIONER
    for row in ods_rows(table, parsed):
        try:
            own_code = new_code(row, parsed)
            if _is_region(row) if regions else row.cell(SUB_TYPE) == CCG:
                parsed.organisations.append(body(row, own_code, category, parsed))
            else:
                parsed.skipped["other authorities"] += 1
        except RowError as error:
            parsed.problems.append(error.at(row.number))
    return parsed


def _looks_right(row: Row) -> bool:
    """No status and no prescribing setting, which tell a practice."""
    return len(row.cells) >= 20 and row.cell(SUB_TYPE) in SUB_TYPES and not row.cell(12)


def _is_region(row: Row) -> bool:
    """A region of the national body: Y and two digits, itself in no region."""
    own = row.cell(0).upper()
    return len(own) == 3 and own[0] == "Y" and own[1:].isdigit() and not row.cell(GROUPING)


COMMISSIONERS = Kind(
    key="commissioners",
    label="commissioners and regions",
    expects="“eccg” or “eauth”, 27 columns without a heading",
    parse=parse,
    rules=Rules(names_all=Category.COMMISSIONER),
)
