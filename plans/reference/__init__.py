"""The project's own reference tables of facts: who existed in 2016, by name and code.

Eight small tables beside this file (sources and licences: ``README.md`` there). Each function
gives the typed rows of one table, read once per process. A row that cannot be read stops with a
``ReferenceTableError`` naming the file, the line and the column, because a wrong fact here would
silently become a wrong denominator everywhere.

Standard library only: nothing here knows the database.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FOLDER = Path(__file__).parent


class ReferenceTableError(ValueError):
    """A reference table holds something that cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRow:
    """One of the four regions of NHS England in 2016."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FootprintRow:
    """One of the 44 footprints of 2016, and its place on the tile map (0,0 is top left)."""

    number: int
    code: str
    name: str
    region: str
    tile_label: str
    tile_column: int
    tile_row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionerRow:
    """One of the 209 CCGs of February 2016, with its practices and their registered patients.

    ``also_footprint`` is a second footprint. With ``also_extent`` "part" some of its practices
    (``also_practices``, with ``also_patients``) lie there; with "partner" only the CCG itself
    takes part there and all its practices stay in ``footprint``.
    """

    code: str
    name: str
    footprint: str
    also_footprint: str
    also_extent: str
    practices: int
    patients: int
    also_practices: int
    also_patients: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LmcRow:
    """One of 104 Local Medical Committees; code and slug are our own, no official one exists."""

    code: str
    slug: str
    name: str
    secretariat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LmcAreaRow:
    """The practices of one CCG that one LMC represents: all of them ("whole") or some ("part")."""

    lmc: str
    commissioner: str
    extent: str
    practices: int
    patients: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """An upper-tier council of June 2016 with its Health and Wellbeing Board and Healthwatch."""

    council_code: str
    council_short_code: str
    council_name: str
    area: str
    board_name: str
    healthwatch_name: str
    council_type: str
    footprints: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CollegeRow:
    """A member of the Academy of Medical Royal Colleges, by its usual abbreviation."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """A borough whose area is one or more whole CCGs: the place of a neighbourhood plan."""

    council_code: str
    name: str
    region: str
    commissioners: tuple[str, ...]


Row = TypeVar("Row", bound="DataclassInstance")


@cache
def regions() -> tuple[RegionRow, ...]:
    return _table("regions.csv", RegionRow)


@cache
def footprints() -> tuple[FootprintRow, ...]:
    return _table("footprints.csv", FootprintRow)


@cache
def commissioners() -> tuple[CommissionerRow, ...]:
    return _table("commissioners.csv", CommissionerRow)


@cache
def lmcs() -> tuple[LmcRow, ...]:
    return _table("lmcs.csv", LmcRow)


@cache
def lmc_areas() -> tuple[LmcAreaRow, ...]:
    return _table("lmc_areas.csv", LmcAreaRow)


@cache
def boards() -> tuple[BoardRow, ...]:
    return _table("boards.csv", BoardRow)


@cache
def colleges() -> tuple[CollegeRow, ...]:
    return _table("colleges.csv", CollegeRow)


@cache
def places() -> tuple[PlaceRow, ...]:
    return _table("places.csv", PlaceRow)


def _table(name: str, row_type: type[Row]) -> tuple[Row, ...]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return tuple(read_rows(name, file, row_type))


def read_rows(name: str, lines: Iterable[str], row_type: type[Row]) -> Iterator[Row]:
    """The typed rows of one table; ``name`` is what an error calls it."""
    reader = csv.DictReader(lines)
    readers = {field.name: READERS[field.type] for field in fields(row_type)}
    if reader.fieldnames != list(readers):
        raise ReferenceTableError(f"{name}: the columns must be {', '.join(readers)}.")
    for record in reader:
        where = f"{name}, line {reader.line_num}"
        if None in record or None in record.values():
            raise ReferenceTableError(f"{where}: it must have {len(readers)} columns.")
        values = {key: _value(where, key, readers[key], text) for key, text in record.items()}
        yield row_type(**values)


def _value(where: str, column: str, read: Callable[[str], object], text: str) -> object:
    try:
        return read(text)
    except ValueError as error:
        raise ReferenceTableError(f"{where}, column {column}: {error}") from error


def _text(text: str) -> str:
    if text != text.strip():
        raise ValueError(f"“{text}” has spaces around it")
    return text


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ValueError(f"“{text}” is not a whole number")
    return int(text)


def _codes(text: str) -> tuple[str, ...]:
    return tuple(text.split())


READERS: dict[Any, Callable[[str], object]] = {str: _text, int: _count, tuple[str, ...]: _codes}
