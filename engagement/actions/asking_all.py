"""Asking about many records at once: as ``asking``, in as many statements as for one."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import audit
from accounts.models import User
from engagement.actions.asking import asked_in_words, links_for, send
from engagement.models import AnswerLink, Attestation, Question
from engagement.queries.answers import OPEN_DISPUTE
from engagement.queries.attendance_standing import Standing, may_be_written_to
from engagement.queries.recipients import representatives_of
from engagement.rules.asking import Asking, Facts, whom_to_ask
from jobs.bulk import insert
from mail.actions import Post, Recipient, post_all
from stakeholders.models import Organisation, Person

MANY = "records-named"


Pair = tuple[int, int]
"""Event and organisation."""


@transaction.atomic(savepoint=False)
def ask_about_all(
    *,
    events: Mapping[int, Standing],
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
            standing.facts(),
            before=before.get(pk),
            asked={one: question.closed_at is None for one, question in asked[pk].items()},
            disputing=frozenset(disputing[pk]),
        )
        for pk, standing in events.items()
    }
    _close_all(askings, asked, now)
    put = _open_all(askings, asked, now)
    if put:
        _write_to_all(events, put, by=by, now=now)
    _record_all(events, askings, by=by, now=now)
    return len(put)


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
) -> list[Pair]:
    """Whom is asked about what now; the first time in one statement, and again in one."""
    first = [(pk, one) for pk, asking in askings.items() for one in sorted(asking.first)]
    insert(
        Question,
        ("event", "organisation", "round", "asked_at"),
        ((*pair, 1, now) for pair in first),
    )
    again = [(pk, one) for pk, asking in askings.items() for one in sorted(asking.again)]
    if again:
        Question.objects.filter(pk__in=[asked[pk][one].pk for pk, one in again]).update(
            round=F("round") + 1, asked_at=now, answered_at=None, closed_at=None
        )
    return [*first, *again]


def _write_to_all(
    events: Mapping[int, Standing], put: Collection[Pair], *, by: User, now: dt.datetime
) -> None:
    """A link for everybody who may answer; only the questions that somebody gets by mail are read."""
    day = timezone.localtime(now).date()
    leads = representatives_of({one for _, one in put}, day=day)
    people = _people_named(events)
    mailed = {pair for pair in put if pair[1] in leads or pair in people}
    questions = Question.objects.filter(
        event__in={event for event, _ in mailed}, organisation__in={one for _, one in mailed}
    )
    links = [
        link
        for question in questions.order_by("pk")
        if (pair := (question.event_id, question.organisation_id)) in mailed
        for link in links_for(question, leads.get(pair[1], []), people.get(pair, set()), by, now)
    ]
    if links:
        _post_all(AnswerLink.objects.bulk_create(links), now=now)


def _people_named(events: Mapping[int, Standing]) -> dict[Pair, set[Person]]:
    """Those named for each organisation who have an address and may be written to."""
    named = [
        (event, organisation, person)
        for event, standing in events.items()
        for organisation, (person, _, _) in standing.parts
        if person
    ]
    there = may_be_written_to({person for _, _, person in named})
    found: dict[Pair, set[Person]] = defaultdict(set)
    for event, organisation, person in named:
        if person in there:
            found[event, organisation].add(there[person])
    return found


def _post_all(links: Collection[AnswerLink], *, now: dt.datetime) -> None:
    """The message that carries each link; one for whoever is asked about several records."""
    held: dict[tuple[int | None, int | None], list[AnswerLink]] = defaultdict(list)
    for link in links:
        held[link.user_id, link.person_id].append(link)
    alone: list[AnswerLink] = []
    many: list[Post] = []
    for ones in held.values():
        if len({link.question.event_id for link in ones}) > 1:
            many.append(_post(ones))
        else:
            alone += ones
    send(alone, now=now)
    post_all(many, kind=MANY, now=now)


def _post(links: list[AnswerLink]) -> Post:
    """The matter is told by the first question: each is put once in a round."""
    first = links[0]
    person = first.person
    to = Recipient(email=person.email, name=person.name) if person else Recipient(user=first.user)
    whom = f"p{first.person_id}" if person else f"u{first.user_id}"
    return Post(
        matter=f"{MANY}:{first.question_id}:{first.round}:{whom}",
        to=to,
        about=first,
        context={"links": [link.pk for link in links]},
    )


def _record_all(
    events: Mapping[int, Standing], askings: Mapping[int, Asking], *, by: User, now: dt.datetime
) -> None:
    """One entry for each event about which anybody is asked, in one statement."""
    named = {
        one for asking in askings.values() for one in asking.first | asking.again | asking.over
    }
    codes = dict(Organisation.objects.filter(pk__in=named).values_list("pk", "code"))
    told = [
        audit.Told(obj=events[pk].event, after=asked_in_words(asking, codes))
        for pk, asking in askings.items()
        if asking.first or asking.again or asking.over
    ]
    if told:
        audit.record_all(by=by, verb="organisations asked", told=told, at=now)
