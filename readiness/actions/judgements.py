"""What a reviewer judges by reading the plan: whether it is explicit, and where."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from plans.access import has_grant_in
from plans.actions import mark_changed
from plans.models import Plan
from readiness.actions.decisions import HasGrant
from readiness.models import Judgement


class WithdrawnError(Exception):
    """Somebody has withdrawn the judgement already."""


@transaction.atomic
def judge(  # noqa: PLR0913  (a judgement has this many facts)
    *,
    plan: Plan,
    subject: str,
    section: str,
    is_explicit: bool,
    words: str,
    by: User,
    now: dt.datetime,
) -> Judgement:
    """Record a judgement; the newest that stands counts for its subject.

    The same words of the same person again are the judgement that stands already. Raises
    ``HasGrant``.
    """
    today = timezone.localtime(now).date()
    if has_grant_in(by, plan, today=today):
        raise HasGrant(plan.pk)
    Plan.objects.select_for_update().get(pk=plan.pk)
    said = {"section": section, "is_explicit": is_explicit, "words": words}
    standing = Judgement.objects.standing().filter(plan=plan, subject=subject)
    newest = standing.order_by("-pk").first()
    if newest and newest.recorded_by_id == by.pk and said == _said(newest):
        return newest
    judgement = Judgement.objects.create(
        plan=plan, subject=subject, **said, judged_on=today, recorded_at=now, recorded_by=by
    )
    after = {"subject": subject, **said}
    audit.record(by=by, verb="judged", obj=judgement, after=after, at=now)
    mark_changed(plan_ids=[plan.pk], now=now)
    return judgement


@transaction.atomic
def withdraw_judgement(*, judgement_id: int, reason: str, by: User, now: dt.datetime) -> Judgement:
    """Say that a judgement was wrong; it stays in the list with the reason.

    Raises ``WithdrawnError`` where somebody was quicker, and ``HasGrant``.
    """
    judgement = Judgement.objects.select_related("plan").get(pk=judgement_id)
    if has_grant_in(by, judgement.plan, today=timezone.localtime(now).date()):
        raise HasGrant(judgement.plan_id)
    standing = Judgement.objects.standing().filter(pk=judgement_id)
    if not standing.update(withdrawn_at=now, withdrawn_by=by, withdrawn_reason=reason):
        raise WithdrawnError(judgement_id)
    audit.record(by=by, verb="withdrawn", obj=judgement, after={"reason": reason}, at=now)
    mark_changed(plan_ids=[judgement.plan_id], now=now)
    return judgement


def _said(judgement: Judgement) -> dict[str, object]:
    return {name: getattr(judgement, name) for name in ("section", "is_explicit", "words")}
