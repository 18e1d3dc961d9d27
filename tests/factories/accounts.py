"""People who sign in."""

import datetime as dt
from itertools import count

from accounts.models import RoleGrant, User
from accounts.roles import Role

LONG_AGO = dt.date(2013, 4, 1)
PASSWORD = "a long password for tests"
_numbers = count(1)


def user(
    *roles: Role, name: str = "", valid_from: dt.date = LONG_AGO, synthetic: bool = False
) -> User:
    """A person with these roles since long ago."""
    number = next(_numbers)
    person = User.objects.create_user(
        email=f"person{number}@example.org", name=name or f"Person {number}", password=PASSWORD
    )
    if synthetic:
        User.objects.filter(pk=person.pk).update(is_synthetic=True)
    for role in roles:
        RoleGrant.objects.create(user=person, role=role, valid_from=valid_from)
    return person
