"""The register of consultations: published, given up, and who must be asked in one.

What a consultation says is brought up to date as every paper is (``plans.actions.papers``). Each of
these does nothing where somebody did it first, so that a form may be sent twice.
"""

import datetime as dt

from django.db import transaction

from accounts import audit
from accounts.models import User
from plans.actions import mark_changed
from plans.actions.papers import change_paper
from plans.models import Consultation, MustAsk
from stakeholders.models import Organisation


@transaction.atomic
def publish(*, consultation: Consultation, by: User, now: dt.datetime) -> bool:
    """Put it into the public register; False when it is there, or withdrawn, or nobody has written
    what it is about."""
    found = Consultation.objects.standing().filter(pk=consultation.pk, published_at__isnull=True)
    if not found.exclude(summary="").update(published_at=now):
        return False
    audit.record(
        by=by, verb="consultation published", obj=consultation, after={"published_at": now}, at=now
    )
    return True


def drop(
    *, consultation: Consultation, dropped_on: dt.date, reason: str, by: User, now: dt.datetime
) -> bool:
    """It does not go forward since ``dropped_on``; False when somebody said so first.

    The criteria of the plan test it no more from that day on.
    """
    if consultation.dropped_on is not None:
        return False
    facts = {"dropped_on": dropped_on, "dropped_reason": reason}
    return change_paper(paper=consultation, facts=facts, by=by, now=now)


@transaction.atomic
def add_must_ask(
    *,
    consultation: Consultation,
    organisation: Organisation | None,
    category: str,
    because: str,
    by: User,
    now: dt.datetime,
) -> bool:
    """Somebody must be asked: an organisation, or everybody of a category; False when listed already."""
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    who = {"organisation": organisation, "category": category}
    if MustAsk.objects.standing().filter(consultation=consultation, **who).exists():
        return False
    row = MustAsk.objects.create(
        consultation=consultation, **who, because=because, recorded_at=now, recorded_by=by
    )
    told = {"consultation": consultation, **who, "because": because}
    audit.record(by=by, verb="must be asked", obj=row, after=told, at=now)
    mark_changed(plan_ids=[consultation.plan_id], now=now)
    return True


@transaction.atomic
def record_asked(*, row: MustAsk, asked_on: dt.date | None, by: User, now: dt.datetime) -> bool:
    """They were asked on the day, or (None) it is not known that they were; False when it says so."""
    before = row.asked_on
    unmoved = MustAsk.objects.standing().filter(pk=row.pk, asked_on=before)
    if asked_on == before or not unmoved.update(asked_on=asked_on):
        return False
    audit.record(
        by=by,
        verb="changed",
        obj=row,
        before={"asked_on": before},
        after={"asked_on": asked_on},
        at=now,
    )
    mark_changed(plan_ids=[row.consultation.plan_id], now=now)
    return True


@transaction.atomic
def need_not_ask(*, row: MustAsk, reason: str, by: User, now: dt.datetime) -> bool:
    """They need not be asked after all; False when somebody said so first."""
    standing = MustAsk.objects.standing().filter(pk=row.pk)
    if not standing.update(withdrawn_at=now, withdrawn_by=by, withdrawn_reason=reason):
        return False
    audit.record(by=by, verb="withdrew", obj=row, after={"withdrawn_reason": reason}, at=now)
    mark_changed(plan_ids=[row.consultation.plan_id], now=now)
    return True
