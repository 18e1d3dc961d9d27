"""The national board: one sentence, counts that are links, a map, and the order of the rows."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from readiness.presenters import addresses
from readiness.presenters.board_rows import (
    MANY,
    ORDER_WORDS,
    SHOWN,
    Placed,
    chosen,
    columns,
    of_one_round,
    placed,
    within,
)
from readiness.presenters.board_table import Sight, table_row
from readiness.presenters.plan_words import as_at_words
from readiness.presenters.standing import Standing
from readiness.presenters.themes import Theme, narrow, themes_of
from readiness.queries.pages.board import PLAN_TYPES, Board, BoardChoice, Line, PlanRow
from readiness.rules.states import State
from ui.shapes import Figure, Tile
from ui.words import nhs_date, plural

TILES_WORTH_A_MAP = 8
MAP_KEY = {
    "ok": "every must met",
    "some": f"1 to {MANY - 1} not met",
    "many": f"{MANY} or more",
    "none": "no data",
    "flagged": "open dispute",
}

IN_KEY = (
    State.MET,
    State.NOT_MET,
    State.DISPUTED,
    State.EXCEPTION,
    State.NO_DATA,
    State.NOT_APPLICABLE,
)


@dataclass(frozen=True, kw_only=True)
class BoardPage:
    """Everything that the board's template places."""

    choice: BoardChoice
    heading: str
    lead: str
    thin: str
    deadline: str
    note: str
    stale: str
    figures: list[Figure]
    tiles: list[Tile]
    map_key: Mapping[str, str]
    themes: list[Theme]
    columns: list[str]
    states: list[str]
    rows: SafeString
    number: int
    order: str
    is_empty: bool
    empty_text: str
    clear_url: str
    download_url: str


def board_page(board: Board, asked: BoardChoice, *, today: dt.date, national: bool) -> BoardPage:
    """The board as asked for on ``today``; ``national`` says that it holds every plan there is."""
    choice = of_one_round(asked, board.rows, today=today, national=national)
    unasked = of_one_round(BoardChoice(), board.rows, today=today, national=national)
    everything = placed(board)
    counted = within(everything, choice)
    shown = chosen(everything, choice)
    heads = columns(board, shown or counted)
    return BoardPage(
        choice=choice,
        heading=heading(national=national),
        lead=_lead(counted, choice),
        thin=_thin(counted),
        deadline=_deadline(counted, today),
        note=_note(board, counted),
        stale=stale_words([row for row, _ in counted]),
        figures=_figures(counted, choice),
        tiles=_tiles(counted),
        map_key=MAP_KEY,
        themes=themes_of(heads),
        columns=[narrow(line.short_title) for line in heads],
        states=_states_shown(shown, heads),
        rows=_rows(shown, heads, today, decides=national),
        number=len(shown),
        order=ORDER_WORDS[choice.sort],
        is_empty=not board.rows,
        empty_text=_empty_text(national=national),
        clear_url=addresses.board() if choice != unasked else "",
        download_url=addresses.board_csv(**choice.query()),
    )


def _rows(
    shown: Sequence[Placed], heads: Sequence[Line], today: dt.date, *, decides: bool
) -> SafeString:
    named = len({row.plan_type for row, _ in shown}) > 1
    sight = Sight(today=today, named=named, decides=decides)
    drawn = (table_row(row, stands, heads, sight) for row, stands in shown)
    return mark_safe("".join(drawn))  # noqa: S308  # rows are escaped where they are drawn


def _states_shown(shown: Sequence[Placed], heads: Sequence[Line]) -> list[str]:
    """The states that the key has to explain: the three of every board, and those that occur."""
    keys = {line.key for line in heads}
    met = {state for row, _ in shown for key, state in row.states.items() if key in keys}
    always = {State.MET, State.NOT_MET, State.NO_DATA}
    return [state for state in IN_KEY if state in always or state in met]


def heading(*, national: bool) -> str:
    """What the board is called: a manager's holds their own plans only."""
    return "National readiness board" if national else "Readiness board of your plans"


def _empty_text(*, national: bool) -> str:
    steps = "loaded the footprints and opened a round of plans"
    if not national:
        steps = "opened a round of plans and given you access to a footprint"
    return f"Plans appear here once an administrator has {steps}."


