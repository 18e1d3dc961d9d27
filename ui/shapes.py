"""The small values that components show. Presenters make them; templates only place them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere. `hidden` is read aloud after them, so that two links never sound alike."""

    text: str
    url: str
    hidden: str = ""


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """One entry of the menu in the header."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a summary list. With a `url` it ends in a link that says `action`."""

    key: str
    value: object
    url: str = ""
    action: str = "Change"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number and what it counts. With a `url` the reader can open what was counted."""

    number: object
    label: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Task:
    """One line of a task list. `done` shows the status quietly, otherwise as a tag."""

    title: str
    status: str
    url: str = ""
    hint: str = ""
    done: bool = False


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One square of the tile map; `column` and `row` count from the top left, beginning with 0.

    `number` 0 draws a tick, `nothing_known` a dash instead, `flagged` an exclamation mark beside;
    `told` says in words what is drawn.
    """

    label: str
    name: str
    column: int
    row: int
    url: str = ""
    number: int = 0
    told: str = ""
    flagged: bool = False
    nothing_known: bool = False


@dataclass(frozen=True, kw_only=True)
class Phase:
    """A stretch of the timeline; both days belong to it."""

    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class Dot:
    """One contact on the timeline, or a `number` of them near one day.

    `kind` is `heard`, `commissioner` or `disputed`.
    """

    on: date
    kind: str
    label: str = ""
    number: int = 1


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    """One group of the recency matrix: a count per month, and a link per month where there is one."""

    name: str
    counts: Sequence[int]
    last: str = ""
    urls: Sequence[str] = ()
    thin: bool = False


@dataclass(frozen=True, kw_only=True)
class BarRow:
    """One bar: what it is of, its parts in the order of the key, and in words what they are.

    `number` stands beside the bar; nothing: the sum of the parts.
    """

    name: str
    parts: Sequence[int]
    note: str = ""
    url: str = ""
    number: int | None = None


@dataclass(frozen=True, kw_only=True)
class Column:
    """One upright bar of a row in time: a day or a week, and how many."""

    label: str
    number: int
