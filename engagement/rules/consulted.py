"""Were we consulted? The answer about one organisation and one plan, in a word and a sentence.

Heard before the first draft is Yes. Heard too late for it, or asked and not heard, is
Partly. Everything else is No: being told is not being asked, and people who were there as
commissioners did not speak for general practice. Pure.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engagement.rules.ladder import Why
from ui.words import and_list, nhs_date, plural

NOUNS = {
    "meeting": ("meeting", "meetings"),
    "workshop": ("workshop", "workshops"),
    "board": ("board meeting", "board meetings"),
    "visit": ("practice visit", "practice visits"),
    "phone": ("phone call", "phone calls"),
    "email": ("email", "emails"),
    "letter": ("letter", "letters"),
    "webinar": ("video call", "video calls"),
    "survey": ("survey", "surveys"),
    "drop_in": ("drop-in session", "drop-in sessions"),
    "newsletter": ("newsletter", "newsletters"),
    "social": ("social media post", "social media posts"),
}
"""How each channel is counted, by the values of ``engagement.models.Channel``."""

KINDS_NAMED = 2
"""More kinds of contact than this are counted together as "contacts"."""


class Verdict(StrEnum):
    """The word that stands first; its value is the colour of the bar beside it."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"

    @property
    def word(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True, kw_only=True)
class Record:
    """One event that names the organisation: the best that came of it, and why it counts so."""

    held_on: date
    channel: str
    why: Why


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The verdict and the sentence that explains it."""

    verdict: Verdict
    sentence: str


def answer(
    records: Sequence[Record], *, name: str, first_draft_on: date | None, today: date
) -> Answer:
    """Were we consulted? ``name`` is the organisation; withdrawn and cancelled records say nothing."""
    heard = _of(records, Why.HEARD)
    asked = _of(records, Why.NOT_HEARD, Why.TRIED)
    disputed = _disputed(_of(records, Why.DISPUTED))
    ahead = _what_is_planned(_of(records, Why.PLANNED), today)
    if heard:
        in_time = first_draft_on is None or today < first_draft_on or _first(heard) < first_draft_on
        return Answer(
            verdict=Verdict.YES if in_time else Verdict.PARTLY,
            sentence=_joined(_what_was_heard(heard, first_draft_on, today), disputed, *ahead),
        )
    said = [
        _asked(asked),
        _by_proxy(_of(records, Why.BY_PROXY)),
        _not_for_you(_of(records, Why.NOT_OWN_VOICE)),
        _told(_of(records, Why.TOLD)),
        disputed,
    ]
    if not any(said):
        said = [_nothing(name, has_plans=bool(ahead))]
    return Answer(verdict=Verdict.PARTLY if asked else Verdict.NO, sentence=_joined(*said, *ahead))


def _nothing(name: str, *, has_plans: bool) -> str:
    if has_plans:
        return f"No record of consultation with {name} so far."
    return (
        f"No record of consultation with {name}: nothing is logged in your name."
        " The board sees this too."
    )


def _what_was_heard(heard: list[Record], first_draft_on: date | None, today: date) -> str:
    return (
        f"Logged: {_counted(heard)}, {_when(heard)}{_against_draft(heard, first_draft_on, today)}."
    )


def _against_draft(heard: list[Record], first_draft_on: date | None, today: date) -> str:
    """Whether it came in time to shape the first draft; nothing while there is no draft."""
    if first_draft_on is None or today < first_draft_on:
        return ""
    draft = f"the first draft of {nhs_date(first_draft_on)}"
    if _first(heard) >= first_draft_on:
        return f", too late for {draft}"
    return f", {'the first ' if len(heard) > 1 else ''}before {draft}"


def _asked(records: list[Record]) -> str:
    return f"You were asked {_times(records)}, and not heard." if records else ""


def _by_proxy(records: list[Record]) -> str:
    if not records:
        return ""
    return (
        f"You were met by proxy only: your people were there as commissioner {_times(records)}."
        " That does not count as consulting you."
    )


def _not_for_you(records: list[Record]) -> str:
    if not records:
        return ""
    return (
        f"Your people are named {_times(records)}, without speaking for you."
        " That does not count as consulting you."
    )


def _told(records: list[Record]) -> str:
    return f"You were told {_times(records)}, and not asked for your view." if records else ""


def _disputed(records: list[Record]) -> str:
    if not records:
        return ""
    which = "the record" if len(records) == 1 else f"{len(records)} records"
    return f"You disagree with {which} of {_days(records)}: nothing of it counts until it is put right."


def _what_is_planned(records: list[Record], today: date) -> list[str]:
    """What lies ahead, and what was planned for a day gone by without a word on what came of it."""
    ahead = [record for record in records if record.held_on >= today]
    lapsed = [record for record in records if record.held_on < today]
    said = []
    if ahead:
        said.append(f"Planned: {_counted(ahead)}, {_when(ahead)}.")
    if lapsed:
        said.append(f"Planned for {_days(lapsed)}, with no word on what came of it.")
    return said


def _counted(records: list[Record]) -> str:
    """2 meetings and 1 survey; more than two kinds are 5 contacts."""
    kinds = Counter(record.channel for record in records)
    if len(kinds) > KINDS_NAMED:
        return plural(len(records), "contact")
    return and_list(plural(number, *NOUNS[channel]) for channel, number in kinds.items())


def _when(records: list[Record]) -> str:
    days = sorted({record.held_on for record in records})
    if len(days) > 2:
        return f"from {nhs_date(days[0])} to {nhs_date(days[-1])}"
    return f"on {_days(records)}"


def _days(records: list[Record]) -> str:
    days = sorted({record.held_on for record in records})
    if len(days) > 2:
        return f"{len(days)} days from {nhs_date(days[0])} to {nhs_date(days[-1])}"
    return and_list(nhs_date(day) for day in days)


def _times(records: list[Record]) -> str:
    """once, on 3 April 2016; twice, last on 5 May 2016"""
    last = nhs_date(max(record.held_on for record in records))
    if len(records) == 1:
        return f"once, on {last}"
    number = "twice" if len(records) == 2 else f"{len(records)} times"
    return f"{number}, last on {last}"


def _first(records: list[Record]) -> date:
    return min(record.held_on for record in records)


def _of(records: Sequence[Record], *reasons: Why) -> list[Record]:
    return sorted(
        (record for record in records if record.why in reasons), key=lambda record: record.held_on
    )


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
