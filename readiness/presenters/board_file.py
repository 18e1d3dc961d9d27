"""The board as a file for a spreadsheet: the same rows, in words and numbers."""

import datetime as dt
from collections.abc import Sequence

from readiness.presenters.board_rows import chosen, columns, placed
from readiness.presenters.board_table import DECIDED, trend
from readiness.presenters.plan_words import plan_type
from readiness.presenters.standing import Standing
from readiness.queries.pages.board import Board, BoardChoice, Line, PlanRow
from ui.states import state_for


def csv_rows(
    board: Board, choice: BoardChoice, *, today: dt.date
) -> tuple[list[str], list[list[object]]]:
    """Header and rows of the board as asked for."""
    shown = chosen(placed(board), choice)
    heads = columns(board, shown)
    header = [
        "Plan", "Code", "Plan type", "Region", "Submission", "Days left", "Musts", "Musts met",
        "Musts by exception", "Musts not met", "Musts disputed", "Musts without data", *(line.short_title for line in heads),
        "Shoulds", "Shoulds met", "Open flags", "Open disputes", "Decided", "Trend", "As at",
    ]  # fmt: skip
    return header, [_csv_row(row, stands, heads, today) for row, stands in shown]


def _csv_row(row: PlanRow, stands: Standing, heads: Sequence[Line], today: dt.date) -> list[object]:
    return [
        row.name, row.code, plan_type(row.plan_type), row.region, row.submission_on.isoformat(),
        (row.submission_on - today).days, stands.musts, stands.met,
        stands.excepted, stands.not_met, stands.disputed, stands.no_data,
        *(_word(row.states.get(line.key, "")) for line in heads),
        stands.shoulds, stands.shoulds_met, row.flags, row.disputes, DECIDED.get(row.decided, ""), trend(row), row.assessed.as_at.isoformat() if row.assessed else "",
    ]  # fmt: skip


def _word(state: str) -> str:
    """A plan whose policy does not hold the criterion leaves its cell empty."""
    return state_for(state).word if state else ""
