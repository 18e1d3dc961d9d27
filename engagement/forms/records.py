"""The record that is made of a claim and what the manager filled in."""

from collections.abc import Mapping
from typing import Any

from engagement.models import CancelReason, Claim, Level, Status
from engagement.rules.claims import OUTCOME_BY_KIND, heard_nothing
from engagement.rules.record import Attendance, Record


def record_of_claim(claim: Claim, said: Mapping[str, Any]) -> Record:
    """An event of the claim's plan that names the organisation and nobody else.

    "We heard nothing" is kept as tried, on the lowest level: nobody was reached and nobody was
    asked, so that it raises no rung.
    """
    unheard = heard_nothing(claim.kind)
    outcome = OUTCOME_BY_KIND[claim.kind] if unheard else said["outcome"]
    return Record(
        plan_ids=(claim.plan_id,),
        title=said["title"],
        held_on=said["held_on"],
        channel=said["channel"],
        status=Status.TRIED if unheard else Status.HAPPENED,
        level=Level.INFORM if unheard else said["level"],
        cancel_reason=CancelReason.NO_RESPONSE if unheard else "",
        period_reason=said.get("period_reason", ""),
        attendances=(
            Attendance(
                organisation_id=claim.organisation_id,
                person_id=None,
                capacity=said["capacity"],
                outcome=outcome,
            ),
        ),
    )
