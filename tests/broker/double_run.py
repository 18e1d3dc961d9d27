"""What each task is given to do, and what the whole state of the service comes to afterwards."""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from readiness.models import Assessment
from tests.broker import documents_given

BOOKKEEPING = {
    "jobs.Heartbeat": "says when, not what",
    "jobs.JobRun": "says when and how often a job ran",
    "sessions.Session": "nobody signs in here",
    "contenttypes.ContentType": "Django's own",
    "auth.Permission": "Django's own",
}
"""Tables that may differ, each with the reason."""

MOMENT = re.compile(r"\d{4}-\d\d-\d\d([T ][\d:.+Z]+)?")
NUMBER = re.compile(r"\d+")
HEX = re.compile(r"\b[0-9a-f]{32,64}\b")


RANDOM = {"accounts.User.password", "engagement.Collation.code", "engagement.AnswerLink.nonce",
          "stakeholders.Invitation.nonce",
          "consultations.Response.nonce", "consultations.SavedForm.nonce", "consultations.Survey.code", "mail.KeptMail.text", "mail.KeptMail.html",
          "mail.KeptMail.headers"}  # fmt: skip
"""Columns that hold chance, or a link made of it."""


def state() -> dict[str, list[str]]:
    """Each table with its rows, without what two runs can never share: row numbers, moments, chance
    and digests of those."""
    found = {}
    for model in apps.get_models():
        label = model._meta.label
        if label in BOOKKEEPING or model._meta.proxy:
            continue
        rows = sorted(
            json.dumps(
                {one.name: _plain(one, row) for one in model._meta.concrete_fields}, default=str
            )
            for row in model._default_manager.all()
        )
        found[label] = rows
    return found


def assessed_again_in_vain() -> list[str]:
    """Assessments that say of their plan and day just what the one before them says: what a second
    delivery of a task would leave if it did not look first."""
    before: dict[int, tuple[Any, ...]] = {}
    found = []
    for one in Assessment.objects.order_by("id").prefetch_related("results"):
        says = (
            *(one.as_at, one.policy_id),
            sorted((r.key, r.state, r.figure, r.would_clear) for r in one.results.all()),
            sorted(json.dumps(r.evidence, sort_keys=True) for r in one.results.all()),
        )
        if before.get(one.plan_id) == says:
            found.append(f"{one} at change {one.change_no}")
        before[one.plan_id] = says
    return found


def differences(once: Mapping[str, list[str]], often: Mapping[str, list[str]]) -> list[str]:
    """What only one of the two has, by table."""
    return [
        f"{sign} {label} {row}"
        for label in once
        for sign, mine, others in (("-", once, often), ("+", often, once))
        for row in (Counter(mine[label]) - Counter(others[label])).elements()
    ]


def _plain(field: models.Field, row: models.Model) -> Any:
    value = getattr(row, field.attname)
    if value is None or isinstance(field, models.DateTimeField) or field.is_relation:
        return value is not None
    if f"{row._meta.label}.{field.name}" in RANDOM:
        return bool(value)
    if field.primary_key or isinstance(field, models.UUIDField):
        return True
    if isinstance(field, models.JSONField):
        return _shape(value)
    return _timeless(value) if isinstance(value, str) else value


def _timeless(text: str) -> str:
    return NUMBER.sub("0", HEX.sub("#", MOMENT.sub("@", text)))


def _shape(value: Any) -> Any:
    """The texts of a structure; its numbers may be of rows."""
    if isinstance(value, dict):
        return sorted(
            (_timeless(str(key)) if not str(key).isdigit() else "0", str(_shape(one)))
            for key, one in value.items()
        )
    if isinstance(value, list):
        return [_shape(one) for one in value]
    return _timeless(value) if isinstance(value, str) else isinstance(value, int)


# --- What each task is given ---------------------------------------------------------------------


@dataclass(frozen=True)
class Given:
    """The rows that the tasks work on."""

    plan_id: int
    preview_id: int
    load_id: int
    runs: Mapping[str, int] = field(default_factory=dict)
    """Task -> the run that it is given, for lists and files of responses."""


Arguments = Callable[[Given], tuple[int, ...]]


def run_of(task: str) -> Arguments:
    return lambda given: (given.runs[task],)


LISTS = (
    *("engagement.tasks.read_attendance_list", "engagement.tasks.match_attendance_list"),
    "engagement.tasks.write_attendance_list",
    *("consultations.tasks.read_responses", "consultations.tasks.check_responses"),
    "consultations.tasks.write_responses",
)


def nothing(given: Given) -> tuple[int, ...]:
    return ()


CASES: Mapping[str, Arguments] = {
    **{task: run_of(task) for task in (*LISTS, *documents_given.TASKS)},
    "accounts.tasks.keep_checkpoint": nothing,
    "accounts.tasks.seal": nothing,
    "accounts.tasks.tidy": nothing,
    "consultations.tasks.drop_saved_forms": nothing,
    "consultations.tasks.tell_who_answered": nothing,
    "consultations.tasks.suggest_themes": run_of("consultations.tasks.suggest_themes"),
    "files.tasks.scan_waiting": nothing,
    "files.tasks.sweep": nothing,
    "files.tasks.verify": nothing,
    "jobs.tasks.heartbeat": nothing,
    "mail.tasks.deliver": nothing,
    "plans.tasks.load_register_file": lambda given: (given.load_id,),
    "plans.tasks.preview_register_file": lambda given: (given.preview_id,),
    "readiness.tasks.assess": lambda given: (given.plan_id,),
    "readiness.tasks.digest": nothing,
    "readiness.tasks.nightly": nothing,
    "readiness.tasks.sweep": nothing,
}
"""Every task that a worker knows, with what it is given. One without a line here fails the build."""
