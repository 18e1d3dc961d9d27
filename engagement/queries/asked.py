"""Who is on record as asked while a consultation was open: shown a version, or named in an event."""

import datetime as dt

from django.db.models import Min

from consultations.queries.register import OnRecord
from engagement.models import Outcome, Participation, Status
from engagement.queries.answers import is_disputed
from plans.models import Consultation, Sharing

SHOWN = "Shown a version of the plan"
NAMED = "Named in an event"


def asked_on_record(*, consultation: Consultation, today: dt.date) -> dict[int, OnRecord]:
    """By organisation, the first day from opening to closing on which it is on record; two queries.

    Showings of a version, and events credited to the plan in which it was invited, took part or was
    sent something: not what was withdrawn, cancelled or is disputed, nor where it asked and nobody
    answered.
    """
    since, until = consultation.opens_on, min(consultation.closes_on, today)
    parts = (
        Participation.objects.filter(
            event__credits__plan=consultation.plan_id,
            held_on__range=(since, until),
            event__withdrawn_at__isnull=True,
        )
        .exclude(event__status=Status.CANCELLED)
        .exclude(outcome=Outcome.ASKED_US)
        .annotate(is_disputed=is_disputed())
        .filter(is_disputed=False)
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
