"""A response is kept: from the public form, typed in by staff, or collated by a lead.

Responses from a survey tool are written in bulk elsewhere, by the same rules.
"""

import datetime as dt
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts import audit
from accounts.models import User
from consultations.actions.telling import tell_received
from consultations.models import Answer, Group, Question, Respondent, Response
from consultations.rules.concerns import CONCERNS, concerns
from consultations.rules.respondents import fingerprint, register_key, respondent_key
from plans.models import Consultation
from stakeholders.models import Organisation


class SentBeforeError(Exception):
    """The same form came before with other words; ``response`` is what was kept, and all that is."""

    def __init__(self, response: Response) -> None:
        self.response = response
        super().__init__(str(response))


@dataclass(frozen=True, kw_only=True)
class Said:
    """What was said to one question."""

    question_id: int
    text: str = ""
    choice: str = ""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A response as it came. ``organisation`` only where its own people send it, signed in.

    ``form_key`` makes a form that was sent twice one response. ``wants_news``: the sender is told
    what becomes of it, by ``email`` or, for an organisation of the register, as who signed in.
    ``tells`` is off where the address of the receipt is not to be mailed now.
    """

    route: str
    received_on: dt.date
    form_key: uuid.UUID
    answers: Sequence[Said]
    kind: str
    group: str = Group.UNKNOWN
    organisation: Organisation | None = None
    organisation_name: str = ""
    name: str = ""
    email: str = ""
    wants_news: bool = False
    tells: bool = True

    def said(self) -> list[tuple[int, str, str]]:
        """Every answer that says anything, by question."""
        found = [(one.question_id, one.text, one.choice) for one in self.answers]
        return sorted(one for one in found if one[1] or one[2])

    def key(self) -> str:
        """By which a repeat is told."""
        if self.organisation is not None:
            return register_key(self.organisation.code)
        return respondent_key(
            kind=self.kind,
            email=self.email,
            name=self.name,
            organisation_name=self.organisation_name,
        )


@transaction.atomic
def receive(
    *, consultation: Consultation, sent: Sent, by: User | None, now: dt.datetime
) -> Response:
    """Keep a response; nobody but those who work on it reads it before it was cleared.

    The same form sent twice makes one response. Raises ``SentBeforeError`` where it comes with other
    words, and ``ValueError`` for one without any answer or with answers to other questions. The
    audit row says that it came and how, and nothing of what it says.
    """
    Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    there = Response.objects.filter(form_key=sent.form_key).select_related("respondent").first()
    if there is not None:
        if _is_same(there, sent):
            return there
        raise SentBeforeError(there)
    said = sent.said()
    _refuse_other_questions(consultation, said)
    respondent = _respondent(consultation, sent, by=by, now=now)
    first = respondent.responses.order_by("pk").first()
    found = {code for _, text, choice in said for code in concerns(f"{text}\n{choice}")}
    response = Response.objects.create(
        consultation=consultation,
        respondent=respondent,
        route=sent.route,
        received_on=sent.received_on,
        recorded_at=now,
        recorded_by=by,
        nonce=secrets.token_hex(16),
        form_key=sent.form_key,
        fingerprint=fingerprint(text for _, text, _ in said),
        repeat_of=first,
        is_late=sent.received_on > consultation.closes_on,
        concerns=[code for code in CONCERNS if code in found],
    )
    Answer.objects.bulk_create(
        Answer(response=response, question_id=question, text=text, choice=choice)
        for question, text, choice in said
    )
    audit.record(
        by=by,
        verb="response received",
        obj=response,
        after={
            "consultation": consultation.pk,
            "route": sent.route,
            "received_on": sent.received_on,
            "is_late": response.is_late,
            "is_repeat": first is not None,
        },
        at=now,
        on_behalf_of=sent.organisation or "",
    )
    if sent.tells:
        tell_received(response, now=now)
    return response


def _is_same(there: Response, sent: Sent) -> bool:
    kept = there.answers.values_list("question_id", "text", "choice")
    return sorted(kept) == sent.said()


def _refuse_other_questions(
    consultation: Consultation, said: Sequence[tuple[int, str, str]]
) -> None:
    if not said:
        message = "A response answers one question at least."
        raise ValueError(message)
    asked = {question for question, _, _ in said}
    ours = Question.objects.filter(survey__consultation=consultation, pk__in=asked)
    if ours.count() != len(asked):
        message = "This consultation does not ask that, or asks it once."
        raise ValueError(message)


def _respondent(
    consultation: Consultation, sent: Sent, *, by: User | None, now: dt.datetime
) -> Respondent:
    """Who it is: the one who answered before by the same key, or a new one."""
    key = sent.key()
    there = Respondent.objects.filter(consultation=consultation, key=key).first() if key else None
    if there is not None:
        return _added_to(there, sent)
    is_matched = sent.organisation is not None
    return Respondent.objects.create(
        consultation=consultation,
        kind=sent.kind,
        group=sent.group,
        organisation=sent.organisation,
        organisation_name=sent.organisation_name,
        name=sent.name,
        email=sent.email,
        wants_news=sent.wants_news,
        key=key,
        matched_at=now if is_matched else None,
        matched_by=by if is_matched else None,
    )


def _added_to(there: Respondent, sent: Sent) -> Respondent:
    """What they said of themselves this time fills in what they had left out, and changes nothing."""
    for field in ("organisation_name", "name", "email"):
        if not getattr(there, field):
            setattr(there, field, getattr(sent, field))
    if there.group == Group.UNKNOWN:
        there.group = sent.group
    there.wants_news = there.wants_news or sent.wants_news
    there.save(update_fields=["organisation_name", "name", "email", "group", "wants_news"])
    return there
