"""What was answered to a consultation: by question, theme and group, in eight statements.

As many for ten responses as for ten thousand: the rows come as bare values, and
``consultations.rules.analysis`` counts who is behind them. Only what was cleared is counted.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    ExpressionWrapper,
    FilteredRelation,
    Q,
    QuerySet,
    Value,
    When,
)

from consultations.models import Answer, Coding, Moderation, Question, Response, Survey, Theme
from consultations.queries.themes import CLEARED
from consultations.rules.analysis import NOBODY, Room, Sent, Tally
from consultations.rules.respondents import Counted, Voice, counted
from plans.models import Consultation


@dataclass(frozen=True, kw_only=True)
class Received:
    """How many responses there are, by how far each has been read."""

    cleared: int = 0
    waiting: int = 0
    held: int = 0
    late: int = 0
    worked_through: int = 0
    routes: Mapping[str, int]

    @property
    def all(self) -> int:
        return self.cleared + self.waiting + self.held


@dataclass(frozen=True, kw_only=True)
class Split:
    """Who said something, and how many of each group: ``by_group`` counts each of them once."""

    tally: Tally = NOBODY
    by_group: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question with what was answered: each choice that was made, each theme that was found."""

    question: Question
    answered: Tally
    choices: Mapping[str, Split]
    themes: Mapping[int, Split]


@dataclass(frozen=True, kw_only=True)
class Quote:
    """Words that a person has cleared for publication, and what their author is."""

    text: str
    group: str
    theme: int | None
    is_about_process: bool


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """Everything on the page. ``themes`` are of what was asked about, ``process`` of how it was asked."""

    consultation: Consultation
    survey: Survey | None
    received: Received
    counted: Counted
    groups: Mapping[str, Tally]
    days: Mapping[dt.date, int]
    asked: Sequence[Asked]
    themes: Mapping[int, Split]
    process: Mapping[int, Split]
    names: Mapping[int, Theme]
    quotes: Sequence[Quote]
    in_words: int
    themed: int


def analysis_of(consultation: Consultation) -> Analysis:
    """Everything that was answered to the consultation; eight statements, whatever the size."""
    survey = Survey.objects.filter(consultation=consultation).first()
    questions = list(Question.objects.filter(survey=survey).order_by("number", "id"))
    room = _room(consultation)
    groups = room.groups()
    about_process = {one.pk for one in questions if one.is_about_process}
    answers = _answers(consultation)
    codings = list(
        _codings(consultation).values_list("answer__response", "answer__question", "theme")
    )
    in_words = {response for response, _, _, has_words in answers if has_words}
    themed = {response for response, _, _ in codings}
    rows = [(theme, response, question in about_process) for response, question, theme in codings]
    return Analysis(
        consultation=consultation,
        survey=survey,
        received=_received(consultation),
        counted=counted(one.voice for one in room.sent),
        groups=room.tallies((group, response) for response, group in groups.items()),
        days=room.first_days(),
        asked=_asked(room, groups, questions, answers, codings),
        themes=_split(room, groups, ((theme, one) for theme, one, process in rows if not process)),
        process=_split(room, groups, ((theme, one) for theme, one, process in rows if process)),
        names={one.pk: one for one in _themes(consultation)},
        quotes=_quotes(consultation, about_process),
        in_words=len(in_words),
        themed=len(themed & in_words),
    )


def _room(consultation: Consultation) -> Room:
    rows = _cleared(consultation).values_list(
        "pk",
        "respondent_id",
        "respondent__kind",
        "respondent__organisation_id",
        "respondent__organisation_name",
        "fingerprint",
        "respondent__group",
        "received_on",
    )
    return Room(
        [
            Sent(
                response=pk,
                voice=Voice(
                    respondent=respondent,
                    kind=kind,
                    organisation=organisation,
                    organisation_name=name,
                    fingerprint=text,
                ),
                group=group,
                received_on=day,
            )
            for pk, respondent, kind, organisation, name, text, group, day in rows
        ]
    )


