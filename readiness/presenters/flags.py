"""A flag as a line: what, where, how urgent, since when, and the next step."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from readiness.models import Flag
from readiness.presenters import addresses
from readiness.presenters.plan_words import SEVERITY_COLOURS, SEVERITY_WORDS
from readiness.rules.states import State
from ui.shapes import Link
from ui.words import and_list, day_span, nhs_date, plural

MISSING_FOR = {
    "gp_breadth": "practices",
    "locality_spread": "practices",
    "lmc_reached": "lmcs",
    "system_partners": "others",
}
"""Criteria that open onto a missing list, and which of its three groups."""

LOG_FOR = frozenset({"no_proxy", "recent", "gp_depth", "channels"})
"""Criteria that only another conversation clears; an early one that is late cannot be."""

PAPER_FOR = frozenset(
    {
        "lmc_saw_plan", "required_groups", "engagement_plan", "hwb", "omission",
        "consultation_triage", "formal_consultation",
    }
)  # fmt: skip
"""Criteria that a manager clears by recording what is on paper."""

JUDGED = frozenset({"gp_support_shown", "gpfv_delivery"})


@dataclass(frozen=True, kw_only=True)
class FlagLine:
    """One open flag."""

    title: str
    figure: str
    plan: str
    plan_url: str
    url: str
    anchor: str
    severity: str
    colour: str
    since: str
    submission: str
    step: Link
    page_url: str
    taken: str
    is_overdue: bool
    helped: str
    state: str = State.NOT_MET


@dataclass(frozen=True, kw_only=True)
class ClearedLine:
    """One flag that cleared."""

    title: str
    on: str
    because: str
    event: Link | None


def flag_line(flag: Flag, *, today: dt.date, can_log: bool) -> FlagLine:
    """An open flag in words. It needs ``with_titles``; a reader's next step is to look closer."""
    code, name = flag.plan.code, flag.plan.footprint.name
    return FlagLine(
        title=title_of(flag),
        figure=flag.figure,
        plan=name,
        plan_url=addresses.dossier(code),
        url=addresses.dossier(code, flag.key),
        anchor=flag.key,
        severity=SEVERITY_WORDS[flag.severity],
        colour=SEVERITY_COLOURS[flag.severity],
        since=f"Open since {nhs_date(flag.raised_at)}",
        submission=f"{nhs_date(flag.plan.submission_on)}, {day_span(flag.plan.submission_on, today)}",
        step=next_step(flag.key, code, name, can_log=can_log),
        page_url=addresses.flag(flag.pk),
        taken=taken_words(flag, today=today),
        is_overdue=bool(overdue_words(flag, today=today)),
        helped=_helped(flag),
    )


def cleared_lines(flags: Iterable[Flag], *, sees_events: bool) -> list[ClearedLine]:
    """Those of the flags that cleared. Who may not open every event is told the day alone."""
    return [cleared_line(flag, sees_events=sees_events) for flag in flags if flag.cleared_at]


def cleared_line(flag: Flag, *, sees_events: bool) -> ClearedLine:
    """A cleared flag, naming the event that cleared it where one did."""
    event = flag.cleared_by
    because, link = flag.cleared_because, None
    if event and sees_events:
        link = Link(f"{event.title}, {nhs_date(event.held_on)}", addresses.event(event.pk))
    elif event:
        because = f"An event on {nhs_date(event.held_on)}"
    return ClearedLine(
        title=title_of(flag), on=nhs_date(flag.cleared_at), because=because, event=link
    )


def title_of(flag: Flag) -> str:
    """What the criterion is called; its key where the policy no longer holds it."""
    return getattr(flag, "title", None) or flag.key.replace("_", " ")


def next_step(key: str, code: str, name: str, *, can_log: bool) -> Link:
    """Where one goes to clear a criterion; the words say what is done there."""
    if group := MISSING_FOR.get(key):
        words = "See which LMCs are missing" if group == "lmcs" else "Open the missing list"
        return Link(
            words,
            addresses.missing(code, category="" if group == "practices" else group),
            f"for {name}",
        )
    if key == "gp_seat" and can_log:
        return Link("Record the seats", addresses.seats(code), f"of {name}")
    if key in PAPER_FOR and can_log:
        return Link("Record what is on paper", addresses.papers(code), f"for {name}")
    if key in JUDGED:
        return Link("See what reviewers judged", addresses.judgements(code), f"of {name}")
    if key in LOG_FOR and can_log:
        return Link("Log engagement", addresses.log(plan=code), f"for {name}")
    return Link("See what would clear it", addresses.dossier(code, key), f"for {name}")


def taken_words(flag: Flag, *, today: dt.date) -> str:
    """`Taken on by Sam Lee, due 3 May 2016`, or that nobody has."""
    if flag.owner is None or flag.due_on is None:
        return "Nobody has taken it on"
    late = ", overdue" if overdue_words(flag, today=today) else ""
    return f"Taken on by {flag.owner.name}, due {nhs_date(flag.due_on)}{late}"


def overdue_words(flag: Flag, *, today: dt.date) -> str:
    """How long an open flag's action has been due; empty while it is in time."""
    if flag.cleared_at is not None or flag.due_on is None or flag.due_on >= today:
        return ""
    return f"The action was due {plural((today - flag.due_on).days, 'day')} ago."


def _helped(flag: Flag) -> str:
    return "Support offered" if getattr(flag, "is_helped", False) else ""


def heading(number: int) -> str:
    """`8 open flags`."""
    return plural(number, "open flag") if number else "No open flags"


def sentence(number: int, urgent: int) -> str:
    """What the list holds."""
    if not number:
        return "No open flags."
    words = plural(number, "open flag")
    return f"{words}, {urgent:,} of them urgent." if urgent else f"{words}. None is urgent yet."


def rising_words(days_by_type: Mapping[str, Sequence[int]]) -> str:
    """On which days before submission a flag rises; once where all kinds of plan agree."""
    said = {name: f"{and_list(days)} days" for name, days in days_by_type.items()}
    if len(set(said.values())) == 1:
        return f"{next(iter(said.values()))} before submission"
    each = and_list(f"{days} for {name}" for name, days in said.items())
    return f"{each} before submission"


def lines(flags: Iterable[Flag], *, today: dt.date, can_log: bool) -> list[FlagLine]:
    """Those of the flags that are open, in words."""
    return [flag_line(flag, today=today, can_log=can_log) for flag in flags if not flag.cleared_at]
