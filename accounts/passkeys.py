"""Passkeys: what the browser is asked, and whether its answer holds.

allauth's own functions do the checking; they read the challenge from the session. Whatever a
browser may send instead of an answer ends in one sentence and never in a fault.
"""

import struct
from collections.abc import Callable
from typing import Any, TypeVar

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError

from accounts.models import User

Kind = TypeVar("Kind")
REFUSED = "The passkey was not accepted. Try again, or use another way."
BAD = (
    ValidationError, ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError,
    AssertionError, struct.error,
)  # fmt: skip
"""What the libraries raise at an answer that is none."""


def question_to_add(user: User) -> dict[str, Any]:
    """What the browser is asked so that it makes a passkey: usable for sign-in where it can be."""
    options = auth.begin_registration(user, passwordless=False)
    chosen = dict(options["publicKey"].get("authenticatorSelection") or {})
    chosen |= {"residentKey": "preferred", "requireResidentKey": False}
    return {"publicKey": {**options["publicKey"], "authenticatorSelection": chosen}}


def question_to_use(user: User | None) -> dict[str, Any]:
    """What the browser is asked so that it shows a passkey of ``user``, or of anybody."""
    return auth.begin_authentication(user)


def check_new(answer: dict[str, Any]) -> None:
    """Raises ``ValidationError`` where the answer is not to our question."""

    def check() -> None:
        auth.parse_registration_response(answer)
        auth.complete_registration(answer)

    _sentence(check)


def owner_and_passkey(answer: dict[str, Any]) -> Authenticator:
    """The passkey of a sign-in without a password, with its owner as ``.user``.

    Raises ``ValidationError`` for an unknown passkey, a wrong answer and a suspended owner alike.
    """

    def check() -> Authenticator:
        user = auth.extract_user_from_response(answer)
        if not user.is_active:
            raise ValidationError(REFUSED)
        return _complete(user, answer)

    return _sentence(check)


def passkey_of(user: User, answer: dict[str, Any]) -> Authenticator:
    """The passkey of ``user`` that gave this answer. Raises ``ValidationError`` for any other."""
    return _sentence(lambda: _complete(user, answer))


def _complete(user: Any, answer: dict[str, Any]) -> Authenticator:
    auth.parse_authentication_response(answer)
    return auth.complete_authentication(user, answer)


def _sentence(check: Callable[[], Kind]) -> Kind:
    try:
        return check()
    except BAD as problem:
        raise ValidationError(REFUSED) from problem
