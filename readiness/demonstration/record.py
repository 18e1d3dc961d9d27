"""Writes the events of all plans at once, as if they had been logged over the year."""

import datetime as dt
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from engagement.models import Event, EventPlan, NoteReader, Participation, Point
from plans.models import Plan
from readiness.demonstration.dice import dice
from readiness.demonstration.register import BATCH
from readiness.demonstration.scene import Happening

MEAN_DELAY_DAYS = 5
LATE_SHARE, LATE_DAYS = 0.04, (30, 120)
PLANNED_DAYS = 20
NOTE_SHARE = 0.03
NOTE = "Said in confidence: two partners are thinking of handing back the contract."


@dataclass(frozen=True, kw_only=True)
class Logged:
    """An event with the plans to which it is credited and who recorded it."""

    happening: Happening
    plans: tuple[Plan, ...]
    by: User


def write(
    logged: Sequence[Logged], *, now: dt.datetime, seed: str, readers: Sequence[User]
) -> None:
    """Events with their credits, participations and points."""
    rng = dice(seed, "record")
    events = Event.objects.bulk_create([_event(rng, one, now) for one in logged], batch_size=BATCH)
    pairs = list(zip(events, logged, strict=True))
    EventPlan.objects.bulk_create(
        [
            EventPlan(event=event, plan=plan, held_on=event.held_on)
            for event, one in pairs
            for plan in one.plans
        ],
        batch_size=BATCH,
    )
    Participation.objects.bulk_create(
        [
            Participation(
                event=event,
                organisation_id=part.organisation,
                person_id=part.person,
                capacity=part.capacity,
                outcome=part.outcome,
                held_on=event.held_on,
            )
            for event, one in pairs
            for part in one.happening.parts
        ],
        batch_size=BATCH,
    )
    Point.objects.bulk_create(
        [
            Point(
                event=event,
                organisation_id=said.organisation,
                text=said.text,
                theme=said.theme,
                follow_up_by=said.follow_up_by,
            )
            for event, one in pairs
            for said in one.happening.said
        ],
        batch_size=BATCH,
    )
    NoteReader.objects.bulk_create(
        [
            NoteReader(event=event, user=reader)
            for event, _ in pairs
            if event.restricted_note
            for reader in readers
        ]
    )


def _event(rng: random.Random, one: Logged, now: dt.datetime) -> Event:
    happening = one.happening
    confidential = bool(happening.said) and rng.random() < NOTE_SHARE
    return Event(
        title=happening.title[:160],
        held_on=happening.held_on,
        channel=happening.channel,
        status=happening.status,
        level=happening.level,
        cancel_reason=happening.cancel_reason,
        restricted_note=NOTE if confidential else "",
        draft_key=uuid.UUID(int=rng.getrandbits(128), version=4),
        recorded_at=_recorded_at(rng, happening.held_on, now),
        recorded_by=one.by,
    )


def _recorded_at(rng: random.Random, held_on: dt.date, now: dt.datetime) -> dt.datetime:
    """Some days after the event, a few of them months; what lies ahead, in the last weeks."""
    if held_on > now.date():
        return now - dt.timedelta(days=rng.uniform(0, PLANNED_DAYS))
    days = rng.expovariate(1 / MEAN_DELAY_DAYS)
    if rng.random() < LATE_SHARE:
        days = rng.uniform(*LATE_DAYS)
    noon = dt.datetime.combine(held_on, dt.time(12), tzinfo=now.tzinfo)
    return min(noon + dt.timedelta(days=days), now - dt.timedelta(minutes=rng.randint(5, 600)))
