"""The parts of the page of an analysis, as its template places them."""

from collections.abc import Sequence
from dataclasses import dataclass

from consultations.presenters.analysis_time import Days
from ui.shapes import BarRow, Figure, Link, MatrixRow


@dataclass(frozen=True, kw_only=True)
class Table:
    """The same as a chart in numbers: the name of each line, then one cell a heading."""

    caption: str
    of: str
    headings: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]]

    @property
    def columns(self) -> list[str]:
        """Every heading; the first is that of the names."""
        return [self.of, *self.headings]

    @property
    def lines(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The rows with each cell beside its heading, which a phone shows in front of it."""
        return [(name, list(zip(self.headings, cells, strict=True))) for name, cells in self.rows]


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """Themes by groups."""

    rows: Sequence[MatrixRow]
    columns: Sequence[str]
    caption: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Bars with the table behind them."""

    caption: str
    bars: Sequence[BarRow]
    table: Table
    note: str = ""

    @property
    def summary(self) -> str:
        """What the table under the bars is called before it is opened."""
        return f"{self.table.caption}: the numbers as a table"


@dataclass(frozen=True, kw_only=True)
class QuestionPart:
    """One question: who answered it, and charts of what."""

    heading: str
    note: str
    charts: Sequence[Chart]
    anchor: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """The whole page; ``is_empty`` where nothing has been cleared."""

    title: str
    caption: str
    crumbs: Sequence[Link]
    contents: Sequence[Link]
    links: Sequence[Link]
    key: Sequence[str]
    headline: str
    is_empty: bool
    figures: Sequence[Figure]
    lines: Sequence[str]
    analyst: str
    analyst_missing: str
    waiting: str
    waiting_url: str
    empty: tuple[str, str, str, str]
    who: Chart
    themes: Chart | None
    matrix: Matrix | None
    no_themes: str
    questions: Sequence[QuestionPart]
    process: Sequence[QuestionPart]
    process_themes: Chart | None
    process_quotes: Sequence[tuple[str, str]]
    days: Days | None
    tables: Sequence[Link]
    report_url: str
