"""Where things stand in the charts. Pure: dates and places in, coordinates out; the templates only write them down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ui import words
from ui.shapes import BarRow, Column, Dot, MatrixRow, Phase, Tile

TILE_WIDTH, TILE_HEIGHT, TILE_GAP = 46, 33, 2
MANY = 4
TIMELINE_WIDTH, TIMELINE_MARGIN = 1216, 50
LABEL_ROOM = 200
DOTS = {"heard": 92, "disputed": 92, "commissioner": 112}
"""The lane of each kind of contact: those that count stand above those that do not."""
HEAT = ((5, "m3"), (3, "m2"), (1, "m1"), (0, "m0"))
HEAT_OF_MOST = ((0.5, "m3"), (0.2, "m2"), (0.0, "m1"))
"""The same where cells hold hundreds: by their share of the fullest."""
BAR_LENGTH, COLUMN_HEIGHT = 100.0, 40.0
COLUMN_WIDTH, COLUMN_GAP = 10, 2


@dataclass(frozen=True)
class PlacedTile:
    """A tile with its corner, what it is filled by and what a screen reader says."""

    tile: Tile
    x: int
    y: int
    fill: str
    spoken: str

    @property
    def middle(self) -> int:
        """Where its text is centred."""
        return self.x + TILE_WIDTH // 2


def place_tile(tile: Tile) -> PlacedTile:
    """The corner of a tile, and its words: they begin with what can be seen."""
    fill = "none" if tile.nothing_known else "ok" if not tile.number else "some"
    if tile.number >= MANY:
        fill = "many"
    return PlacedTile(
        tile=tile,
        x=tile.column * (TILE_WIDTH + TILE_GAP) + 1,
        y=tile.row * (TILE_HEIGHT + TILE_GAP) + 1,
        fill=fill,
        spoken=_spoken_tile(tile),
    )


def _spoken_tile(tile: Tile) -> str:
    seen = f"{tile.label} {tile.number}" if tile.number else tile.label
    if tile.flagged:
        seen += " !"
    return f"{seen}, {tile.name}" + (f": {tile.told}" if tile.told else "")


def map_size(columns: int, rows: int) -> tuple[int, int]:
    """Width and height of the drawing that holds so many columns and rows."""
    return columns * (TILE_WIDTH + TILE_GAP), rows * (TILE_HEIGHT + TILE_GAP) + 2


@dataclass(frozen=True)
class Mark:
    """Something at one day of the timeline, with its words and the side on which they stand."""

    x: int
    label: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Bar:
    """One phase as a bar."""

    name: str
    starts: str
    x: int
    width: int
    current: bool


@dataclass(frozen=True)
class PlacedDot:
    """One contact in its lane, or a number of them."""

    kind: str
    x: int
    label: str
    number: int = 1

    @property
    def y(self) -> int:
        """The top of its lane."""
        return DOTS[self.kind]


@dataclass(frozen=True)
class Timeline:
    """Everything the timeline's template writes down."""

    bars: Sequence[Bar]
    dots: Sequence[PlacedDot]
    today: Mark | None
    submission: Mark | None
    title: str

    @property
    def today_top(self) -> int:
        """The line on which "Today" is written: below the submission's words when they would meet."""
        if self.today is None or self.submission is None:
            return 13
        return 30 if abs(self.today.x - self.submission.x) < LABEL_ROOM else 13


def timeline(
    phases: Sequence[Phase],
    today: date,
    submission: date | None,
    dots: Sequence[Dot],
    *,
    day_name: str = "Today",
) -> Timeline:
    """Lay the phases out from the first day to the last; what lies outside is not drawn."""
    if unknown := {dot.kind for dot in dots} - DOTS.keys():
        message = f"A dot is one of {', '.join(DOTS)}, not {', '.join(sorted(unknown))}."
        raise ValueError(message)
    first = min(phase.starts_on for phase in phases)
    last = max(phase.ends_on for phase in phases)
    scale = _Scale(first, last)
    return Timeline(
        bars=[_bar(phase, scale, today) for phase in phases],
        dots=[
            PlacedDot(dot.kind, scale.at(dot.on), dot.label, dot.number)
            for dot in dots
            if first <= dot.on <= last
        ],
        today=_mark(today, day_name, scale),
        submission=_mark(submission, "Submission", scale) if submission else None,
        title=f"Phases of the plan, {words.nhs_date(first)} to {words.nhs_date(last)}",
    )


