"""What a snapshot freezes beside the facts: texts of the policy, the register, disputes, parts."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from engagement.models import Attestation
from engagement.queries.answers import OPEN_DISPUTE, STATED_DISAGREEMENT
from plans.models import Plan
from readiness.models import Policy
from readiness.queries.computed import Computed
from readiness.queries.parts import parts_of
from readiness.queries.policies import PolicyInForce
from readiness.rules.snapshot import Known, Named, Snapshot, snapshot_of
from stakeholders.models import Organisation, RegisterFile, Succession

CRITERION_TEXTS = (
    "key",
    "title",
    "short_title",
    "why",
    "definition",
    "target",
    "source",
    "strength",
    "parameters",
    "official_threshold",
    "author",
)


def frozen(
    plan: Plan,
    found: Computed,
    *,
    as_at: dt.date,
    decided_at: dt.datetime,
    decision: dict[str, Any] | None = None,
    once_members: Collection[int] = (),
) -> Snapshot:
    """The plan on the day as it is on record now; five statements beside those of the facts.

    ``once_members`` are ids of organisations that another snapshot knows as members: where one was
    merged since, it is no member any more, and who took over is told nevertheless.
    """
    disputes = _disputes(plan, as_at)
    known = Known(
        plan=_plan_words(plan),
        policy=policy_words(found.in_force),
        register=_register_words({*once_members, *(one.id for one in found.facts.members)}),
        disputes=[_dispute_words(one) for one in disputes if not one.resolution],
        disagreements=[_stated_words(one) for one in disputes if one.resolution],
        organisations=_named(plan),
        decision=decision,
    )
    return snapshot_of(
        facts=found.facts,
        parts=parts_of(plan.pk, as_at=as_at),
        found=found.found,
        known=known,
        as_at=as_at,
        decided_at=decided_at,
    )


def _plan_words(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.pk,
        "code": plan.code,
        "title": plan.title,
        "footprint": plan.footprint.name,
        "plan_type": plan.plan_type,
        "plan_type_name": plan.get_plan_type_display(),
        "submission_on": plan.submission_on,
    }


def policy_words(in_force: PolicyInForce) -> dict[str, Any]:
    """A policy with all its texts and thresholds, as a snapshot holds it."""
    policy: Policy = in_force.policy
    return {
        "id": policy.pk,
        "plan_type": policy.plan_type,
        "version": policy.version,
        "title": policy.title,
        "effective_from": policy.effective_from,
        "flag_days": policy.flag_days,
        "criteria": [
            {name: getattr(one, name) for name in CRITERION_TEXTS} for one in in_force.criteria
        ],
    }


def _register_words(organisation_ids: Collection[int]) -> dict[str, Any]:
    """The newest file of each kind that has been loaded, and who took over from a member."""
    newest: dict[str, RegisterFile] = {}
    for file in RegisterFile.objects.order_by("as_at", "loaded_at", "pk"):
        newest[file.kind] = file
    files = [
        {"kind": kind, "name": file.name, "as_at": file.as_at, "sha256": file.sha256}
        for kind, file in sorted(newest.items())
    ]
    return {
        "as_at": max((file.as_at for file in newest.values()), default=None),
        "files": files,
        "successions": list(_successions(organisation_ids)),
    }


def _successions(organisation_ids: Collection[int]) -> Iterable[dict[str, Any]]:
    found = Succession.objects.filter(predecessor__in=organisation_ids)
    for one in found.select_related("predecessor", "successor").order_by("happened_on", "pk"):
        yield {
            "from": one.predecessor.code,
            "from_name": one.predecessor.name,
            "to": one.successor.code,
            "to_name": one.successor.name,
            "on": one.happened_on,
        }


def _disputes(plan: Plan, as_at: dt.date) -> list[Attestation]:
    """Records of the plan that somebody named in them says are wrong: open, or let stand so."""
    disputed = Attestation.objects.filter(
        OPEN_DISPUTE | STATED_DISAGREEMENT,
        event__credits__plan=plan,
        event__held_on__lte=as_at,
        event__withdrawn_at__isnull=True,
    )
    return list(disputed.select_related("event", "organisation", "resolved_by"))


def _dispute_words(one: Attestation) -> dict[str, Any]:
    """What both sides said."""
    return {
        "event": one.event_id,
        "event_title": one.event.title,
        "held_on": one.event.held_on,
        "organisation": one.organisation.code,
        "organisation_name": one.organisation.name,
        "words": one.words,
        "disputed_at": one.answered_at,
        "reply": one.reply,
        "replied_at": one.replied_at,
    }


def _stated_words(one: Attestation) -> dict[str, Any]:
    """The same, and what the reviewer said who let it stand."""
    return {
        **_dispute_words(one),
        "closed_at": one.resolved_at,
        "closed_by": str(one.resolved_by),
        "closed_words": one.resolution_words,
    }


def _named(plan: Plan) -> list[Named]:
    """Everybody who took part in an event of the plan."""
    there = Organisation.objects.filter(
        engagement_participations__event__credits__plan=plan,
        engagement_participations__event__withdrawn_at__isnull=True,
    )
    return [
        Named(id=pk, code=code, name=name, category=category)
        for pk, code, name, category in there.order_by("pk")
        .values_list("pk", "code", "name", "category")
        .distinct()
    ]
