"""A unique word in every text of the world, so that whoever reads it where they may not is found.

Every text column of every model is filled, also one that is added tomorrow: what is left out stands
in ``LEFT_OUT`` with its reason. A word is short, because a postcode is, and ``Canary`` says of which
row and column it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEntry
from consultations.models import SavedForm
from engagement.models import Event, EventDraft
from jobs.models import JobRun, RowError
from mail.models import KeptMail
from stakeholders.models import Organisation, RegisterFile
from stakeholders.rules import search_text
from tests.factories import papers, plans
from tests.meta.world import World

WORD = re.compile(r"cny\d{5}y", re.IGNORECASE)
BEGINNING = "cny"
"""What every word begins with: searching for it finds them all."""

CODE = "stands in addresses, which everybody may guess"
CHOICE = "one of a few words that the code chooses"
DERIVED = "worked out from the other columns, which are filled before it is"
DIGEST = "a digest, which says nothing"
RECORDED = "sealed: it is filled by recording an entry, as an action does"
MACHINE = "names a piece of the code"
NOT_OURS = {
    *("contenttypes", "sessions", "auth"),
    *("account", "mfa", "socialaccount", "usersessions"),
}
"""Tables of Django and of allauth: nothing but one's own account pages reads them."""

LEFT_OUT = {
    "accounts.AuditEntry.after": RECORDED,
    "accounts.AuditEntry.before": RECORDED,
    "accounts.AuditEntry.object_key": RECORDED,
    "accounts.AuditEntry.object_label": RECORDED,
    "accounts.AuditEntry.object_type": RECORDED,
    "accounts.AuditEntry.personal": RECORDED,
    "accounts.AuditEntry.request_id": RECORDED,
    "accounts.AuditEntry.verb": RECORDED,
    "accounts.AuditSeal.digest": DIGEST,
    "accounts.AuditSeal.hash": DIGEST,
    "accounts.LegalHold.object_key": MACHINE,
    "accounts.LegalHold.object_type": MACHINE,
    "accounts.Redaction.marks": DIGEST,
    "accounts.Redaction.object_key": MACHINE,
    "accounts.Redaction.object_type": MACHINE,
    "accounts.User.password": DIGEST,
    "consultations.Coding.evidence": "words of the answer, which is filled",
    "consultations.Question.choices": "a list; each is shown where the question is",
    "consultations.Respondent.key": DIGEST,
    "consultations.Response.concerns": CHOICE,
    "consultations.Response.fingerprint": DIGEST,
    "consultations.Response.nonce": "makes the address of the receipt, which is looked for there",
    "consultations.SavedForm.content": "filled as somebody typed it",
    "consultations.SavedForm.nonce": "makes the address to return by, which is looked for there",
    "consultations.Suggestion.words": "words of the answer, which is filled",
    "consultations.Survey.code": CODE,
    "consultations.ResponseImport.found": "the first rows of a file, which is nobody's but its plan's managers'",
    "consultations.ResponseImport.mapping": CHOICE,
    "engagement.AttendanceImport.found": "the first rows of a file, whose names are filled in its rows",
    "engagement.AttendanceImport.mapping": CHOICE,
    "engagement.AttendanceRow.capacity": CHOICE,
    "engagement.AttendanceRow.cells": "the row as it was sent: its names are filled in the other columns",
    "engagement.AttendanceRow.outcome": CHOICE,
    "engagement.Collation.code": "the key of a door: what it opens is filled",
    "engagement.EventDraft.content": "filled as somebody typed it",
    "files.StoredFile.content_type": MACHINE,
    "files.StoredFile.sha256": DIGEST,
    "jobs.Heartbeat.name": MACHINE,
    "jobs.JobRun.arguments": MACHINE,
    "jobs.JobRun.counts": "numbers",
    "jobs.JobRun.kind": MACHINE,
    "jobs.JobRun.owner_key": MACHINE,
    "jobs.JobRun.skipped": "numbers",
    "jobs.JobRun.slot": MACHINE,
    "mail.KeptMail.headers": "what the letter was sent with: its recipient, who is looked for there",
    "mail.Message.about_key": MACHINE,
    "mail.Message.about_type": MACHINE,
    "mail.Message.context": "numbers of rows only",
    "mail.Message.kind": MACHINE,
    "mail.Message.matter": MACHINE,
    "plans.Footprint.code": CODE,
    "plans.Footprint.label": "eight letters, too short for a word",
    "plans.Plan.code": CODE,
    "plans.MentionName.category": CHOICE,
    "plans.PlanVersion.mentions": "numbers",
    "plans.Region.code": CODE,
    "readiness.Assessment.headline": DERIVED,
    "readiness.Assessment.overall": CHOICE,
    "readiness.Criterion.checker": MACHINE,
    "readiness.Criterion.key": MACHINE,
    "readiness.Criterion.parameters": "numbers",
    "readiness.CriterionException.key": MACHINE,
    "readiness.CriterionResult.evidence": DERIVED,
    "readiness.CriterionResult.figure": DERIVED,
    "readiness.CriterionResult.key": MACHINE,
    "readiness.CriterionResult.state": CHOICE,
    "readiness.CriterionResult.would_clear": DERIVED,
    "readiness.Decision.sha256": DIGEST,
    "readiness.Decision.snapshot": DERIVED,
    "readiness.DecisionReason.key": MACHINE,
    "readiness.Flag.key": MACHINE,
    "readiness.Policy.flag_days": "numbers",
    "stakeholders.Organisation.code": CODE,
    "stakeholders.Organisation.search_text": DERIVED,
    "stakeholders.RegisterFile.counts": "numbers",
    "stakeholders.RegisterFile.kind": MACHINE,
    "stakeholders.RegisterFile.sha256": DIGEST,
    "stakeholders.RegisterFile.shape": MACHINE,
}
"""Columns that hold no word of anybody, each with the reason."""

