"""The manager's home: what is thin, whom to ring first, what to do next."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from readiness.presenters import addresses
from readiness.presenters.board_rows import Placed
from readiness.presenters.plan_words import plan_type, submission
from readiness.presenters.standing import Standing
from readiness.queries.pages.board import PlanRow
from readiness.queries.pages.home import NotHeard
from ui.shapes import Link
from ui.words import and_list, nhs_date, patients, plural

CARDS = 6
LMCS_NAMED = 3
LMCS_TO_RING = 6
PRACTICES_TO_RING = 3


@dataclass(frozen=True, kw_only=True)
class Card:
    """One plan of a manager."""

    name: str
    url: str
    about: str
    variant: str
    count: str
    count_words: str
    state: str
    asides: list["Aside"]
    facts: list[str]
    links: list[Link]
    stale: bool


@dataclass(frozen=True, kw_only=True)
class CallLine:
    """One organisation to ring, and why."""

    name: str
    url: str
    code: str
    plans: list[str]
    reason: str


@dataclass(frozen=True, kw_only=True)
class HomePage:
    """The sentence at the top, and the cards."""

    lead: str
    ring: str
    ring_tail: str
    cards: list[Card]
    more: str
    flags: int
    flags_empty: str


def home_page(placed: Sequence[Placed], lmcs: Sequence[NotHeard], *, today: dt.date) -> HomePage:
    """``placed`` are the manager's plans, worst first."""
    flags = sum(row.flags for row, _ in placed)
    names = list(dict.fromkeys(one.organisation.name for one in lmcs))
    return HomePage(
        lead=f"{plural(len(placed), 'plan')}, {plural(flags, 'open flag')}.",
        ring=f"Ring {and_list(_first(names))} first" if names else "",
        ring_tail=_not_heard_words(names),
        cards=[_card(row, stands, today) for row, stands in placed[:CARDS]],
        more=_more_words(len(placed)),
        flags=flags,
        flags_empty=_flags_empty(placed, today),
    )


def call_lines(
    lmcs: Iterable[NotHeard], practices: Iterable[NotHeard], rows: Iterable[PlanRow]
) -> list[CallLine]:
    """LMCs never heard first, then the practices with most patients; each name once."""
    plans = {row.id: row for row in rows}
    first = _by_organisation(lmcs)[:LMCS_TO_RING]
    then = _by_organisation(practices)[:PRACTICES_TO_RING]
    return [_call(group, plans) for group in (*first, *then)]


def _flags_empty(placed: Sequence[Placed], today: dt.date) -> str:
    ahead = [row.submission_on for row, _ in placed if row.submission_on >= today]
    if not ahead:
        return "No submission lies ahead."
    return f"The next submission is on {nhs_date(min(ahead))}."


def _more_words(plans: int) -> str:
    if plans <= CARDS:
        return "Compare your plans on the board"
    return f"All {plans} plans on the board, {plans - CARDS} of them not shown here"


def _first(names: Sequence[str]) -> list[str]:
    if len(names) <= LMCS_NAMED:
        return list(names)
    return [*names[: LMCS_NAMED - 1], f"{len(names) - LMCS_NAMED + 1} other LMCs"]


def _not_heard_words(names: Sequence[str]) -> str:
    if not names:
        return ""
    if len(names) == 1:
        return ": it has not been heard."
    return ": neither has been heard." if len(names) == 2 else ": none of them has been heard."


def _card(row: PlanRow, stands: Standing, today: dt.date) -> Card:
    return Card(
        name=row.name,
        url=addresses.dossier(row.code),
        about=f"{plan_type(row.plan_type)}. {submission(row.submission_on, today)}",
        variant={"good": "good", "bad": "bad"}.get(stands.kind, ""),
        **_count(row, stands),
        asides=_asides(row, stands),
        facts=_facts(row),
        links=_links(row),
        stale=row.is_stale and row.assessed is not None,
    )


@dataclass(frozen=True, kw_only=True)
class Aside:
    """Musts in one of the other states, beside how many are not met."""

    state: str
    words: str


def _count(row: PlanRow, stands: Standing) -> dict[str, str]:
    if row.assessed is None:
        return {"count": "", "count_words": "Not assessed yet", "state": "no_data"}
    if stands.not_met:
        count = f"{stands.not_met} of {stands.musts}"
        return {"count": count, "count_words": "not met", "state": "not_met"}
    if not stands.is_ready:
        return {"count": "", "count_words": "No must is failing", "state": "met"}
    words = "Every must is met" if not stands.excepted else "Every must is met or let pass"
    return {"count": "", "count_words": words, "state": "met"}


def _asides(row: PlanRow, stands: Standing) -> list[Aside]:
    """`2 disputed`, `1 by exception`, `1 must without data`."""
    counts = (
        (stands.disputed, Aside(state="disputed", words=f"{stands.disputed} disputed")),
        (stands.excepted, Aside(state="exception", words=f"{stands.excepted} by exception")),
        (
            stands.no_data,
            Aside(state="no_data", words=f"{plural(stands.no_data, 'must')} without data"),
        ),
    )
    return [aside for number, aside in counts if number and row.assessed]


def _facts(row: PlanRow) -> list[str]:
    """Breadth, LMCs and recency in words, as the assessment stored them."""
    figures: Mapping[str, str] = row.headline.get("figures", {})
    if not figures:
        return []
    said = (_breadth(figures.get("gp_breadth", "")), _lmcs(row), figures.get("recent", ""))
    return [words for words in said if words]


def _breadth(figure: str) -> str:
    """`38 of 492 practices heard; 9% of patients`."""
    counted, parted, tail = figure.partition(";")
    return f"{counted} heard;{tail}" if parted else figure


def _lmcs(row: PlanRow) -> str:
    missing: Sequence[str] = row.headline.get("lmcs_missing", ())
    if not missing:
        return "Every LMC heard" if row.states.get("lmc_reached") == "met" else ""
    return f"{plural(len(missing), 'LMC')} not heard: {and_list(_first(missing))}"


def _links(row: PlanRow) -> list[Link]:
    where = f"in {row.name}"
    links = [Link("Who is missing", addresses.missing(row.code), where)]
    if row.flags:
        links.append(Link(plural(row.flags, "flag"), addresses.flags(plan=row.code), where))
    return links


def _by_organisation(missing: Iterable[NotHeard]) -> list[list[NotHeard]]:
    groups: dict[int, list[NotHeard]] = {}
    for one in missing:
        groups.setdefault(one.organisation.pk, []).append(one)
    return list(groups.values())


def _call(group: Sequence[NotHeard], plans: Mapping[int, PlanRow]) -> CallLine:
    organisation, size = group[0].organisation, group[0].patients
    rows = [plans[one.plan_id] for one in group]
    known = f"{patients(size)} patients. " if size else ""
    return CallLine(
        name=organisation.name,
        url=addresses.organisation(organisation.code),
        code=organisation.code,
        plans=[row.code for row in rows],
        reason=f"{known}Not heard in {and_list(row.name for row in rows)}",
    )
