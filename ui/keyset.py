"""Paging by the last row seen instead of by number: page 2,000 costs what page 1 does.

A cursor names a row by its sort key and id: ``2016-05-10_412``. Lists are sorted by one column
and, where that is equal, by id. Knows nothing of what is listed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.core.exceptions import BadRequest
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from ui.clean import has_control_characters

PAGE_SIZE = 50
COUNTED_UP_TO = 10_000
LARGEST_ID = 2**63 - 1
LONGEST_KEY = 400

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Cursor:
    """The row after (or, with ``backwards``, before) which a page begins."""

    key: Any
    pk: int
    backwards: bool = False


@dataclass(frozen=True)
class KeysetPage(Generic[Row]):
    """The rows of one page and the addresses of its neighbours, empty where there are none.

    ``previous`` and ``next`` are in the order of the list, whatever it is sorted by.
    """

    rows: list[Row]
    previous: str
    next: str


def cursor(request: HttpRequest, read_key: Callable[[str], Any]) -> Cursor | None:
    """The cursor in the address bar, if any; ``read_key`` raises ValueError for what is no key.

    Raises ``BadRequest`` (a 400 page) for a cursor that the service did not write.
    """
    for name in ("after", "before"):
        if written := request.GET.get(name, ""):
            return _read(written, read_key, backwards=name == "before")
    return None


def _read(written: str, read_key: Callable[[str], Any], *, backwards: bool) -> Cursor:
    key, _, pk = written.rpartition("_")
    try:
        return Cursor(read_key(key), _read_id(pk), backwards)
    except ValueError as wrong:
        message = "The address of this page of the list is not one that the service made."
        raise BadRequest(message) from wrong


def day_key(text: str) -> date:
    """Reads the key of a list that is sorted by a day."""
    return date.fromisoformat(text)


def _read_id(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= LARGEST_ID):
        raise ValueError(text)
    return int(text)


def text_key(text: str) -> str:
    """Reads the key of a list that is sorted by a name."""
    if not text or len(text) > LONGEST_KEY or has_control_characters(text):
        raise ValueError(text)
    return text


def page(
    rows: "QuerySet[Row]", request: HttpRequest, *, column: str, at: Cursor | None, descending: bool
) -> "KeysetPage[Row]":
    """The page of ``rows`` at the cursor; past either end it is the page at that end."""
    backwards = at is not None and at.backwards
    found = _slice(rows, column, at, down=descending != backwards)
    if at is not None and not found:
        at, backwards = None, not backwards
        found = _slice(rows, column, at, down=descending != backwards)
    more, came_from_elsewhere = len(found) > PAGE_SIZE, at is not None
    found = found[:PAGE_SIZE]
    if backwards:
        found.reverse()
    has_previous, has_next = (
        (more, came_from_elsewhere) if backwards else (came_from_elsewhere, more)
    )
    return KeysetPage(
        rows=found,
        previous=_url(request, "before", found[0], column) if found and has_previous else "",
        next=_url(request, "after", found[-1], column) if found and has_next else "",
    )


def _slice(rows: "QuerySet[Row]", column: str, at: Cursor | None, *, down: bool) -> "list[Row]":
    """One row more than a page, in reading order from the cursor on."""
    sign, compare = ("-", "lt") if down else ("", "gt")
    if at is not None:
        # The last bound says nothing new but lets the database begin at the right place in its
        # index: 0.6 ms instead of 129 ms in a list of a million rows.
        rows = rows.filter(
            Q(**{f"{column}__{compare}": at.key}) | Q(**{column: at.key, f"pk__{compare}": at.pk}),
            **{f"{column}__{compare}e": at.key},
        )
    return list(rows.order_by(f"{sign}{column}", f"{sign}pk")[: PAGE_SIZE + 1])


def _url(request: HttpRequest, name: str, row: Model, column: str) -> str:
    """This page's address with another cursor; everything else in the query string stays."""
    query = request.GET.copy()
    for old in ("after", "before"):
        query.pop(old, None)
    query[name] = f"{getattr(row, column)}_{row.pk}"
    return f"?{query.urlencode()}"


def bounded_count(rows: "QuerySet[Any]") -> int:
    """How many rows there are, counted no further than one past ``COUNTED_UP_TO``; one query."""
    return rows.order_by()[: COUNTED_UP_TO + 1].count()


def count_in_words(number: int, one: str, many: str = "") -> str:
    """``1 event``, ``412 events``, ``more than 10,000 events``."""
    if number > COUNTED_UP_TO:
        return f"more than {COUNTED_UP_TO:,} {many or one + 's'}"
    return f"{number:,} {one if number == 1 else many or one + 's'}"
