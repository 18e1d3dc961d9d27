"""What can be wrong with a register file: with one row of it, or with the whole."""

from dataclasses import dataclass


class FileRefusedError(Exception):
    """The whole file cannot be loaded; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about one row, in a sentence that names the remedy.

    ``row`` counts from 1 as a spreadsheet does; 0 is no row of the file. The same shape is used for what is wrong (the row
    is not loaded) and for what a reader should know (it is).
    """

    row: int
    column: str
    value: str
    message: str
    sheet: str = ""

    def __str__(self) -> str:
        row = f"row {self.row}" if self.row else ""
        where = ", ".join(filter(None, (self.sheet, row, self.column)))
        value = f" “{self.value[:80]}”" if self.value else ""
        return f"{where[:1].upper()}{where[1:]}{value}: {self.message}".strip()


class RowError(ValueError):
    """Raised while one row is read; becomes a ``Problem`` with the row's number."""

    def __init__(self, column: str, value: str, message: str) -> None:
        super().__init__(message)
        self.column = column
        self.value = value
        self.message = message

    def at(self, row: int, sheet: str = "") -> Problem:
        return Problem(row, self.column, self.value[:80], self.message, sheet)
