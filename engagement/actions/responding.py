"""Organisations that answered a consultation are named in the record, as having responded.

Responses are handled in the app below, which knows nothing of the record; so the sweep
compares the two and puts the record right, before it assesses. It may run twice, late or at the same time as another one.
"""

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from engagement.actions.asking import ask_about, facts_of
from engagement.actions.events import record_event, withdraw_event
from engagement.actions.summary import mark_counts_due
from engagement.models import Channel, Credited, Event, Level, Outcome, Participation, Status
from engagement.queries.responding import Answered, Due, categories_of, due_by_consultation
from engagement.rules.answers import usual_capacity
from engagement.rules.asking import Facts
from engagement.rules.record import Attendance, Record, outside_period
from plans.actions import mark_changed
from plans.models import Consultation

log = logging.getLogger(__name__)

AT_ONCE = 50
"""Consultations put right in one sweep; the next takes the others."""

NO_LONGER = "None of the responses of this day is counted any more."
LATE_WHY = "It is the day on which the responses came."
TITLE_ROOM = 160


def credit_responses(*, now: dt.datetime) -> int:
    """Put the record right about every consultation whose responses moved; how many were."""
    done = 0
    for consultation_id in list(due_by_consultation())[:AT_ONCE]:
        try:
            _put_right(consultation_id, now)
            done += 1
        except Exception:  # one that fails keeps neither the others nor an assessment waiting
            log.exception("Consultation %s could not be credited.", consultation_id)
    return done


@transaction.atomic
def _put_right(consultation_id: int, now: dt.datetime) -> None:
    """One consultation, held meanwhile; what another sweep has done by then is not done again."""
    held = Consultation.objects.select_for_update(of=("self",)).select_related("plan")
    consultation = held.get(pk=consultation_id)
    due = due_by_consultation(consultation_id).get(consultation_id, Due())
    for event_id, gone in _by_event(due.over).items():
        _take_out(event_id, gone, now)
    days: dict[dt.date, list[Answered]] = defaultdict(list)
    for one in due.missing:
        days[one.received_on].append(one)
    for day, answered in sorted(days.items()):
        _put_in(consultation, day, answered, now)


def _put_in(
    consultation: Consultation, day: dt.date, answered: Sequence[Answered], now: dt.datetime
) -> None:
    """Name them in the record of that day, or in a new one."""
    by = User.objects.get(pk=answered[0].moderator_id)
    event = _standing(consultation, day)
    if event is None:
        record = _record(consultation, day, _attendances(answered))
        event = record_event(by=by, record=record, now=now)
    else:
        _add(event, _attendances(answered), by=by, now=now)
    Credited.objects.bulk_create(
        Credited(
            consultation=consultation,
            organisation_id=one.organisation_id,
            event=event,
            credited_at=now,
        )
        for one in answered
    )


def _standing(consultation: Consultation, day: dt.date) -> Event | None:
    """The record of the responses of that day, unless somebody has withdrawn it."""
    credited = Credited.objects.filter(
        consultation=consultation, event__held_on=day, event__withdrawn_at__isnull=True
    )
    first = credited.order_by("pk").first()
    return None if first is None else Event.objects.select_for_update().get(pk=first.event_id)


def _record(consultation: Consultation, day: dt.date, attendances: Sequence[Attendance]) -> Record:
    plan = consultation.plan
    outside = outside_period(day, starts_on=plan.starts_on, submission_on=plan.submission_on)
    return Record(
        plan_ids=(plan.pk,),
        title=f"Responses to: {consultation.title}"[:TITLE_ROOM],
        held_on=day,
        channel=Channel.SURVEY,
        status=Status.HAPPENED,
        level=Level.CONSULT,
        period_reason=LATE_WHY if outside else "",
        attendances=tuple(attendances),
    )


def _attendances(answered: Sequence[Answered]) -> list[Attendance]:
    """As what each kind of body usually speaks; it answered for itself and not for a commissioner."""
    categories = categories_of({one.organisation_id for one in answered})
    return [
        Attendance(
            organisation_id=one.organisation_id,
            person_id=None,
            capacity=usual_capacity(categories[one.organisation_id], holds_commissioner_post=False),
            outcome=Outcome.RESPONDED,
        )
        for one in answered
    ]


def _add(event: Event, attendances: Sequence[Attendance], *, by: User, now: dt.datetime) -> None:
    """Name more organisations in a record; who is named there already stays as they are."""
    before = facts_of(event)
    named = set(event.participations.values_list("organisation_id", flat=True))
    new = [one for one in attendances if one.organisation_id not in named]
    mark_counts_due(event_id=event.pk)
    Participation.objects.bulk_create(
        Participation(
            event=event,
            organisation_id=one.organisation_id,
            capacity=one.capacity,
            outcome=one.outcome,
            held_on=event.held_on,
        )
        for one in new
    )
    _changed(event, {"added": [one.organisation_id for one in new]}, before, by=by, now=now)


def _take_out(event_id: int, gone: Sequence[Credited], now: dt.datetime) -> None:
    """Their parts leave the record; a record in which nobody is left is withdrawn."""
    event = Event.objects.select_for_update().get(pk=event_id)
    by = event.recorded_by
    ids = [one.organisation_id for one in gone]
    Credited.objects.filter(pk__in=[one.pk for one in gone]).delete()
    if event.withdrawn_at is not None:
        return
    parts = event.participations.filter(person__isnull=True, outcome=Outcome.RESPONDED)
    if not event.participations.exclude(pk__in=parts.filter(organisation__in=ids)).exists():
        withdraw_event(by=by, event_id=event.pk, reason=NO_LONGER, now=now)
        return
    before = facts_of(event)
    mark_counts_due(event_id=event.pk)
    parts.filter(organisation__in=ids).delete()
    _changed(event, {"taken_out": ids}, before, by=by, now=now)


def _changed(
    event: Event, after: dict[str, list[int]], before: Facts, *, by: User, now: dt.datetime
) -> None:
    Event.objects.filter(pk=event.pk).update(version=F("version") + 1)
    audit.record(by=by, verb="event amended", obj=event, after=after, at=now)
    ask_about(event=event, by=by, now=now, before=before)
    mark_changed(plan_ids=list(event.credits.values_list("plan_id", flat=True)), now=now)


def _by_event(credited: Sequence[Credited]) -> dict[int, list[Credited]]:
    found: dict[int, list[Credited]] = defaultdict(list)
    for one in credited:
        found[one.event_id].append(one)
    return found
