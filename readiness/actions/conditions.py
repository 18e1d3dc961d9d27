"""Say that a condition of a decision was met."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from plans.access import has_grant_in
from readiness.actions.decisions import HasGrant
from readiness.models import Condition


@transaction.atomic
def meet_condition(*, condition: Condition, how: str, by: User, now: dt.datetime) -> bool:
    """Record how the condition was met; False when somebody else has done so already.

    The decision and its snapshot stay as they are. Raises ``HasGrant``, and ``ValueError`` without
    words.
    """
    if not how.strip():
        message = "Say how the condition was met."
        raise ValueError(message)
    if has_grant_in(by, condition.decision.plan, today=timezone.localtime(now).date()):
        raise HasGrant
    open_still = Condition.objects.filter(pk=condition.pk, met_at__isnull=True)
    if not open_still.update(met_at=now, met_by=by, met_how=how):
        return False
    audit.record(by=by, verb="condition met", obj=condition, after={"how": how}, at=now)
    return True
