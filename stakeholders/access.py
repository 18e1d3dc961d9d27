"""For which organisations a person answers."""

import datetime as dt

from accounts.models import User
from stakeholders.models import Organisation, Representative


def organisation_ids_represented_by(user: User, *, today: dt.date) -> frozenset[int]:
    """Ids of the organisations for which ``user`` answers on ``today``; one query."""
    held = Representative.objects.on(today).filter(user=user)
    return frozenset(held.values_list("organisation_id", flat=True))


def organisations_represented_by(user: User, *, today: dt.date):
    """The organisations for which ``user`` answers on ``today``."""
    return Organisation.objects.filter(
        pk__in=Representative.objects.on(today).filter(user=user).values("organisation")
    )
