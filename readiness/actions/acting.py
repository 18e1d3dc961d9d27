"""What people do about a flag: take it on, offer support, see the offer through.

A flag itself is never closed by hand: it clears when the record does.
"""

import datetime as dt
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import User
from readiness.models import Flag, SupportOffer


class FlagClearedMeanwhileError(Exception):
    """The flag has cleared since the form was opened: there is nothing left to take on."""


class OfferOpenError(Exception):
    """An offer of support is open on this flag already; ``offer`` is that one."""

    def __init__(self, offer: SupportOffer) -> None:
        super().__init__(offer.pk)
        self.offer = offer


class OfferClosedError(Exception):
    """Somebody else closed the offer first."""


@transaction.atomic
def take_on(
    *, flag_id: int, owner: User, action: str, due_on: dt.date, by: User, now: dt.datetime
) -> Flag:
    """Say who does what about an open flag by when; a later word replaces the former.

    The same words sent again change nothing. Raises ``FlagClearedMeanwhileError``.
    """
    flag = _open_flag(flag_id)
    before = {name: getattr(flag, name) for name in ("owner_id", "action", "due_on")}
    after: dict[str, Any] = {"owner_id": owner.pk, "action": action, "due_on": due_on}
    if before == after:
        return flag
    flag.owner, flag.action, flag.due_on = owner, action, due_on
    flag.acknowledged_by = by
    flag.acknowledged_at = now
    flag.save(update_fields=["owner", "action", "due_on", "acknowledged_by", "acknowledged_at"])
    audit.record(by=by, verb="taken on", obj=flag, before=before, after=after, at=now)
    return flag


@transaction.atomic
def offer_support(
    *, flag_id: int, what: str, owner: User, by: User, now: dt.datetime
) -> SupportOffer:
    """Offer help with an open flag; ``owner`` sees it through.

    One offer at a time: the same form sent twice is told of the first by ``OfferOpenError``.
    Raises ``FlagClearedMeanwhileError`` as well.
    """
    flag = _open_flag(flag_id)
    standing = flag.offers.filter(closed_at__isnull=True).first()
    if standing is not None:
        raise OfferOpenError(standing)
    offer = SupportOffer.objects.create(
        flag=flag, what=what, owner=owner, offered_at=now, offered_by=by
    )
    after = {"what": what, "owner_id": owner.pk}
    audit.record(by=by, verb="support offered", obj=offer, after=after, at=now)
    return offer


@transaction.atomic
def close_support(*, offer_id: int, outcome: str, by: User, now: dt.datetime) -> SupportOffer:
    """Say what became of an offer, also after its flag has cleared.

    Raises ``OfferClosedError`` where somebody else said so first.
    """
    still_open = SupportOffer.objects.filter(pk=offer_id, closed_at__isnull=True)
    if not still_open.update(closed_at=now, closed_by=by, outcome=outcome):
        raise OfferClosedError(offer_id)
    offer = SupportOffer.objects.get(pk=offer_id)
    audit.record(by=by, verb="support closed", obj=offer, after={"outcome": outcome}, at=now)
    return offer


def _open_flag(flag_id: int) -> Flag:
    """The flag, held until the end of the transaction: it cannot clear or be taken on meanwhile."""
    flag = Flag.objects.select_for_update().get(pk=flag_id)
    if flag.cleared_at is not None:
        raise FlagClearedMeanwhileError(flag_id)
    return flag
