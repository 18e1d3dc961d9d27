"""Whether somebody was heard everywhere."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby

from readiness.rules.breadth import no_practices
from readiness.rules.counting import longest_lists_first, not_counted
from readiness.rules.facts import GP_PRACTICE, Facts, Member
from readiness.rules.results import Parameters, Result
from readiness.rules.states import State
from readiness.rules.wording import count, listing, percent

KEY = "locality_spread"


@dataclass(frozen=True, kw_only=True)
class Locality:
    """A part of the footprint: its open practices and those of them that were heard."""

    code: str
    name: str
    practices: int
    heard: int


def locality_spread(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when every locality with open practices has `minimum_heard` of them heard, or all
    of them where it has fewer. The lowest share says how even it is."""
    practices = facts.of_category(GP_PRACTICE)
    if not practices:
        return no_practices(KEY)
    localities = _localities(practices, as_at)
    unplaced = sum(practice.locality is None for practice in practices)
    if not localities:
        return _nowhere(len(practices))
    silent = [
        place
        for place in localities
        if place.heard < min(parameters["minimum_heard"], place.practices)
    ]
    codes = {place.code for place in silent}
    return Result(
        key=KEY,
        state=State.NOT_MET if silent else State.MET,
        figure=_figure(localities, silent, unplaced),
        would_clear=_remedy(silent, parameters["minimum_heard"]),
        evidence={
            "localities": len(localities),
            "localities_heard": len(localities) - len(silent),
            "without_locality": unplaced,
            "by_locality": [asdict(place) for place in localities],
        },
        missing=tuple(p.id for p in practices if p.locality in codes and not p.heard_by(as_at)),
        fewest=_fewest(practices, silent, parameters["minimum_heard"], as_at),
        events=tuple(c.event_id for c in facts.heard_contacts(as_at) if c.practices),
        not_counted=not_counted(facts, as_at, of={GP_PRACTICE}),
    )


def _nowhere(practices: int) -> Result:
    return Result(
        key=KEY,
        state=State.NO_DATA,
        figure=f"None of {count(practices, 'practice')} is placed in a locality",
        would_clear="Record the localities of this footprint in the register.",
        evidence={"practices": practices, "without_locality": practices},
    )


def _localities(practices: Sequence[Member], as_at: date) -> list[Locality]:
    placed = [(p.locality, p.locality_name or p.locality, p) for p in practices if p.locality]
    placed.sort(key=lambda row: (row[0], row[2].code))
    rows = []
    for code, group in groupby(placed, key=lambda row: row[0]):
        inside = list(group)
        heard = sum(practice.heard_by(as_at) for _, _, practice in inside)
        rows.append(Locality(code=code, name=inside[0][1], practices=len(inside), heard=heard))
    return rows


def _fewest(
    practices: Sequence[Member], silent: Sequence[Locality], minimum: int, as_at: date
) -> tuple[int, ...]:
    """In each silent locality as many as it lacks, the longest lists first."""
    fewest = []
    for place in silent:
        inside = [p for p in practices if p.locality == place.code and not p.heard_by(as_at)]
        fewest += longest_lists_first(inside)[: minimum - place.heard]
    return tuple(practice.id for practice in fewest)


def _figure(localities: Sequence[Locality], silent: Sequence[Locality], unplaced: int) -> str:
    lowest = min(localities, key=lambda place: place.heard / place.practices)
    reached = len(localities) - len(silent)
    share = percent(lowest.heard, lowest.practices)
    gap = f" ({count(unplaced, 'practice')} in no locality)" if unplaced else ""
    return f"{reached} of {count(len(localities), 'locality', 'localities')}; lowest {share}{gap}"


def _remedy(silent: Sequence[Locality], minimum: int) -> str:
    if not silent:
        return ""
    each = " in each of" if len(silent) > 1 else " in"
    more = "any practice" if minimum == 1 else count(minimum, "practice")
    return f"Hear {more}{each} {listing([place.name for place in silent])}."
