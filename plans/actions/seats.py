"""Seats and formal arrangements: given, recorded, ended. They feed two criteria."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction

from accounts import audit
from accounts.models import User
from plans.actions.changes import mark_changed
from plans.models import Arrangement, BoardSeat, Plan
from plans.queries.seats import holders_of
from stakeholders.models import Organisation


@dataclass(frozen=True, kw_only=True)
class SeatFacts:
    """A seat as it was typed; no organisation means that it is vacant."""

    body: str
    title: str
    organisation: Organisation | None
    capacity: str
    voting: bool
    valid_from: dt.date


@dataclass(frozen=True, kw_only=True)
class ArrangementFacts:
    """A formal arrangement as it was typed."""

    organisation: Organisation
    description: str
    valid_from: dt.date


@transaction.atomic
def add_seat(*, plan: Plan, facts: SeatFacts, by: User, now: dt.datetime) -> BoardSeat:
    """Record a seat on one of the plan's bodies; what was sent twice is the seat that is there."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    if there := plan.seats.filter(**_values(facts), valid_to=None).first():
        return there
    seat = BoardSeat.objects.create(plan=plan, recorded_at=now, **_values(facts))
    audit.record(by=by, verb="added", obj=seat, after=_values(facts), at=now)
    mark_changed(plan_ids=[plan.pk], now=now)
    return seat


@transaction.atomic
def add_arrangement(
    *, plan: Plan, facts: ArrangementFacts, by: User, now: dt.datetime
) -> Arrangement:
    """Record a formal arrangement with a partner; what was sent twice is the one that is there."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    if there := plan.arrangements.filter(**_values(facts), valid_to=None).first():
        return there
    arrangement = Arrangement.objects.create(plan=plan, recorded_at=now, **_values(facts))
    audit.record(by=by, verb="added", obj=arrangement, after=_values(facts), at=now)
    mark_changed(plan_ids=[plan.pk], now=now)
    return arrangement


@transaction.atomic
def fill_seat(*, seat: BoardSeat, facts: SeatFacts, by: User, now: dt.datetime) -> BoardSeat | None:
    """Say who holds a vacant seat from a day on; None when somebody else filled it first.

    ``seat`` is the row that says it is vacant, which ends the day before, or that of its last holder.
    """
    plan = Plan.objects.select_for_update().get(pk=seat.plan_id)
    if holders_of(seat).exists():
        return None
    if seat.organisation_id is None and seat.valid_to is None:
        last_day = max(seat.valid_from, facts.valid_from - dt.timedelta(1))
        _end(seat, last_day, by=by, now=now)
    return add_seat(plan=plan, facts=facts, by=by, now=now)


def end_seat(*, seat: BoardSeat, last_day: dt.date, by: User, now: dt.datetime) -> bool:
    """Say that ``last_day`` was the seat's last; False when somebody else said so first."""
    return _end(seat, last_day, by=by, now=now)


def end_arrangement(
    *, arrangement: Arrangement, last_day: dt.date, by: User, now: dt.datetime
) -> bool:
    """Say that ``last_day`` was the arrangement's last; False when it had been ended already."""
    return _end(arrangement, last_day, by=by, now=now)


@transaction.atomic
def _end(dated: BoardSeat | Arrangement, last_day: dt.date, *, by: User, now: dt.datetime) -> bool:
    before = dated.valid_to
    unchanged = type(dated).objects.filter(pk=dated.pk, valid_to=before)
    if not unchanged.update(valid_to=last_day):
        return False
    audit.record(
        by=by,
        verb="ended",
        obj=dated,
        before={"valid_to": before},
        after={"valid_to": last_day},
        at=now,
    )
    mark_changed(plan_ids=[dated.plan_id], now=now)
    return True


def _values(facts: SeatFacts | ArrangementFacts) -> dict[str, object]:
    """Field by field; ``asdict`` alone would copy the organisation."""
    return {name: getattr(facts, name) for name in asdict(facts)}
