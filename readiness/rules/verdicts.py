"""What becomes of a rule's answer: a dispute that stands in its way, an exception that lets it pass.

The rule judges by what counts, and a record that is disputed does not.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from readiness.rules.facts import Facts
from readiness.rules.papers import Excepted
from readiness.rules.results import Result
from readiness.rules.states import State, severity_rank

FAILING = frozenset({State.NOT_MET, State.DISPUTED})
"""States of a criterion that was tested and did not pass."""

CAN_BE_EXCEPTED = FAILING | {State.NO_DATA}


def with_dispute(result: Result, if_counted: Result) -> Result:
    """Disputed where the disputed records would make a criterion that is not met better.

    `if_counted` is the result with them; the evidence keeps its state and figure. Where they would
    make it worse, as a newsletter does that somebody disputes having been sent, they stand: a
    dispute never makes anything better.
    """
    if severity_rank(if_counted.state) < severity_rank(result.state):
        return if_counted
    if result.state is not State.NOT_MET or if_counted.state is State.NOT_MET:
        return result
    told = f"With the disputed records it would be: {if_counted.figure}."
    return replace(
        result,
        state=State.DISPUTED,
        would_clear=f"{result.would_clear} {told}".strip(),
        evidence={
            **result.evidence,
            "if_counted": {"state": str(if_counted.state), "figure": if_counted.figure},
        },
    )


def let_pass(result: Result, exception: Excepted | None) -> Result:
    """Met by exception where one is in force for what is not met, disputed or without data.

    The evidence names who let it pass, why and until when, and the state without the exception.
    """
    if exception is None or result.state not in CAN_BE_EXCEPTED:
        return result
    return replace(
        result,
        state=State.EXCEPTION,
        evidence={
            **result.evidence,
            "exception": {
                "id": exception.id,
                "reason": exception.reason,
                "approver": exception.approver,
                "expires_on": exception.expires_on.isoformat(),
            },
            "without_exception": str(result.state),
        },
    )


def exceptions_in_force(facts: Facts, as_at: date) -> Mapping[str, Excepted]:
    """By criterion the exception in force on the day, of several the one that lasts longest."""
    in_force = [e for e in facts.papers.exceptions if e.starts_on <= as_at <= e.expires_on]
    return {one.key: one for one in sorted(in_force, key=lambda e: (e.expires_on, e.id))}
