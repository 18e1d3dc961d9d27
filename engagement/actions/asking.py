"""Asking the organisations named in a record whether it is right.

Part of the action that writes the record, in its transaction: a record that is kept has been put to
those whom it names, and one that is not was put to nobody. Every write to the questions of an
event and to its links takes the event's row first, so that they wait for each other.
"""

import datetime as dt
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import audit
from accounts.models import User
from engagement.models import AnswerLink, Attestation, Event, Question
from engagement.queries.answers import OPEN_DISPUTE
from engagement.queries.attendance_standing import may_be_written_to
from engagement.queries.recipients import representatives_of
from engagement.rules.asking import Asking, Facts, whom_to_ask
from engagement.rules.links import LASTS
from mail.actions import Post, Recipient, post_all
from stakeholders.models import Organisation, Person

KIND = "record-named"


def facts_of(event: Event) -> Facts:
    """What the record says as it is put to those whom it names; reads its parts and points, but
    not of one that is withdrawn, which says nothing."""
    if event.withdrawn_at is not None:
        return Facts(**_head(event), withdrawn=True)
    parts: dict[int, set[tuple[int | None, str, str]]] = defaultdict(set)
    for part in event.participations.all():
        parts[part.organisation_id].add((part.person_id, part.capacity, part.outcome))
    points: dict[int, list[str]] = defaultdict(list)
    for (
        point
    ) in event.points.all():  # read before, with the event: those taken off are left out here
        if point.organisation_id is not None and point.removed_at is None:
            points[point.organisation_id].append(point.text)
    return Facts(
        **_head(event),
        parts={one: frozenset(found) for one, found in parts.items()},
        points={one: tuple(sorted(found)) for one, found in points.items()},
    )


def _head(event: Event) -> dict[str, Any]:
    return {name: getattr(event, name) for name in ("held_on", "channel", "level", "status")}


@transaction.atomic(savepoint=False)
def ask_about(
    *, event: Event, by: User, now: dt.datetime, before: Facts | None = None
) -> frozenset[int]:
    """Put the record, as it now stands, to those whom it names; the ids of those who were asked.

    ``before`` is what it said until now, where it was changed. ``event`` was read after the last
    change; of one that is withdrawn neither parts nor points are read. As many queries for five
    hundred organisations as for one. Whoever ``by`` is gets no message about their own organisation.
    """
    rows = Question.objects.filter(event=event).select_related("organisation")
    asked = {one.organisation_id: one for one in rows}
    disputing = (
        Attestation.objects.filter(OPEN_DISPUTE, event=event).values_list("organisation", flat=True)
        if before is not None
        else ()
    )
    said = facts_of(event)
    asking = whom_to_ask(
        said,
        before=before,
        asked={pk: one.closed_at is None for pk, one in asked.items()},
        disputing=frozenset(disputing),
    )
    return _put(event, said, asking, asked, by=by, now=now)


def _put(
    event: Event,
    said: Facts,
    asking: Asking,
    asked: dict[int, Question],
    *,
    by: User,
    now: dt.datetime,
) -> frozenset[int]:
    _close(asking, asked, now)
    questions = _open(event, asking, asked, now)
    if questions:
        _write_to(said, questions, by=by, now=now)
    if questions or asking.over:
        known = {pk: one.organisation.code for pk, one in asked.items()}
        _record(event, asking, known, by=by, now=now)
    return frozenset(one.organisation_id for one in questions)


def _close(asking: Asking, asked: dict[int, Question], now: dt.datetime) -> None:
    """Nothing is asked any more where the record names them no more; every older link is dead."""
    over = [asked[one].pk for one in asking.over]
    if over:
        Question.objects.filter(pk__in=over).update(closed_at=now)
    dead = [*over, *(asked[one].pk for one in asking.again)]
    if dead:
        standing = AnswerLink.objects.filter(question__in=dead, used_at__isnull=True)
        standing.filter(revoked_at__isnull=True).update(revoked_at=now)


