"""Which plan lacks what. Pure.

A story is an intention: ``happenings`` writes the events that make it come true, and a test
assesses the result. The spread is chosen to look like the subject: a handful of plans are ready,
most are thin, a few are nearly silent, and LMCs and breadth are what most of them lack.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

LMC, PROXY, BREADTH, DEPTH, EARLY, RECENT, SEAT = MUSTS = (
    "lmc_reached",
    "no_proxy",
    "gp_breadth",
    "gp_depth",
    "early_throughout",
    "recent",
    "gp_seat",
)

LACKING = (0,) * 5 + (1,) * 8 + (2,) * 9 + (3,) * 8 + (4,) * 6 + (5,) * 4 + (6,) * 3 + (7,)
"""How many musts each of 44 plans lacks."""

_COMMONEST_FIRST = (LMC, BREADTH, SEAT, EARLY, RECENT, DEPTH, PROXY)
_WEIGHTS = (8, 10, 5, 4, 4, 3, 3)


@dataclass(frozen=True, kw_only=True)
class Story:
    """What one plan's engagement is like.

    ``lacks`` are the musts it fails; ``breadth`` the share of practices it hears; ``channels`` how
    many ways reach GPs; ``silent_localities`` how many localities hear nobody; ``partners`` how
    many of the five partner groups have a formal arrangement.
    """

    lacks: frozenset[str]
    breadth: float
    channels: int
    silent_localities: int
    partners: int

    @property
    def is_silent(self) -> bool:
        """General practice was never heard in its own voice at all."""
        return {LMC, PROXY, BREADTH, DEPTH, EARLY, RECENT} <= self.lacks


def spread(rng: random.Random, number: int, *, told: dict[int, Story]) -> list[Story]:
    """``number`` stories in random order; those in ``told`` keep their place."""
    lacking = [LACKING[place * len(LACKING) // number] for place in range(number)]
    rng.shuffle(lacking)
    return [told.get(place) or story(rng, lacking[place]) for place in range(number)]


def story(rng: random.Random, lacking: int) -> Story:
    """A story that lacks so many musts, those drawn that are most often lacking."""
    return story_lacking(rng, _pick(rng, lacking))


def story_lacking(rng: random.Random, lacks: frozenset[str]) -> Story:
    """A story that lacks just these musts; the more it lacks, the thinner the rest of it."""
    thin = len(lacks)
    return Story(
        lacks=lacks,
        breadth=rng.uniform(0.03, 0.33) if BREADTH in lacks else rng.uniform(0.45, 0.58),
        channels=rng.randint(3, 5) if thin < 2 else rng.randint(1, 4),
        silent_localities=0 if thin < 2 else rng.randint(0, thin),
        partners=5 - rng.randint(0, min(thin, 5)),
    )


def _pick(rng: random.Random, lacking: int) -> frozenset[str]:
    while True:
        lacks = frozenset(_draw(rng, lacking))
        if _can_be_told(lacks):
            return lacks


def _draw(rng: random.Random, number: int) -> Sequence[str]:
    left = list(zip(_COMMONEST_FIRST, _WEIGHTS, strict=True))
    drawn = []
    for _ in range(number):
        place = rng.choices(range(len(left)), weights=[weight for _, weight in left])[0]
        drawn.append(left.pop(place)[0])
    return drawn


def _can_be_told(lacks: frozenset[str]) -> bool:
    """A phase without general practice's own voice is also an empty one, which is not early."""
    return PROXY not in lacks or EARLY in lacks
