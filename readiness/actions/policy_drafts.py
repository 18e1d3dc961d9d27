"""A policy is never edited: a new version is drafted, proposed, and approved by another person."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.models import User
from plans.actions import mark_changed
from plans.models import Plan
from readiness.models import Criterion, Policy, PolicyStatus
from readiness.rules.canonical import canonical, digest
from readiness.rules.catalogue import thresholds
from readiness.rules.flags import flag_days_problem

CRITERION_FIELDS = (
    "title", "short_title", "why", "definition", "target", "source", "strength", "parameters",
    "official_threshold", "author", "checker", "last_reviewed_on", "review_on",
)  # fmt: skip
"""What an administrator may change of a criterion; its key and its place stay."""


class PolicyMovedError(Exception):
    """The policy is not where the form thought it was: somebody else moved or changed it."""


class OwnWorkError(Exception):
    """The author cannot approve what the author wrote."""


class TooLateError(Exception):
    """The day from which the policy would be in force has passed."""


@transaction.atomic
def draft_policy(
    *, based_on: Policy, effective_from: dt.date, note: str, by: User, now: dt.datetime
) -> Policy:
    """A new version with every criterion of ``based_on``, which only its readers see.

    One draft at a time for each plan type: raises ``PolicyMovedError`` while another one is being
    written or waits for approval.
    """
    list(Policy.objects.select_for_update().filter(plan_type=based_on.plan_type))
    of_type = Policy.objects.filter(plan_type=based_on.plan_type)
    if of_type.filter(status__in=(PolicyStatus.DRAFT, PolicyStatus.PROPOSED)).exists():
        raise PolicyMovedError(based_on.plan_type)
    newest = of_type.aggregate(version=Max("version"))["version"]
    policy = Policy.objects.create(
        plan_type=based_on.plan_type,
        version=newest + 1,
        effective_from=effective_from,
        title=based_on.title,
        status=PolicyStatus.DRAFT,
        flag_days=based_on.flag_days,
        note=note,
        based_on=based_on,
        author=by,
        created_at=now,
    )
    Criterion.objects.bulk_create(_copy(one, policy) for one in based_on.criteria.all())
    after = {"based_on": str(based_on), "effective_from": effective_from, "note": note}
    audit.record(by=by, verb="drafted", obj=policy, after=after, at=now)
    return policy


@transaction.atomic
def change_draft(
    *,
    policy_id: int,
    effective_from: dt.date,
    flag_days: list[int],
    note: str,
    by: User,
    now: dt.datetime,
) -> Policy:
    """The day from which it is in force, the days for flags, and why it is written.

    Raises ``ValueError`` for days that flags cannot use.
    """
    if problem := flag_days_problem(flag_days):
        raise ValueError(problem)
    policy = _held(policy_id, PolicyStatus.DRAFT)
    after = {"effective_from": effective_from, "flag_days": flag_days, "note": note}
    before = {name: getattr(policy, name) for name in after}
    if before != after:
        _write(policy, after)
        audit.record(by=by, verb="changed", obj=policy, before=before, after=after, at=now)
    return policy


@transaction.atomic
def change_criterion(
    *,
    policy_id: int,
    key: str,
    seen: str,
    values: Mapping[str, Any],
    by: User,
    now: dt.datetime,
) -> Criterion:
    """Write the words and thresholds of one criterion of a draft.

    ``seen`` is the ``mark_of`` the criterion that the form was filled with: raises
    ``PolicyMovedError`` where it says something else by now. Raises ``ValueError`` for thresholds that the rule cannot use.
    """
    policy = _held(policy_id, PolicyStatus.DRAFT)
    criterion = policy.criteria.get(key=key)
    before = as_written(criterion)
    if mark_of(criterion) != seen:
        raise PolicyMovedError(key)
    thresholds(key, values["parameters"])
    changed = {name: value for name, value in values.items() if before[name] != value}
    if changed:
        _write(criterion, changed)
        audit.record(
            by=by,
            verb="changed",
            obj=criterion,
            before={name: before[name] for name in changed},
            after=changed,
            at=now,
        )
    return criterion


@transaction.atomic
def leave_out(*, policy_id: int, key: str, by: User, now: dt.datetime) -> None:
    """Take a criterion out of a draft; the versions before keep it."""
    policy = _held(policy_id, PolicyStatus.DRAFT)
    criterion = policy.criteria.filter(key=key).first()
    if criterion is None:
        raise PolicyMovedError(key)
    audit.record(by=by, verb="left out", obj=criterion, before=as_written(criterion), at=now)
    criterion.delete()


@transaction.atomic
def take_in(*, policy_id: int, criterion: Criterion, by: User, now: dt.datetime) -> Criterion:
    """Copy a criterion of another version into a draft that lacks it, at the end."""
    policy = _held(policy_id, PolicyStatus.DRAFT)
    if policy.criteria.filter(key=criterion.key).exists():
        raise PolicyMovedError(criterion.key)
    last = policy.criteria.aggregate(last=Max("position"))["last"] or 0
    copied = _copy(criterion, policy)
    copied.position = last + 1
    copied.save()
    audit.record(by=by, verb="taken in", obj=copied, after=as_written(copied), at=now)
    return copied


@transaction.atomic
def propose(*, policy_id: int, by: User, now: dt.datetime) -> Policy:
    """Ask another person to approve the draft. Raises ``TooLateError``."""
    policy = _held(policy_id, PolicyStatus.DRAFT)
    _refuse_the_past(policy, now)
    _write(policy, {"status": PolicyStatus.PROPOSED, "proposed_at": now})
    audit.record(by=by, verb="proposed", obj=policy, at=now)
    return policy


@transaction.atomic
def send_back(*, policy_id: int, reason: str, by: User, now: dt.datetime) -> Policy:
    """It is a draft again: its author can change it or withdraw the proposal this way as well."""
    policy = _held(policy_id, PolicyStatus.PROPOSED)
    _write(policy, {"status": PolicyStatus.DRAFT, "proposed_at": None})
    audit.record(by=by, verb="sent back", obj=policy, after={"reason": reason}, at=now)
    return policy


@transaction.atomic
def approve(*, policy_id: int, by: User, now: dt.datetime) -> Policy:
    """The policy is in force from its day on, and every open plan of its type is assessed again.

    Raises ``OwnWorkError`` for its author and ``TooLateError`` once its day has passed: nobody's
    past is judged by a policy that did not exist then.
    """
    policy = _held(policy_id, PolicyStatus.PROPOSED)
    if policy.author_id == by.pk:
        raise OwnWorkError(policy_id)
    _refuse_the_past(policy, now)
    values = {"status": PolicyStatus.APPROVED, "approved_by": by, "approved_at": now}
    _write(policy, values)
    audit.record(by=by, verb="approved", obj=policy, at=now)
    concerned = Plan.objects.filter(plan_type=policy.plan_type, closed_on__isnull=True)
    mark_changed(plan_ids=concerned.values_list("pk", flat=True), now=now)
    return policy


@transaction.atomic
def drop(*, policy_id: int, by: User, now: dt.datetime) -> Policy:
    """Give a draft up. It stays in the list, and its number is not used again."""
    policy = _held(policy_id, PolicyStatus.DRAFT)
    _write(policy, {"status": PolicyStatus.DROPPED})
    audit.record(by=by, verb="dropped", obj=policy, at=now)
    return policy


def as_written(criterion: Criterion) -> dict[str, Any]:
    """The fields of a criterion that can be changed, by name."""
    return {name: getattr(criterion, name) for name in CRITERION_FIELDS}


def mark_of(criterion: Criterion) -> str:
    """A short text that changes whenever the criterion says something else."""
    return digest(canonical(as_written(criterion)))


def _held(policy_id: int, status: PolicyStatus) -> Policy:
    """The policy, locked until the end of the transaction; an error where it is elsewhere by now."""
    policy = Policy.objects.select_for_update().filter(pk=policy_id, status=status).first()
    if policy is None:
        raise PolicyMovedError(policy_id)
    return policy


def _refuse_the_past(policy: Policy, now: dt.datetime) -> None:
    if policy.effective_from < timezone.localtime(now).date():
        raise TooLateError(policy.pk)


def _copy(criterion: Criterion, policy: Policy) -> Criterion:
    words = {**as_written(criterion), "key": criterion.key, "position": criterion.position}
    return Criterion(policy=policy, **words)


def _write(row: Policy | Criterion, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
