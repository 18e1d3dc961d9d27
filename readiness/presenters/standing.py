"""Where a plan stands: its states counted, and the verdict in a sentence. Never one score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from readiness.rules.catalogue import THIN_ENGAGEMENT
from readiness.rules.states import State
from readiness.rules.verdicts import FAILING
from ui.words import and_list, plural


class Criterion(Protocol):
    """As much of a criterion as counting needs."""

    @property
    def key(self) -> str: ...

    @property
    def is_must(self) -> bool: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """The musts that apply on the day by state, the shoulds, and whether GP engagement is thin.

    ``excepted`` musts are not met, and a named person let each of them pass until a day.
    """

    musts: int = 0
    met: int = 0
    excepted: int = 0
    not_met: int = 0
    disputed: int = 0
    no_data: int = 0
    shoulds: int = 0
    shoulds_met: int = 0
    is_thin: bool = False

    @property
    def is_ready(self) -> bool:
        """Every must that applies is met or let pass by an exception, and at least one applies."""
        return self.musts > 0 and self.met + self.excepted == self.musts

    @property
    def kind(self) -> str:
        """Which bar the verdict gets: `good`, `bad`, `disputed` where nothing but a dispute is in
        the way, or `neutral` when nothing can be tested."""
        if self.is_ready:
            return "good"
        if self.disputed and not self.not_met and not self.no_data:
            return "disputed"
        return "bad" if self.musts else "neutral"

    @property
    def worst_first(self) -> tuple[int, ...]:
        """Sort by it to put the plan with most to do first."""
        return (-self.not_met, -self.disputed, -self.no_data, -self.excepted)


def standing(states: Mapping[str, str], criteria: Sequence[Criterion]) -> Standing:
    """Count the stored ``states`` of one plan by the lines of its policy."""
    musts = [states.get(one.key, State.NO_DATA) for one in criteria if one.is_must]
    shoulds = [states.get(one.key, State.NO_DATA) for one in criteria if not one.is_must]
    return Standing(
        musts=len(musts) - musts.count(State.NOT_APPLICABLE),
        met=musts.count(State.MET),
        excepted=musts.count(State.EXCEPTION),
        not_met=musts.count(State.NOT_MET),
        disputed=musts.count(State.DISPUTED),
        no_data=musts.count(State.NO_DATA),
        shoulds=len(shoulds) - shoulds.count(State.NOT_APPLICABLE),
        shoulds_met=shoulds.count(State.MET) + shoulds.count(State.EXCEPTION),
        is_thin=any(states.get(key) in FAILING for key in THIN_ENGAGEMENT),
    )


def met_words(stands: Standing) -> str:
    """`12 of 17 met, 1 by exception`: what is let pass is counted beside what is met, never in it."""
    met = f"{stands.met} of {stands.musts} met"
    return f"{met}, {stands.excepted} by exception" if stands.excepted else met


def verdict(stands: Standing) -> str:
    """The sentence that opens a dossier."""
    if stands.is_ready:
        return f"Ready to sign off: {_passed(stands)}."
    if not stands.musts:
        return "Nothing can be tested yet: no must applies today."
    return f"Not ready to sign off: {and_list(_lacking(stands))}."


def _passed(stands: Standing) -> str:
    if not stands.excepted:
        return "every must is met"
    let_pass = f"{stands.excepted} {'is' if stands.excepted == 1 else 'are'} let pass by exception"
    if not stands.met:
        return f"each of {plural(stands.musts, 'must')} is let pass by exception"
    verb = "is" if stands.met == 1 else "are"
    return f"{stands.met} of {plural(stands.musts, 'must')} {verb} met and {let_pass}"


def _lacking(stands: Standing) -> list[str]:
    """`4 of 8 musts are not met`, `1 is disputed`, `1 has no data`: the first says of how many."""
    counts = (
        (stands.not_met, "is not met", "are not met"),
        (stands.disputed, "is disputed", "are disputed"),
        (stands.no_data, "has no data", "have no data"),
    )
    said = [(number, one if number == 1 else many) for number, one, many in counts if number]
    whole = f"of {plural(stands.musts, 'must')} "
    return [
        f"{number} {'' if place else whole}{words}" for place, (number, words) in enumerate(said)
    ]
