"""Writes the form of a consultation, what was answered, and the themes that people found in it."""

import datetime as dt
import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accounts.models import User
from consultations.models import (
    Answer,
    Coding,
    Moderation,
    Question,
    Respondent,
    Response,
    Route,
    Survey,
    Theme,
)
from consultations.rules.respondents import fingerprint, respondent_key
from plans.models import Consultation
from readiness.demonstration.answers import Reply, day_of, replies
from readiness.demonstration.register import BATCH
from readiness.demonstration.scripts import Script

EMAILED = 0.05
"""So many come by email and are typed in; the others by the form."""
READ_WITHIN_DAYS = 12
QUOTED_EVERY = 7
"""Of the first answers with words that were cleared, each seventh has a sentence cleared to be quoted."""
QUOTED_AMONG = 210


@dataclass(frozen=True, kw_only=True)
class Asking:
    """One consultation with its script: how many answered by when, and how many were read since.

    ``unread`` are the last so many, which wait; ``read_on`` is the last day on which somebody read.
    Without ``form`` (the code in its address) nobody can answer by a form any more.
    """

    consultation: Consultation
    script: Script
    form: str
    number: int
    last: dt.date
    reader: User
    read_on: dt.date
    unread: int = 0
    analyst: str = ""
    introduction: str = ""


def write(asking: Asking, themes: Mapping[str, Theme], *, rng: random.Random) -> list[Response]:
    """The survey, its questions and every response; themes by their names. Gives the responses."""
    questions = _write_survey(asking)
    told = replies(rng, asking.script, asking.number, about=asking.form)
    respondents = _write_respondents(asking, told)
    sent = _write_responses(asking, told, respondents, rng)
    _write_answers(asking, told, sent, questions, themes)
    return list(sent.values())


def _noon(asking: Asking, day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=asking.consultation.recorded_at.tzinfo)


def _write_survey(asking: Asking) -> list[Question]:
    opened = _noon(asking, asking.consultation.opens_on)
    survey = Survey.objects.create(
        consultation=asking.consultation,
        code=asking.form,
        introduction=asking.introduction,
        analyst=asking.analyst,
        made_at=opened,
        opened_at=opened,
        opened_by=asking.reader,
    )
    return Question.objects.bulk_create(
        [
            Question(
                survey=survey,
                number=number,
                text=asked.text,
                hint=asked.hint,
                kind=asked.kind,
                choices=list(asked.choices or ()) if asked.kind == "choice" else [],
                is_about_process=asked.is_about_process,
            )
            for number, asked in enumerate(asking.script.questions, start=1)
        ]
    )


def _write_respondents(asking: Asking, told: Sequence[Reply]) -> dict[int, Respondent]:
    """By the number of their first reply."""
    firsts = [one for one in told if one.again is None]
    made = Respondent.objects.bulk_create(
        [
            Respondent(
                consultation=asking.consultation,
                kind=one.kind,
                group=one.group,
                organisation_name=one.organisation,
                email=one.email,
                key=respondent_key(
                    kind=one.kind, email=one.email, organisation_name=one.organisation
                ),
            )
            for one in firsts
        ],
        batch_size=BATCH,
    )
    return {one.number: row for one, row in zip(firsts, made, strict=True)}


def _write_responses(
    asking: Asking,
    told: Sequence[Reply],
    respondents: Mapping[int, Respondent],
    rng: random.Random,
) -> dict[int, Response]:
    """By the number of the reply; first answers first, since others point to them."""
    places = {one.number: place for place, one in enumerate(told)}
    made: dict[int, Response] = {}
    for again in (False, True):
        batch = [one for one in told if (one.again is not None) is again]
        rows = [
            _response(
                asking,
                one,
                respondents[one.number if one.again is None else one.again],
                rng,
                repeat_of=None if one.again is None else made[one.again],
                is_read=places[one.number] < len(told) - asking.unread,
            )
            for one in batch
        ]
        saved = Response.objects.bulk_create(rows, batch_size=BATCH)
        made |= {one.number: row for one, row in zip(batch, saved, strict=True)}
    return made


def _response(
    asking: Asking,
    one: Reply,
    respondent: Respondent,
    rng: random.Random,
    *,
    repeat_of: Response | None,
    is_read: bool,
) -> Response:
    came = day_of(one, first=asking.consultation.opens_on, last=asking.last)
    at = _noon(asking, came) + dt.timedelta(seconds=rng.randint(-14_000, 20_000))
    wanted = at + dt.timedelta(days=rng.randint(1, READ_WITHIN_DAYS))
    read_at = max(at, min(wanted, _noon(asking, asking.read_on))) if is_read else None
    by_email = bool(one.email) and rng.random() < EMAILED
    state = Moderation.HELD if one.held else Moderation.CLEARED
    return Response(
        consultation=asking.consultation,
        respondent=respondent,
        route=Route.EMAIL if by_email else Route.FORM,
        received_on=came,
        recorded_at=at,
        recorded_by=asking.reader if by_email else None,
        nonce=uuid.UUID(int=rng.getrandbits(128), version=4).hex,
        form_key=uuid.UUID(int=rng.getrandbits(128), version=4),
        fingerprint=fingerprint(said.text for said in one.answers),
        repeat_of=repeat_of,
        concerns=list(one.concerns),
        moderation=state if is_read else Moderation.WAITING,
        moderation_reason=one.held if is_read else "",
        moderated_at=read_at,
        moderated_by=asking.reader if is_read else None,
        done_at=read_at,
        done_by=asking.reader if is_read else None,
    )


def _write_answers(
    asking: Asking,
    told: Sequence[Reply],
    sent: Mapping[int, Response],
    questions: Sequence[Question],
    themes: Mapping[str, Theme],
) -> None:
    """Every answer, and in those that were cleared each theme that a person found."""
    said = [(sent[one.number], words) for one in told for words in one.answers]
    rows = [
        Answer(
            response=response,
            question=questions[words.question],
            text=words.text,
            choice=words.choice,
        )
        for response, words in said
    ]
    _clear_quotes(asking, rows)
    answers = Answer.objects.bulk_create(rows, batch_size=BATCH)
    Coding.objects.bulk_create(
        [
            Coding(
                answer=answer,
                theme=themes[theme],
                coded_at=response.moderated_at or response.recorded_at,
                coded_by=asking.reader,
            )
            for answer, (response, words) in zip(answers, said, strict=True)
            if response.moderation == Moderation.CLEARED
            for theme in words.themes
        ],
        batch_size=BATCH,
    )


def _clear_quotes(asking: Asking, answers: Sequence[Answer]) -> None:
    """The first sentence of some answers may be published: a person has looked at it."""
    cleared = [one for one in answers if one.text and one.response.moderation == Moderation.CLEARED]
    for one in cleared[:QUOTED_AMONG:QUOTED_EVERY]:
        one.quote = f"{one.text.split('. ')[0].rstrip('.')}."
        one.quoted_at, one.quoted_by = one.response.moderated_at, asking.reader


def themes_in(consultation: Consultation) -> list[Theme]:
    """The themes that were found in cleared responses."""
    found = Coding.objects.filter(
        answer__response__consultation=consultation,
        answer__response__moderation=Moderation.CLEARED,
    )
    return list(Theme.objects.filter(pk__in=found.values("theme")))
