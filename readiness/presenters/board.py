"""The national board: one sentence, counts that are links, a map, and the order of the rows."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString, mark_safe

from readiness.presenters import addresses
from readiness.presenters.board_table import table_row
from readiness.presenters.plan_words import as_at_words
from readiness.presenters.standing import Standing, standing
from readiness.queries.pages.board import (
    ALL_TYPES,
    PLAN_TYPES,
    Board,
    BoardChoice,
    Line,
    PlanRow,
    PolicyLines,
)
from readiness.rules.states import State
from ui.shapes import Figure, Tile
from ui.words import nhs_date, plural

MANY = 4
TILES_WORTH_A_MAP = 8
MAP_KEY = {
    "ok": "every must met",
    "some": f"1 to {MANY - 1} not met",
    "many": f"{MANY} or more",
    "none": "no data",
}

Placed = tuple[PlanRow, Standing]


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
    columns: list[str]
    rows: SafeString
    number: int
    order: str
    is_empty: bool
    empty_text: str
    clear_url: str
    download_url: str


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
    """Every must of the policies behind these rows, in the order of the first that holds it."""
    seen: dict[str, Line] = {}
    used = {row.assessed.policy_id for row, _ in rows if row.assessed}
    for pk in sorted(used):
        seen |= {
            line.key: line
            for line in board.policies[pk].lines
            if line.is_must and line.key not in seen
        }
    return list(seen.values())


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
    "lmcs": lambda row, _stands: row.states.get("lmc_reached") == State.NOT_MET,
    "four": lambda _row, stands: stands.not_met >= MANY,
    "ready": lambda _row, stands: stands.is_ready,
    "flagged": lambda row, _stands: row.flags > 0,
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
        columns=[line.short_title for line in heads],
        rows=_rows(shown, heads, today),
        number=len(shown),
        order=ORDER_WORDS[choice.sort],
        is_empty=not board.rows,
        empty_text=_empty_text(national=national),
        clear_url=addresses.board() if choice != unasked else "",
        download_url=addresses.board_csv(**choice.query()),
    )


def _rows(shown: Sequence[Placed], heads: Sequence[Line], today: dt.date) -> SafeString:
    named = len({row.plan_type for row, _ in shown}) > 1
    drawn = (table_row(row, stands, heads, today=today, named=named) for row, stands in shown)
    return mark_safe("".join(drawn))  # noqa: S308  # rows are escaped where they are drawn


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
    return f"{ready} of {plural(len(rows), f'{which}plan')} {verb} every must."


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
        Figure(number=count("lmcs"), label="with an LMC not heard", url=link("lmcs")),
        Figure(number=count("four"), label=f"with {MANY} or more not met", url=link("four")),
        Figure(
            number=sum(row.flags for row, _ in rows),
            label="open flags",
            url=addresses.flags(**of_these),
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
            number=stands.not_met,
            told=_told(stands),
            nothing_known=not stands.is_ready and not stands.not_met,
        )
        for row, stands in rows
        if row.tile
    }
    return list(tiles.values()) if len(tiles) >= TILES_WORTH_A_MAP else []


def _told(stands: Standing) -> str:
    if stands.not_met:
        return f"{stands.not_met} not met"
    return "every must is met" if stands.is_ready else "no data"
