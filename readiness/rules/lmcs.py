"""Every LMC whose area overlaps the footprint was heard."""

from collections.abc import Sequence
from datetime import date

from readiness.rules.counting import needed, not_counted, reaches
from readiness.rules.facts import LMC, Facts, Member
from readiness.rules.results import Parameters, Result
from readiness.rules.states import State
from readiness.rules.wording import count, listing

KEY = "lmc_reached"


def lmc_reached(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when `minimum_percent` of the LMCs were heard as provider or representative body."""
    lmcs = facts.of_category(LMC)
    if not lmcs:
        return no_lmcs(KEY)
    missing = [lmc for lmc in lmcs if not lmc.heard_by(as_at)]
    heard = len(lmcs) - len(missing)
    minimum = parameters["minimum_percent"]
    met = reaches(heard, len(lmcs), minimum)
    more = needed(heard, len(lmcs), minimum)
    contacts = facts.contacts_by(as_at)
    return Result(
        key=KEY,
        state=State.MET if met else State.NOT_MET,
        figure=f"{heard} of {count(len(lmcs), 'LMC')}",
        would_clear="" if met else _remedy(missing, more),
        evidence={"heard": heard, "lmcs": len(lmcs)},
        missing=tuple(lmc.id for lmc in missing),
        fewest=tuple(lmc.id for lmc in missing[:more]),
        events=tuple(c.event_id for c in contacts if c.two_way and c.lmcs),
        not_counted=not_counted(facts, as_at, of={LMC}),
    )


def no_lmcs(key: str) -> Result:
    """Nobody recorded who represents general practice here: no data, and nobody left out."""
    return Result(
        key=key,
        state=State.NO_DATA,
        figure="No LMC recorded for this footprint",
        would_clear="Record which LMC represents its practices or commissioners.",
        evidence={"lmcs": 0},
    )


def _remedy(missing: Sequence[Member], more: int) -> str:
    names = listing([lmc.name for lmc in missing])
    return f"Hear {names}." if more == len(missing) else f"Hear {more} more of: {names}."
