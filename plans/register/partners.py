"""Who is named as a partner of a footprint: the ODS workbook of partners, or its flat CSV.

The workbook is typed by hand: blank cells that look merged, codes stored as numbers, footnotes
among the names. Councils stand in it by a three-digit ODS code and are known here by their ONS
code. Rows without any code get one of ours, made from the name, so that a second load finds them.
"""

import datetime as dt
import hashlib
import re

from plans.models import Extent
from plans.register import codes
from plans.register.facts import ROUND_OF_2016, MembershipFact, PlanParsed
from plans.register.tables import Record, has, only_table, records
from stakeholders.models import Category
from stakeholders.register.facts import OrganisationFact
from stakeholders.register.fields import code
from stakeholders.register.problems import Problem, RowError
from stakeholders.register.tables import Book, Row, Table

CSV = ("stp_ods", "stp_status", "partner_kind", "partner_name", "partner_code_as_given")
FOOTPRINT = "ODS STP Code"
PAIRS = (
    ("CCG", "CCG", "ODS CCG Code"),
    ("LA", "LA", "ODS LA Code"),
    ("TRUST", "Trusts", "ODS Trust Code"),
    ("OTHER", "Other H&SC Orgs", "ODS Code"),
)
CLOSED_SHEET = "closed"
MERGED = dt.date(2018, 6, 7)
"""When the footprints on the sheet of closed codes became part of another."""

KINDS_BY_WORD = (
    (r"healthwatch", Category.HEALTHWATCH),
    (r"gp federation|gp primary|general practice alliance|one ?care\b", Category.GP_FEDERATION),
    (r"hospice|age uk|marie curie|macmillan|stroke association|voluntary", Category.VCSE),
    (r"local health board", Category.OTHER),
)
Place = tuple[int, str]
"""Row and sheet."""

NO_CODE = frozenset({"", "?", "-"})


def parse(book: Book) -> PlanParsed | None:
    """The partners of a workbook or a CSV file; None when it is neither."""
    parsed = PlanParsed(shape="stp_partners", names_all=(Category.TRUST,))
    table = only_table(book)
    if table is not None and has(table, *CSV):
        records(table, CSV, parsed, lambda row, record: _record(row, record, parsed))
        return parsed
    sheets = [(sheet, _heading_at(sheet)) for sheet in book.tables]
    for sheet, start in sheets:
        if start is not None:
            _sheet(sheet, start, parsed)
    return parsed if any(start is not None for _, start in sheets) else None


def _record(row: int, record: Record, parsed: PlanParsed) -> None:
    closed = record["stp_status"].startswith(CLOSED_SHEET)
    given = (record["partner_kind"], record["partner_name"], record["partner_code_as_given"])
    _partner((row, ""), record["stp_ods"], given, parsed, closed=closed)


def _heading_at(sheet: Table) -> int | None:
    """The place of the row of headings, among the first ten rows."""
    wanted = {FOOTPRINT, *(heading for _, *pair in PAIRS for heading in pair)}
    for place, row in enumerate(sheet.rows[:10]):
        if wanted <= {cell.strip() for cell in row.cells}:
            return place
    return None


def _sheet(sheet: Table, start: int, parsed: PlanParsed) -> None:
    headings = [cell.strip() for cell in sheet.rows[start].cells]
    at = {heading: headings.index(heading) for _, *pair in PAIRS for heading in pair}
    footprint = ""
    closed = CLOSED_SHEET in sheet.sheet.lower()
    for row in sheet.rows[start + 1 :]:
        named = row.cell(headings.index(FOOTPRINT))
        if footprint and not named:
            message = "The line names no footprint: taken to be that of the line above."
            parsed.notes.append(Problem(row.number, FOOTPRINT, footprint, message, sheet.sheet))
        footprint = named or footprint
        parsed.rows += 1
        for kind, name, own in PAIRS:
            given = (kind, row.cell(at[name]), _whole(row, at[own]))
            try:
                _partner((row.number, sheet.sheet), footprint, given, parsed, closed=closed)
            except RowError as error:
                parsed.problems.append(error.at(row.number, sheet.sheet))


def _whole(row: Row, place: int) -> str:
    return row.cell(place).removesuffix(".0")


def _partner(
    place: Place, footprint: str, given: tuple[str, str, str], parsed: PlanParsed, *, closed: bool
) -> None:
    """One name with its code in one footprint; ``given`` is kind, name and code."""
    kind, name, own = given
    row, sheet = place
    if not name and not own:
        return
    if kind == "LA" and own in NO_CODE:
        parsed.notes.append(Problem(row, "LA", name, "This line has no code: left out.", sheet))
        return
    if kind == "OTHER" and re.search(r"local medical committee|\blmcs?\b", name, re.IGNORECASE):
        message = "An LMC belongs through its practices and is not added a second time."
        parsed.notes.append(Problem(row, "Other", name, message, sheet))
        return
    organisation = _organisation(place, kind, name, own, parsed)
    until = MERGED - dt.timedelta(days=1) if closed else None
    parsed.memberships.append(
        MembershipFact(
            row=row,
            organisation=organisation,
            footprint=code(footprint, FOOTPRINT),
            extent=Extent.PARTNER if kind == "CCG" else Extent.WHOLE,
            until=until,
            weak=kind == "CCG" or not closed,
            sheet=sheet,
        )
    )


def _organisation(place: Place, kind: str, name: str, own: str, parsed: PlanParsed) -> str:
    """The partner's code; it is added from this file unless it is a commissioner."""
    if kind == "CCG":
        return code(own, "ODS CCG Code", longest=5)
    if kind == "LA":
        found, category = _council(own)
    elif kind == "TRUST":
        found, category = code(own, "ODS Trust Code", longest=5), Category.TRUST
    else:
        found, category = _other(place, name, own, parsed), _category(name)
    if found not in parsed.named:
        parsed.named.add(found)
        parsed.organisations.append(
            OrganisationFact(
                row=place[0],
                code=found,
                name=codes.council_by_ods_code()[own.zfill(3)][1] if kind == "LA" else name,
                category=category,
                opened_on=ROUND_OF_2016,
                is_authority=False,
            )
        )
    return found


def _council(own: str) -> tuple[str, str]:
    """A council by its ODS code, which may have lost its leading zeros."""
    found = codes.council_by_ods_code().get(own.zfill(3))
    if found is None:
        message = "No council is known by this ODS code: load it with the councils first."
        raise RowError("ODS LA Code", own, message)
    return found[0], Category.COUNCIL


def _other(place: Place, name: str, own: str, parsed: PlanParsed) -> str:
    """An ODS code, failing that the number of the Care Quality Commission, failing that ours."""
    first = own.partition("(")[0].strip()
    if re.fullmatch(r"[A-Z0-9]{3,6}", first):
        return first
    commission = re.search(r"1-\d{7,10}", own)
    if commission:
        return commission.group()
    digest = hashlib.sha256(re.sub(r"\W+", "", name).lower().encode()).hexdigest()
    made = f"X-{digest[:8].upper()}"
    row, sheet = place
    message = f"It has no code: it got our own, {made}."
    parsed.notes.append(Problem(row, "Other", name, message, sheet))
    return made


def _category(name: str) -> str:
    plain = name.lower()
    for words, category in KINDS_BY_WORD:
        if re.search(words, plain):
            return category
    return Category.INDEPENDENT
