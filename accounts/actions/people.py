"""Writes about people who sign in."""

import datetime as dt
import unicodedata

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from accounts import audit
from accounts.actions.grants import GrantRefused, OwnGrant, Why, give, hold_administrators
from accounts.actions.sessions import end_every_session
from accounts.first_password import reader_of
from accounts.models import RoleGrant, User
from accounts.roles import Role
from accounts.rules.grants import Period


@transaction.atomic
def add_user(
    *, email: str, name: str, password: str | None, role: Role, period: Period, why: Why
) -> User:
    """Add somebody who signs in, with one role. Without a password they choose it by a link.

    Raises ``ValidationError`` for an address that is none or is taken, or a weak password, and
    ``GrantRefused`` for a period that will not do.
    """
    user = _made(email, name, password)
    after = {"email": user.email, "name": user.name, "role": role}
    audit.record(by=why.by, verb="added", obj=user, after=after, at=why.now)
    give(RoleGrant, to=user, what={"role": role}, period=period, why=why)
    return user


@transaction.atomic
def join(*, email: str, name: str, password: str, now: dt.datetime) -> User:
    """Make the account of somebody who was invited, by their own hand. Grants are another action's.

    Raises ``ValidationError`` as ``add_user`` does.
    """
    user = _made(email, name, password)
    audit.record(
        by=user, verb="joined", obj=user, after={"email": user.email, "name": user.name}, at=now
    )
    return user


@transaction.atomic
def suspend(*, person: User, why: Why) -> None:
    """Shut somebody out: from their next request on they are not signed in and cannot sign in.

    Raises ``OwnGrant``, and ``GrantRefused`` for the last administrator or when it is so already.
    """
    person = _held(person, why)
    if not person.is_active:
        message = f"{person.name} is suspended already. Nothing was changed."
        raise GrantRefused(message)
    roles = RoleGrant.objects.on(why.today).filter(user=person, role=Role.ADMINISTRATOR)
    for last in roles.values_list("valid_to", flat=True):
        hold_administrators(without=person, lost=last, today=why.today)
    _set_active(person, "suspended", why, is_active=False)
    end_every_session(user=person)


@transaction.atomic
def restore(*, person: User, why: Why) -> None:
    """Let somebody who was suspended in again, with the grants that still hold.

    Raises ``OwnGrant``, and ``GrantRefused`` when they are not suspended.
    """
    person = _held(person, why)
    if person.is_active:
        message = f"{person.name} is not suspended. Nothing was changed."
        raise GrantRefused(message)
    _set_active(person, "restored", why, is_active=True)


@transaction.atomic
def new_first_link(*, person: User, why: Why) -> None:
    """End the link to a first password that was sent before, so that a newer one can be sent.

    Raises ``GrantRefused`` where there is a password, which only its owner replaces.
    """
    person = _held(person, why)
    if person.has_usable_password():
        message = f"{person.name} has a password. Who has forgotten theirs asks for a new one at the sign-in page."
        raise GrantRefused(message)
    person.set_unusable_password()
    person.save(update_fields=["password"])
    audit.record(by=why.by, verb="sent a link to choose a password", obj=person, at=why.now)


@transaction.atomic
def set_first_password(*, token: str, password: str, now: dt.datetime) -> User:
    """Set the password that the holder of the link chose; the link is used up by it.

    Raises ``LinkUnusable`` and, for a weak password, ``ValidationError``.
    """
    person = reader_of(token)
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    person = reader_of(token)  # somebody else may have used it while we waited
    validate_password(password, user=person)
    person.set_password(password)
    person.save(update_fields=["password"])
    audit.record(by=person, verb="chose a first password", obj=person, at=now)
    return person


def _made(email: str, name: str, password: str | None) -> User:
    name = unicodedata.normalize("NFC", name)
    validate_email(email)
    taken = f"{email} already has an account."
    if User.objects.filter(email__iexact=email).exists():
        raise ValidationError(taken)
    if password is not None:
        validate_password(password, user=User(email=email, name=name))
    try:
        with transaction.atomic():
            return User.objects.create_user(email=email, name=name, password=password)
    except IntegrityError as raced:  # somebody else made it since we looked
        raise ValidationError(taken) from raced


def _held(person: User, why: Why) -> User:
    """The person as they are now, alone until the transaction ends."""
    if why.by is not None and why.by.pk == person.pk:
        raise OwnGrant
    return User.objects.select_for_update(no_key=True).get(pk=person.pk)


def _set_active(person: User, verb: str, why: Why, *, is_active: bool) -> None:
    person.is_active = is_active
    person.save(update_fields=["is_active"])
    audit.record(by=why.by, verb=verb, obj=person, after={"reason": why.reason}, at=why.now)
