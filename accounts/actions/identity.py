"""Who somebody is whom an identity provider has signed in."""

import datetime as dt
from collections.abc import Sequence

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from accounts import audit
from accounts.models import User


class UnknownPerson(Exception):  # noqa: N818  # reads as what is so
    """No account of ours is this person's, or it is suspended."""


@transaction.atomic
def person_of(*, provider: str, uid: str, emails: Sequence[str], now: dt.datetime) -> User:
    """The person whom ``provider`` knows as ``uid``.

    Who comes for the first time is found by an address that the provider confirmed (``emails``) and
    is tied to ``uid`` from then on: a changed address changes nothing, and somebody who is given
    the address of a person tied already does not get that person's account. Raises ``UnknownPerson``.
    """
    tied = SocialAccount.objects.select_related("user").filter(provider=provider, uid=uid).first()
    if tied is not None:
        if not tied.user.is_active:
            raise UnknownPerson
        return tied.user
    users = [user for email in emails for user in User.objects.filter(email__iexact=email)]
    if len(users) != 1 or not users[0].is_active:
        raise UnknownPerson
    user = User.objects.select_for_update().get(pk=users[0].pk)
    if SocialAccount.objects.filter(user=user, provider=provider).exists():
        raise UnknownPerson
    SocialAccount.objects.create(user=user, provider=provider, uid=uid)
    audit.record(by=user, verb="was tied to the identity provider", obj=user, at=now)
    return user
