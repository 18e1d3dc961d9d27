"""Those beyond the footprint whose voice the plan needs: Royal Colleges, neighbouring footprints."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from readiness.rules.counting import contested
from readiness.rules.facts import Facts
from readiness.rules.papers import Advice, Neighbour
from readiness.rules.results import Parameters, Result
from readiness.rules.states import State
from readiness.rules.wording import count, listing

COLLEGES = "royal_colleges"
CROSS_BOUNDARY = "cross_boundary"

COLLEGE = "royal_college"


def royal_colleges(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when a college was heard on each specialty in which the plan needs specialist advice."""
    if not facts.papers.advice:
        return Result(
            key=COLLEGES,
            state=State.NOT_APPLICABLE,
            figure="No specialist advice is marked as needed",
        )
    specialties = _by_specialty(facts.papers.advice)
    silent = {
        name: rows
        for name, rows in specialties.items()
        if not any(row.heard_on is not None and row.heard_on <= as_at for row in rows)
    }
    colleges = [
        [row.college_id for row in rows if row.college_id is not None] for rows in silent.values()
    ]
    whole = count(len(specialties), "specialty", "specialties")
    names = f"; nobody heard on {listing(list(silent))}" if silent else ""
    return Result(
        key=COLLEGES,
        state=State.NOT_MET if silent else State.MET,
        figure=f"{len(specialties) - len(silent)} of {whole}{names}",
        would_clear=_college_remedy(silent),
        evidence={"heard": len(specialties) - len(silent), "specialties": len(specialties)},
        missing=tuple(dict.fromkeys(one for ids in colleges for one in ids)),
        fewest=tuple(dict.fromkeys(ids[0] for ids in colleges if ids)),
        not_counted=contested(facts, as_at, of={COLLEGE}),
    )


def cross_boundary(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when `minimum_joint` events or more are credited to this plan and to that of each
    footprint that shares an LMC or a trust with it."""
    neighbours = sorted(facts.papers.neighbours, key=lambda neighbour: neighbour.code)
    if not neighbours:
        return Result(
            key=CROSS_BOUNDARY,
            state=State.NOT_APPLICABLE,
            figure="No other footprint with a plan shares an LMC or a trust with this one",
        )
    minimum = parameters["minimum_joint"]
    apart = [one for one in neighbours if len(set(one.joint_events)) < minimum]
    joined = len(neighbours) - len(apart)
    names = listing([one.name for one in apart])
    return Result(
        key=CROSS_BOUNDARY,
        state=State.NOT_MET if apart else State.MET,
        figure=f"{joined} of {count(len(neighbours), 'neighbouring footprint')}"
        + (f"; not with {names}" if apart else ""),
        would_clear=_joint_remedy(apart, minimum),
        evidence={
            "joined": joined,
            "neighbours": len(neighbours),
            "by_neighbour": [_neighbour_evidence(one) for one in neighbours],
        },
        events=tuple(sorted({event for one in neighbours for event in one.joint_events})),
        not_counted=contested(facts, as_at, of=()),
    )


def _by_specialty(advice: Sequence[Advice]) -> dict[str, list[Advice]]:
    """The rows of each specialty, in the order of names so that the answer is stable."""
    rows = sorted(advice, key=lambda row: (row.specialty, row.college_name, row.college_id or 0))
    return {name: list(group) for name, group in groupby(rows, key=lambda row: row.specialty)}


def _college_remedy(silent: dict[str, list[Advice]]) -> str:
    known = [_any_of(name, rows) for name, rows in silent.items() if _named(rows)]
    unknown = [name for name, rows in silent.items() if not _named(rows)]
    sentences = [
        f"Hear {listing(known)}." if known else "",
        f"Name a college to hear on {listing(unknown)}." if unknown else "",
    ]
    return " ".join(filter(None, sentences))


def _named(rows: Sequence[Advice]) -> list[str]:
    return [row.college_name for row in rows if row.college_name]


def _any_of(specialty: str, rows: Sequence[Advice]) -> str:
    return f"{' or '.join(_named(rows))} on {specialty}"


def _joint_remedy(apart: Sequence[Neighbour], minimum: int) -> str:
    sentences = []
    for short in sorted({minimum - len(set(one.joint_events)) for one in apart}):
        names = [one.name for one in apart if minimum - len(set(one.joint_events)) == short]
        each = "each of " if len(names) > 1 else ""
        more = count(short, "event")
        sentences.append(f"Hold {more} with {each}{listing(names)}, credited to both plans.")
    return " ".join(sentences)


def _neighbour_evidence(neighbour: Neighbour) -> dict[str, object]:
    return {
        "code": neighbour.code,
        "name": neighbour.name,
        "shared": sorted(neighbour.shared),
        "joint_events": sorted(set(neighbour.joint_events)),
    }
