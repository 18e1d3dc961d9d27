"""What second factors a person has."""

import datetime as dt
from dataclasses import dataclass

from allauth.mfa.models import Authenticator

from accounts.models import User

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Factors that stand by themselves; recovery codes only help out."""


@dataclass(frozen=True)
class Passkey:
    """A passkey as its owner knows it."""

    pk: int
    name: str
    added_at: dt.datetime
    used_at: dt.datetime | None


@dataclass(frozen=True)
class Factors:
    """Everything that a person can show besides a password."""

    app: Authenticator | None
    passkeys: tuple[Passkey, ...]
    codes_left: int

    def __bool__(self) -> bool:
        return bool(self.app or self.passkeys)

    @property
    def only_one(self) -> bool:
        """Whether taking one away would leave none."""
        return bool(self.app) + len(self.passkeys) == 1


def has_second_factor(user: User) -> bool:
    """Whether ``user`` has an authenticator app or a passkey; one query."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=KINDS).exists()


def factors_of(user: User) -> Factors:
    """The factors of ``user``; one query."""
    rows = list(Authenticator.objects.filter(user_id=user.pk).order_by("created_at", "pk"))
    codes = next((row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    return Factors(
        app=next((row for row in rows if row.type == Authenticator.Type.TOTP), None),
        passkeys=tuple(
            Passkey(row.pk, row.wrap().name, row.created_at, row.last_used_at)
            for row in rows
            if row.type == Authenticator.Type.WEBAUTHN
        ),
        codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
    )


def recovery_codes_of(user: User) -> list[str]:
    """The recovery codes of ``user`` that were not used yet; none where there are none."""
    row = Authenticator.objects.filter(
        user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES
    ).first()
    return row.wrap().get_unused_codes() if row else []
