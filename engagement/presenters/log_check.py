"""Step 4 of logging in words: the answers, and what may be logged already."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from engagement.models import CancelReason, Channel, Event, Level, Outcome
from engagement.presenters.log_frame import plan_and_phase, weekday_date
from engagement.queries.attendees import Attendee
from engagement.queries.crediting import PlanChoice
from engagement.rules.answers import OUTCOMES_BY_STATUS
from engagement.rules.attendees import key_of
from engagement.rules.record import PointMade, Record
from plans.models import Capacity
from ui.words import nhs_date, nhs_datetime

STATUS_SENTENCES = {
    "happened": "Happened on {day}",
    "planned": "Planned for {day}",
    "cancelled": "Was to be on {day}, cancelled",
    "tried": "Tried on {day}, did not happen",
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One line of the answers; a value of several parts is a list on the page."""

    key: str
    values: list[str]


@dataclass(frozen=True, kw_only=True)
class Double:
    """An event that may be the same one."""

    sentence: str
    title: str
    url: str


def what_answers(record: Record, plans: Sequence[PlanChoice]) -> list[Answer]:
    """What and when."""
    day = weekday_date(record.held_on)
    answers = [
        Answer(key="Title", values=[record.title]),
        Answer(
            key="Event",
            values=[
                f"{Channel(record.channel).label}. {STATUS_SENTENCES[record.status].format(day=day)}"
            ],
        ),
        Answer(key="Counts for", values=[plan_and_phase(plan, record.held_on) for plan in plans]),
    ]
    if record.cancel_reason:
        answers.insert(
            2, Answer(key="Reason", values=[str(CancelReason(record.cancel_reason).label)])
        )
    return answers


def who_answers(record: Record, known: Mapping[str, Attendee]) -> list[Answer]:
    """Who took part, by what came of it, likeliest first."""
    groups = {
        outcome: [
            _part(known[key_of(one.organisation_id, one.person_id)], one.capacity)
            for one in record.attendances
            if one.outcome == outcome
        ]
        for outcome in OUTCOMES_BY_STATUS[record.status]
    }
    answers = [
        Answer(key=str(Outcome(outcome).label), values=sorted(people))
        for outcome, people in groups.items()
        if people
    ]
    return answers or [Answer(key="People", values=["Nobody on the list"])]


def said_answers(
    record: Record, names: Mapping[int, str], readers: Mapping[int, str], *, with_note: bool
) -> list[Answer]:
    """What was said, and who may read the restricted note."""
    answers = [
        Answer(key="Level", values=[str(Level(record.level).label)]),
        Answer(key="Summary", values=[record.summary or "None"]),
        Answer(
            key="Points",
            values=[_point(point, names) for point in record.points] or ["None"],
        ),
    ]
    if with_note:
        answers.append(Answer(key="Restricted note", values=[record.restricted_note or "None"]))
    if record.restricted_note:
        others = [readers[pk] for pk in record.reader_ids if pk in readers]
        answers.append(Answer(key="Who may read the note", values=["You", *others]))
    return answers


def doubles(events: Iterable[Event], shared: Mapping[int, Sequence[str]]) -> list[Double]:
    """Who logged what looks like the same event, and what the two have in common."""
    return [
        Double(
            sentence=(
                f"{event.recorded_by} logged it on {nhs_datetime(event.recorded_at)}. The date, the"
                f" channel and {_in_common(shared.get(event.pk, ()))} are the same."
            ),
            title=event.title,
            url=reverse("engagement:event", args=[event.pk]),
        )
        for event in events
    ]


def late_question(status: str, held_on: dt.date, *, today: dt.date) -> str:
    """A planned day that has gone by asks for an answer; it does not stop anybody."""
    if status == "planned" and held_on < today:
        return f"{nhs_date(held_on)} has gone by. Did it happen? If so, change the answer below."
    return ""


def _part(attendee: Attendee, capacity: str) -> str:
    spoke = f"as {Capacity(capacity).label.lower()}"
    if attendee.person_name:
        return f"{attendee.person_name}, {attendee.body.name}, {spoke}"
    return f"{attendee.body.name}, {spoke}"


def _point(point: PointMade, names: Mapping[int, str]) -> str:
    parts = [point.text if point.text.endswith((".", "!", "?")) else f"{point.text}."]
    if point.theme:
        parts.append(f"Theme: {point.theme}.")
    if point.organisation_id is not None and point.organisation_id in names:
        parts.append(f"Said by {names[point.organisation_id]}.")
    if point.follow_up_by:
        parts.append(f"Follow up by {nhs_date(point.follow_up_by)}.")
    return " ".join(parts)


def _in_common(names: Sequence[str]) -> str:
    if not names:
        return "an organisation"
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
