"""Days and contacts in the words of "Were we consulted?". Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

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

DAYS_NAMED = 2


def counted(channels: Sequence[str]) -> str:
    """2 meetings and 1 survey; more than two kinds are 5 contacts."""
    kinds = Counter(channels)
    if len(kinds) > KINDS_NAMED:
        return plural(len(channels), "contact")
    return and_list(plural(number, *NOUNS[channel]) for channel, number in kinds.items())


def on_days(days: Iterable[date]) -> str:
    """on 3 April 2016 and 5 May 2016; from 3 April 2016 to 9 June 2016 when there are more"""
    found = sorted(set(days))
    if len(found) > DAYS_NAMED:
        return f"from {nhs_date(found[0])} to {nhs_date(found[-1])}"
    return f"on {days_in_words(found)}"


def days_in_words(days: Iterable[date]) -> str:
    """3 April 2016 and 5 May 2016; 4 days from 3 April 2016 to 9 June 2016"""
    found = sorted(set(days))
    if len(found) > DAYS_NAMED:
        return f"{len(found)} days {on_days(found)}"
    return and_list(nhs_date(day) for day in found)


def times(days: Sequence[date]) -> str:
    """once, on 3 April 2016; twice, last on 5 May 2016"""
    last = nhs_date(max(days))
    if len(days) == 1:
        return f"once, on {last}"
    number = "twice" if len(days) == 2 else f"{len(days)} times"
    return f"{number}, last on {last}"


def what_was_answered(points: int, answered: int) -> str:
    """No reply to your 4 points; 3 of your 4 points were answered; nothing where none was made."""
    if not points:
        return ""
    if points == 1:
        return "Your point was answered." if answered else "No reply to the point that you made."
    if not answered:
        return f"No reply to your {points:,} points."
    if answered >= points:
        return f"All of your {points:,} points were answered."
    return f"{answered:,} of your {points:,} points {'was' if answered == 1 else 'were'} answered."
