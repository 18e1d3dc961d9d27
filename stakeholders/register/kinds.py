"""What every kind of register file has: how it is recognised, compared and written."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from accounts.models import User
from stakeholders.register.changes import Changes
from stakeholders.register.diff import Rules, compare
from stakeholders.register.facts import Parsed
from stakeholders.register.problems import FileRefusedError
from stakeholders.register.stored import stored_register
from stakeholders.register.tables import Book, Table
from stakeholders.register.timeline import Moment
from stakeholders.register.writing import Tick, write

Parse = Callable[[Table], Parsed]
Headings = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of file that touches organisations only. ``expects`` ends "…: expected <expects>".

    ``shares_rows_with``: other kinds that say the same sort of thing; only the newest file of all
    of them may take back a last day that is stored.
    """

    key: str
    label: str
    expects: str
    parse: Callable[[Book], Parsed | None]
    rules: Rules = field(default_factory=Rules)
    tie_kinds: tuple[str, ...] = ()
    shares_rows_with: tuple[str, ...] = ()

    def read(self, book: Book) -> Parsed:
        """The facts of a file. Raises ``FileRefusedError`` when it is no file of this kind."""
        parsed = self.parse(book)
        if parsed is None:
            message = f"This is not a file of the kind “{self.label}”: expected {self.expects}."
            raise FileRefusedError(message)
        return parsed

    def compare(self, parsed: Parsed, moment: Moment) -> Changes:
        """What loading would write; a fixed number of reads."""
        sizes_at = moment.as_at if parsed.list_sizes else None
        stored = stored_register(tie_kinds=self.tie_kinds, list_sizes_at=sizes_at)
        return compare(parsed, stored, moment, self.rules)

    def write(
        self, changes: Changes, *, as_at: dt.date, by: User | None, now: dt.datetime, tick: Tick
    ) -> None:
        """Write the changes inside the caller's transaction."""
        write(changes, as_at=as_at, by=by, now=now, tick=tick)


def heading(text: str) -> str:
    """A column heading for comparison: one line, small letters, single blanks."""
    return " ".join(text.replace("_", " ").split()).lower()


def columns(table: Table, wanted: Iterable[str]) -> dict[str, int] | None:
    """Where the wanted columns stand in the first row; None unless all are there."""
    if not table.rows:
        return None
    found = {heading(cell): place for place, cell in reversed([*enumerate(table.rows[0].cells)])}
    names = [*wanted]
    if any(heading(name) not in found for name in names):
        return None
    return {name: found[heading(name)] for name in names}