def stale_words(rows: Iterable[PlanRow]) -> str:
    """What the figures do not know yet; empty when they know everything."""
    number = sum(row.is_stale for row in rows)
    if not number:
        return ""
    verb = "has" if number == 1 else "have"
    return f"{plural(number, 'plan')} {verb} changes that are not counted yet. They are counted within a minute."


def _lead(rows: Sequence[Placed], choice: BoardChoice) -> str:
    """`4 of 44 STP 2016 plans meet every must.`"""
    ready = sum(stands.is_ready for _, stands in rows)
    verb = "meets" if 1 in {ready, len(rows)} else "meet"
    which = f"{PLAN_TYPES[choice.plan_type]} " if choice.plan_type in PLAN_TYPES else ""
    excepted = sum(stands.is_ready and stands.excepted > 0 for _, stands in rows)
    pass_words = f", {excepted} of them by exception" if excepted else ""
    return f"{ready} of {plural(len(rows), f'{which}plan')} {verb} every must{pass_words}."


def _thin(rows: Sequence[Placed]) -> str:
    thin = sum(stands.is_thin for _, stands in rows)
    if not thin:
        return "None has thin GP engagement"
    return f"{thin} {'has' if thin == 1 else 'have'} thin GP engagement"


def _deadline(rows: Sequence[Placed], today: dt.date) -> str:
    """The next submission, and how many plans share it."""
    ahead = [row.submission_on for row, _ in rows if row.submission_on >= today]
    if not ahead:
        return "."
    next_on = min(ahead)
    days = plural((next_on - today).days, "day")
    return f", with {days} to the next submission on {nhs_date(next_on)} ({plural(ahead.count(next_on), 'plan')})."


def _note(board: Board, rows: Sequence[Placed]) -> str:
    assessed = [row.assessed for row, _ in rows if row.assessed]
    if not assessed:
        return "No plan has been assessed yet. The first assessment runs within a minute."
    used = sorted({one.policy_id for one in assessed})
    names = "; ".join(
        f"{board.policies[pk].title}, version {board.policies[pk].version}" for pk in used
    )
    newest = max(assessed, key=lambda one: one.computed_at)
    policy = "Policy" if len(used) == 1 else "Policies"
    return (
        f"{as_at_words(newest.as_at, newest.computed_at)} {policy}: {names}."
        " Trend: musts met against four weeks earlier."
    )


def _figures(rows: Sequence[Placed], choice: BoardChoice) -> list[Figure]:
    def count(show: str) -> int:
        return sum(SHOWN[show](row, stands) for row, stands in rows)

    def link(show: str) -> str:
        return addresses.board(**choice.query(show=show))

    of_these = {name: choice.query().get(name, "") for name in ("region", "type")}
    return [
        Figure(number=len(rows), label="plan" if len(rows) == 1 else "plans", url=link("all")),
        Figure(number=count("ready"), label="ready", url=link("ready")),
        Figure(number=count("thin"), label="thin GP engagement", url=link("thin")),
        Figure(number=count("four"), label=f"with {MANY} or more not met", url=link("four")),
        Figure(
            number=sum(row.flags for row, _ in rows),
            label="open flags",
            url=addresses.flags(**of_these),
        ),
        Figure(
            number=sum(row.disputes for row, _ in rows),
            label="open disputes",
            url=link("disputed"),
        ),
    ]


def _tiles(rows: Sequence[Placed]) -> list[Tile]:
    """The footprints that have a place on the map; none when too few would stand alone on it, or
    when a tile could mean the plan of more than one round."""
    if len({row.plan_type for row, _ in rows}) != 1:
        return []
    tiles = {
        row.tile: Tile(
            label=row.label,
            name=row.name,
            column=row.tile[0],
            row=row.tile[1],
            url=addresses.dossier(row.code),
            number=stands.not_met + stands.disputed,
            told=_told(row, stands),
            flagged=row.disputes > 0,
            nothing_known=not stands.is_ready and not stands.not_met + stands.disputed,
        )
        for row, stands in rows
        if row.tile
    }
    return list(tiles.values()) if len(tiles) >= TILES_WORTH_A_MAP else []


def _told(row: PlanRow, stands: Standing) -> str:
    disputes = f", {plural(row.disputes, 'open dispute')}" if row.disputes else ""
    if stands.not_met:
        return f"{stands.not_met} not met{disputes}"
    if stands.disputed:
        return f"{stands.disputed} disputed{disputes}"
    return ("every must is met" if stands.is_ready else "no data") + disputes
