"""What lies ahead, as a list with a date in front."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from engagement.models import Event
from readiness.presenters import addresses
from ui.words import day_span, sentence_case


@dataclass(frozen=True, kw_only=True)
class PlannedLine:
    """One planned event."""

    day: int
    month: str
    title: str
    url: str
    note: str


def lines(events: Iterable[Event], *, today: dt.date) -> list[PlannedLine]:
    """Each event with its day; ``invited`` is said where the query has counted it."""
    return [_line(event, today) for event in events]


def _line(event: Event, today: dt.date) -> PlannedLine:
    invited = getattr(event, "invited", None)
    asked = (
        "" if invited is None else f", {invited:,} invited" if invited else ", nobody invited yet"
    )
    return PlannedLine(
        day=event.held_on.day,
        month=f"{event.held_on:%b}",
        title=event.title,
        url=addresses.event(event.pk),
        note=f"{sentence_case(day_span(event.held_on, today))}. {event.get_channel_display()}{asked}",
    )
