"""How many of the practices were heard, by count and by registered patients."""

from collections.abc import Mapping, Sequence
from datetime import date

from readiness.rules.counting import longest_lists_first, needed, not_counted, patients_of, reaches
from readiness.rules.facts import GP_PRACTICE, Facts, Member
from readiness.rules.results import Parameters, Result
from readiness.rules.states import State
from readiness.rules.wording import count, percent

KEY = "gp_breadth"

Shares = Mapping[str, int]
"""heard of practices, patients_heard of patients, list_unknown: the two shares as numbers."""


def gp_breadth(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when the practices heard are `amber_below` per cent of the open practices and hold
    as large a share of the patients; less than `red_below` per cent of either is red.

    A list that nobody knows is left out of both sides of the share of patients, and said.
    """
    practices = facts.of_category(GP_PRACTICE)
    if not practices:
        return no_practices(KEY)
    missing = [practice for practice in practices if not practice.heard_by(as_at)]
    shares = _shares(practices, missing)
    would_clear, fewest = _remedy(missing, shares, parameters["amber_below"])
    return Result(
        key=KEY,
        state=_state(shares, parameters["amber_below"]),
        figure=_figure(shares),
        would_clear=would_clear,
        evidence={**shares, "band": _band(shares, parameters)},
        missing=tuple(practice.id for practice in missing),
        fewest=tuple(practice.id for practice in fewest),
        events=tuple(c.event_id for c in facts.heard_contacts(as_at) if c.practices),
        not_counted=not_counted(facts, as_at, of={GP_PRACTICE}),
    )


def no_practices(key: str) -> Result:
    """The register is empty here: that is no data, and never nought per cent."""
    return Result(
        key=key,
        state=State.NO_DATA,
        figure="No practices recorded for this footprint on this day",
        would_clear="Import the practices and the membership of this footprint.",
        evidence={"practices": 0},
    )


def _shares(practices: Sequence[Member], missing: Sequence[Member]) -> dict[str, int]:
    patients = patients_of(practices)
    return {
        "heard": len(practices) - len(missing),
        "practices": len(practices),
        "patients_heard": patients - patients_of(missing),
        "patients": patients,
        "list_unknown": sum(practice.patients is None for practice in practices),
    }


def _state(shares: Shares, minimum: int) -> State:
    if not reaches(shares["heard"], shares["practices"], minimum):
        return State.NOT_MET
    if not shares["patients"]:
        return State.NO_DATA
    enough = reaches(shares["patients_heard"], shares["patients"], minimum)
    return State.MET if enough else State.NOT_MET


def _band(shares: Shares, parameters: Parameters) -> str:
    """red, amber or green, by the smaller of the two shares."""
    pairs = [(shares["heard"], shares["practices"])]
    if shares["patients"]:
        pairs.append((shares["patients_heard"], shares["patients"]))
    for band, limit in (("red", "red_below"), ("amber", "amber_below")):
        if not all(reaches(part, whole, parameters[limit]) for part, whole in pairs):
            return band
    return "green"


def _figure(shares: Shares) -> str:
    by_count = f"{shares['heard']:,} of {count(shares['practices'], 'practice')}"
    if not shares["patients"]:
        return f"{by_count}; no list sizes recorded"
    by_patients = f"{percent(shares['patients_heard'], shares['patients'])} of patients"
    unknown = shares["list_unknown"]
    gap = f" (list size unknown for {unknown:,})" if unknown else ""
    return f"{by_count}; {by_patients}{gap}"


def _remedy(missing: Sequence[Member], shares: Shares, minimum: int) -> tuple[str, list[Member]]:
    """The fewest practices that reach both shares: the longest lists among the missing, as
    many as the slower of the two shares needs. Taking any other would reach neither sooner."""
    ranked = longest_lists_first(missing)
    by_count = needed(shares["heard"], shares["practices"], minimum)
    by_patients = _needed_for_patients(ranked, shares, minimum)
    more = max(by_count, by_patients)
    tail = _tail(by_count, by_patients, shares, minimum)
    sentences = [f"Hear {count(more, 'more practice')}.", tail] if more else [tail]
    return " ".join(filter(None, sentences)), ranked[:more]


def _needed_for_patients(ranked: Sequence[Member], shares: Shares, minimum: int) -> int:
    reached = shares["patients_heard"]
    for taken, practice in enumerate(ranked):
        if reaches(reached, shares["patients"], minimum):
            return taken
        reached += practice.patients or 0
    return len(ranked)


def _tail(by_count: int, by_patients: int, shares: Shares, minimum: int) -> str:
    goal = f"{minimum}% of patients"
    if not shares["patients"]:
        return "Import the list sizes: without them the share of patients cannot be tested."
    if not by_patients:
        return f"Those heard already hold {goal}." if by_count else ""
    if by_patients >= max(by_count, 2):
        return f"The fewest that reach {goal} are these {by_patients:,}."
    if by_patients == 1:
        return f"The longest list alone is enough for {goal}."
    return f"The {by_patients:,} longest lists among them are enough for {goal}."
