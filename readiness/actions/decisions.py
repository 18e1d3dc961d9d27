"""Take a decision on a plan: once, on what was seen, with everything that was known frozen."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from plans.access import has_grant_in
from plans.actions import mark_changed
from plans.models import Plan
from readiness.actions.stored import evidence
from readiness.actions.telling import tell_of_decision
from readiness.models import (
    Assessment,
    Condition,
    CriterionResult,
    Decision,
    DecisionOutcome,
    DecisionReason,
)
from readiness.queries.assessments import current_assessments, results_of
from readiness.queries.computed import Computed, computed
from readiness.queries.snapshots import frozen
from readiness.rules.canonical import canonical, digest
from readiness.rules.deciding import Verdict, refusals, unmet_musts
from readiness.rules.snapshot import Snapshot, faults


class HasGrant(Exception):  # noqa: N818  # reads as what is so
    """The reviewer may write about this footprint, so somebody else has to decide."""


class AssessmentMoved(Exception):  # noqa: N818  # reads as what happened
    """The figures that the reviewer saw are not those of now; ask again.

    ``drifted``: nothing was marked as changed, and still the record says something else now.
    """

    def __init__(self, *, drifted: bool = False) -> None:
        super().__init__("The assessment moved since the page was drawn.")
        self.drifted = drifted


class DecidedMeanwhile(Exception):  # noqa: N818  # reads as what happened
    """Another decision on the plan was taken since the page was drawn; it stands."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(f"Decision {decision.number} was taken by {decision.decided_by}.")
        self.decision = decision


class DecisionRefused(Exception):  # noqa: N818  # reads as what happened
    """The decision lacks something; ``problems`` has a sentence for each part by its name."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


class SnapshotUnsound(Exception):  # noqa: N818  # reads as what is so
    """The figures do not follow from the records behind them, so nothing may be decided on them."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What the page showed: which assessment, how many decisions there were, and which form."""

    assessment_id: int
    number: int
    form_key: uuid.UUID


def decide(*, plan: Plan, verdict: Verdict, seen: Seen, by: User, now: dt.datetime) -> Decision:
    """Decide on the plan and freeze what was known. The same form sent twice decides once.

    Raises ``HasGrant``, ``DecidedMeanwhile``, ``AssessmentMoved``, ``DecisionRefused`` or
    ``SnapshotUnsound``, and no decision is written then. Figures that have drifted from the record
    although nothing was marked are marked, so that the sweep puts them right.
    """
    try:
        return _decide(plan.pk, verdict, seen, by=by, now=now)
    except AssessmentMoved as moved:
        if moved.drifted:
            _mark_drifted(plan.pk, now)
        raise


@transaction.atomic
def _decide(plan_id: int, verdict: Verdict, seen: Seen, *, by: User, now: dt.datetime) -> Decision:
    """Whoever holds the plan's row is alone: writers wait with their mark, other reviewers too."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("footprint").get(pk=plan_id)
    sent_before = Decision.objects.filter(form_key=seen.form_key, decided_by=by).first()
    if sent_before is not None:
        return sent_before
    today = timezone.localtime(now).date()
    _refuse_unfit(plan, seen, by, today)
    assessment, found = _as_seen(plan, seen)
    unmet = unmet_musts(
        (criterion.key, criterion.strength, result.state) for criterion, result in found.lines()
    )
    if problems := refusals(verdict, unmet, today=today):
        raise DecisionRefused(problems)
    reasons = {key: verdict.reason(key) for key in unmet if verdict.reason(key)}
    words = _words(verdict, reasons, seen.number + 1, by)
    snapshot = frozen(plan, found, as_at=assessment.as_at, decided_at=now, decision=words)
    if wrong := faults(snapshot):
        raise SnapshotUnsound(" ".join(wrong))
    decision = _write(assessment, snapshot, form_key=seen.form_key, by=by, now=now)
    tell_of_decision(decision, plan, by=by, now=now)
    return decision


def _refuse_unfit(plan: Plan, seen: Seen, by: User, today: dt.date) -> None:
    if has_grant_in(by, plan, today=today):
        raise HasGrant
    taken = Decision.objects.filter(plan=plan).select_related("decided_by").order_by("-number")
    newest = taken.first()
    if newest is not None and newest.number != seen.number:
        raise DecidedMeanwhile(newest)


def _as_seen(plan: Plan, seen: Seen) -> tuple[Assessment, Computed]:
    """The current assessment, if it is the one that was seen, and the same worked out now."""
    current = current_assessments([plan.pk]).get(plan.pk)
    if current is None or plan.change_no > plan.assessed_no or current.pk != seen.assessment_id:
        raise AssessmentMoved
    found = computed([plan.pk], as_at=current.as_at).get(plan.pk)
    rows = results_of([current.pk])[current.pk]
    if found is None or found.in_force.policy.pk != current.policy_id or _differs(rows, found):
        raise AssessmentMoved(drifted=True)
    return current, found


def _differs(rows: Mapping[str, CriterionResult], found: Computed) -> bool:
    stored = [[r.key, r.state, r.figure, r.would_clear, r.evidence] for r in rows.values()]
    now = [
        [r.key, r.state, r.figure, r.would_clear, evidence(r)] for r in found.found.results
    ]  # fmt: skip
    return canonical(stored) != canonical(now)


def _words(verdict: Verdict, reasons: Mapping[str, str], number: int, by: User) -> dict[str, Any]:
    """The decision itself, as it is frozen beside what it was taken on."""
    return {
        "number": number,
        "outcome": verdict.outcome,
        "outcome_name": DecisionOutcome(verdict.outcome).label,
        "summary": verdict.summary.strip(),
        "decided_by": by.name,
        "reasons": reasons,
        "conditions": [asdict(one) for one in verdict.conditions],
    }


def _write(
    assessment: Assessment,
    snapshot: Snapshot,
    *,
    form_key: uuid.UUID,
    by: User,
    now: dt.datetime,
) -> Decision:
    words, text = snapshot["decision"], canonical(snapshot)
    decision = Decision.objects.create(
        plan_id=assessment.plan_id,
        number=words["number"],
        form_key=form_key,
        outcome=words["outcome"],
        summary=words["summary"],
        decided_at=now,
        decided_by=by,
        assessment=assessment,
        snapshot=text,
        sha256=digest(text),
    )
    DecisionReason.objects.bulk_create(
        DecisionReason(decision=decision, key=key, reason=reason)
        for key, reason in words["reasons"].items()
    )
    Condition.objects.bulk_create(
        Condition(decision=decision, **one) for one in words["conditions"]
    )
    after = {**words, "sha256": decision.sha256, "assessment": assessment.pk}
    audit.record(by=by, verb="decided", obj=decision, after=after, at=now)
    return decision


@transaction.atomic
def _mark_drifted(plan_id: int, now: dt.datetime) -> None:
    mark_changed(plan_ids=[plan_id], now=now)