CONTACTS = {"email", "phone", "sent_to"}
TEXTS = (models.CharField, models.TextField, models.JSONField)


@dataclass(frozen=True)
class Canary:
    """Where one word was put."""

    column: str
    row: models.Model

    def __str__(self) -> str:
        return f"{self.column} of {self.row._meta.label} {self.row.pk}"


@dataclass
class Planted:
    """All words, by the word."""

    words: dict[str, Canary] = field(default_factory=dict)

    def word(self, column: str, row: models.Model) -> str:
        """A new word for this column of this row."""
        made = f"{BEGINNING}{len(self.words):05d}y"
        self.words[made] = Canary(column, row)
        return made

    def found_in(self, text: str) -> set[str]:
        """The words that stand in a text, however they are written."""
        return {word.lower() for word in WORD.findall(text)} & self.words.keys()


def columns() -> Iterator[tuple[type[models.Model], str, list[models.Field]]]:
    """Each model with its text columns, those of Django's own bookkeeping apart."""
    for model in apps.get_models():
        if model._meta.app_label in NOT_OURS:
            continue
        fields = [
            one
            for one in model._meta.concrete_fields
            if isinstance(one, TEXTS) and not one.choices and not one.primary_key
        ]
        yield model, model._meta.label, fields


def complete(world: World) -> None:
    """A row of what the walk through the addresses needs none of."""
    today, now = timezone.localdate(), timezone.now()
    for area in (world.a, world.b):
        for kind in ("reason", "advice", "triage", "consultation", "commitment"):
            papers.paper(kind, area.plan, on_day=today)
        papers.opinion(area.plan, area.lmc, on_day=today)
    plans.region()
    KeptMail.objects.create(sent_to="x@example.org", subject="x", text="x", arrived_at=now)
    RegisterFile.objects.create(kind="practices", name="x", as_at=today, loaded_at=now)
    run = JobRun.objects.earliest("pk")
    RowError.objects.create(run=run, row=1, message="x")


def plant(world: World) -> Planted:
    """Fill the world with words; what is worked out from them is worked out afterwards."""
    planted = Planted()
    for model, label, fields in columns():
        chosen = [one for one in fields if f"{label}.{one.name}" not in LEFT_OUT]
        for row in model._default_manager.order_by("pk") if chosen else ():
            _fill(planted, row, chosen, label)
    for one in Organisation.objects.all():
        one.search_text = search_text(one.name, one.code, one.postcode)
        one.save()
    for draft in EventDraft.objects.all():
        draft.content = _typed(planted, draft)
        draft.save()
    for begun in SavedForm.objects.all():
        column = "consultations.SavedForm.content"
        begun.content = {name: planted.word(column, begun) for name in begun.content}
        begun.save()
    for area in (world.a, world.b):
        _history(planted, area)
    for entry in AuditEntry.objects.all():
        _addresses(planted, entry)
    return planted


def _fill(planted: Planted, row: models.Model, fields: list[models.Field], label: str) -> None:
    """All columns at once, or one by one where the database lets only some be filled."""
    values = {one.name: _value(planted, row, one, label) for one in fields}
    rows = type(row)._default_manager.filter(pk=row.pk)
    try:
        with transaction.atomic():
            rows.update(**values)
    except IntegrityError:
        for name, value in values.items():
            try:
                with transaction.atomic():
                    rows.update(**{name: value})
            except IntegrityError:
                assert not getattr(row, name), f"{label}.{name} cannot be filled"


def _value(planted: Planted, row: models.Model, column: models.Field, label: str) -> object:
    word = planted.word(f"{label}.{column.name}", row)
    if isinstance(column, models.EmailField) or column.name == "sent_to":
        return f"{word}@example.org"
    if isinstance(column, models.URLField):
        return f"https://example.org/{word}"
    return {"canary": word} if isinstance(column, models.JSONField) else word


def _typed(planted: Planted, draft: EventDraft) -> dict[str, dict[str, str]]:
    """A draft with a word in each text that somebody can type."""
    steps = {
        "what": ("title", "held_on"),
        "who": ("q", "codes", "new_name"),
        "said": ("summary", "restricted_note"),
        "check": ("period_reason",),
    }
    column = "engagement.EventDraft.content"
    return {
        step: {name: planted.word(column, draft) for name in names} for step, names in steps.items()
    }


def _addresses(planted: Planted, entry: AuditEntry) -> None:
    """A word in each e-mail address and telephone number of which an entry tells."""
    for name, mark in (*entry.before.items(), *entry.after.items()):
        if name in CONTACTS and isinstance(mark, str) and mark in entry.personal:
            entry.personal[mark][1] = planted.word("accounts.AuditEntry.contact", entry)
    AuditEntry.objects.filter(pk=entry.pk).update(personal=entry.personal)


def _history(planted: Planted, area) -> None:
    """What was changed in the event, and what the LMC said and was answered, as actions record it."""
    event = Event.objects.get(pk=area.event.pk)
    answer = event.attestations.get(organisation=area.practice)
    titles = (planted.word("history.title", event) for _ in range(2))
    event.title = planted.word("history.title", event)  # what it is called there
    with transaction.atomic():
        audit.record(
            by=event.recorded_by,
            verb="event edited",
            obj=event,
            before={"title": next(titles)},
            after={"title": next(titles)},
        )
        audit.record(
            by=answer.answered_by,
            verb="record disputed",
            obj=event,
            on_behalf_of=area.practice,
            after={"words": planted.word("history.words", answer)},
        )
