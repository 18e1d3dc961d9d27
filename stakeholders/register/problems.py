"""What can be wrong with a register file: with one row of it, or with the whole."""

from dataclasses import dataclass


class FileRefusedError(Exception):
    """The whole file cannot be loaded; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about one row, in a sentence that names the remedy.

    ``row`` counts from 1 as a spreadsheet does. The same shape is used for what is wrong (the row
    is not loaded) and for what a reader should know (it is).
    """

    row: int
    column: str
    value: str
    message: str
    sheet: str = ""

    def __str__(self) -> str:
        where = f"{self.sheet}, row {self.row}" if self.sheet else f"Row {self.row}"
        column = f", {self.column}" if self.column else ""
        value = f" “{self.value[:80]}”" if self.value else ""
        return f"{where}{column}{value}: {self.message}"


class RowError(ValueError):
    """Raised while one row is read; becomes a ``Problem`` with the row's number."""

    def __init__(self, column: str, value: str, message: str) -> None:
        super().__init__(message)
        self.column = column
        self.value = value
        self.message = message

    def at(self, row: int, sheet: str = "") -> Problem:
        return Problem(row, self.column, self.value[:80], self.message, sheet)
