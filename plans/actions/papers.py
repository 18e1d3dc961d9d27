"""What a plan has on paper: recorded, brought up to date, withdrawn. It feeds eleven criteria.

The same for every kind (``plans.queries.papers.MODELS``). Nothing is deleted and nothing is
recorded twice: whoever sends a form again, or at the same moment as somebody else, finds the row.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import User
from plans.actions.changes import mark_changed
from plans.actions.versions import ask_to_read
from plans.models import Plan, PlanVersion, Reading, RecordedModel, Sharing
from plans.queries.mentions import names_in_use
from plans.queries.papers import MODELS
from plans.rules.mentions import counted

Facts = Mapping[str, Any]


@transaction.atomic
def add_papers(
    *, plan: Plan, kind: str, several: Sequence[Facts], by: User | None, now: dt.datetime
) -> list[RecordedModel]:
    """Record each of ``several`` facts of one kind; those that stand on paper already are left out."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    model = MODELS[kind]
    recorded = []
    for facts in several:
        if model.objects.standing().filter(plan=plan, **facts).exists():
            continue
        row = model.objects.create(
            plan=plan, recorded_at=now, recorded_by=by, **_with_mentions(model, facts)
        )
        audit.record(by=by, verb="recorded", obj=row, after=_told(model, facts), at=now)
        if facts.get("file"):
            ask_to_read(version=row, by=by, now=now)
        recorded.append(row)
    if recorded:
        mark_changed(plan_ids=[plan.pk], now=now)
    return recorded


@transaction.atomic
def change_paper(*, paper: RecordedModel, facts: Facts, by: User | None, now: dt.datetime) -> bool:
    """Bring a row up to date; False when it says so already, or is no longer as ``paper`` was read."""
    model = type(paper)
    row: Any = model.objects.standing().select_for_update().filter(pk=paper.pk).first()
    before = {name: getattr(paper, name) for name in facts}
    if row is None or any(getattr(row, name) != before[name] for name in facts):
        return False
    moved = {name: value for name, value in facts.items() if value != before[name]}
    if not moved:
        return False
    model.objects.filter(pk=row.pk).update(**_with_mentions(model, moved))
    was = {name: before[name] for name in moved}
    audit.record(
        by=by, verb="changed", obj=row, before=_told(model, was), after=_told(model, moved), at=now
    )
    if moved.get("file"):
        ask_to_read(version=PlanVersion.objects.get(pk=row.pk), by=by, now=now)
    mark_changed(plan_ids=[row.plan_id], now=now)
    return True


@transaction.atomic
def withdraw_paper(*, paper: RecordedModel, reason: str, by: User | None, now: dt.datetime) -> bool:
    """Say that a row was wrong; False when somebody said so first. A version takes its sharings along."""
    if not _withdraw(paper, reason, by=by, now=now):
        return False
    if isinstance(paper, PlanVersion):
        for sharing in Sharing.objects.standing().filter(version=paper):
            _withdraw(sharing, reason, by=by, now=now)
    mark_changed(plan_ids=[paper.plan_id], now=now)  # type: ignore[attr-defined]
    return True


def _withdraw(paper: RecordedModel, reason: str, *, by: User | None, now: dt.datetime) -> bool:
    standing = type(paper).objects.standing().filter(pk=paper.pk)
    if not standing.update(withdrawn_at=now, withdrawn_by=by, withdrawn_reason=reason):
        return False
    audit.record(by=by, verb="withdrew", obj=paper, after={"withdrawn_reason": reason}, at=now)
    return True


def _with_mentions(model: type[RecordedModel], facts: Facts) -> dict[str, Any]:
    """The facts, and beside the text of a plan how often it names each group."""
    if model is not PlanVersion or not facts.get("text"):
        return dict(facts)
    # A pasted text takes the place of a file in which none was found.
    return {
        **facts,
        "mentions": counted(facts["text"], names_in_use()),
        "reading": Reading.TYPED,
        "reading_note": "",
    }


def _told(model: type[RecordedModel], facts: Facts) -> dict[str, Any]:
    """The facts as the audit trail holds them: of the text of a plan only how long it is.

    ``has_text`` is what an assessment of a past day looks for. A file is told by its hash, and its
    name as something that may name a person.
    """
    told = dict(facts)
    if model is not PlanVersion:
        return told
    if "text" in told:
        length = len(told["text"])
        told |= {"text": f"{length:,} characters", "has_text": length > 0}
    if "file" in told:
        stored, name = told.pop("file"), told.pop("file_name", "")
        told |= {"sha256": stored.sha256, "name": name} if stored else {}
    return told
