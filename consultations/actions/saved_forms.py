"""A form that somebody will come back to: kept for 14 days, gone once it was sent."""

import datetime as dt
import secrets
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from consultations.actions.telling import tell_saved
from consultations.models import SavedForm, Survey
from consultations.rules.surveys import SAVED_FOR


@transaction.atomic
def save_form(
    *,
    survey: Survey,
    content: Mapping[str, str],
    saved_id: int | None,
    email: str,
    now: dt.datetime,
) -> SavedForm:
    """Keep what was typed so far until the end of the 14th day from now, in place of what was kept
    before.

    ``email``: where the address to return by is sent, unless it is empty. No history is kept of a
    stranger's draft.
    """
    last_day = timezone.localtime(now).date() + SAVED_FOR
    expires_at = timezone.make_aware(dt.datetime.combine(last_day, dt.time.max))
    there = SavedForm.objects.select_for_update().filter(survey=survey)
    saved = there.filter(pk=saved_id).first() if saved_id else None
    if saved is None:
        saved = SavedForm(survey=survey, nonce=secrets.token_hex(16))
    saved.content, saved.saved_at, saved.expires_at = dict(content), now, expires_at
    saved.save()
    if email:
        tell_saved(saved, email=email, now=now)
    return saved


@transaction.atomic
def drop_form(*, saved_id: int) -> None:
    """It was sent, so what was kept of it goes."""
    SavedForm.objects.filter(pk=saved_id).delete()


@transaction.atomic
def drop_old_forms(*, now: dt.datetime) -> int:
    """Those whose time is over go, with all that was typed. How many they were."""
    number, _ = SavedForm.objects.filter(expires_at__lte=now).delete()
    return int(number)
