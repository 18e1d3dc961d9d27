"""Which points of a record are which after it was edited: what somebody decided about one stays with it.

Pure. A point has no name of its own, so an edited one is known by its words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from engagement.rules.record import PointMade

ALIKE = 0.6
"""Share of the words that two texts must have in common, in order, to be one point edited. Ours."""


@dataclass(frozen=True, kw_only=True)
class PointThere:
    """A point as it is stored. ``is_settled``: somebody gave it a theme or decided on it in a plan."""

    pk: int
    made: PointMade
    is_settled: bool = False
    is_removed: bool = False


@dataclass(frozen=True, kw_only=True)
class Pairing:
    """What to do: rows that say something else now, points that are new, rows to take off.

    ``edited`` holds rows that come back as well; ``removed`` are kept for what was decided about
    them, ``deleted`` are not.
    """

    edited: dict[int, PointMade]
    new: list[PointMade]
    removed: list[int]
    deleted: list[int]


def paired(there: Sequence[PointThere], wanted: Iterable[PointMade]) -> Pairing:
    """Rows and points that say the same are one; then each settled row and what is most like it."""
    left, open_rows = list(wanted), []
    edited: dict[int, PointMade] = {}
    for row in sorted(there, key=lambda one: one.is_removed):
        if row.made not in left:
            open_rows.append(row)
            continue
        left.remove(row.made)
        if row.is_removed:
            edited[row.pk] = row.made
    for row in open_rows:
        if row.is_settled and not row.is_removed and (best := _most_like(row.made, left)):
            left.remove(best)
            edited[row.pk] = best
    gone = [row for row in open_rows if not row.is_removed and row.pk not in edited]
    return Pairing(
        edited=edited,
        new=left,
        removed=[row.pk for row in gone if row.is_settled],
        deleted=[row.pk for row in gone if not row.is_settled],
    )


def _most_like(made: PointMade, among: Iterable[PointMade]) -> PointMade | None:
    """The point that this one became; None where none is like it. What somebody else said is not."""
    rated = [
        (_likeness(made.text, one.text), -place, one)
        for place, one in enumerate(among)
        if one.organisation_id == made.organisation_id or _same_words(made.text, one.text)
    ]
    best = max(rated, key=lambda one: one[:2], default=None)
    return best[2] if best and best[0] >= ALIKE else None


def _same_words(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold().split(), other.casefold().split()).ratio()
