"""What the addresses of claims and collations need: one of each, in both areas."""

import datetime as dt

from engagement.models import Claim
from plans.models import Plan
from stakeholders.models import Organisation
from tests.factories import claims


def values(name: str, plan: Plan, lmc: Organisation, second_lmc: Organisation) -> dict[str, object]:
    """Names for the matrix: an open claim of the area's LMC and one of the second LMC, a collation
    that members may comment on and one that waits for its response."""
    gathering = claims.collation(lmc, plan)
    claims.comment(gathering, words=f"canary comment of {name}")
    return {
        f"claim-{name}": _claim(lmc, plan, name).pk,
        f"second-claim-{name}": _claim(second_lmc, plan, name).pk,
        f"collation-{name}": gathering.pk,
        f"closed-collation-{name}": _closed(lmc, plan, name).pk,
        f"code-{name}": gathering.code,
    }


def _claim(organisation: Organisation, plan: Plan, name: str) -> Claim:
    return claims.claim(organisation, plan, words=f"canary claim of {name} by {organisation}")


def _closed(lmc: Organisation, plan: Plan, name: str):
    made = claims.collation(lmc, plan, closes_in=dt.timedelta(-1))
    claims.comment(made, words=f"canary comment of {name}, closed")
    return made
