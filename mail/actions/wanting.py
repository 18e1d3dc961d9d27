"""Write down what a person wants to receive."""

import datetime as dt

from django.db import transaction

from accounts import audit
from accounts.models import User
from mail.models import Preference


@transaction.atomic
def choose(*, immediate: bool, digest: bool, by: User, now: dt.datetime) -> Preference:
    """Keep which messages ``by`` wants from now on; the same choice again changes nothing."""
    return _keep(by, {"immediate": immediate, "digest": digest}, now=now, verb="chose messages")


@transaction.atomic
def unsubscribe(*, user: User, now: dt.datetime) -> Preference:
    """No more digests to the holder of the link in one, who need not have signed in."""
    return _keep(user, {"digest": False}, now=now, verb="unsubscribed")


def _keep(user: User, wants: dict[str, bool], *, now: dt.datetime, verb: str) -> Preference:
    kept, made = Preference.objects.select_for_update().get_or_create(
        user=user, defaults={"changed_at": now}
    )
    before = {name: getattr(kept, name) for name in wants}
    if before == wants and not made:
        return kept
    for name, value in wants.items():
        setattr(kept, name, value)
    kept.changed_at = now
    kept.save()
    audit.record(by=user, verb=verb, obj=kept, before=before, after=wants, at=now)
    return kept
