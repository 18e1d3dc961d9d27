"""Messages about disputes: to those who are disagreed with, and to those who disagree."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from engagement.models import Attestation
from engagement.queries.recipients import managers_of_event, representatives_of
from mail.actions import Post, Recipient, post_all

RAISED = "dispute-raised"
REPLIED = "dispute-replied"
CLOSED = "dispute-closed"


def tell_managers(dispute: Attestation, *, by: User | None, now: dt.datetime) -> None:
    """An organisation disagrees: whoever manages a plan that the record counts for hears of it."""
    day = timezone.localtime(now).date()
    managers = managers_of_event(dispute.event_id, day=day)
    _tell([one for one in managers if one != by], RAISED, f"{dispute.pk}", dispute, now)


def tell_organisation(dispute: Attestation, kind: str, *, by: User, now: dt.datetime) -> None:
    """A reply, or the end of the dispute: whoever answers for the organisation hears of it, and who
    disagreed by a link without an account."""
    day = timezone.localtime(now).date()
    leads = representatives_of([dispute.organisation_id], day=day)[dispute.organisation_id]
    moment = f"{dispute.pk}:{now:%Y%m%d%H%M%S}"
    _tell([one for one in leads if one != by], kind, moment, dispute, now)
    person = dispute.link.person if dispute.link else None
    if person and person.email and person.contact_permitted:
        to = Recipient(email=person.email, name=person.name)
        matter = f"{kind}:{moment}:p{person.pk}"
        context = {"attestation": dispute.pk, "person": person.pk}
        post_all([Post(matter=matter, to=to, about=dispute, context=context)], kind=kind, now=now)


def _tell(
    people: list[User], kind: str, matter: str, dispute: Attestation, now: dt.datetime
) -> None:
    post_all(
        [
            Post(
                matter=f"{kind}:{matter}:u{one.pk}",
                to=Recipient(user=one),
                about=dispute,
                context={"attestation": dispute.pk},
            )
            for one in people
        ],
        kind=kind,
        now=now,
    )
