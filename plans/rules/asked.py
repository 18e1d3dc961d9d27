"""Whether those who must be asked in a consultation are on record as asked. Standard library only.

The one answer for the page of the consultation and for the criterion: whom a manager recorded as
asked, or who is on record between its first day and its last; of a category, when everybody is who
belonged to it then.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """An organisation that must be asked, by its id, or everybody of a category. `by_hand` is the day
    that a manager recorded."""

    organisation: int | None = None
    category: str = ""
    by_hand: date | None = None


@dataclass(frozen=True, kw_only=True)
class AskedOn:
    """Since when it is known that somebody was asked; `on` is None where it is not.

    Of a category, `number` belong to it, and `reached` of them are on record.
    """

    on: date | None
    number: int = 0
    reached: int = 0


def asked_on(
    wanted: Wanted,
    *,
    on_record: Mapping[int, date],
    belonging: Mapping[str, Collection[int]],
    by: date,
) -> AskedOn:
    """As far as it is known on the day `by`.

    `on_record`: organisation -> the first day on which it is on record while the consultation was
    open. `belonging`: category -> organisations of the footprint on its last day, or on `by` before
    it closes.
    """
    by_hand = wanted.by_hand if wanted.by_hand is not None and wanted.by_hand <= by else None
    if wanted.organisation is not None:
        return AskedOn(on=by_hand or on_record.get(wanted.organisation))
    whole = set(belonging.get(wanted.category, ()))
    days = [on_record[one] for one in whole if one in on_record]
    everybody = max(days) if days and len(days) == len(whole) else None
    return AskedOn(on=by_hand or everybody, number=len(whole), reached=len(days))