def _open(
    event: Event, asking: Asking, asked: dict[int, Question], now: dt.datetime
) -> list[Question]:
    """The questions that are put now, with their rounds."""
    again = [asked[one] for one in sorted(asking.again)]
    for question in again:
        question.round += 1
    if again:
        Question.objects.filter(pk__in=[one.pk for one in again]).update(
            round=F("round") + 1, asked_at=now, answered_at=None, closed_at=None
        )
    first = Question.objects.bulk_create(
        Question(event=event, organisation_id=one, asked_at=now) for one in sorted(asking.first)
    )
    return [*first, *again]


def _write_to(said: Facts, questions: list[Question], *, by: User, now: dt.datetime) -> None:
    """A link and a message to everybody who may answer."""
    day = timezone.localtime(now).date()
    leads = representatives_of((one.organisation_id for one in questions), day=day)
    people = _people_in(said)
    links = [
        link
        for one in questions
        for link in links_for(one, leads[one.organisation_id], people[one.organisation_id], by, now)
    ]
    if links:
        send(AnswerLink.objects.bulk_create(links), now=now)


def _people_in(said: Facts) -> dict[int, set[Person]]:
    """Those named for each organisation who have an address and may be written to."""
    named = {one: {person for person, _, _ in parts if person} for one, parts in said.parts.items()}
    there = may_be_written_to(set().union(*named.values()))
    return {one: {there[pk] for pk in of if pk in there} for one, of in named.items()}


def links_for(
    question: Question, leads: list[User], people: set[Person], by: User, now: dt.datetime
) -> list[AnswerLink]:
    """For those who answer for the organisation; where nobody does, for those who were there."""
    facts = {"question": question, "round": question.round, "made_at": now}
    ends = {"expires_at": now + LASTS}
    if leads:
        return [
            AnswerLink(user=one, nonce=new_nonce(), **facts, **ends) for one in leads if one != by
        ]
    by_number = sorted(people, key=lambda one: one.pk)
    return [AnswerLink(person=one, nonce=new_nonce(), **facts, **ends) for one in by_number]


def send(links: Iterable[AnswerLink], *, now: dt.datetime) -> None:
    """Post the message that carries each link; the matter says whom, about what and for the how
    manieth time."""
    posts = [
        Post(matter=_matter(link), to=_recipient(link), about=link, context={"link": link.pk})
        for link in links
    ]
    post_all(posts, kind=KIND, now=now)


def _recipient(link: AnswerLink) -> Recipient:
    if link.person is not None:
        return Recipient(email=link.person.email, name=link.person.name)
    return Recipient(user=link.user)


def _matter(link: AnswerLink) -> str:
    whom = f"u{link.user_id}" if link.user_id else f"p{link.person_id}"
    again = f":s{link.sends}" if link.sends > 1 else ""
    return f"{KIND}:{link.question_id}:{link.round}:{whom}{again}"


def new_nonce() -> str:
    """What makes the address of a link one that nobody can guess."""
    return secrets.token_hex(16)


def _record(
    event: Event, asking: Asking, known: Mapping[int, str], *, by: User, now: dt.datetime
) -> None:
    """``known`` are the codes of those who were asked before; the others' are looked up."""
    new = asking.first - known.keys()
    codes = dict(Organisation.objects.filter(pk__in=new).values_list("pk", "code")) if new else {}
    audit.record(
        by=by,
        verb="organisations asked" if asking.first or asking.again else "question closed",
        obj=event,
        after=asked_in_words(asking, {**known, **codes}),
        at=now,
    )


def asked_in_words(asking: Asking, codes: Mapping[int, str]) -> dict[str, list[str]]:
    """What the history says of an asking: the codes of those concerned."""
    return {
        name: sorted(codes[one] for one in ids)
        for name, ids in (
            ("asked", asking.first),
            ("asked_again", asking.again),
            ("asked_no_more", asking.over),
        )
        if ids
    }
