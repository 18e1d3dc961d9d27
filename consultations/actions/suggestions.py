"""Themes that the machine suggests: asked for, read in the background, refused by a person.

Accepting one is ``coding.add_coding``. Nothing is ever coded without a person.
"""

import datetime as dt
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from consultations.actions.coding import hold
from consultations.models import Answer, Response, Suggestion, ThemeReview
from consultations.queries import suggestions as queries
from consultations.rules.triage import learns_at
from files import child
from jobs import actions as jobs
from jobs.models import JobRun
from plans.models import Consultation

KIND = "theme-suggestions"
TASK = "consultations.learning.model:suggest"
SECONDS = 300
MEGABYTES = 512
BATCH = 500
NOT_READ = (
    "The answers could not be read for themes. Nothing was changed; what people coded is as it was."
)


@transaction.atomic
def ask_for_suggestions(
    *, consultation: Consultation, by: User | None, now: dt.datetime, slot: str = ""
) -> JobRun:
    """Have a worker read the answers; ``slot`` names an occasion on which they are read once only."""
    run = jobs.queue(
        kind=KIND,
        title=f"Themes suggested in {consultation.title[:120]}",
        by=by,
        now=now,
        arguments={"consultation": consultation.pk},
        slot=slot,
    )
    ThemeReview.objects.update_or_create(consultation=consultation, defaults={"run_id": run.pk})
    return run


def ask_when_due(*, consultation: Consultation, by: User, now: dt.datetime) -> JobRun | None:
    """Have them read again when enough was worked through since; None while it was not."""
    done = Response.objects.filter(consultation=consultation, done_at__isnull=False).count()
    slot = f"{consultation.pk}-after-{learns_at(done)}"
    if not learns_at(done) or JobRun.objects.filter(kind=KIND, slot=slot).exists():
        return None
    return ask_for_suggestions(consultation=consultation, by=by, now=now, slot=slot)


def make_suggestions(*, run_id: int, now: dt.datetime) -> None:
    """The worker's part: the answers are read in a process of its own. Nothing where another has the run."""
    run = jobs.start(run_id=run_id, now=now)
    if run is None:
        return
    consultation = (
        Consultation.objects.select_related("plan").filter(pk=run.arguments["consultation"]).first()
    )
    if consultation is None:
        jobs.fail(run_id=run_id, reason=NOT_READ, now=now, again=False)
        return
    asked = queries.to_read(consultation)
    try:
        told = _read(asked)
    except child.Refused:
        jobs.fail(run_id=run_id, reason=NOT_READ, now=now)
        return
    _write(consultation, run, asked, told, now=now)


def _read(asked: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="wt-themes-") as folder:
        path = Path(folder) / "answers.json"
        path.write_text(json.dumps(asked), encoding="utf-8")
        told: dict[str, Any] = child.run(TASK, path, seconds=SECONDS, megabytes=MEGABYTES)
        return told


@transaction.atomic
def _write(
    consultation: Consultation,
    run: JobRun,
    asked: dict[str, Any],
    told: dict[str, Any],
    *,
    now: dt.datetime,
) -> None:
    """The suggestions in the place of those that nobody decided on; what somebody decided stays."""
    open_ones = Suggestion.objects.filter(
        answer__response__consultation=consultation, decided_at__isnull=True
    )
    open_ones.delete()
    made = list(_new(consultation, told["suggestions"], now=now))
    Suggestion.objects.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)
    measured = told["measured"] or {}
    ThemeReview.objects.update_or_create(
        consultation=consultation,
        defaults={
            "run_id": run.pk,
            "learnt_from": len(asked["coded"]),
            "agreement": measured.get("agreement"),
            "made_at": now,
        },
    )
    counts = {"answers": len(asked["open"]), "suggestions": len(made)}
    jobs.remember(run_id=run.pk, facts={"phrases": told["phrases"], "measured": measured})
    jobs.finish(run_id=run.pk, now=now, counts=counts)
    audit.record(by=None, verb="suggestions made", obj=consultation, after=counts, at=now)


def _new(
    consultation: Consultation, told: Iterable[list[Any]], *, now: dt.datetime
) -> Iterable[Suggestion]:
    """Without what a person has settled, and without what is gone since the answers were read."""
    rows = list(told)
    settled = queries.settled(consultation)
    themes = queries.standing_themes({theme for _, theme, _, _ in rows})
    answers = set(
        Answer.objects.filter(response__consultation=consultation).values_list("pk", flat=True)
    )
    for answer, theme, score, words in rows:
        if theme in themes and answer in answers and (answer, theme) not in settled:
            yield Suggestion(
                answer_id=answer, theme_id=theme, score=score, words=words, made_at=now
            )


@transaction.atomic
def refuse_suggestion(*, suggestion: Suggestion, by: User, now: dt.datetime) -> bool:
    """Say that the answer is not about the theme; False where somebody has decided."""
    return _decide(suggestion, is_accepted=False, verb="suggestion refused", by=by, now=now)


@transaction.atomic
def reopen_suggestion(*, suggestion: Suggestion, by: User, now: dt.datetime) -> bool:
    """Take the refusal back; False where there is none."""
    return _decide(suggestion, is_accepted=None, verb="refusal taken back", by=by, now=now)


def _decide(
    suggestion: Suggestion, *, is_accepted: bool | None, verb: str, by: User, now: dt.datetime
) -> bool:
    response = hold(suggestion.answer.response_id)
    decided = is_accepted is not None
    rows = Suggestion.objects.filter(pk=suggestion.pk, is_accepted=None if decided else False)
    changed = rows.update(
        is_accepted=is_accepted,
        decided_at=now if decided else None,
        decided_by=by if decided else None,
    )
    if changed:
        Response.objects.filter(pk=response.pk).update(version=F("version") + 1)
        after = {"theme": suggestion.theme.name}
        audit.record(by=by, verb=verb, obj=response, after=after, at=now)
    return bool(changed)
