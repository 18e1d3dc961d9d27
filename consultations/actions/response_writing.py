"""Writes a confirmed export as responses, in one transaction and a fixed number of statements."""

import datetime as dt
import secrets
from collections.abc import Container, Iterable

from django.db import transaction
from django.db.models import Max, Min

from accounts import audit
from accounts.models import User
from consultations.actions.response_imports import parsed_rows, refuse
from consultations.actions.surveys import ensure_survey
from consultations.models import (
    Answer,
    Moderation,
    Question,
    QuestionKind,
    Respondent,
    Response,
    ResponseImport,
    Route,
    Survey,
)
from consultations.rules.concerns import concerns
from consultations.rules.respondents import fingerprint, respondent_key
from consultations.rules.response_columns import question_text
from consultations.rules.response_keys import form_key
from consultations.rules.response_rows import Parsed
from files import child
from jobs import actions as jobs
from jobs.bulk import insert, take_ids
from plans.models import Consultation

_State = ResponseImport.State
_KINDS = {"text": QuestionKind.TEXT, "choice": QuestionKind.CHOICE, "scale": QuestionKind.SCALE}


def write(*, run_id: int, now: dt.datetime) -> None:
    """The worker's part of ``confirm_responses``."""
    run = jobs.start(run_id=run_id, now=now)
    if run is None:
        return
    by = User.objects.get(pk=int(run.owner_key))
    found = ResponseImport.objects.select_related("file", "consultation")
    one = found.get(pk=run.arguments["import"])
    if one.state != _State.WRITING:
        jobs.finish(run_id=run.pk, now=now)
        return
    try:
        parsed, _ = parsed_rows(one, now=now)
    except child.Refused as refused:
        refuse(one, run, str(refused), now)
        return
    with transaction.atomic():
        locked = ResponseImport.objects.select_for_update().get(pk=one.pk)
        if locked.state != _State.WRITING:
            jobs.finish(run_id=run.pk, now=now)
            return
        added = write_responses(one, parsed, by=by, now=now)
        locked.state, locked.finished_at = _State.DONE, now
        locked.found = {**locked.found, "written": added}
        locked.save(update_fields=["state", "finished_at", "found"])
        audit.record(by=by, verb="responses imported", obj=one, after={"added": added}, at=now)
        jobs.finish(run_id=run.pk, now=now, counts={"responses added": added})


def write_responses(
    one: ResponseImport, parsed: Iterable[Parsed], *, by: User, now: dt.datetime
) -> int:
    """Responses for rows that are not there yet, waiting to be read by a person; how many."""
    consultation = Consultation.objects.select_for_update(no_key=True).get(pk=one.consultation_id)
    keyed = {form_key(consultation.pk, row): row for row in parsed}
    there = set(
        Response.objects.filter(consultation=consultation).values_list("form_key", flat=True)
    )
    rows = [(key, row) for key, row in keyed.items() if key not in there]
    if not rows:
        return 0
    questions = _questions(one, consultation, by=by, now=now)
    respondents = _respondents(consultation, [row for _, row in rows])
    earlier = dict(
        Response.objects.filter(consultation=consultation)
        .order_by()
        .values_list("respondent_id")
        .annotate(first=Min("pk"))
    )
    made = []
    for (key, row), respondent, number in zip(
        rows, respondents, take_ids(Response, len(rows)), strict=True
    ):
        first = earlier.setdefault(respondent, number)
        facts = (number, consultation.pk, respondent, Route.IMPORT, row.received_on, now, by.pk)
        repeat_of = None if first == number else first
        made.append((*facts, *_read(row), key, one.pk, row.number, row.ident, repeat_of,
                     row.received_on > consultation.closes_on, Moderation.WAITING, "", 1))  # fmt: skip
    insert(Response, _RESPONSE, made)
    insert(
        Answer,
        ("response", "question", "text", "choice", "quote"),
        (
            (values[0], questions[at], text, choice, "")
            for values, (_, row) in zip(made, rows, strict=True)
            for at, text, choice in row.answers
        ),
    )
    return len(rows)


