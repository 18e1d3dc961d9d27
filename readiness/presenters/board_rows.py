"""Which plans the board shows, in which order, and what its columns are."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from readiness.presenters.standing import Standing, standing
from readiness.presenters.themes import by_theme
from readiness.queries.pages.board import (
    ALL_TYPES,
    Board,
    BoardChoice,
    Line,
    PlanRow,
    PolicyLines,
)
from readiness.rules.verdicts import FAILING

MANY = 4

Placed = tuple[PlanRow, Standing]


def of_one_round(
    asked: BoardChoice, rows: Sequence[PlanRow], *, today: dt.date, national: bool
) -> BoardChoice:
    """What was asked for, with a round: unasked, the national board is of the one that ends next.

    A manager has few plans, and wants them all at once.
    """
    if asked.plan_type:
        return asked
    if not national or not rows:
        return replace(asked, plan_type=ALL_TYPES)
    next_row = min(
        rows, key=lambda row: (row.submission_on < today, abs(row.submission_on - today))
    )
    return replace(asked, plan_type=next_row.plan_type)


def placed(board: Board) -> list[Placed]:
    """Each plan with where it stands by its own policy."""
    return [(row, standing(row.states, lines_of(row, board.policies))) for row in board.rows]


def lines_of(row: PlanRow, policies: Mapping[int, PolicyLines]) -> Sequence[Line]:
    """The criteria by which the plan was assessed; none before its first assessment."""
    found = policies.get(row.assessed.policy_id) if row.assessed else None
    return found.lines if found else ()


def columns(board: Board, rows: Iterable[Placed]) -> list[Line]:
    """Every must of the policies behind these rows, those about the same thing together."""
    seen: dict[str, Line] = {}
    used = {row.assessed.policy_id for row, _ in rows if row.assessed}
    for pk in sorted(used):
        seen |= {
            line.key: line
            for line in board.policies[pk].lines
            if line.is_must and line.key not in seen
        }
    return by_theme(seen.values())


def within(rows: Iterable[Placed], choice: BoardChoice) -> list[Placed]:
    """The rows of the region and the plan type asked for: what the counts count."""
    return [
        (row, stands)
        for row, stands in rows
        if choice.region in {"", row.region_code}
        and choice.plan_type in {"", ALL_TYPES, row.plan_type}
    ]


SHOWN: dict[str, Callable[[PlanRow, Standing], bool]] = {
    "all": lambda _row, _stands: True,
    "thin": lambda _row, stands: stands.is_thin,
    "lmcs": lambda row, _stands: row.states.get("lmc_reached") in FAILING,
    "four": lambda _row, stands: stands.not_met >= MANY,
    "ready": lambda _row, stands: stands.is_ready,
    "flagged": lambda row, _stands: row.flags > 0,
    "disputed": lambda row, _stands: row.disputes > 0,
    "excepted": lambda _row, stands: stands.excepted > 0,
}
SORTED: dict[str, Callable[[PlanRow, Standing], tuple[object, ...]]] = {
    "worst": lambda row, stands: (*stands.worst_first, row.submission_on, row.name),
    "name": lambda row, _stands: (row.name,),
    "days": lambda row, stands: (row.submission_on, *stands.worst_first, row.name),
    "flags": lambda row, stands: (-row.flags, *stands.worst_first, row.name),
}

ORDER_WORDS = {
    "worst": "worst first",
    "name": "by name",
    "days": "fewest days left first",
    "flags": "most open flags first",
}


def chosen(rows: Iterable[Placed], choice: BoardChoice) -> list[Placed]:
    """The rows of the board as asked for: what is shown, in which order."""
    shown = [
        (row, stands) for row, stands in within(rows, choice) if SHOWN[choice.show](row, stands)
    ]
    return sorted(shown, key=lambda pair: SORTED[choice.sort](*pair))
