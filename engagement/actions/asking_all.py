"""Asking about many records at once: as ``asking``, in as many statements as for one."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import audit
from accounts.models import User
from engagement.actions.asking import asked_in_words, facts_of, links_for, people_named, send
from engagement.models import AnswerLink, Attestation, Event, Question
from engagement.queries.answers import OPEN_DISPUTE
from engagement.queries.recipients import representatives_of
from engagement.rules.asking import Asking, Facts, whom_to_ask
from jobs.bulk import insert, take_ids
from stakeholders.models import Organisation


@transaction.atomic(savepoint=False)
def ask_about_all(
    *,
    events: Mapping[int, Event],
    by: User,
    now: dt.datetime,
    before: Mapping[int, Facts] | None = None,
) -> int:
    """Put these records, as they now stand, to those whom they name; how many were asked.

    ``before`` is what those said that were there already. The events' rows are taken first.
    """
    before = before or {}
    asked: dict[int, dict[int, Question]] = defaultdict(dict)
    disputing: dict[int, set[int]] = defaultdict(set)
    if before:
        for question in Question.objects.filter(event__in=before.keys()):
            asked[question.event_id][question.organisation_id] = question
        open_ones = Attestation.objects.filter(OPEN_DISPUTE, event__in=before.keys())
        for event, organisation in open_ones.values_list("event_id", "organisation_id"):
            disputing[event].add(organisation)
    askings = {
        pk: whom_to_ask(
            facts_of(event),
            before=before.get(pk),
            asked={one: question.closed_at is None for one, question in asked[pk].items()},
            disputing=frozenset(disputing[pk]),
        )
        for pk, event in events.items()
    }
    _close_all(askings, asked, now)
    questions = _open_all(askings, asked, now)
    _write_to_all(events, questions, by=by, now=now)
    _record_all(events, askings, by=by, now=now)
    return len(questions)


def _close_all(
    askings: Mapping[int, Asking], asked: Mapping[int, Mapping[int, Question]], now: dt.datetime
) -> None:
    over = [asked[pk][one].pk for pk, asking in askings.items() for one in asking.over]
    again = [asked[pk][one].pk for pk, asking in askings.items() for one in asking.again]
    if over:
        Question.objects.filter(pk__in=over).update(closed_at=now)
    if over or again:
        standing = AnswerLink.objects.filter(question__in=[*over, *again], used_at__isnull=True)
        standing.filter(revoked_at__isnull=True).update(revoked_at=now)


def _open_all(
    askings: Mapping[int, Asking], asked: Mapping[int, Mapping[int, Question]], now: dt.datetime
) -> list[Question]:
    again = [asked[pk][one] for pk, asking in askings.items() for one in sorted(asking.again)]
    for question in again:
        question.round += 1
    if again:
        Question.objects.filter(pk__in=[one.pk for one in again]).update(
            round=F("round") + 1, asked_at=now, answered_at=None, closed_at=None
        )
    first = [
        Question(event_id=pk, organisation_id=one, asked_at=now)
        for pk, asking in askings.items()
        for one in sorted(asking.first)
    ]
    for question, number in zip(first, take_ids(Question, len(first)), strict=True):
        question.pk = number
    insert(
        Question,
        ("id", "event", "organisation", "round", "asked_at"),
        ((one.pk, one.event_id, one.organisation_id, one.round, now) for one in first),
    )
    return [*first, *again]


def _write_to_all(
    events: Mapping[int, Event], questions: list[Question], *, by: User, now: dt.datetime
) -> None:
    day = timezone.localtime(now).date()
    leads = representatives_of((one.organisation_id for one in questions), day=day)
    people = {pk: people_named(event.participations.all()) for pk, event in events.items()}
    links = [
        link
        for one in questions
        for link in links_for(
            one,
            leads.get(one.organisation_id, []),
            people[one.event_id].get(one.organisation_id, set()),
            by,
            now,
        )
    ]
    if links:
        send(AnswerLink.objects.bulk_create(links), now=now)


def _record_all(
    events: Mapping[int, Event], askings: Mapping[int, Asking], *, by: User, now: dt.datetime
) -> None:
    """One entry for each event about which anybody is asked, in one statement."""
    named = {
        one for asking in askings.values() for one in asking.first | asking.again | asking.over
    }
    codes = dict(Organisation.objects.filter(pk__in=named).values_list("pk", "code"))
    told = [
        audit.Told(obj=events[pk], after=asked_in_words(asking, codes))
        for pk, asking in askings.items()
        if asking.first or asking.again or asking.over
    ]
    if told:
        audit.record_all(by=by, verb="organisations asked", told=told, at=now)
