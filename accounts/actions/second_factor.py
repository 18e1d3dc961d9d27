"""Writes about second factors: setting one up, using it, taking it away."""

import datetime as dt
import hmac
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal.auth import WebAuthn
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from accounts import audit
from accounts.actions.sessions import end_every_session
from accounts.models import User
from accounts.queries.second_factor import KINDS, factors_of

STEP = 30
"""Seconds for which an app shows one code (RFC 6238)."""
DRIFT = 1
"""How many codes earlier or later are taken as well, for telephones whose clock is a little off."""
LAST = "last_step"
"""Where the step of the last code is kept: neither it nor an earlier one is taken again."""


class LastFactorNeeded(Exception):  # noqa: N818 - it says what is so
    """The only second factor of somebody who must have one was to be taken away."""


def step_of(secret: str, code: str, *, now: dt.datetime) -> int | None:
    """The step whose code this is, around ``now``; None for a wrong code."""
    here = int(now.timestamp()) // STEP
    for step in range(here - DRIFT, here + DRIFT + 1):
        expected = format_hotp_value(hotp_value(secret, step))
        if hmac.compare_digest(expected.encode(), code.encode("utf-8", "replace")):
            return step
    return None


@transaction.atomic
def add_app(*, by: User, secret: str, step: int, now: dt.datetime) -> bool:
    """Set up an authenticator app in place of an earlier one; True where recovery codes are new.

    ``step`` is that of the code which proved it; that code is used up.
    """
    User.objects.select_for_update().get(pk=by.pk)
    Authenticator.objects.filter(user=by, type=Authenticator.Type.TOTP).delete()
    row = TOTP.activate(by, secret).instance
    row.data[LAST] = step
    row.save()
    audit.record(by=by, verb="set up an authenticator app", obj=by, at=now)
    return _ensure_codes(by, now)


@transaction.atomic
def add_passkey(*, by: User, name: str, credential: dict[str, Any], now: dt.datetime) -> bool:
    """Keep a passkey whose registration was checked; True where recovery codes are new."""
    User.objects.select_for_update().get(pk=by.pk)
    WebAuthn.add(by, name, credential)
    audit.record(by=by, verb="added a passkey", obj=by, after={"name": name}, at=now)
    return _ensure_codes(by, now)


@transaction.atomic
def renew_recovery_codes(*, by: User, now: dt.datetime) -> None:
    """Make new recovery codes; the old ones are worth nothing from now on."""
    User.objects.select_for_update().get(pk=by.pk)
    Authenticator.objects.filter(user=by, type=Authenticator.Type.RECOVERY_CODES).delete()
    _ensure_codes(by, now)


def _ensure_codes(by: User, now: dt.datetime) -> bool:
    if Authenticator.objects.filter(user=by, type=Authenticator.Type.RECOVERY_CODES).exists():
        return False
    RecoveryCodes.activate(by)
    audit.record(by=by, verb="made recovery codes", obj=by, at=now)
    return True


@transaction.atomic
def use_code(*, user: User, code: str, now: dt.datetime) -> str:
    """Take a code of the app or a recovery code, once. Gives the kind, or an empty text if refused."""
    rows = Authenticator.objects.select_for_update().filter(user=user)
    for row in rows.exclude(type=Authenticator.Type.WEBAUTHN):
        if row.type == Authenticator.Type.TOTP:
            step = step_of(decrypt(row.data["secret"]), code, now=now)
            if step is not None and step > row.data.get(LAST, -1):
                row.data[LAST] = step
                row.last_used_at = now
                row.save()
                audit.record(by=user, verb="gave a code of the app", obj=user, at=now)
                return str(row.type)
        elif code.isascii() and row.wrap().validate_code(code):
            audit.record(by=user, verb="used a recovery code", obj=user, at=now)
            return str(row.type)
    return ""


@transaction.atomic
def note_passkey_used(*, passkey: Authenticator, now: dt.datetime) -> None:
    """Keep when a passkey was last used."""
    Authenticator.objects.filter(pk=passkey.pk).update(last_used_at=now)
    audit.record(by=passkey.user, verb="used a passkey", obj=passkey.user, at=now)


@transaction.atomic
def remove_factor(*, by: User, pk: int, must_keep_one: bool, now: dt.datetime) -> bool:
    """Take away the app or a passkey of ``by``; False where it is gone already.

    With the last one the recovery codes go too. Raises ``LastFactorNeeded`` where it is the last
    one and ``must_keep_one``.
    """
    User.objects.select_for_update().get(pk=by.pk)
    row = Authenticator.objects.filter(user=by, pk=pk, type__in=KINDS).first()
    if row is None:
        return False
    is_last = factors_of(by).only_one
    if is_last and must_keep_one:
        raise LastFactorNeeded
    if is_last:
        Authenticator.objects.filter(user=by).delete()
    else:
        row.delete()
    verb = "removed a passkey" if row.type == Authenticator.Type.WEBAUTHN else "removed the app"
    audit.record(by=by, verb=verb, obj=by, at=now)
    return True


@transaction.atomic
def reset_second_factor(*, user_id: int, by: User | None, reason: str, now: dt.datetime) -> None:
    """Take every factor, provider link and session of a colleague away, who then sets up anew.

    ``by`` is None for the command on the server. Raises ``ValueError`` where somebody would reset
    their own.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    if by is not None and user.pk == by.pk:
        message = "Nobody resets their own second factor."
        raise ValueError(message)
    kinds = sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    end_every_session(user=user)
    audit.record(
        by=by,
        verb="reset the second factor",
        obj=user,
        before={"factors": kinds},
        after={"reason": reason},
        at=now,
    )
