"""The banner of a page that looks back: of which day it is, and what it knows."""

from dataclasses import dataclass

from plans.queries.moment import Moment
from ui.words import nhs_date


@dataclass(frozen=True, kw_only=True)
class MomentBanner:
    """What the banner says, and the way back to today."""

    words: str
    note: str
    today_url: str


def banner(moment: Moment, *, url: str) -> MomentBanner | None:
    """``url`` is the same page of today; nothing on a page of today."""
    if moment.as_at is None:
        return None
    return MomentBanner(words=_words(moment), note=_note(moment), today_url=url)


def _words(moment: Moment) -> str:
    day = nhs_date(moment.day)
    if moment.known_by is None:
        return f"As at {day}, as it is recorded now."
    return f"As at {day}, as it had been recorded by {nhs_date(moment.known_by)}."


def _note(moment: Moment) -> str:
    live = "Worked out now from the dated record; nothing can be changed here."
    if moment.known_by is None:
        return live
    return f"The register is that of the day as it is recorded now. {live}"
