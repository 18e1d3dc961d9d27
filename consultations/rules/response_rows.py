"""The rows of an export of a survey tool as responses. Pure; nobody is merged and nothing left out.

Every row is a response of its own: repeats and campaigns are kept and told later, by the key of the
respondent and the fingerprint of the words.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from consultations.rules import response_columns as columns
from consultations.rules.respondents import plain
from ui.clean import visible, without_control_characters
from ui.dates import NotADayError, read_day

_BOX = re.compile(r"\A[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+\Z")
_ISO = re.compile(r"\A(\d{4}-\d{2}-\d{2})[T ]\d")
_CLOCK = re.compile(r"[ T,]+\d{1,2}:\d{2}.*\Z")
LONGEST_DAY = 60
"""Characters; what is longer is no day, and is not searched for one."""
SERIALS = range(61, 80_000)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What each column is, by its index; ``kinds`` and ``groups`` by the plain word."""

    meanings: Mapping[int, str]
    kinds: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    usual_day: dt.date
    closes_on: dt.date
    today: dt.date
    epoch: int = 1900

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """The first column of each meaning."""
        return {meaning: at for at, meaning in reversed(list(self.meanings.items()))}

    def column(self, meaning: str) -> int:
        return self.columns.get(meaning, -1)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with one cell or row. ``refused``: no response comes of the row."""

    row: int
    column: int
    message: str
    refused: bool = False


@dataclass(slots=True)
class Parsed:
    """One response as the row tells it; ``answers``: column, words, choice."""

    number: int
    received_on: dt.date
    kind: str
    group: str
    ident: str = ""
    organisation_name: str = ""
    name: str = ""
    email: str = ""
    answers: tuple[tuple[int, str, str], ...] = ()
    occurrence: int = 1

    def words(self) -> str:
        """Everything that it says, texts first."""
        texts = [text for _, text, _ in self.answers if text]
        return "\n".join([*texts, *(choice for _, _, choice in self.answers if choice)])

    def same(self) -> str:
        """The same text for the same row in another file, and for nothing else."""
        if self.ident:
            return f"ident\n{self.ident}"
        said = "\n".join(f"{text}|{choice}" for _, text, choice in self.answers)
        who = f"{self.kind}|{plain(self.organisation_name)}|{plain(self.name)}|{self.email.casefold()}"
        return f"words\n{who}\n{said}\n{self.occurrence}"


def look(
    rows: Iterable[tuple[int, Sequence[str]]], reading: Reading
) -> tuple[list[Parsed], list[Fault]]:
    """Every row that says anything, and everything that is wrong, in the file's order."""
    found: list[Parsed] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    same: Counter[str] = Counter()
    questions = [at for at, said in reading.meanings.items() if said in columns.QUESTIONS]
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        one = _Row(number, cells, reading, questions)
        parsed = one.parsed()
        faults += one.faults
        if parsed is None:
            continue
        if parsed.ident and parsed.ident in seen:
            message = f"The same number as row {seen[parsed.ident]}, so it was left out"
            faults.append(
                Fault(
                    row=number, column=reading.column(columns.IDENT), message=message, refused=True
                )
            )
            continue
        seen[parsed.ident] = number
        same[parsed.same()] += 1
        parsed.occurrence = same[parsed.same()]
        found.append(parsed)
    return found, faults


class _Row:
    """One row on its way."""

    def __init__(
        self, number: int, cells: Sequence[str], reading: Reading, questions: Sequence[int]
    ) -> None:
        self.number, self.cells, self.reading, self.questions = number, cells, reading, questions
        self.faults: list[Fault] = []

    def parsed(self) -> Parsed | None:
        answers = tuple(filter(None, (self._answer(at) for at in self.questions)))
        if not answers:
            self._fault(-1, "It answers no question, so it was left out", refused=True)
            return None
        reading = self.reading
        organisation = self._said(columns.ORGANISATION)[:200]
        kind = reading.kinds.get(plain(self._said(columns.KIND)), "")
        return Parsed(
            number=self.number,
            received_on=self._day(),
            kind=kind or ("organisation" if organisation else "individual"),
            group=reading.groups.get(plain(self._said(columns.GROUP)), "unknown"),
            ident=self._said(columns.IDENT)[:80],
            organisation_name=organisation,
            name=self._said(columns.NAME)[:120],
            email=self._email(),
            answers=answers,
        )

    def _said(self, meaning: str) -> str:
        return self._cell(self.reading.column(meaning))

    def _cell(self, at: int) -> str:
        if not 0 <= at < len(self.cells):
            return ""
        return visible(without_control_characters(self.cells[at]))

    def _answer(self, at: int) -> tuple[int, str, str] | None:
        said = self._cell(at)
        if not said:
            return None
        meaning = self.reading.meanings[at]
        if meaning == columns.TEXT:
            return at, said, ""
        if meaning == columns.SCALE and said not in {"1", "2", "3", "4", "5"}:
            if plain(said) not in {"n a", "na", "none", "not answered", ""}:
                self._fault(at, "Not a number from 1 to 5: this answer was left out")
            return None
        return at, "", said[:200]

    def _email(self) -> str:
        said = self._said(columns.EMAIL)
        if said and (not _BOX.match(said) or len(said) > 254):
            self._fault(self.reading.column(columns.EMAIL), "Expected an email address: left empty")
            return ""
        return said

    def _day(self) -> dt.date:
        said, reading = self._said(columns.DATE), self.reading
        if not said:
            return reading.usual_day
        day = _day_of(said, reading.epoch)
        if day is None or not dt.date(2013, 1, 1) <= day <= reading.today:
            self._fault(
                reading.column(columns.DATE),
                "Not a date until today: the last day of the consultation was taken",
            )
            return reading.usual_day
        return day

    def _fault(self, at: int, message: str, *, refused: bool = False) -> None:
        self.faults.append(Fault(row=self.number, column=at, message=message, refused=refused))


def _day_of(said: str, epoch: int) -> dt.date | None:
    if len(said) > LONGEST_DAY:
        return None
    if said.isascii() and said.replace(".", "", 1).isdigit() and int(float(said)) in SERIALS:
        shift = 1462 if epoch == 1904 else 0
        return dt.date(1899, 12, 30) + dt.timedelta(int(float(said)) + shift)
    iso = _ISO.match(said)
    try:
        return read_day(iso[1] if iso else _CLOCK.sub("", said))
    except NotADayError:
        return None
