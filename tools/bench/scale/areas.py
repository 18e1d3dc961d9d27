"""Who lies where: practices in places, places in commissioners' areas, those in systems. Pure."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tools.bench.scale.sizes import COMMISSIONERS, LMCS, NETWORKS, PLACES, PRACTICES, SYSTEMS

FEWEST_IN_A_PLACE = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A run of practices by number. ``whole``: its commissioner has no other place."""

    number: int
    commissioner: int
    system: int
    practices: range
    whole: bool


@dataclass(frozen=True, kw_only=True)
class Country:
    """Everything by number, counted from 0: commissioners by system, places by commissioner."""

    system_of: Sequence[int]
    """By commissioner."""
    lmc_of: Sequence[int]
    """By commissioner."""
    places: Sequence[Place]
    place_of: Sequence[int] = field(default_factory=list)
    """By practice."""
    network_of: Sequence[int] = field(default_factory=list)
    """By practice."""

    def practices_of_system(self, system: int) -> list[int]:
        return [one for place in self.places if place.system == system for one in place.practices]


def country(rng: random.Random) -> Country:
    """Log-normal sizes throughout: the largest system has some 1,000 practices, the smallest few."""
    systems = _systems(rng)
    sizes = shared_out(rng, PRACTICES, COMMISSIONERS, sigma=0.9, least=8)
    cuts = _places_each(rng, sizes)
    places: list[Place] = []
    first = 0
    for commissioner, (size, number) in enumerate(zip(sizes, cuts, strict=True)):
        for part in shared_out(rng, size, number, sigma=0.9, least=FEWEST_IN_A_PLACE):
            places.append(
                Place(
                    number=len(places),
                    commissioner=commissioner,
                    system=systems[commissioner],
                    practices=range(first, first + part),
                    whole=number == 1,
                )
            )
            first += part
    return Country(
        system_of=systems,
        lmc_of=[commissioner * LMCS // COMMISSIONERS for commissioner in range(COMMISSIONERS)],
        places=places,
        place_of=[place.number for place in places for _ in place.practices],
        network_of=list(_networks(places)),
    )


def shared_out(
    rng: random.Random, whole: int, number: int, *, sigma: float, least: int
) -> list[int]:
    """``whole`` in ``number`` log-normally spread parts of at least ``least``."""
    weights = [rng.lognormvariate(0, sigma) for _ in range(number)]
    free, total = whole - least * number, sum(weights)
    parts = [least + int(free * weight / total) for weight in weights]
    parts[parts.index(max(parts))] += whole - sum(parts)
    return parts


def _systems(rng: random.Random) -> list[int]:
    """The system of each commissioner, in order; each system has one at least."""
    more = [rng.lognormvariate(0, 1.1) for _ in range(SYSTEMS)]
    drawn = rng.choices(range(SYSTEMS), weights=more, k=COMMISSIONERS - SYSTEMS)
    return sorted([*range(SYSTEMS), *drawn])


def _places_each(rng: random.Random, sizes: Sequence[int]) -> list[int]:
    """Into how many places each commissioner's area is divided: the large ones into more."""
    number = [1] * len(sizes)
    for _ in range(PLACES - len(sizes)):
        room = [
            size if size >= (cuts + 1) * 2 * FEWEST_IN_A_PLACE else 0
            for size, cuts in zip(sizes, number, strict=True)
        ]
        number[rng.choices(range(len(sizes)), weights=room)[0]] += 1
    return number


def _networks(places: Sequence[Place]) -> Iterator[int]:
    """The network of each practice: neighbours, of one place where there are enough networks."""
    for place in places:
        for practice in place.practices:
            yield practice * NETWORKS // PRACTICES
