"""Claims, collations and comments as rows."""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from engagement.models import Channel, Claim, ClaimKind, Collation, Comment, Event
from engagement.rules.codes import new_code
from plans.models import Plan
from stakeholders.models import Organisation
from tests.factories import accounts


def claim(organisation: Organisation, plan: Plan, **facts: Any) -> Claim:
    """An open claim: they met ten days ago."""
    usual = {
        "kind": ClaimKind.MET,
        "happened_on": timezone.localdate() - dt.timedelta(10),
        "channel": Channel.MEETING,
        "words": "We met the programme director and said that section 5 has no money.",
        "claimed_at": timezone.now(),
        "form_key": uuid.uuid4(),
    }
    by = facts.pop("claimed_by", None) or accounts.user()
    return Claim.objects.create(
        organisation=organisation, plan=plan, claimed_by=by, **{**usual, **facts}
    )


def over(state: str, *, reason: str = "", event: Event | None = None) -> dict[str, Any]:
    """The facts of a claim that has come to its end."""
    by, at = accounts.user(), timezone.now()
    return {"state": state, "reason": reason, "event": event, "decided_at": at, "decided_by": by}


def collation(
    organisation: Organisation, plan: Plan, *, closes_in: dt.timedelta = dt.timedelta(14), **facts
) -> Collation:
    """Open for two weeks unless told otherwise."""
    usual = {"question": "What would you need?", "code": new_code(), "opened_at": timezone.now()}
    by = facts.pop("opened_by", None) or accounts.user()
    closes_on = timezone.localdate() + closes_in
    return Collation.objects.create(
        organisation=organisation,
        plan=plan,
        opened_by=by,
        closes_on=closes_on,
        **{**usual, **facts},
    )


def comment(of: Collation, **facts: Any) -> Comment:
    """Without a name unless told otherwise."""
    usual = {"words": "More nurses.", "written_at": timezone.now(), "form_key": uuid.uuid4()}
    return Comment.objects.create(collation=of, **{**usual, **facts})
