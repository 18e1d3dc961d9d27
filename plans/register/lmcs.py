"""Local Medical Committees and whom they represent. No official file exists: three shapes of ours.

An asterisk after a commissioner's code ("13T*") says that the LMC represents only a part of its
practices; those practices then stand in a list of their own.
"""

import datetime as dt

from plans.register import codes
from plans.register.facts import ROUND_OF_2016
from plans.register.tables import Record, has, only_table, records
from stakeholders.models import Category, RelationshipKind
from stakeholders.register.diff import Rules
from stakeholders.register.facts import OrganisationFact, Parsed, TieFact
from stakeholders.register.fields import code, commissioner_code
from stakeholders.register.kinds import Kind
from stakeholders.register.problems import RowError
from stakeholders.register.tables import Book, Table

COMMITTEES = ("lmc_id", "name", "ccgs_2016")
OWN_CODE = "code"
PAIRS = ("ccg_ods", "lmc_id", "extent")
PRACTICES = ("practice_ods", "lmc_id")
EXTENTS = {"whole": False, "part": True}
OPENED = dt.date(2013, 4, 1)
"""From when the LMCs of 2016 count as open; they are older, but no file says how old."""


def parse(book: Book) -> Parsed | None:
    """The committees, the pairs with commissioners, or the practices with one of their own."""
    table = only_table(book)
    if table is None:
        return None
    if has(table, *COMMITTEES):
        return _committees(table)
    if has(table, *PAIRS):
        return _pairs(table)
    return _practices(table) if has(table, *PRACTICES) else None


def _committees(table: Table) -> Parsed:
    parsed = Parsed(shape="lmc", default_as_at=ROUND_OF_2016)
    names = (*COMMITTEES, OWN_CODE) if has(table, OWN_CODE) else COMMITTEES

    def take(row: int, record: Record) -> None:
        own = _lmc(record["lmc_id"], record.get(OWN_CODE, ""))
        if own in parsed.named:
            raise RowError("lmc_id", record["lmc_id"], "An earlier row has this LMC: keep one.")
        areas = [_tie(row, area, own) for area in record["ccgs_2016"].split()]
        parsed.named.add(own)
        parsed.ties += areas
        parsed.organisations.append(
            OrganisationFact(
                row=row,
                code=own,
                name=record["name"],
                category=Category.LMC,
                opened_on=OPENED,
            )
        )

    records(table, names, parsed, take)
    return parsed


def _pairs(table: Table) -> Parsed:
    parsed = Parsed(shape="ccg_to_lmc", default_as_at=ROUND_OF_2016)

    def take(row: int, record: Record) -> None:
        extent = record["extent"].lower()
        if extent not in EXTENTS:
            raise RowError("extent", extent, "Write “whole” or “part”.")
        mark = "*" if EXTENTS[extent] else ""
        parsed.ties.append(_tie(row, record["ccg_ods"] + mark, _lmc(record["lmc_id"])))

    records(table, PAIRS, parsed, take)
    return parsed


def _practices(table: Table) -> Parsed:
    parsed = Parsed(shape="practice_lmc", default_as_at=ROUND_OF_2016)

    def take(row: int, record: Record) -> None:
        parsed.ties.append(_tie(row, record["practice_ods"], _lmc(record["lmc_id"])))

    records(table, PRACTICES, parsed, take)
    return parsed


def _tie(row: int, source: str, lmc: str) -> TieFact:
    return TieFact(
        row=row,
        source=commissioner_code(source.removesuffix("*"), "code"),
        kind=RelationshipKind.REPRESENTED_BY,
        target=lmc,
        partial=source.endswith("*"),
    )


def _lmc(text: str, own_code: str = "") -> str:
    """Our code of an LMC: given, looked up by its short name, or written as it is (LMC007)."""
    if own_code:
        return code(own_code, OWN_CODE)
    plain = text.strip().lower()
    if plain in codes.lmc_by_slug():
        return codes.lmc_by_slug()[plain]
    if plain[:3] == "lmc" and plain[3:].isdigit():
        return plain.upper()
    message = "This LMC is not known by that name. Give it a code in a column “code”: LMC105."
    raise RowError("lmc_id", text, message)


LMCS = Kind(
    key="lmcs",
    label="Local Medical Committees",
    expects=(
        "a CSV file with lmc_id, name and ccgs_2016; with ccg_ods, lmc_id and extent; "
        "or with practice_ods and lmc_id"
    ),
    parse=parse,
    rules=Rules(needs="LMC, commissioner or practice", ends_other_ties=True),
    tie_kinds=(RelationshipKind.REPRESENTED_BY,),
)
