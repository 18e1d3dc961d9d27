"""What a decision on a plan must hold before it may stand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from readiness.rules.states import State

AGREE, CONDITIONS, RETURN, REFUSE = "agree", "conditions", "return", "refuse"
OUTCOMES = (AGREE, CONDITIONS, RETURN, REFUSE)

MEANING: Mapping[str, str] = {
    AGREE: "The plan is signed off as it stands",
    CONDITIONS: "It is signed off, and something has to be done by a day",
    RETURN: "It comes back to the board when more has been done",
    REFUSE: "The board does not sign it off",
}
"""What each outcome says to the footprint."""

UNMET = frozenset({State.NOT_MET, State.DISPUTED, State.NO_DATA})
"""States of a must for which an agreement needs a reason. An exception is its own reason."""

LONGEST_EXCEPTION_IN_MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class ConditionFacts:
    """What has to be done, by whom, by when."""

    text: str
    owner: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the reviewer decided, as it was typed; `reasons` by the key of a must."""

    outcome: str
    summary: str
    reasons: Mapping[str, str] = field(default_factory=dict)
    conditions: Sequence[ConditionFacts] = ()

    def reason(self, key: str) -> str:
        """Why the decision stands although this must is not met; empty where nothing was said."""
        return self.reasons.get(key, "").strip()


def unmet_musts(states: Iterable[tuple[str, str, str]]) -> list[str]:
    """Keys that need a reason, out of key, strength and state, in the order given."""
    return [key for key, strength, state in states if strength == "must" and state in UNMET]


def refusals(verdict: Verdict, unmet: Sequence[str], *, today: date) -> dict[str, str]:
    """What the decision lacks: a sentence by the name of the part; empty when it is whole.

    An agreement needs a reason for every must that is not met. To return or refuse a plan the
    summary is enough.
    """
    problems = dict(_conditions_lack(verdict, today))
    if verdict.outcome not in OUTCOMES:
        problems["outcome"] = "Choose what the board decides"
    if not verdict.summary.strip():
        problems["summary"] = "Enter the decision in a few sentences"
    if verdict.outcome in {AGREE, CONDITIONS}:
        problems |= {
            f"reason_{key}": "Enter why the plan can be agreed although this must is not met"
            for key in unmet
            if not verdict.reason(key)
        }
    return problems


def _conditions_lack(verdict: Verdict, today: date) -> Iterator[tuple[str, str]]:
    wanted = verdict.outcome == CONDITIONS
    if wanted and not verdict.conditions:
        yield "conditions", "Enter at least one condition"
    if verdict.conditions and not wanted:
        yield "conditions", "Choose “Agree with conditions”, or clear the conditions"
    if any(one.due_on < today for one in verdict.conditions):
        yield "conditions", "A condition must be due today or later"


def exception_ends_by(today: date) -> date:
    """The last day for which an exception may be granted: twelve months from today."""
    last = today.replace(day=28) if (today.month, today.day) == (2, 29) else today
    return last.replace(year=last.year + LONGEST_EXCEPTION_IN_MONTHS // 12)
