"""When the public form takes answers, and what a form and an answer may hold. Pure."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

QUESTIONS = 40
"""As many as one form asks; more is no form that anybody fills in on a telephone."""
FEWEST_CHOICES, MOST_CHOICES = 2, 12
CHOICE_LENGTH = 200
ANSWER_LENGTH = 10_000
"""Characters of one answer by the form; what is longer is sent as a paper."""
TYPED_LENGTH = 50_000
"""Characters of one answer that staff type in or paste."""

SCALE = ("1", "2", "3", "4", "5")

LATE_FOR = dt.timedelta(days=1)
"""How long after the last day the form still takes an answer, marked as late: who began before
midnight loses nothing."""
SAVED_FOR = dt.timedelta(days=14)
"""Until the end of that day: its date is what people are told."""

ALPHABET = "bcdfghjkmnpqrstvwxz23456789"
CODE_LENGTH = 8
"""Nobody has to guess it: the address is public. It only must not be taken, nor spell a word."""


class FormState(StrEnum):
    """What somebody who follows the address of the form finds."""

    NOWHERE = "nowhere"
    NOT_YET = "not_yet"
    OPEN = "open"
    PAUSED = "paused"
    LATE = "late"
    CLOSED = "closed"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class FormFacts:
    """``is_dropped``: the consultation does not go forward, or was withdrawn."""

    opens_on: dt.date
    closes_on: dt.date
    is_opened: bool
    is_paused: bool = False
    is_dropped: bool = False
    questions: int = 1


def form_state(facts: FormFacts, *, today: dt.date) -> FormState:
    """Where the form stands on ``today``: one that its managers never opened is nowhere."""
    cases = (
        (not facts.is_opened, FormState.NOWHERE),
        (facts.is_dropped, FormState.DROPPED),
        (today < facts.opens_on, FormState.NOT_YET),
        (today > facts.closes_on + LATE_FOR, FormState.CLOSED),
        (facts.is_paused or not facts.questions, FormState.PAUSED),
        (today > facts.closes_on, FormState.LATE),
    )
    return next((state for holds, state in cases if holds), FormState.OPEN)


def takes_answers(state: FormState) -> bool:
    """Whether an answer that is sent now is kept."""
    return state in {FormState.OPEN, FormState.LATE}


def moved(order: Sequence[int], which: int, by: int) -> list[int]:
    """The same order with one of them a place earlier (-1) or later (1); unchanged at either end."""
    listed = list(order)
    if which not in listed:
        return listed
    place = listed.index(which)
    other = place + by
    if 0 <= other < len(listed):
        listed[place], listed[other] = listed[other], listed[place]
    return listed


def wording(questions: Iterable[Sequence[object]]) -> str:
    """The same text for the same questions, to tell whether somebody saw them as they now are."""
    said = "\n".join(repr(tuple(one)) for one in questions)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def new_code() -> str:
    """The last part of a form's address: short enough to be read out on the telephone."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
