"""How figures are said. Shares are rounded down, so that no figure claims a threshold early."""

from collections.abc import Sequence
from datetime import date

NAMES_SHOWN = 3
NAME_LENGTH = 60

GROUP_NAMES = {
    "gp_practice": "GP practices",
    "pcn": "primary care networks",
    "gp_federation": "GP federations",
    "lmc": "LMCs",
    "commissioner": "commissioners",
    "icb": "integrated care boards",
    "trust": "NHS trusts",
    "council": "councils",
    "hwb": "Health and Wellbeing Boards",
    "healthwatch": "Healthwatch",
    "royal_college": "Royal Colleges",
    "vcse": "the voluntary sector",
    "social_care": "social care",
    "public_health": "public health",
    "patient_group": "patient groups",
    "independent": "the independent sector",
    "region": "NHS regions",
    "other": "other organisations",
}
"""Each category of organisation, as a group inside a sentence."""

NEEDS_EXCEPTION = "It cannot be cleared now: it needs a named exception."


def day(value: date) -> str:
    """3 April 2016"""
    return f"{value.day} {value:%B %Y}"


def count(number: int, noun: str, plural: str = "") -> str:
    """1 practice, 1,233 practices"""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def share(part: int, whole: int) -> int:
    """Whole per cent, rounded down. `whole` must not be 0: the caller says "no data" then."""
    return part * 100 // whole


def percent(part: int, whole: int) -> str:
    """24%, and "under 1%" for a few out of many."""
    if part > 0 and share(part, whole) == 0:
        return "under 1%"
    return f"{share(part, whole)}%"


def clip(text: str, length: int) -> str:
    """The text, or as much as fits with an ellipsis."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def listing(names: Sequence[str]) -> str:
    """A, B and C; beyond four: A, B, C and 4 more. A long name is cut."""
    return first_few([clip(name, NAME_LENGTH) for name in names])


def first_few(phrases: Sequence[str]) -> str:
    """As `listing`, of phrases whose end matters: whoever puts them together cuts the names."""
    if len(phrases) > NAMES_SHOWN + 1:
        return f"{', '.join(phrases[:NAMES_SHOWN])} and {len(phrases) - NAMES_SHOWN} more"
    return everyone(phrases)


def everyone(names: Sequence[str]) -> str:
    """A, B, C, D and E: all of them, where the list itself is asked for"""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
