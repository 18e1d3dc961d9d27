"""Whether the Health and Wellbeing Boards lead the plan or gave their opinion of it."""

from collections.abc import Sequence
from datetime import date

from readiness.rules.facts import Facts, Member
from readiness.rules.results import Parameters, Result
from readiness.rules.states import State
from readiness.rules.wording import count, listing

KEY = "hwb"

BOARD = "hwb"


def hwb(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when every Health and Wellbeing Board of the footprint leads the plan or, where
    `must_lead` is 0, gave a written opinion by the day. A board that leads needs to give none."""
    boards = facts.of_category(BOARD)
    if not boards:
        return Result(
            key=KEY,
            state=State.NO_DATA,
            figure="No Health and Wellbeing Board recorded for this footprint",
            would_clear="Record which Health and Wellbeing Boards the footprint belongs to.",
        )
    given = [opinion for opinion in facts.papers.opinions if opinion.given_on <= as_at]
    leading = {opinion.organisation_id for opinion in given if opinion.leads}
    heard_from = {opinion.organisation_id for opinion in given}
    must_lead = parameters["must_lead"]
    enough = leading if must_lead else heard_from
    lacking = [board for board in boards if board.id not in enough]
    ids = tuple(board.id for board in lacking)
    return Result(
        key=KEY,
        state=State.NOT_MET if lacking else State.MET,
        figure=_figure(boards, lacking, must_lead),
        would_clear=_remedy(lacking, must_lead),
        evidence={
            "boards": len(boards),
            "lead": sum(board.id in leading for board in boards),
            "opinion_only": sum(board.id in heard_from - leading for board in boards),
        },
        missing=ids,
        fewest=ids,
    )


def _figure(boards: Sequence[Member], lacking: Sequence[Member], must_lead: int) -> str:
    done = len(boards) - len(lacking)
    verb = "lead the plan" if must_lead else "lead the plan or gave an opinion"
    return f"{done} of {count(len(boards), 'Health and Wellbeing Board')} {verb}"


def _remedy(lacking: Sequence[Member], must_lead: int) -> str:
    if not lacking:
        return ""
    names = listing([board.name for board in lacking])
    if must_lead:
        return f"Have the plan led by {names}, and record it."
    return f"Ask {names} for a written opinion, and record it."
