"""A lead gathers the comments of members on a plan; members write them without an account.

The comments belong to the lead: no audit row, message or log holds a word of them or says who wrote.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from consultations.actions.responses import Said as Answered
from consultations.actions.responses import Sent, receive
from consultations.queries.surveys import question_for_one_text
from consultations.rules.groups import group_of
from engagement.actions.claims import Said, make_claim
from engagement.models import Channel, Claim, ClaimKind, Collation, Comment
from engagement.queries.collations import comment_with_key, is_open, response_key
from engagement.rules.codes import new_code
from engagement.rules.collations import COMMENTS
from plans.models import Consultation, Plan
from stakeholders.models import Organisation


class CollationClosedError(Exception):
    """It takes no comments and no changes any more."""


class CollationOpenError(Exception):
    """Members may still comment: the response would leave out what comes next."""


class CollationFullError(Exception):
    """It has had as many comments as one collation takes."""


class NothingGatheredError(Exception):
    """Every comment was left out, or none came: there are no members' views to send."""


@transaction.atomic
def open_collation(  # noqa: PLR0913  (a question to members has this many facts)
    *,
    organisation: Organisation,
    plan: Plan,
    question: str,
    closes_on: dt.date,
    by: User,
    now: dt.datetime,
    consultation: Consultation | None = None,
) -> Collation:
    """Ask the members about a plan, or about a consultation on it; it gets a code to share.

    A lead who asks the same about the same until the same day again, as by a form sent twice, gets
    the open collation back. Raises ``ValueError`` for a consultation on another plan.
    """
    if consultation is not None and consultation.plan_id != plan.pk:
        message = "The consultation is about another plan."
        raise ValueError(message)
    Plan.objects.select_for_update().get(pk=plan.pk)
    there = Collation.objects.filter(
        organisation=organisation, plan=plan, consultation=consultation, question=question,
        closes_on=closes_on, opened_by=by, closed_at__isnull=True,
    ).first()  # fmt: skip
    if there:
        return there
    collation = Collation.objects.create(
        organisation=organisation,
        plan=plan,
        consultation=consultation,
        question=question,
        code=new_code(),
        closes_on=closes_on,
        opened_at=now,
        opened_by=by,
    )
    after = {"plan": plan.code, "closes_on": closes_on}
    if consultation is not None:
        after |= {"consultation": consultation.title}
    _record(collation, "collation opened", after, by=by, now=now)
    return collation


@transaction.atomic
def add_comment(
    *,
    collation_id: int,
    practice_id: int | None,
    name: str,
    words: str,
    form_key: uuid.UUID,
    now: dt.datetime,
) -> Comment:
    """Keep what a member wrote; the same form sent twice makes one comment.

    Raises ``CollationClosedError`` and ``CollationFullError``; ``ValueError`` without words. The
    audit row says that a comment came, and nothing else.
    """
    if not words.strip():
        message = "Write the comment."
        raise ValueError(message)
    collation = _held(collation_id)
    key = uuid.uuid5(form_key, f"{collation_id} {practice_id} {name}\n{words}")
    if there := comment_with_key(key):
        return there
    if not is_open(collation, today=timezone.localtime(now).date()):
        raise CollationClosedError(collation_id)
    if collation.comments.count() >= COMMENTS:
        raise CollationFullError(collation_id)
    comment = Comment.objects.create(
        collation=collation,
        practice_id=practice_id,
        name=name,
        words=words,
        written_at=now,
        form_key=key,
    )
    audit.record(by=None, verb="comment came", obj=collation, at=now)
    return comment


@transaction.atomic
def choose_comments(
    *, collation_id: int, used: Collection[int], by: User, now: dt.datetime
) -> None:
    """Use these comments of the collation and leave the others out; a later choice replaces it.

    Raises ``CollationClosedError`` once the response was sent.
    """
    collation = _held(collation_id)
    _refuse_sent(collation)
    comments = Comment.objects.filter(collation=collation)
    out = comments.filter(left_out_at__isnull=True).exclude(pk__in=used).update(left_out_at=now)
    back = comments.filter(left_out_at__isnull=False, pk__in=used).update(left_out_at=None)
    if out or back:
        after = {"left_out": out, "taken_in": back}
        _record(collation, "comments chosen", after, by=by, now=now)


@transaction.atomic
def close_collation(*, collation_id: int, by: User, now: dt.datetime) -> None:
    """Take no more comments from now on; what came can still be put together and sent."""
    collation = _held(collation_id)
    if collation.closed_at is not None:
        return
    _close(collation, now)
    _record(collation, "collation closed", {}, by=by, now=now)


@transaction.atomic
def send_response(*, collation_id: int, words: str, by: User, now: dt.datetime) -> Claim:
    """Send what the members said as one response: a claim of the organisation on the plan.

    Where they were asked about a consultation, it is a response to that as well. The collation is over for good; sent twice, the response that was sent first is returned.
    Raises ``CollationOpenError``, ``NothingGatheredError`` and, without words, ``ValueError``.
    """
    collation = _held(collation_id)
    if collation.response is not None:
        return collation.response
    if is_open(collation, today=timezone.localtime(now).date()):
        raise CollationOpenError(collation_id)
    if not collation.comments.filter(left_out_at__isnull=True).exists():
        raise NothingGatheredError(collation_id)
    claim = make_claim(
        plan=collation.plan,
        organisation=collation.organisation,
        said=Said(
            kind=ClaimKind.SENT,
            happened_on=timezone.localtime(now).date(),
            channel=Channel.LETTER,
            words=words,
        ),
        form_key=uuid.uuid5(uuid.NAMESPACE_URL, f"collation {collation.pk}"),
        by=by,
        now=now,
    )
    collation.response = claim
    collation.save(update_fields=["response"])
    _answer_consultation(collation, words, by=by, now=now)
    if collation.closed_at is None:
        _close(collation, now)
    _record(collation, "members' response sent", {"claim": claim.pk}, by=by, now=now)
    return claim


def _answer_consultation(collation: Collation, words: str, *, by: User, now: dt.datetime) -> None:
    """The same words as a response of the organisation, which waits to be read as any other does;
    none where the consultation does not go forward any more."""
    asked = collation.consultation
    if asked is None or asked.withdrawn_at or asked.dropped_on:
        return
    question = question_for_one_text(asked.pk)
    if question is None:
        return
    organisation = collation.organisation
    sent = Sent(
        route="collated",
        received_on=timezone.localtime(now).date(),
        form_key=response_key(collation),
        answers=[Answered(question_id=question.pk, text=words)],
        kind="organisation",
        group=group_of(organisation.category),
        organisation=organisation,
        organisation_name=organisation.name,
        wants_news=True,
    )
    receive(consultation=asked, sent=sent, by=by, now=now)


def _held(collation_id: int) -> Collation:
    """The collation, held until the transaction ends: no comment comes while it is sent."""
    held = Collation.objects.select_for_update(of=("self",))
    return held.select_related("organisation", "plan", "consultation", "response").get(
        pk=collation_id
    )


def _refuse_sent(collation: Collation) -> None:
    if collation.response_id is not None:
        raise CollationClosedError(collation.pk)


def _close(collation: Collation, now: dt.datetime) -> None:
    collation.closed_at = now
    collation.save(update_fields=["closed_at"])


def _record(
    collation: Collation, verb: str, after: Mapping[str, object], *, by: User, now: dt.datetime
) -> None:
    audit.record(
        by=by, verb=verb, obj=collation, after=after, at=now, on_behalf_of=collation.organisation
    )
