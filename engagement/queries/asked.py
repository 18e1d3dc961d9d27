"""Who is on record as asked while a consultation was open: shown a version, or named in an event."""

import datetime as dt

from django.db.models import Min, Q, QuerySet

from consultations.queries.register import OnRecord
from engagement.models import Outcome, Participation, Status
from engagement.queries.answers import is_disputed
from plans.models import Consultation, Sharing

SHOWN = "Shown a version of the plan"
NAMED = "Named in an event"


def parts_that_ask() -> QuerySet[Participation]:
    """Parts by which an organisation is on record as asked: it was invited, took part or was sent
    something. Not in what was withdrawn, cancelled or is disputed, nor where it asked and nobody
    answered."""
    return Participation.objects.filter(
        ~is_disputed(),
        ~Q(event__status=Status.CANCELLED),
        ~Q(outcome=Outcome.ASKED_US),
        event__withdrawn_at__isnull=True,
    )


def asked_on_record(*, consultation: Consultation, today: dt.date) -> dict[int, OnRecord]:
    """By organisation, the first day from opening to closing on which it is on record; two queries.

    Showings of a version, and parts in events credited to the plan.
    """
    since, until = consultation.opens_on, min(consultation.closes_on, today)
    parts = parts_that_ask().filter(
        event__credits__plan=consultation.plan_id, held_on__range=(since, until)
    )
    shown = Sharing.objects.standing().filter(
        plan=consultation.plan_id, shown_on__range=(since, until)
    )
    found: dict[int, OnRecord] = {}
    for rows, day, how in ((parts, "held_on", NAMED), (shown, "shown_on", SHOWN)):
        first = rows.order_by().values_list("organisation_id").annotate(first=Min(day))
        for organisation, on in first:
            earlier = found.get(organisation)
            if earlier is None or on < earlier.on:
                found[organisation] = OnRecord(on=on, how=how)
    return found
