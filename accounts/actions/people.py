"""Writes about people who sign in."""

import datetime as dt

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from accounts import audit
from accounts.models import RoleGrant, User
from accounts.roles import Role


@transaction.atomic
def note_sign_in(*, by: User, now: dt.datetime) -> None:
    """Keep in the audit trail that ``by`` has just signed in."""
    audit.record(by=by, verb="signed in", obj=by, at=now)


@transaction.atomic
def add_user(  # noqa: PLR0913  (a person has this many facts)
    *,
    by: User | None,
    email: str,
    name: str,
    password: str,
    role: Role,
    now: dt.datetime,
    today: dt.date,
) -> User:
    """Add somebody who signs in, with one role from ``today`` on.

    Raises ``ValidationError`` for an address that is none or is taken, or a weak password.
    """
    validate_email(email)
    if User.objects.filter(email__iexact=email).exists():
        message = f"{email} already has an account."
        raise ValidationError(message)
    validate_password(password, user=User(email=email, name=name))
    user = User.objects.create_user(email=email, name=name, password=password)
    RoleGrant.objects.create(user=user, role=role, valid_from=today, granted_by=by)
    audit.record(by=by, verb="added", obj=user, after={"email": email, "role": role}, at=now)
    return user
