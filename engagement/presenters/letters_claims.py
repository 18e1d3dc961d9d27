"""Messages about claims: to the managers who decide, and to the organisation that waits."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from engagement.access import may_claim_for, may_decide
from engagement.models import Claim, ClaimState
from engagement.presenters.claims import kind_words
from engagement.queries.claims import people_of_claim
from mail.models import Message
from mail.writing import Letter, address, write
from ui.words import nhs_date

DECIDED = {
    ClaimState.ACCEPTED: "is in the record now",
    ClaimState.LINKED: "was in the record already",
    ClaimState.DECLINED: "was declined",
}


def claim_made(message: Message, *, now: dt.datetime) -> Letter | None:
    """To a manager of the plan. Pointless once it is decided, or they manage the plan no more."""
    claim = people_of_claim(message.context["claim"])
    today = timezone.localtime(now).date()
    if claim is None or message.user is None or claim.state != ClaimState.OPEN:
        return None
    if not may_decide(message.user, claim, today=today):
        return None
    context = {
        "name": message.user.name,
        "why": f"You get this because you manage {claim.plan.title}.",
        **_about(claim),
    }
    subject = f"{claim.organisation.name} says that the record misses something"
    return write("engagement/claim_made", context, subject=subject)


def claim_decided(message: Message, *, now: dt.datetime) -> Letter | None:
    """To who answers for the organisation. Pointless for those who do no more."""
    claim = people_of_claim(message.context["claim"])
    if claim is None or message.user is None or claim.state not in DECIDED:
        return None
    if not may_claim_for(message.user, claim, today=timezone.localtime(now).date()):
        return None
    context = {
        "name": message.user.name,
        "why": f"You get this because you answer for {claim.organisation.name}.",
        "decided": DECIDED[ClaimState(claim.state)],
        "reason": claim.reason,
        "event_address": _event_address(claim),
        **_about(claim),
    }
    subject = f"What you added to {claim.plan.title} {DECIDED[ClaimState(claim.state)]}"
    return write("engagement/claim_decided", context, subject=subject)


def _about(claim: Claim) -> dict[str, str]:
    return {
        "organisation": claim.organisation.name,
        "plan": claim.plan.title,
        "what": f"{kind_words(claim)}, {nhs_date(claim.happened_on)}",
        "address": address(reverse("engagement:claim", args=[claim.pk])),
    }


def _event_address(claim: Claim) -> str:
    if claim.event_id is None:
        return ""
    return address(reverse("engagement:event", args=[claim.event_id]))
