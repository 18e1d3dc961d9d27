"""Two versions of a plan side by side: what changed in the text, and in who is named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plans.models import PlanVersion
from plans.presenters.mention_words import group_label
from plans.rules.comparing import Change, Comparison, Part, parts
from plans.rules.mentions import GENERAL_PRACTICE
from ui.words import nhs_date, plural


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    """One change: how much is the same before it, and both sides in parts."""

    before: str
    was: Sequence[Part]
    now: Sequence[Part]
    what: str


@dataclass(frozen=True, kw_only=True)
class MentionChange:
    """How often a group is named in the one and in the other."""

    label: str
    was: int
    now: int
    difference: str
    is_lost: bool


def version_name(version: PlanVersion) -> str:
    """The version in a list of versions."""
    return f"{version.title}, {nhs_date(version.dated_on)}"


def summary(found: Comparison) -> str:
    """How much of the text is another, in one sentence."""
    if not found.changes:
        return "The texts are the same."
    same = plural(found.same, "paragraph is", "paragraphs are")
    return f"{plural(len(found.changes), 'change')}. {same} the same in both."


def change_lines(changes: Sequence[Change]) -> list[ChangeLine]:
    """The changes of one page in words."""
    made = []
    for change in changes:
        was, now = parts(change)
        what = "Worded anew" if was and now else "Put in" if now else "Taken out"
        made.append(
            ChangeLine(before=unchanged(change.unchanged_before), was=was, now=now, what=what)
        )
    return made


def unchanged(number: int) -> str:
    """So many paragraphs that are not shown."""
    return f"{plural(number, 'paragraph')} the same" if number else ""


def mention_changes(was: Mapping[str, int], now: Mapping[str, int]) -> list[MentionChange]:
    """Every group that one of them names, and general practice: that first, then what changed most."""
    keys = sorted(
        (key for key in {**was, **now} if key == GENERAL_PRACTICE or was.get(key) or now.get(key)),
        key=lambda key: (
            key != GENERAL_PRACTICE,
            -abs(now.get(key, 0) - was.get(key, 0)),
            -now.get(key, 0),
        ),
    )
    return [
        MentionChange(
            label=group_label(key),
            was=was.get(key, 0),
            now=now.get(key, 0),
            difference=_difference(now.get(key, 0) - was.get(key, 0)),
            is_lost=bool(was.get(key)) and not now.get(key),
        )
        for key in keys
    ]


def _difference(number: int) -> str:
    if not number:
        return "the same"
    return f"{abs(number):,} {'more' if number > 0 else 'fewer'}"
