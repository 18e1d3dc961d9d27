"""Grant an exception to a criterion, and take it back. The sweep then judges the plan anew."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from plans.access import has_grant_in
from plans.actions import mark_changed
from plans.models import Plan
from readiness.actions.decisions import HasGrant
from readiness.models import CriterionException
from readiness.queries.policies import policies_in_force
from readiness.rules.deciding import exception_ends_by
from ui.words import nhs_date


class ExceptionRefused(Exception):  # noqa: N818  # reads as what happened
    """The exception cannot be granted; the message says why and what to do."""


class ExceptionStands(Exception):  # noqa: N818  # reads as what is so
    """An exception to the same criterion is in force already; ``exception`` is it."""

    def __init__(self, exception: CriterionException) -> None:
        super().__init__(f"{exception} stands until {exception.expires_on}.")
        self.exception = exception


@transaction.atomic
def grant_exception(
    *, plan: Plan, key: str, reason: str, expires_on: dt.date, by: User, now: dt.datetime
) -> CriterionException:
    """Let a criterion of the plan's policy pass from today to ``expires_on``.

    The same exception sent twice is granted once. Raises ``HasGrant``, ``ExceptionStands`` or
    ``ExceptionRefused``.
    """
    today = timezone.localtime(now).date()
    plan = Plan.objects.select_for_update(of=("self",)).select_related("footprint").get(pk=plan.pk)
    _refuse(plan, key, reason, expires_on, by=by, today=today)
    standing = CriterionException.objects.standing().filter(
        plan=plan, key=key, expires_on__gte=today
    )
    former = standing.select_related("recorded_by").first()
    if former is not None:
        if (former.reason, former.expires_on, former.recorded_by) == (reason, expires_on, by):
            return former
        raise ExceptionStands(former)
    granted = CriterionException.objects.create(
        plan=plan,
        key=key,
        reason=reason,
        starts_on=today,
        expires_on=expires_on,
        recorded_at=now,
        recorded_by=by,
    )
    after = {"key": key, "reason": reason, "starts_on": today, "expires_on": expires_on}
    audit.record(by=by, verb="exception granted", obj=granted, after=after, at=now)
    mark_changed(plan_ids=[plan.pk], now=now)
    return granted


@transaction.atomic
def withdraw_exception(
    *, exception: CriterionException, reason: str, by: User, now: dt.datetime
) -> bool:
    """Take an exception back; False when it had been taken back already. Raises ``HasGrant`` and,
    without a reason, ``ExceptionRefused``."""
    if has_grant_in(by, exception.plan, today=timezone.localtime(now).date()):
        raise HasGrant
    if not reason.strip():
        raise ExceptionRefused("Enter why the exception is withdrawn")
    moved = CriterionException.objects.standing().filter(pk=exception.pk)
    if not moved.update(withdrawn_at=now, withdrawn_by=by, withdrawn_reason=reason):
        return False
    audit.record(by=by, verb="exception withdrawn", obj=exception, after={"reason": reason}, at=now)
    mark_changed(plan_ids=[exception.plan_id], now=now)
    return True


def _refuse(
    plan: Plan, key: str, reason: str, expires_on: dt.date, *, by: User, today: dt.date
) -> None:
    if has_grant_in(by, plan, today=today):
        raise HasGrant
    in_force = policies_in_force(as_at=today).get(plan.plan_type)
    if in_force is None or key not in {one.key for one in in_force.criteria}:
        raise ExceptionRefused("Choose a criterion of the policy by which this plan is judged")
    if not reason.strip():
        raise ExceptionRefused("Enter why the exception is granted")
    last = exception_ends_by(today)
    if not today < expires_on <= last:
        message = f"The exception must end after {nhs_date(today)} and by {nhs_date(last)}"
        raise ExceptionRefused(message)
