"""What an organisation adds from its side, and what the managers of the plan do with it.

A claim is never edited or deleted, by anybody. It counts for nothing by itself: only the event that
a manager makes of it, or links it to, can move a figure. A decided claim is not decided again.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from engagement.actions.events import record_event
from engagement.actions.evidence import KeptFile, add_evidence
from engagement.models import Claim, ClaimKind, ClaimState, Event, Participation
from engagement.queries.claims import claim_with_key, managers_of_plan
from engagement.queries.recipients import representatives_of
from engagement.rules.record import Record
from mail.actions import Post, Recipient, post_all
from plans.actions import mark_changed
from plans.models import Plan
from stakeholders.models import Organisation

MADE, DECIDED = "claim-made", "claim-decided"


class ClaimDecidedError(Exception):
    """Somebody was quicker: the claim stands as ``claim`` says, and nothing was written."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        super().__init__(str(claim))


class NotOfThePlanError(Exception):
    """The event does not name the organisation, is not credited to the plan or was withdrawn."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What an organisation says, and what it puts beside it."""

    kind: str
    happened_on: dt.date
    channel: str
    words: str
    with_whom: str = ""
    files: Sequence[KeptFile] = ()
    urls: Sequence[str] = ()

    def facts(self) -> dict[str, Any]:
        """The same without the evidence, by the names of the columns of a claim."""
        names = ("kind", "happened_on", "channel", "words", "with_whom")
        return {name: getattr(self, name) for name in names}


@transaction.atomic
def make_claim(
    *,
    plan: Plan,
    organisation: Organisation,
    said: Said,
    form_key: uuid.UUID,
    by: User,
    now: dt.datetime,
) -> Claim:
    """Add what the record of the plan misses, in the name of an organisation.

    The same form sent twice makes one claim. Raises ``ValueError`` for one without words.
    """
    if not said.words.strip():
        message = "Say what happened."
        raise ValueError(message)
    Plan.objects.select_for_update().get(pk=plan.pk)
    key = uuid.uuid5(form_key, f"{by.pk} {organisation.pk} {plan.pk} {said.facts()}")
    if there := claim_with_key(key):
        return there
    claim = Claim.objects.create(
        plan=plan,
        organisation=organisation,
        claimed_at=now,
        claimed_by=by,
        form_key=key,
        **said.facts(),
    )
    audit.record(
        by=by,
        verb="claim made",
        obj=claim,
        after=_said(claim),
        at=now,
        on_behalf_of=organisation,
    )
    add_evidence(claim=claim, files=said.files, urls=said.urls, now=now)
    _tell_managers(claim, now=now)
    mark_changed(plan_ids=[plan.pk], now=now)
    return claim


@transaction.atomic
def take_back(*, claim_id: int, words: str, by: User, now: dt.datetime) -> Claim:
    """The organisation says that its open claim was mistaken; the claim stays to be read.

    Raises ``ClaimDecidedError`` when it is not open any more, ``ValueError`` without words.
    """
    claim = _still_open(claim_id, words, "Say why you take it back.")
    _end(claim, ClaimState.TAKEN_BACK, reason=words, by=by, now=now)
    _record(claim, "claim taken back", {"reason": words}, by=by, now=now, theirs=True)
    return claim


@transaction.atomic
def decline(*, claim_id: int, reason: str, by: User, now: dt.datetime) -> Claim:
    """Leave the claim out of the record; the organisation, the board and the plan's page read why.

    Raises ``ClaimDecidedError`` when it is not open any more, ``ValueError`` without a reason.
    """
    claim = _still_open(claim_id, reason, "A reason is needed to decline a claim.")
    _end(claim, ClaimState.DECLINED, reason=reason, by=by, now=now)
    _record(claim, "claim declined", {"reason": reason}, by=by, now=now)
    _tell_claimants(claim, now=now)
    return claim


@transaction.atomic
def accept(*, claim_id: int, record: Record, by: User, now: dt.datetime) -> Claim:
    """Make an event of the claim, as logging does, and say in it that it was claimed.

    Raises ``ClaimDecidedError`` when it is not open any more, ``RecordRefused`` for a record that
    breaks a rule, and ``NotOfThePlanError`` for one that leaves the claim's plan or organisation
    out, or makes a contact of "we heard nothing".
    """
    claim = _still_open(claim_id)
    _refuse_another(claim, record)
    event = record_event(by=by, record=record, now=now)
    _end(claim, ClaimState.ACCEPTED, event=event, by=by, now=now)
    _record(claim, "claim accepted", {"event": event.pk}, by=by, now=now)
    _tell_claimants(claim, now=now)
    return claim


