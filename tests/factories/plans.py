"""Footprints, memberships and plans."""

import datetime as dt
from itertools import count

from accounts.models import User
from accounts.roles import Role
from plans.models import (
    Extent,
    Footprint,
    FootprintGrant,
    FootprintRegion,
    Membership,
    Phase,
    Plan,
    PlanType,
    Region,
)
from stakeholders.models import Organisation
from tests.factories import accounts

LONG_AGO = accounts.LONG_AGO
_numbers = count(1)


def region(name: str = "") -> Region:
    number = next(_numbers)
    return Region.objects.create(code=f"R{number}", name=name or f"Region {number}")


def footprint(*members: Organisation, name: str = "", in_region: Region | None = None) -> Footprint:
    """A footprint to which ``members`` have belonged whole since long ago."""
    number = next(_numbers)
    made = Footprint.objects.create(
        code=f"F{number:03d}", name=name or f"Footprint {number}", opened_on=LONG_AGO
    )
    if in_region is not None:
        FootprintRegion.objects.create(footprint=made, region=in_region, valid_from=LONG_AGO)
    for member in members:
        belong(member, made)
    return made


def belong(
    member: Organisation,
    to: Footprint,
    *,
    extent: str = Extent.WHOLE,
    valid_from: dt.date = LONG_AGO,
    valid_to: dt.date | None = None,
) -> Membership:
    return Membership.objects.create(
        organisation=member,
        footprint=to,
        extent=extent,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def plan(
    of: Footprint,
    *,
    plan_type: str = PlanType.STP_2016,
    starts_on: dt.date = dt.date(2016, 1, 15),
    first_draft_on: dt.date | None = dt.date(2016, 6, 30),
    submission_on: dt.date = dt.date(2016, 10, 21),
    phases: tuple[tuple[str, dt.date, dt.date], ...] | None = None,
) -> Plan:
    """A plan of 2016 with three phases, unless told otherwise; stale, as every new plan is."""
    made = Plan.objects.create(
        code=f"{of.code.lower()}-{plan_type.replace('_', '-')}",
        title=f"{of.name} plan",
        footprint=of,
        plan_type=plan_type,
        starts_on=starts_on,
        first_draft_on=first_draft_on,
        submission_on=submission_on,
    )
    third = (submission_on - starts_on) // 3
    default = (
        ("Set-up", starts_on, starts_on + third),
        ("Drafting", starts_on + third + dt.timedelta(1), starts_on + 2 * third),
        ("Assurance", starts_on + 2 * third + dt.timedelta(1), submission_on),
    )
    for name, begins, ends in default if phases is None else phases:
        Phase.objects.create(plan=made, name=name, starts_on=begins, ends_on=ends)
    return made


def manager(*of: Footprint, in_region: Region | None = None) -> User:
    """A regional manager of these footprints, or of a whole region."""
    made = accounts.user(Role.MANAGER)
    for one in of:
        FootprintGrant.objects.create(user=made, footprint=one, valid_from=LONG_AGO)
    if in_region is not None:
        FootprintGrant.objects.create(user=made, region=in_region, valid_from=LONG_AGO)
    return made
