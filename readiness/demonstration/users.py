"""Writes the users: those of the sign-in page, and managers who only record."""

import datetime as dt
from collections.abc import Mapping

from django.contrib.auth.hashers import make_password

from accounts.demonstration import ACCOUNTS, MANAGER, PASSWORD, DemonstrationAccount
from accounts.models import RoleGrant, User
from accounts.roles import Role
from plans.models import Footprint, FootprintGrant, Region
from readiness.demonstration.register import Register
from stakeholders.models import Representative

RECORDERS = (
    DemonstrationAccount(
        email="manager.north@example.org",
        name="Ruth Hargreaves",
        role=Role.MANAGER,
        about="the rest of the North",
        region="Y54",
    ),
    DemonstrationAccount(
        email="manager.midlands@example.org",
        name="Vikram Mehta",
        role=Role.MANAGER,
        about="the Midlands and East",
        region="Y55",
    ),
    DemonstrationAccount(
        email="manager.south@example.org",
        name="Eleanor Birch",
        role=Role.MANAGER,
        about="the South",
        region="Y57",
    ),
)
"""Managers in whose name events were recorded and as whom nobody signs in."""


def recorder(users: Mapping[str, User], *, region: str, footprint: str) -> User:
    """The manager who records what happens in a footprint."""
    if footprint in MANAGER.footprints:
        return users[MANAGER.email]
    for account in (*ACCOUNTS, *RECORDERS):
        if account.region == region:
            return users[account.email]
    raise LookupError(region)


def write(
    register: Register, footprints: dict[str, Footprint], *, since: dt.date
) -> dict[str, User]:
    """Every user with a role, and with a grant or an organisation to answer for; by address."""
    accounts = [*ACCOUNTS, *RECORDERS]
    users = User.objects.bulk_create([_user(account) for account in accounts])
    pairs = list(zip(users, accounts, strict=True))
    RoleGrant.objects.bulk_create(
        [RoleGrant(user=user, role=one.role, valid_from=since) for user, one in pairs]
    )
    regions = {region.code: region for region in Region.objects.all()}
    FootprintGrant.objects.bulk_create(
        [
            FootprintGrant(
                user=user,
                footprint=footprints.get(code),
                region=regions.get(code),
                valid_from=since,
            )
            for user, one in pairs
            for code in (*one.footprints, one.region)
            if code
        ]
    )
    Representative.objects.bulk_create(
        [
            Representative(user=user, organisation=register[one.organisation], valid_from=since)
            for user, one in pairs
            if one.organisation
        ]
    )
    return {user.email: user for user in users}


def _user(account: DemonstrationAccount) -> User:
    """Recorders get a password that nothing matches."""
    password = None if account in RECORDERS else PASSWORD
    return User(
        email=account.email,
        name=account.name,
        password=make_password(password),
        is_synthetic=True,
    )
