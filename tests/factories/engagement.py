"""Events and who took part in them."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from engagement.models import (
    Answer,
    Attestation,
    CancelReason,
    Channel,
    Event,
    EventPlan,
    Level,
    Outcome,
    Participation,
    Status,
)
from plans.models import Capacity, Plan
from stakeholders.models import Organisation
from tests.factories import accounts

HELD_ON = dt.date(2016, 5, 10)


def event(
    *plans: Plan,
    held_on: dt.date = HELD_ON,
    level: str = Level.CONSULT,
    status: str = Status.HAPPENED,
    channel: str = Channel.MEETING,
    title: str = "Practice forum",
    recorded_by: User | None = None,
    recorded_at: dt.datetime | None = None,
) -> Event:
    """An event credited to ``plans``, recorded on its own day unless told otherwise."""
    did_not_happen = status in {Status.CANCELLED, Status.TRIED}
    made = Event.objects.create(
        title=title,
        held_on=held_on,
        channel=channel,
        status=status,
        level=level,
        cancel_reason=CancelReason.OTHER if did_not_happen else "",
        recorded_by=recorded_by or accounts.user(),
        recorded_at=recorded_at or timezone.make_aware(dt.datetime.combine(held_on, dt.time(12))),
    )
    for plan in plans:
        EventPlan.objects.create(event=made, plan=plan, held_on=held_on)
    return made


def took_part(
    organisation: Organisation,
    at: Event,
    *,
    capacity: str = Capacity.PROVIDER,
    outcome: str = Outcome.ATTENDED,
    person=None,
) -> Participation:
    return Participation.objects.create(
        event=at,
        organisation=organisation,
        person=person,
        capacity=capacity,
        outcome=outcome,
        held_on=at.held_on,
    )


def dispute(organisation: Organisation, of: Event, *, by: User | None = None) -> Attestation:
    """The organisation disagrees with the record, and nobody has settled it yet."""
    return Attestation.objects.create(
        event=of,
        organisation=organisation,
        answer=Answer.DISPUTED,
        words="We were not there.",
        answered_at=of.recorded_at,
        answered_by=by or accounts.user(),
    )
