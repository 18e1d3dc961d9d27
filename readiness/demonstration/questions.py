"""Puts a few recent records to those whom they name, so that somebody has a question to answer.

Only records that name an organisation as which the demonstration can be entered: their mails lie in
the letter box of the administrator from the first minute.
"""

import datetime as dt

from django.db.models import Exists, OuterRef

from accounts.demonstration import ACCOUNTS, MANAGER
from engagement.actions.asking import ask_about
from engagement.models import Attestation, Event, Participation, Status

RECENT = dt.timedelta(days=90)
EACH = 2
"""Newest records put to each organisation, and as many of the manager who can be entered as; every
one is put to all whom it names."""


def ask(*, today: dt.date, now: dt.datetime) -> int:
    """Ask about the newest records without an answer; how many."""
    codes = [one.organisation for one in ACCOUNTS if one.organisation]
    chosen: dict[int, Event] = {}
    for code in codes:
        named = Participation.objects.filter(event=OuterRef("pk"), organisation__code=code)
        answered = Attestation.objects.filter(event=OuterRef("pk"))
        recent = Event.objects.filter(
            Exists(named),
            ~Exists(answered),
            status=Status.HAPPENED,
            held_on__range=(today - RECENT, today),
            withdrawn_at__isnull=True,
        )
        newest = recent.select_related("recorded_by").order_by("-held_on", "-pk")
        of_manager = newest.filter(recorded_by__email=MANAGER.email)
        chosen |= {one.pk: one for one in (*of_manager[:EACH], *newest[:EACH])}
    for event in chosen.values():
        ask_about(event=event, by=event.recorded_by, now=now)
    return len(chosen)
