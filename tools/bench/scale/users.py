"""The people of the demonstration, set down in the made-up country: the bench signs in as them."""

import datetime as dt

from accounts.demonstration import ACCOUNTS, MANAGER
from accounts.models import RoleGrant, User
from plans.models import FootprintGrant
from stakeholders.models import Representative
from tools.bench.scale.areas import Country
from tools.bench.scale.bodies import Bodies
from tools.bench.scale.rounds import Rounds

CONSULTED = "lmc.salford@example.org"


def write(country: Country, bodies: Bodies, rounds: Rounds, *, since: dt.date) -> int:
    """Everybody with role and scope; the id of the manager, who has the region of the largest system."""
    sizes = [len(country.practices_of_system(system)) for system in range(len(rounds.regions))]
    largest = sizes.index(max(sizes))
    found = {}
    for account in ACCOUNTS:
        user = User.objects.create(email=account.email, name=account.name, is_synthetic=True)
        user.set_unusable_password()
        user.save()
        found[account.email] = user
        RoleGrant.objects.create(user=user, role=account.role, valid_from=since)
        if account.role == MANAGER.role:
            region = rounds.regions[largest if account is MANAGER else 0]
            FootprintGrant.objects.create(user=user, region_id=region, valid_from=since)
        if account.organisation:
            lmc = country.lmc_of[country.system_of.index(largest)]
            answers_for = {CONSULTED: bodies.lmcs[lmc]}.get(
                account.email,
                bodies.practices[0] if "practice" in account.email else bodies.lmcs[-1],
            )
            Representative.objects.create(user=user, organisation_id=answers_for, valid_from=since)
    return found[MANAGER.email].pk
