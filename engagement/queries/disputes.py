"""Who has a part in a dispute, and so may not end it for the board."""

import datetime as dt

from accounts.models import User
from engagement.models import Event, Participation
from engagement.queries.recipients import grants_about
from stakeholders.access import organisation_ids_represented_by


def has_part_in(event: Event, user: User, *, today: dt.date) -> bool:
    """Whether the user has a grant for a plan that the event counts for, whatever their role, or
    answers for an organisation that it names; three queries at most."""
    if grants_about(event.pk, day=today).filter(user=user).exists():
        return True
    ours = organisation_ids_represented_by(user, today=today)
    return bool(ours) and Participation.objects.filter(event=event, organisation__in=ours).exists()
