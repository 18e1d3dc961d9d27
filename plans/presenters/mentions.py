"""The list of words that stand for each group, as an administrator reads it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from plans.models import MentionName
from plans.presenters.mention_words import group_label
from plans.rules.mention_names import NAMES, Names
from ui.words import nhs_date, plural

COUNTED_ANEW = (
    "The words are saved. Every plan is counted anew within a minute, and the figures follow."
)
NOT_CHANGED = "Nothing was changed: the words were these already."


@dataclass(frozen=True, kw_only=True)
class GroupLine:
    """A group with its words, and what an administrator changed of them."""

    label: str
    number: str
    words: str
    changed: Sequence[str]
    url: str


def group_lines(names: Names, changes: Sequence[MentionName]) -> list[GroupLine]:
    """Every group in the order of the list that comes with the service."""
    return [
        GroupLine(
            label=group_label(key),
            number=plural(len(names[key]), "word"),
            words=", ".join(names[key]),
            changed=[_told(one) for one in changes if one.category == key],
            url=reverse("plans:mention-words", args=[key]),
        )
        for key in NAMES
    ]


def _told(change: MentionName) -> str:
    did = "Taken off the list" if change.is_left_out else "Put on the list"
    by = f" by {change.recorded_by.name}" if change.recorded_by else ""
    return f"{did}: {change.name}, on {nhs_date(change.recorded_at)}{by}."
