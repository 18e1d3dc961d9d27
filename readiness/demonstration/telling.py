"""Tells every plan's story: its events, and which of them count for another plan as well."""

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence

from accounts.models import User
from plans import reference
from plans.models import Plan
from readiness.demonstration import users
from readiness.demonstration.dice import dice
from readiness.demonstration.happenings import happenings
from readiness.demonstration.record import Logged
from readiness.demonstration.rounds import PlanToTell
from readiness.demonstration.scene import Cast, Happening, Scene, may_also_credit

SHARED = 0.12
"""The share of a place's events that its system counts too, and of a system's partner events
that a neighbour counts too, as far as their stories allow."""


def tell(
    casts: Sequence[tuple[PlanToTell, Cast]],
    *,
    today: dt.date,
    seed: str,
    accounts: Mapping[str, User],
) -> list[Logged]:
    """All events of all plans."""
    scenes = {
        one.footprint: Scene(
            cast=cast,
            story=one.story,
            calendar=one.calendar,
            today=today,
            rng=dice(seed, one.plan.code),
        )
        for one, cast in casts
    }
    plans = {one.footprint: one.plan for one, _ in casts}
    neighbours = _neighbours()
    lies_in = regions()
    rng = dice(seed, "shared")
    return [
        Logged(
            happening=happening,
            plans=(plans[code], *_also(rng, happening, neighbours[code], scenes, plans)),
            by=users.recorder(accounts, region=lies_in[code], footprint=code),
        )
        for code, scene in scenes.items()
        for happening in happenings(scene)
    ]


def _also(
    rng: random.Random,
    happening: Happening,
    neighbours: Sequence[str],
    scenes: Mapping[str, Scene],
    plans: Mapping[str, Plan],
) -> Iterator[Plan]:
    if rng.random() < SHARED:
        other = rng.choice(neighbours)
        if may_also_credit(scenes[other], happening):
            yield plans[other]


def _neighbours() -> dict[str, list[str]]:
    """A place's neighbour is its system; a system's are the others of its region."""
    around = {row.code: row.footprint for row in reference.commissioners()}
    found = {place.council_code: [around[place.commissioners[0]]] for place in reference.places()}
    for row in reference.footprints():
        found[row.code] = [
            other.code
            for other in reference.footprints()
            if other.region == row.region and other.code != row.code
        ]
    return found


def regions() -> dict[str, str]:
    """The region of each footprint, by codes."""
    systems = {row.code: row.region for row in reference.footprints()}
    return systems | {place.council_code: place.region for place in reference.places()}
