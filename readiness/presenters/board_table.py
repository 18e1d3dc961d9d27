"""The rows of the board as markup, made from cells that are drawn and escaped once.

Two thousand cells through a template loop cost 60 to 100 ms; joined from kept cells they cost 3.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from readiness.presenters import addresses
from readiness.presenters.plan_words import plan_type
from readiness.presenters.standing import Standing, met_words
from readiness.queries.pages.board import Line, PlanRow
from readiness.rules.states import State
from ui.templatetags.nhsuk import hidden, state_cell

URL, FLAGS_URL, DECIDE_URL, NAME = "@url@", "@flags@", "@decide@", "@name@"
"""Places in a kept cell; filled with escaped text, the name last, so that no name can be one."""


SETTLED = frozenset({State.MET, State.EXCEPTION, State.NOT_APPLICABLE})
"""States behind the second tab of a dossier: nothing is left to do before the decision."""

ARROWS = {"up": "▲ ", "down": "▼ "}

DECIDED = {
    "agree": "Agreed",
    "conditions": "Agreed with conditions",
    "return": "Returned",
    "refuse": "Refused",
}
"""What the board has said last, as a plan stands on the board."""


@dataclass(frozen=True, kw_only=True)
class Sight:
    """How the rows are shown: on which day, whether each says of which type its plan is, and
    whether the reader is one of those who decide."""

    today: dt.date
    named: bool = False
    decides: bool = False


def table_row(row: PlanRow, stands: Standing, columns: Sequence[Line], sight: Sight) -> SafeString:
    """One plan: its name, a cell per must, and what else decides whom to look at first."""
    address = escape(addresses.dossier(row.code))
    states, absent = row.states, _absent(row)
    parts = [
        _heading(row, stands, sight),
        *(_cell(states.get(line.key, absent), line.key, line.short_title) for line in columns),
        _shoulds(stands),
        _number("Days", days_left(row, sight.today), "wt-n wt-days"),
        _flags_cell(row.flags),
        _disputes_cell(row.disputes),
        _trend_cell(trend(row)),
    ]
    body = (
        "".join(parts)
        .replace(URL, address)
        .replace(FLAGS_URL, escape(addresses.flags(plan=row.code)))
        .replace(DECIDE_URL, escape(addresses.decide(row.code)))
        .replace(NAME, escape(row.name))
    )
    return mark_safe(f'<tr role="row">{body}</tr>')  # noqa: S308  # every part is escaped above


def days_left(row: PlanRow, today: dt.date) -> str:
    """Days to submission, or that it has passed."""
    days = (row.submission_on - today).days
    return "past" if days < 0 else f"{days:,}"


def trend(row: PlanRow) -> str:
    """Against about four weeks ago, in musts met: `up 2`, `down 1`, `same`; `new` without a past."""
    if row.assessed is None or row.met_before is None:
        return "new"
    moved = row.assessed.musts_met - row.met_before
    return f"up {moved}" if moved > 0 else f"down {-moved}" if moved else "same"


def _absent(row: PlanRow) -> str:
    """A criterion that the plan's policy does not hold, or a plan that nobody has assessed."""
    return State.NOT_APPLICABLE if row.assessed else State.NO_DATA


def _heading(row: PlanRow, stands: Standing, sight: Sight) -> str:
    met = met_words(stands) if row.assessed else "Not assessed yet"
    about = f"{plan_type(row.plan_type)}, {met}" if sight.named else met
    if row.is_stale and row.assessed:
        about = f"{about}, changes not counted yet"
    if row.decided:
        about = f"{about}. {DECIDED[row.decided]}"
    return _head_cell(about, decides=sight.decides and row.assessed is not None)


@lru_cache(maxsize=512)
def _head_cell(about: str, *, decides: bool) -> str:
    decide = format_html(' <a class="wt-decide" href="{}">Decide{}</a>', DECIDE_URL, _on_plan())
    return format_html(
        '<th scope="row" role="rowheader"><a href="{}">{}</a><span class="wt-sub">{}</span>{}</th>',
        URL,
        NAME,
        about,
        decide if decides else "",
    )


def _on_plan() -> SafeString:
    return hidden(f" on {NAME}")


@lru_cache(maxsize=512)
def _cell(state: str, key: str, heading: str) -> str:
    """The cell of one state of one criterion for any plan. What is settled stands in another tab."""
    anchor = "settled" if state in SETTLED else key
    return str(state_cell(state, f"{URL}#{anchor}", heading=heading, hidden=f"{heading}, {NAME}"))


@lru_cache(maxsize=64)
def _should_cell(met: int, number: int) -> str:
    if not number:
        return str(state_cell(State.NOT_APPLICABLE, heading="Shoulds"))
    state = State.MET if met == number else State.NOT_MET
    words = f"{met} of {number}"
    return str(
        state_cell(
            state, f"{URL}#shoulds", word=words, heading="Shoulds", hidden=f"shoulds met, {NAME}"
        )
    )


def _shoulds(stands: Standing) -> str:
    return _should_cell(stands.shoulds_met, stands.shoulds)


@lru_cache(maxsize=1024)
def _number(label: str, value: str, classes: str) -> str:
    return format_html(
        '<td role="cell" class="{}"><span class="wt-h" aria-hidden="true">{}</span>{}</td>',
        classes,
        label,
        value,
    )


@lru_cache(maxsize=64)
def _flags_cell(number: int) -> str:
    if not number:
        return _number("Flags", "0", "wt-n")
    about = hidden(f" open {'flag' if number == 1 else 'flags'}, {NAME}")
    return _number("Flags", format_html('<a href="{}">{}{}</a>', FLAGS_URL, number, about), "wt-n")


@lru_cache(maxsize=64)
def _disputes_cell(number: int) -> str:
    if not number:
        return _number("Disputes", "0", "wt-n")
    about = hidden(f" open {'dispute' if number == 1 else 'disputes'}, {NAME}")
    link = format_html('<a href="{}#answers">{}{}</a>', URL, number, about)
    return _number("Disputes", link, "wt-n is-disputed")


@lru_cache(maxsize=64)
def _trend_cell(words: str) -> str:
    return format_html(
        '<td role="cell" class="wt-trend"><span class="wt-h" aria-hidden="true">Trend</span>'
        '<span aria-hidden="true">{}</span>{}</td>',
        ARROWS.get(words.partition(" ")[0], ""),
        words,
    )
