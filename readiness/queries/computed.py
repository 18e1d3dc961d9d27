"""What the rules find of any number of plans on a day, computed and not stored."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from readiness.models import Criterion
from readiness.queries.facts import facts_for
from readiness.queries.policies import PolicyInForce, policies_in_force
from readiness.rules.catalogue import Assessment, assess
from readiness.rules.facts import Facts
from readiness.rules.results import Result


@dataclass(frozen=True, kw_only=True)
class Computed:
    """One plan on one day: what was known, by which policy it was judged, what was found."""

    facts: Facts
    in_force: PolicyInForce
    found: Assessment

    def lines(self) -> list[tuple[Criterion, Result]]:
        """Each criterion with its result, in the policy's order."""
        return list(zip(self.in_force.criteria, self.found.results, strict=True))


def computed(
    plan_ids: Iterable[int] | None,
    *,
    as_at: dt.date,
    known: dt.datetime | None = None,
    policies: Mapping[str, PolicyInForce] | None = None,
    summary: bool = False,
) -> dict[int, Computed]:
    """By plan id; one statement more than ``facts_for``, for any number of plans (None: all).

    ``known`` is the moment before which everything had been recorded (None: now). ``policies``
    are those to judge by, by plan type, in place of those in force on the day. A plan has no entry
    where it does not exist or its type has no policy. ``summary`` is handed on to ``facts_for``.
    """
    by_type = policies_in_force(as_at=as_at, known=known) if policies is None else policies
    found = facts_for(plan_ids, as_at=as_at, known=known, summary=summary)
    return {
        plan_id: Computed(
            facts=facts,
            in_force=by_type[facts.plan_type],
            found=assess(facts, by_type[facts.plan_type].terms(), as_at),
        )
        for plan_id, facts in found.items()
        if facts.plan_type in by_type
    }
