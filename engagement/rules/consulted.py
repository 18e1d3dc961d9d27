"""Were we consulted? The answer about one organisation and one plan, in a word and a sentence.

Heard before the first draft is Yes. Heard too late for it, heard only in records with which the
organisation still disagrees, or asked and not heard, is Partly. Everything else is No: being told is
not being asked, people who were there as commissioners did not speak for general practice, and what
the organisation claims counts for nothing until it is in the record. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engagement.rules.consulted_words import (
    counted,
    days_in_words,
    on_days,
    times,
    what_was_answered,
)
from engagement.rules.ladder import Why
from ui.words import nhs_date, plural

SAYS_NOTHING = frozenset({Why.WITHDRAWN, Why.CANCELLED})


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
    """One event that names the organisation: the best that came of it, and why it counts so.

    ``stated`` says that the organisation disagrees with it and the reviewers have closed that as a
    stated disagreement: it counts again, and the disagreement stands beside it.
    """

    held_on: date
    channel: str
    why: Why
    stated: bool = False


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """Something that the organisation added from its side and that is in no record: ``declined``
    by the managers, or waiting for them. ``unheard``: it asked to be involved and heard nothing."""

    on_day: date
    declined: bool = False
    unheard: bool = False


@dataclass(frozen=True, kw_only=True)
class Points:
    """How many points the organisation made; of how many it can read what was decided, and why."""

    made: int = 0
    answered: int = 0


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The verdict and the sentence that explains it."""

    verdict: Verdict
    sentence: str


def answer(
    records: Sequence[Record],
    *,
    name: str,
    first_draft_on: date | None,
    today: date,
    claimed: Sequence[Claimed] = (),
    points: Points | None = None,
) -> Answer:
    """Were we consulted? ``name`` is the organisation; withdrawn and cancelled records say nothing.

    ``points`` are those that it made.
    """
    heard = _of(records, Why.HEARD)
    asked = _of(records, Why.NOT_HEARD, Why.TRIED)
    beside = [
        _unanswered(_of(records, Why.UNANSWERED)),
        _disputed(_of(records, Why.DISPUTED)),
        _stated([one for one in records if one.stated and one.why not in SAYS_NOTHING]),
    ]
    after = [*_what_is_planned(_of(records, Why.PLANNED), today), *_what_is_claimed(claimed)]
    if heard:
        return Answer(
            verdict=_when_heard(heard, first_draft_on, today),
            sentence=_joined(
                _what_was_heard(heard, first_draft_on, today),
                what_was_answered(points.made, points.answered) if points else "",
                *beside,
                *after,
            ),
        )
    said = [
        _asked(asked),
        _by_proxy(_of(records, Why.BY_PROXY)),
        _not_for_you(_of(records, Why.NOT_OWN_VOICE)),
        _told(_of(records, Why.TOLD)),
        *beside,
    ]
    if not any(said):
        said = [_nothing(name, has_plans=bool(_of(records, Why.PLANNED)))]
    return Answer(verdict=Verdict.PARTLY if asked else Verdict.NO, sentence=_joined(*said, *after))


def _when_heard(heard: list[Record], first_draft_on: date | None, today: date) -> Verdict:
    """Yes where a record with which nobody disagrees came before the draft."""
    agreed = [record for record in heard if not record.stated]
    if not agreed:
        return Verdict.PARTLY
    has_draft = first_draft_on is not None and first_draft_on <= today
    in_time = not has_draft or _first(agreed) < first_draft_on  # type: ignore[operator]
    return Verdict.YES if in_time else Verdict.PARTLY


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


def _unanswered(records: list[Record]) -> str:
    return f"You asked to be involved {_times(records)}, and heard nothing." if records else ""


def _stated(records: list[Record]) -> str:
    if not records:
        return ""
    which = "the record" if len(records) == 1 else f"{len(records)} records"
    it = "it" if len(records) == 1 else "them"
    return (
        f"You disagree with {which} of {_days(records)}: the board lets {it} count, and your"
        " disagreement stands beside."
    )


def _what_is_claimed(claimed: Sequence[Claimed]) -> list[str]:
    """What waits for the managers and what they declined; neither counts."""
    waiting = [one.on_day for one in claimed if not one.declined and not one.unheard]
    unheard = [one.on_day for one in claimed if not one.declined and one.unheard]
    declined = [one.on_day for one in claimed if one.declined]
    said = []
    if waiting:
        said.append(
            f"You added {plural(len(waiting), 'contact')}, {on_days(waiting)}: waiting for the"
            " managers, and not counted."
        )
    if unheard:
        said.append(
            f"You say that you asked to be involved, {on_days(unheard)}, and heard nothing: waiting"
            " for the managers."
        )
    if declined:
        said.append(
            f"The managers declined what you added for {days_in_words(declined)}: their"
            " reason stands below."
        )
    return said


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
    return counted([record.channel for record in records])


def _when(records: list[Record]) -> str:
    return on_days(record.held_on for record in records)


def _days(records: list[Record]) -> str:
    return days_in_words(record.held_on for record in records)


def _times(records: list[Record]) -> str:
    return times([record.held_on for record in records])


def _first(records: list[Record]) -> date:
    return min(record.held_on for record in records)


def _of(records: Sequence[Record], *reasons: Why) -> list[Record]:
    return sorted(
        (record for record in records if record.why in reasons), key=lambda record: record.held_on
    )


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
