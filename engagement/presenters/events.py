"""The event list: its rows, on the page and in the file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from engagement.models import Event, Status
from engagement.presenters.standing import LATE_AFTER_DAYS, days_late
from engagement.queries.events import EventFilters, Turnout
from plans.models import Plan
from ui.keyset import COUNTED_UP_TO
from ui.words import and_list, nhs_date, plural

STATUS_COLOURS = {
    Status.PLANNED: "blue",
    Status.HAPPENED: "",
    Status.CANCELLED: "grey",
    Status.TRIED: "orange",
}

CSV_HEADER = (
    "Date",
    "Event",
    "Channel",
    "Level",
    "Status",
    "Plans",
    "Organisations that took part",
    "Organisations asked",
    "Organisations told",
    "Logged by",
    "Logged on",
    "Days from event to record",
)


@dataclass(frozen=True, kw_only=True)
class EventRow:
    """One event in the list."""

    event: Event
    url: str
    status: str
    colour: str
    plans: str
    turnout: str
    late: str


def status_words(event: Event) -> tuple[str, str]:
    """The status in words and the colour of its tag, if any: what went as it should is quiet."""
    if event.withdrawn_at is not None:
        return "Withdrawn", "red"
    status = Status(event.status)
    return status.label, STATUS_COLOURS[status]


def turnout_words(turnout: Turnout) -> str:
    """12 organisations took part, 3 asked, 1 told"""
    said = [
        (turnout.took_part, "took part"),
        (turnout.asked, "asked"),
        (turnout.told, "told"),
    ]
    first, *more = [(number, did) for number, did in said if number] or [(0, "named")]
    counted = [f"{plural(first[0], 'organisation')} {first[1]}"]
    return ", ".join(counted + [f"{number:,} {did}" for number, did in more])


def late_words(event: Event) -> str:
    """Said only of a record made more than a week after the event."""
    late = days_late(event)
    return f"Logged {plural(late, 'day')} later" if late > LATE_AFTER_DAYS else ""


def event_rows(
    events: Iterable[Event], *, plans: dict[int, list[Plan]], turnouts: dict[int, Turnout]
) -> list[EventRow]:
    """The rows of one page in the order of the events."""
    return [
        EventRow(
            event=event,
            url=reverse("engagement:event", args=[event.pk]),
            status=status_words(event)[0],
            colour=status_words(event)[1],
            plans=and_list(plan.title for plan in plans[event.pk]),
            turnout=turnout_words(turnouts.get(event.pk, Turnout())),
            late=late_words(event),
        )
        for event in events
    ]


def csv_rows(
    events: list[Event], *, plans: dict[int, list[Plan]], turnouts: dict[int, Turnout]
) -> Iterator[tuple[object, ...]]:
    """The lines of the file; a list that was cut says so in its last line."""
    for event in events[:COUNTED_UP_TO]:
        turnout = turnouts.get(event.pk, Turnout())
        yield (
            nhs_date(event.held_on),
            event.title,
            event.get_channel_display(),
            event.get_level_display(),
            status_words(event)[0],
            "; ".join(plan.title for plan in plans[event.pk]),
            turnout.took_part,
            turnout.asked,
            turnout.told,
            event.recorded_by.name,
            nhs_date(event.recorded_at),
            days_late(event),
        )
    if len(events) > COUNTED_UP_TO:
        newest = f"Not complete: only the newest {COUNTED_UP_TO:,} events are in this file."
        yield (f"{newest} Narrow the filters for the rest.",)


def empty_text(filters: EventFilters, *, may_log: bool) -> str:
    """What to do when the list is empty."""
    if filters.any:
        return "Clear a filter or choose a longer stretch of time."
    if may_log:
        return "Log the first contact: a meeting, a call, a visit."
    return "As soon as a regional manager logs one that you may see, it stands here."