class _Scale:
    """Turns days into places on the line."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.step = (TIMELINE_WIDTH - 2 * TIMELINE_MARGIN) / ((last - first).days + 1)

    def at(self, day: date) -> int:
        """The place where the day begins."""
        return round(TIMELINE_MARGIN + (day - self.first).days * self.step)

    def holds(self, day: date) -> bool:
        """Whether the day lies on the line."""
        return self.first <= day <= self.last + timedelta(days=1)


def _bar(phase: Phase, scale: _Scale, today: date) -> Bar:
    x = scale.at(phase.starts_on)
    width = scale.at(phase.ends_on + timedelta(days=1)) - x - 2
    starts = f"{phase.starts_on.day} {phase.starts_on:%B}"
    return Bar(phase.name, starts, x, width, current=phase.starts_on <= today <= phase.ends_on)


def _mark(day: date, name: str, scale: _Scale) -> Mark | None:
    if not scale.holds(day):
        return None
    x = scale.at(day)
    anchor = "end" if x > TIMELINE_WIDTH - LABEL_ROOM else "start" if x < LABEL_ROOM else "middle"
    return Mark(x, f"{name}, {day.day} {day:%B}", anchor)


@dataclass(frozen=True)
class HeatCell:
    """One month of one group."""

    count: int
    heat: str
    url: str


def heat_cells(row: MatrixRow, most: int | None = None) -> list[HeatCell]:
    """The cells of a row, darker the more they hold: as contacts are, or as shares of `most`."""
    urls = list(row.urls) + [""] * (len(row.counts) - len(row.urls))
    return [
        HeatCell(count, _heat(count, most), url)
        for count, url in zip(row.counts, urls, strict=False)
    ]


def _heat(count: int, most: int | None) -> str:
    if count and most:
        return next(name for lowest, name in HEAT_OF_MOST if count >= lowest * most)
    return next(name for lowest, name in HEAT if count >= lowest)


@dataclass(frozen=True)
class Part:
    """One part of a bar: where it begins and how long it is, of a hundred."""

    kind: int
    x: float
    width: float


@dataclass(frozen=True)
class PlacedBar:
    """A bar with its parts."""

    row: BarRow
    parts: Sequence[Part]
    number: int


def bars(rows: Sequence[BarRow]) -> list[PlacedBar]:
    """Every bar in proportion to the longest."""
    longest = max((sum(row.parts) for row in rows), default=0) or 1
    return [_placed_bar(row, BAR_LENGTH / longest) for row in rows]


def _placed_bar(row: BarRow, step: float) -> PlacedBar:
    parts, x = [], 0.0
    for kind, number in enumerate(row.parts):
        if number:
            parts.append(Part(kind, round(x, 2), round(number * step, 2)))
        x += number * step
    return PlacedBar(row, parts, sum(row.parts) if row.number is None else row.number)


@dataclass(frozen=True)
class PlacedColumn:
    """An upright bar."""

    column: Column
    x: int
    y: float
    height: float


def columns(shown: Sequence[Column]) -> list[PlacedColumn]:
    """Every column in proportion to the tallest; they stand on the lower edge."""
    tallest = max((one.number for one in shown), default=0) or 1
    return [
        PlacedColumn(
            one,
            x=place * (COLUMN_WIDTH + COLUMN_GAP),
            y=round(COLUMN_HEIGHT - one.number * COLUMN_HEIGHT / tallest, 2),
            height=round(one.number * COLUMN_HEIGHT / tallest, 2),
        )
        for place, one in enumerate(shown)
    ]
