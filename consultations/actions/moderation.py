"""Which words of an answer may be published: a person clears them, one by one."""

import datetime as dt

from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from consultations.actions.coding import NotClearedError, hold, refuse_changed
from consultations.models import Answer, Moderation, Response
from consultations.rules.quotes import is_quoted_from


class NotTheirWordsError(ValueError):
    """What is to be quoted does not stand in the answer."""


@transaction.atomic
def clear_quote(
    *, answer: Answer, words: str, seen_version: int, by: User, now: dt.datetime
) -> bool:
    """Clear these words of the answer for publication; without words none are. False where it is so.

    Raises ``NotClearedError`` for a response that nobody has cleared, ``NotTheirWordsError`` for what
    they did not write, ``ChangedMeanwhileError`` when somebody was quicker.
    """
    response, words = hold(answer.response_id), words.strip()
    if words and response.moderation != Moderation.CLEARED:
        raise NotClearedError(response.pk)
    held = Answer.objects.select_for_update().get(pk=answer.pk)
    if words and not is_quoted_from(held.text, words):
        raise NotTheirWordsError
    if held.quote == words:
        return False
    refuse_changed(response, seen_version)
    Answer.objects.filter(pk=held.pk).update(
        quote=words, quoted_at=now if words else None, quoted_by=by if words else None
    )
    Response.objects.filter(pk=response.pk).update(version=F("version") + 1)
    audit.record(
        by=by,
        verb="quotation cleared" if words else "quotation taken back",
        obj=response,
        before={"words": held.quote},
        after={"words": words},
        at=now,
    )
    return True
