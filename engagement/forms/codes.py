"""A pasted list of codes: the right ones go on the list, each wrong one is named with a remedy."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from engagement.queries.attendees import Body, bodies_by_code
from ui.forms import CodeListField, NhsForm
from ui.words import and_list, nhs_date, plural

LONGEST_CODE = 12
LOOKALIKES = str.maketrans("IOSL", "1051")
NAMED = 20
"""More unknown codes than this are counted and not named one by one."""


@dataclass(frozen=True)
class Sorted:
    """The codes of a list: those that can be added, and those that cannot, as they were typed."""

    bodies: tuple[Body, ...]
    wrong: tuple[str, ...]


class CodesForm(NhsForm):
    """Paste codes. ``sorted`` holds what can be added even when the form is not valid."""

    codes = CodeListField(
        label="Paste codes",
        required=False,
        help_text="One on each line, or with commas. Up to 500.",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        day: dt.date,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.day = day
        self.typed = str(self.data.get("codes") or "")
        self.sorted = Sorted((), ())

    def clean_codes(self) -> list[str]:
        """Looks every code up as at the day of the event; three queries, six with unknown codes."""
        codes = self.cleaned_data["codes"]
        if not codes:
            return codes
        known = bodies_by_code((code for code in codes if len(code) <= LONGEST_CODE), day=self.day)
        unknown = [code for code in codes if code not in known]
        shut = [body for body in known.values() if not body.is_open]
        ready = tuple(known[code] for code in codes if code in known and known[code].is_open)
        self.sorted = Sorted(
            ready, tuple(code for code in codes if code not in {b.code for b in ready})
        )
        # What is on the list is no longer in the box: only what has to be corrected is shown again.
        self.data = {"codes": "\n".join(self.sorted.wrong)}
        problems = [*_unknown(unknown, self.day), *(not_open(body, self.day) for body in shut)]
        if problems and ready:
            others = "one is" if len(ready) == 1 else f"{len(ready)} are"
            problems[-1] += f" The other {others} on the list."
        if problems:
            raise ValidationError(problems)
        return codes

    def repeated(self) -> str:
        """A sentence about codes that were there more than once; empty when there were none."""
        field = self.fields["codes"]
        twice = field.repeated(self.typed)  # type: ignore[attr-defined]
        if not twice:
            return ""
        verb = "was" if len(twice) == 1 else "were"
        return f"{_named(twice)} {verb} there more than once, and {verb} added once."


def not_open(body: Body, day: dt.date) -> str:
    """Why this organisation cannot have taken part on ``day``, and what to do instead."""
    name = f"{body.name} ({body.code})"
    if body.closed_on is not None:
        if body.successors:
            heir = and_list(body.successors)
            return (
                f"{name} closed on {nhs_date(body.closed_on)}; {heir} took over from it."
                " Add that one instead, or correct the date."
            )
        return f"{name} closed on {nhs_date(body.closed_on)}. Correct the date or the code."
    if body.opens_on is not None:
        return (
            f"{name} opened on {nhs_date(body.opens_on)}, after {nhs_date(day)}."
            " Correct the date or the code."
        )
    return f"{name} was not open on {nhs_date(day)}. Correct the date or the code."


def _unknown(codes: list[str], day: dt.date) -> list[str]:
    if not codes:
        return []
    guesses = {code: _lookalike(code) for code in codes}
    likely = bodies_by_code({guess for guess in guesses.values() if guess}, day=day)
    hints = [
        f"{code}: did you mean {likely[guess].code}, {likely[guess].name}?"
        for code, guess in guesses.items()
        if guess in likely
    ]
    rest = [code for code in codes if guesses[code] not in likely]
    if not rest:
        return hints
    subject = _named(rest) if len(rest) <= NAMED else plural(len(rest), "code")
    verb = "is not a code" if len(rest) == 1 else "are not codes"
    return [*hints, f"{subject} {verb} in the register. Correct or remove {_them(rest)}."]


def _lookalike(code: str) -> str:
    """The code with figures for the letters that look like them, after its first character."""
    guess = code[:1] + code[1:].translate(LOOKALIKES)
    return guess if guess != code and len(guess) <= LONGEST_CODE else ""


def _named(codes: Iterable[str]) -> str:
    return and_list(code if len(code) <= 20 else f"{code[:20]}…" for code in codes)


def _them(codes: list[str]) -> str:
    return "it" if len(codes) == 1 else "them"
