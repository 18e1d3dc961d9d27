"""Who is meant by an e-mail address, and whether they may sign in."""

import datetime as dt

from accounts.models import RoleGrant, User
from accounts.permissions import roles_of


def person_at(address: str) -> User | None:
    """The person with this e-mail address, whatever its case; nobody for a look-alike.

    Databases take letters of other alphabets for ours when case is set aside (the Kelvin sign for
    k), so what they find is compared once more: only A to Z may differ in case.
    """
    found = User.objects.filter(email__iexact=address).first()
    return found if found is not None and _folded(found.email) == _folded(address) else None


def may_sign_in(user: User, *, today: dt.date) -> bool:
    """Whether ``user`` is neither suspended nor somebody whose every role has run out.

    Somebody who never had a role may: they are told that they have none yet.
    """
    if not user.is_active:
        return False
    if roles_of(user, today=today):
        return True
    return not RoleGrant.objects.filter(user=user).exists()


def _folded(address: str) -> str:
    return address.translate({code: code + 32 for code in range(ord("A"), ord("Z") + 1)})
