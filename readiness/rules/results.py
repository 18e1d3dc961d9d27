"""What a rule answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from readiness.rules.states import State

Parameters: TypeAlias = Mapping[str, Any]
"""Thresholds of one criterion by name, as a policy states them; `catalogue` checks them."""

Evidence: TypeAlias = Mapping[str, Any]
"""Numbers by name, plain enough to be stored as JSON."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """One criterion for one plan on one day, with everything that it was computed from.

    figure        numerator, denominator and noun: "38 of 179 practices; 24% of patients"
    would_clear   the least that turns it to met, as a sentence; empty when it is met
    evidence      the numbers behind the figure, by name
    missing       ids of the organisations that the figure counts and did not find
    fewest        ids of the smallest set of them that would reach the threshold
    events        ids of the events that count, oldest first
    not_counted   reason -> number of contacts that were seen and left out
    """

    key: str
    state: State
    figure: str
    would_clear: str = ""
    evidence: Evidence = field(default_factory=dict)
    missing: tuple[int, ...] = ()
    fewest: tuple[int, ...] = ()
    events: tuple[int, ...] = ()
    not_counted: Mapping[str, int] = field(default_factory=dict)