def _received(consultation: Consultation) -> Received:
    rows = Response.objects.filter(consultation=consultation).order_by()
    by_state: Counter[str] = Counter()
    routes: Counter[str] = Counter()
    late = worked_through = 0
    unread = ExpressionWrapper(Q(done_at__isnull=True), output_field=BooleanField())
    counting = rows.annotate(unread=unread).values_list("moderation", "route", "is_late", "unread")
    for moderation, route, is_late, unread_yet, number in counting.annotate(number=Count("pk")):
        by_state[moderation] += number
        if moderation == Moderation.CLEARED:
            routes[route] += number
            late += number if is_late else 0
            worked_through += 0 if unread_yet else number
    return Received(
        cleared=by_state[Moderation.CLEARED],
        waiting=by_state[Moderation.WAITING],
        held=by_state[Moderation.HELD],
        late=late,
        worked_through=worked_through,
        routes=dict(routes.most_common()),
    )


def _answers(consultation: Consultation) -> list[tuple[int, int, str, int]]:
    """Response, question, what was chosen, and 1 where there are words: a number, since SQLite turns
    each truth value into one in Python."""
    has_words = Case(When(text="", then=Value(0)), default=Value(1))
    rows = _answers_cleared(consultation).order_by()
    return list(
        rows.annotate(has_words=has_words).values_list(
            "response_id", "question_id", "choice", "has_words"
        )
    )


def _quotes(consultation: Consultation, about_process: Collection[int]) -> list[Quote]:
    """The quotations with each theme that was found in their answer, or with none."""
    still_stands = FilteredRelation("codings", condition=Q(codings__undone_at__isnull=True))
    rows = _answers_cleared(consultation).exclude(quote="")
    found = rows.annotate(found_here=still_stands).order_by("pk", "found_here__pk")
    return [
        Quote(text=text, group=group, theme=theme, is_about_process=question in about_process)
        for text, group, theme, question in found.values_list(
            "quote", "response__respondent__group", "found_here__theme", "question"
        )
    ]


def _cleared(consultation: Consultation) -> QuerySet[Response]:
    rows = Response.objects.filter(consultation=consultation, moderation=Moderation.CLEARED)
    return rows.order_by()


def _answers_cleared(consultation: Consultation) -> QuerySet[Answer]:
    return Answer.objects.filter(
        response__consultation=consultation, response__moderation=Moderation.CLEARED
    )


def _codings(consultation: Consultation) -> QuerySet[Coding]:
    return Coding.objects.filter(CLEARED, answer__response__consultation=consultation).order_by()


def _themes(consultation: Consultation) -> QuerySet[Theme]:
    rows = Theme.objects.filter(plan=consultation.plan_id)
    return rows.select_related("changed_in")


def _split(
    room: Room, groups: Mapping[int, str], found: Iterable[tuple[Hashable, int]]
) -> dict[Any, Split]:
    """Who is behind each key, most first."""
    pairs = list(found)
    by_group: defaultdict[Any, dict[str, int]] = defaultdict(dict)
    of_group = room.once(((key, groups[one]), one) for key, one in pairs if one in groups)
    for (key, group), number in of_group.items():
        by_group[key][group] = number
    tallies = room.tallies(pairs)
    order = sorted(tallies, key=lambda key: -tallies[key].once)
    return {key: Split(tally=tallies[key], by_group=by_group[key]) for key in order}


def _asked(
    room: Room,
    groups: Mapping[int, str],
    questions: Sequence[Question],
    answers: Sequence[tuple[int, int, str, int]],
    codings: Sequence[tuple[int, int, int]],
) -> list[Asked]:
    """Every question that is asked, or that somebody answered before it was withdrawn."""
    answered = room.tallies((question, one) for one, question, _, _ in answers)
    chosen = (((question, choice), one) for one, question, choice, _ in answers if choice)
    choices = _split(room, groups, chosen)
    themes = _split(room, groups, (((question, theme), one) for one, question, theme in codings))
    return [
        Asked(
            question=question,
            answered=answered.get(question.pk, NOBODY),
            choices={of[1]: split for of, split in choices.items() if of[0] == question.pk},
            themes={of[1]: split for of, split in themes.items() if of[0] == question.pk},
        )
        for question in questions
        if question.withdrawn_at is None or question.pk in answered
    ]
