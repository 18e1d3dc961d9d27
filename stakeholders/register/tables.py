"""A register file as tables of text, whatever it came as."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; ``number`` counts from 1 as a spreadsheet does."""

    number: int
    cells: tuple[str, ...]

    def cell(self, index: int) -> str:
        """The text of one cell without blanks around it; empty beyond the row's end."""
        return self.cells[index].strip() if index < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, or the whole of a CSV file (whose sheet has no name)."""

    rows: tuple[Row, ...]
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """A file as its tables, and what had to be done to read it."""

    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()