_RESPONSE = (
    *("id", "consultation", "respondent", "route", "received_on", "recorded_at", "recorded_by"),
    *("nonce", "fingerprint", "concerns"),
    *("form_key", "source", "source_row", "source_ident", "repeat_of", "is_late", "moderation"),
    *("moderation_reason", "version"),
)
_RESPONDENT = (
    *("id", "consultation", "kind", "group", "organisation_name", "name", "email", "wants_news"),
    "key",
)


def _read(row: Parsed) -> tuple[str, str, list[str]]:
    """What a machine makes of a row: what its receipt's address is made of, the hash of its words,
    and what a person must look at."""
    texts = [text for _, text, _ in row.answers if text]
    return secrets.token_hex(16), fingerprint(texts), concerns(row.words())


def _respondents(consultation: Consultation, rows: list[Parsed]) -> list[int]:
    """Who sent each row: somebody known by the key, or new; two statements."""
    keys = [
        respondent_key(
            kind=row.kind, email=row.email, name=row.name, organisation_name=row.organisation_name
        )
        for row in rows
    ]
    known: dict[str | int, int] = dict(
        Respondent.objects.filter(consultation=consultation, key__in=set(keys) - {""}).values_list(
            "key", "pk"
        )
    )
    # Whoever gives nothing by which they could be known again is somebody else each time.
    senders: list[str | int] = [key or at for at, key in enumerate(keys)]
    new: dict[str | int, Parsed] = {}
    for sender, row in zip(senders, rows, strict=True):
        if sender not in known:
            new.setdefault(sender, row)
    numbers = dict(zip(new, take_ids(Respondent, len(new)), strict=True))
    insert(
        Respondent,
        _RESPONDENT,
        (
            (numbers[sender], consultation.pk, row.kind, row.group, row.organisation_name, row.name,
             row.email, False, sender if isinstance(sender, str) else "")
            for sender, row in new.items()
        ),
    )  # fmt: skip
    everybody = {**known, **numbers}
    return [everybody[sender] for sender in senders]


def _questions(
    one: ResponseImport, consultation: Consultation, *, by: User, now: dt.datetime
) -> dict[int, int]:
    """Column -> question. One of the same words that is there already is the same question; of two
    columns with the same words the second is a question of its own, "... (2)" in every file.

    Where the public form is open, what only the survey tool asked is kept without being asked there.
    """
    survey = ensure_survey(consultation=consultation, by=by, now=now)
    there = {question.text: question.pk for question in Question.objects.filter(survey=survey)}
    found: dict[int, int] = {}
    asked: set[str] = set()
    new: dict[str, tuple[int, Question]] = {}
    last = Question.objects.filter(survey=survey).aggregate(last=Max("number"))["last"] or 0
    headings = one.found["summary"]["headings"]
    for at, meaning in sorted((int(at), said) for at, said in one.mapping["meanings"].items()):
        if meaning not in _KINDS:
            continue
        text = _not_among(asked, question_text(headings[at])[:300] or f"Question {at + 1}")
        asked.add(text)
        if text in there:
            found[at] = there[text]
            continue
        number = last + len(new) + 1
        new[text] = (at, _question(one, survey, at, text, number=number, now=now))
    made = Question.objects.bulk_create(question for _, question in new.values())
    return found | {at: question.pk for (at, _), question in zip(new.values(), made, strict=True)}


def _not_among(asked: Container[str], words: str) -> str:
    """The words, or with the first number that makes them others than those."""
    text, number = words, 1
    while text in asked:
        number += 1
        text = f"{words[:290]} ({number})"
    return text


def _question(
    one: ResponseImport, survey: Survey, at: int, text: str, *, number: int, now: dt.datetime
) -> Question:
    meaning = one.mapping["meanings"][str(at)]
    is_choice = meaning == "choice"
    return Question(
        survey=survey,
        number=number,
        text=text,
        kind=_KINDS[meaning],
        choices=one.found["summary"]["words"].get(str(at), [])[:40] if is_choice else [],
        withdrawn_at=now if survey.opened_at else None,
    )
