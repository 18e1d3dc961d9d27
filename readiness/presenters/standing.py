"""Where a plan stands: its states counted, and the verdict in a sentence. Never one score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from readiness.rules.catalogue import THIN_ENGAGEMENT
from readiness.rules.states import State
from ui.words import plural


class Criterion(Protocol):
    """As much of a criterion as counting needs."""

    @property
    def key(self) -> str: ...

    @property
    def is_must(self) -> bool: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """The musts that apply on the day by state, the shoulds, and whether GP engagement is thin."""

    musts: int = 0
    met: int = 0
    not_met: int = 0
    no_data: int = 0
    shoulds: int = 0
    shoulds_met: int = 0
    is_thin: bool = False

    @property
    def is_ready(self) -> bool:
        """Every must that applies is met, and at least one applies."""
        return self.musts > 0 and self.met == self.musts

    @property
    def kind(self) -> str:
        """Which bar the verdict gets: `good`, `bad`, or `neutral` when nothing can be tested."""
        return "good" if self.is_ready else "bad" if self.musts else "neutral"

    @property
    def worst_first(self) -> tuple[int, int]:
        """Sort by it to put the plan with most to do first."""
        return (-self.not_met, -self.no_data)


def standing(states: Mapping[str, str], criteria: Sequence[Criterion]) -> Standing:
    """Count the stored ``states`` of one plan by the lines of its policy."""
    musts = [states.get(one.key, State.NO_DATA) for one in criteria if one.is_must]
    shoulds = [states.get(one.key, State.NO_DATA) for one in criteria if not one.is_must]
    return Standing(
        musts=len(musts) - musts.count(State.NOT_APPLICABLE),
        met=musts.count(State.MET),
        not_met=musts.count(State.NOT_MET),
        no_data=musts.count(State.NO_DATA),
        shoulds=len(shoulds) - shoulds.count(State.NOT_APPLICABLE),
        shoulds_met=shoulds.count(State.MET),
        is_thin=any(states.get(key) == State.NOT_MET for key in THIN_ENGAGEMENT),
    )


def verdict(stands: Standing) -> str:
    """The sentence that opens a dossier."""
    if stands.is_ready:
        return "Ready to sign off: every must is met."
    if not stands.musts:
        return "Nothing can be tested yet: no must applies today."
    return f"Not ready to sign off: {_shortfall(stands)}."


def _shortfall(stands: Standing) -> str:
    whole = f"of {plural(stands.musts, 'must')}"
    lacking = f"{stands.no_data} {'has' if stands.no_data == 1 else 'have'} no data"
    if not stands.not_met:
        return f"{stands.no_data} {whole} {'has' if stands.no_data == 1 else 'have'} no data"
    failing = f"{stands.not_met} {whole} {'is' if stands.not_met == 1 else 'are'} not met"
    return f"{failing} and {lacking}" if stands.no_data else failing
