"""The mails to those who answer a consultation, written out when they are sent.

They hold no word that was typed into the form, and lead to a page by an address that only its
receiver knows.
"""

import datetime as dt
from typing import Any

from django.utils import timezone

from consultations.models import Response
from consultations.queries import receipts, surveys
from mail.models import Message
from mail.writing import Letter, address, write
from ui.words import nhs_date


def response_received(message: Message, *, now: dt.datetime) -> Letter | None:
    """The address of the receipt."""
    response = receipts.response_told_of(message.context["response"])
    if response is None:
        return None
    subject = f"We have your answers: {response.consultation.title}"
    return write("consultations/response_received", _about(message, response), subject=subject)


def response_moved(message: Message, *, now: dt.datetime) -> Letter | None:
    """Something was decided about what they said. Pointless where that was taken back meanwhile."""
    response = receipts.response_told_of(message.context["response"])
    if response is None or not response.respondent.wants_news:
        return None
    themes = {one for answer in receipts.answers_of(response) for one in answer.standing}  # type: ignore[attr-defined]
    if not any(one.disposition for one in themes):
        return None
    subject = f"What became of your answers: {response.consultation.title}"
    return write("consultations/response_moved", _about(message, response), subject=subject)


def response_saved(message: Message, *, now: dt.datetime) -> Letter | None:
    """The address to return by. Pointless once the form was sent or its time is over."""
    saved = surveys.saved_by_pk(message.context["saved"], now=now)
    if saved is None:
        return None
    asked = saved.survey.consultation
    until = min(timezone.localtime(saved.expires_at).date(), asked.closes_on)
    context = {
        "name": message.name,
        "why": "You get this because somebody gave this address to come back to a form.",
        "consultation": asked.title,
        "plan": asked.plan.title,
        "until": nhs_date(until),
        "link": address(surveys.path_back(saved)),
    }
    return write("consultations/response_saved", context, subject=f"Saved: {asked.title}")


def _about(message: Message, response: Response) -> dict[str, Any]:
    user, ours = message.user, response.respondent.organisation
    why = (
        f"You get this because you answered for {ours.name}."
        if user and ours
        else "You get this because somebody gave this address with an answer to a consultation."
    )
    return {
        "name": str(user) if user else message.name,
        "why": why,
        "consultation": response.consultation.title,
        "plan": response.consultation.plan.title,
        "link": address(receipts.path_of(response)),
    }
