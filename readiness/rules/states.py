"""The states that a criterion can be in, and which is worst."""

from collections.abc import Iterable
from enum import StrEnum


class State(StrEnum):
    """What a criterion says about a plan on a day.

    "No data" is not "not met": the register or the plan lacks what the rule needs, and
    the figure names what is lacking. "Not applicable" is not "met": nothing is tested yet.
    "Disputed" would be better if a record counted that somebody named in it disputes. "Met by
    exception" is not met, and a named person let it pass until a day.
    """

    NOT_MET = "not_met"
    DISPUTED = "disputed"
    NO_DATA = "no_data"
    EXCEPTION = "exception"
    MET = "met"
    NOT_APPLICABLE = "not_applicable"


WORST_FIRST = tuple(State)


def severity_rank(state: State) -> int:
    """0 for the worst state; sort by it to put what needs work first."""
    return WORST_FIRST.index(state)


def worst(states: Iterable[State]) -> State:
    """The state of a whole: its worst part; nothing to test is "not applicable"."""
    return min(states, key=severity_rank, default=State.NOT_APPLICABLE)
