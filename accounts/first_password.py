"""The link by which somebody who was let in chooses their first password.

Its token says who and is good for seven days and for one password: it is bound to the password
that was there when it was made, so that setting one, or asking for a newer link, ends it. Nothing
of it is stored.
"""

import datetime as dt

from django.core import signing
from django.utils.crypto import salted_hmac

from accounts.models import User

LASTS = dt.timedelta(days=7)
SALT = "accounts.first_password"


class LinkUnusable(Exception):  # noqa: N818  # reads as what is so
    """The link is altered, too old or used; ``known`` when it was ours and has had its day."""

    def __init__(self, *, known: bool) -> None:
        super().__init__("The link cannot be used.")
        self.known = known


def token_for(user: User) -> str:
    """A token for the password that ``user`` has, or has not, at this moment."""
    return signing.dumps([user.pk, _mark(user)], salt=SALT)


def reader_of(token: str) -> User:
    """Who may choose a password by this token. Raises ``LinkUnusable``."""
    try:
        pk, mark = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.SignatureExpired as old:
        raise LinkUnusable(known=True) from old
    except signing.BadSignature as altered:
        raise LinkUnusable(known=False) from altered
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None or _mark(user) != mark:
        raise LinkUnusable(known=True)
    return user


def _mark(user: User) -> str:
    return salted_hmac(SALT, user.password, algorithm="sha256").hexdigest()[:32]