@transaction.atomic
def link(*, claim_id: int, event_id: int, by: User, now: dt.datetime) -> Claim:
    """Say that the record has it already.

    Raises ``ClaimDecidedError`` when the claim is not open any more and ``NotOfThePlanError`` when
    the event, as it now stands, is not one of the plan's that names the organisation.
    """
    claim = _still_open(claim_id)
    credited = Event.objects.filter(
        pk=event_id, withdrawn_at__isnull=True, credits__plan=claim.plan_id
    )
    event = credited.first()
    named = Participation.objects.filter(event=event_id, organisation=claim.organisation_id)
    if event is None or not named.exists():
        raise NotOfThePlanError(event_id)
    _end(claim, ClaimState.LINKED, event=event, by=by, now=now)
    _record(claim, "claim linked", {"event": event.pk}, by=by, now=now)
    _tell_claimants(claim, now=now)
    return claim


def _said(claim: Claim) -> dict[str, Any]:
    """What the audit row says; names and words stand under keys that can be redacted."""
    return {
        "plan": claim.plan.code,
        "kind": claim.kind,
        "happened_on": claim.happened_on,
        "channel": claim.channel,
        "person": claim.with_whom,
        "words": claim.words,
    }


def _still_open(claim_id: int, words: str | None = None, demand: str = "") -> Claim:
    """The claim, held until the transaction ends."""
    if words is not None and not words.strip():
        raise ValueError(demand)
    held = Claim.objects.select_for_update(of=("self",))
    claim = held.select_related("plan", "organisation", "decided_by").get(pk=claim_id)
    if claim.state != ClaimState.OPEN:
        raise ClaimDecidedError(claim)
    return claim


def _refuse_another(claim: Claim, record: Record) -> None:
    """The event that is made of a claim is of its plan and names who claims it; "heard nothing"
    may reach no rung, whatever a page sent."""
    named = [one for one in record.attendances if one.organisation_id == claim.organisation_id]
    outcomes = {one.outcome for one in named}
    unheard = claim.kind == ClaimKind.NO_REPLY
    if (
        claim.plan_id not in record.plan_ids
        or not named
        or (unheard and (outcomes != {"asked_us"} or record.status != "tried"))
    ):
        raise NotOfThePlanError(claim.pk)


def _end(
    claim: Claim,
    state: ClaimState,
    *,
    by: User,
    now: dt.datetime,
    reason: str = "",
    event: Event | None = None,
) -> None:
    claim.state, claim.reason, claim.event = state, reason, event
    claim.decided_at, claim.decided_by = now, by
    claim.save(update_fields=["state", "reason", "event", "decided_at", "decided_by"])


def _record(
    claim: Claim,
    verb: str,
    after: Mapping[str, Any],
    *,
    by: User,
    now: dt.datetime,
    theirs: bool = False,
) -> None:
    audit.record(
        by=by,
        verb=verb,
        obj=claim,
        before={"state": ClaimState.OPEN},
        after={"state": claim.state, **after},
        at=now,
        on_behalf_of=claim.organisation if theirs else "",
    )
    mark_changed(plan_ids=[claim.plan_id], now=now)


def _tell_managers(claim: Claim, *, now: dt.datetime) -> None:
    _tell(MADE, claim, managers_of_plan(claim.plan, day=_day(now)), now=now)


def _tell_claimants(claim: Claim, *, now: dt.datetime) -> None:
    leads = representatives_of([claim.organisation_id], day=_day(now))
    _tell(DECIDED, claim, leads[claim.organisation_id], now=now)


def _tell(kind: str, claim: Claim, users: list[User], *, now: dt.datetime) -> None:
    post_all(
        [
            Post(
                matter=f"{kind}:{claim.pk}:u{user.pk}",
                to=Recipient(user=user),
                about=claim,
                context={"claim": claim.pk},
            )
            for user in users
        ],
        kind=kind,
        now=now,
    )


def _day(now: dt.datetime) -> dt.date:
    return timezone.localtime(now).date()
