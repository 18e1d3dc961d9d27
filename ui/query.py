"""Reading the address bar. Nothing here raises: junk becomes a usable value and a sentence that says what was wrong."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.http import HttpRequest

from ui import clean, words
from ui.dates import NotADayError, read_day

Value = TypeVar("Value")


@dataclass(frozen=True)
class Answer(Generic[Value]):
    """What was asked for, as it can be used, and a sentence about what was wrong with it (empty when nothing was)."""

    value: Value
    problem: str = ""


def text(request: HttpRequest, name: str, *, max_length: int = 200) -> Answer[str]:
    """The text under `name`: trimmed, without control characters, and cut at `max_length` with a sentence."""
    typed = request.GET.get(name, "")
    value = clean.visible(clean.without_control_characters(typed))
    if len(value) > max_length:
        return Answer(
            value[:max_length],
            f"Your search is {len(value):,} characters long. Shorten it to {max_length:,} or fewer.",
        )
    if clean.has_control_characters(typed):
        return Answer(value, "Your search held characters that cannot be read. They were left out.")
    return Answer(value)


def choice(
    request: HttpRequest, name: str, allowed: Collection[str], default: str = ""
) -> Answer[str]:
    """One of `allowed`; anything else gives `default` and a sentence."""
    typed = request.GET.get(name, "")
    if typed in allowed:
        return Answer(typed)
    problem = (
        f"{_quoted(typed)} is not one of the choices. Everything is shown instead." if typed else ""
    )
    return Answer(default, problem)


def integer(
    request: HttpRequest, name: str, default: int, lowest: int, highest: int
) -> Answer[int]:
    """A whole number between `lowest` and `highest`; anything else gives `default` and a sentence."""
    typed = request.GET.get(name, "").strip()
    if not typed:
        return Answer(default)
    if typed.isascii() and typed.isdigit() and len(typed) < 12 and lowest <= int(typed) <= highest:
        return Answer(int(typed))
    return Answer(default, f"{_quoted(typed)} is not a number from {lowest:,} to {highest:,}.")


def day(request: HttpRequest, name: str) -> Answer[date | None]:
    """A day in any form that the date fields accept; junk gives nothing and a sentence."""
    typed = clean.bare(request.GET.get(name, ""))
    if not typed:
        return Answer(None)
    try:
        return Answer(read_day(typed))
    except NotADayError:
        return Answer(
            None,
            f"{_quoted(typed)} is not a date. Write it like {words.nhs_date(date(2016, 4, 3))} or 3/4/2016.",
        )


def _quoted(typed: str) -> str:
    shown = clean.without_control_characters(typed)
    if not shown.strip():
        return "What stands in the address"
    return f"“{shown[:40]}…”" if len(shown) > 40 else f"“{shown}”"
