"""What loading a register file would do: the file read, compared and judged; nothing is written."""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from plans.register.as_at import as_at_of
from plans.register.kinds import KINDS
from stakeholders.register.changes import Changes
from stakeholders.register.facts import Parsed
from stakeholders.register.problems import FileRefusedError
from stakeholders.register.reading import read_book
from stakeholders.register.stored import holds_demonstration, newest_file
from stakeholders.register.timeline import Moment
from stakeholders.register.writing import Tick
from ui.words import nhs_date, plural

STEPS = 7

DEMONSTRATION = (
    "This service holds the demonstration. Real practices beside invented ones would make every "
    "figure wrong, so nothing is written. Start an empty service for the real register: "
    "DEMONSTRATION=off VAR_DIR=var-real make run"
)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What an operator asks for. ``keep_good_rows``: load the file although rows are wrong."""

    kind: str
    file_name: str
    data: bytes
    as_at: dt.date | None = None
    as_history: bool = False
    keep_good_rows: bool = False
    accept_large_change: bool = False

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What loading writes, or would. ``why_not`` says why nothing may be written, if so;
    ``forbidden`` why nothing ever may here."""

    shape: str
    rows: int
    as_at: dt.date
    sentences: tuple[str, ...]
    changes: Changes
    why_not: str = ""
    forbidden: str = ""
    loaded: bool = False

    @property
    def counts(self) -> dict[str, int]:
        """What changes, in phrases with their numbers."""
        return {phrase: number for phrase, number in self.changes.counts.items() if number}

    @property
    def skipped(self) -> dict[str, int]:
        """What is left out and why, in phrases with their numbers."""
        return {phrase: number for phrase, number in self.changes.skipped.items() if number}


def look(order: Order, *, today: dt.date, tick: Tick) -> Outcome:
    """What loading the file would write.

    Raises ``FileRefusedError`` when the file cannot be read or may not be loaded at all.
    """
    kind = KINDS[order.kind]
    book = read_book(order.data)
    parsed = kind.read(book)
    tick()
    as_at, said = _day(order, parsed)
    if as_at > today:
        raise FileRefusedError(f"{nhs_date(as_at)} is in the future: give the day of the file.")
    newest = newest_file(kinds=[order.kind], shape=parsed.shape)
    if newest is not None and as_at < newest and not order.as_history:
        message = (
            f"A newer file, as at {nhs_date(newest)}, is loaded already, and this one is as at "
            f"{nhs_date(as_at)}. Load it as history, which only fills gaps in the past."
        )
        raise FileRefusedError(message)
    before = newest_file(kinds=[order.kind], shape=parsed.shape, before=as_at)
    moment = Moment(
        as_at=as_at,
        known_until=before,
        as_history=order.as_history,
        is_newest=as_at >= (newest_file(kinds=[order.kind, *kind.shares_rows_with]) or as_at),
    )
    changes = kind.compare(parsed, moment)
    tick()
    forbidden = DEMONSTRATION if holds_demonstration() else ""
    return Outcome(
        shape=parsed.shape,
        rows=parsed.rows,
        as_at=as_at,
        sentences=(*book.notes, said, *_nothing(changes)),
        changes=changes,
        why_not=forbidden or _why_not(order, changes),
        forbidden=forbidden,
    )


def _day(order: Order, parsed: Parsed) -> tuple[dt.date, str]:
    if order.as_at is not None:
        return order.as_at, f"As at {nhs_date(order.as_at)}, as you said."
    return as_at_of(parsed, order.file_name)


def _nothing(changes: Changes) -> tuple[str, ...]:
    if changes.rows_written or changes.problems:
        return ()
    return ("The register already says all of this: nothing to write.",)


def _why_not(order: Order, changes: Changes) -> str:
    wrong = len(changes.problems)
    if wrong and not order.keep_good_rows:
        rows = plural(wrong, "row is", "rows are")
        return f"{rows} wrong, so nothing is written. Mend them, or choose to keep the good rows."
    if changes.large and not order.accept_large_change:
        return f"{changes.large} Nothing is written until you accept a large change."
    return ""


def ticker(progress: Progress | None) -> Tick:
    """Calls ``progress`` with the number of steps done and their total, each time it is called."""
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(min(done, STEPS), STEPS)

    return tick
