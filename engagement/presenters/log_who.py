"""Step 2 of logging in words: the pick list on the left, the list on the right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from engagement.models import Outcome
from engagement.queries.attendees import Attendee
from engagement.queries.heard import Unheard
from engagement.queries.recent import Recent
from engagement.queries.search import Findings, Found
from engagement.rules.answers import OUTCOMES_BY_STATUS
from engagement.rules.attendees import Row, key, key_of
from plans.models import Capacity
from stakeholders.models import Category
from ui.shapes import Link
from ui.words import and_list, nhs_date, patients, plural

CHOOSE = ("", "Choose one")


@dataclass(frozen=True, kw_only=True)
class Option:
    """One choice of a select box."""

    value: str
    label: str
    selected: bool = False


@dataclass(frozen=True, kw_only=True)
class Pick:
    """Something that can be ticked; ``closed`` says why it cannot."""

    key: str
    name: str
    note: str = ""
    ticked: bool = False
    closed: str = ""


@dataclass(frozen=True, kw_only=True)
class ListRow:
    """One line of the list with its two questions and what is wrong with them."""

    key: str
    name: str
    sub: str
    capacities: list[Option]
    outcomes: list[Option]
    problem: str = ""
    capacity_problem: str = ""
    outcome_problem: str = ""

    @property
    def spoken(self) -> str:
        """Whom the button removes, for those who hear the page."""
        return f" {self.name}"

    @property
    def has_problem(self) -> bool:
        return bool(self.problem or self.capacity_problem or self.outcome_problem)


@dataclass(frozen=True, kw_only=True)
class Results:
    """What a search found, in one sentence and as things to tick."""

    sentence: str = ""
    picks: list[Pick] = field(default_factory=list)


def recent_picks(recent: Iterable[Recent], listed: set[str]) -> list[Pick]:
    return [
        Pick(key=one.key, name=one.name, note=one.at) for one in recent if one.key not in listed
    ]


def unheard_picks(unheard: Iterable[Unheard], listed: set[str]) -> list[Pick]:
    """Whom to add so that a figure moves; somebody named from there is on the list already."""
    organisations = {name.split("-")[0] for name in listed}
    return [
        Pick(key=key_of(one.id, None), name=one.name, note=_why_first(one))
        for one in unheard
        if str(one.id) not in organisations
    ]


def results(found: Findings, *, listed: set[str], ticked: Mapping[str, Attendee]) -> Results:
    """The ticked first, so that a second search loses nothing; then people, then organisations."""
    kept = [
        Pick(
            key=one.key,
            name=one.name,
            note=one.body.name if one.person_name else one.body.code,
            ticked=True,
        )
        for one in ticked.values()
        if one.key not in listed
    ]
    shown = [one for one in (*found.people, *found.organisations) if one.key not in ticked]
    return Results(
        sentence=_result_sentence(found),
        picks=[*kept, *(_found(one, listed) for one in shown)],
    )


def list_rows(
    rows: Sequence[Row],
    known: Mapping[str, Attendee],
    *,
    status: str,
    problems: Mapping[tuple[str, str], str],
) -> list[ListRow]:
    """The list as it is shown; ``problems`` by key and field."""
    outcomes = [(value, Outcome(value).label) for value in OUTCOMES_BY_STATUS[status]]
    return [
        ListRow(
            key=key(row),
            name=_name(known.get(key(row))),
            sub=_sub(known.get(key(row))),
            capacities=_options([CHOOSE, *Capacity.choices], row["capacity"]),
            outcomes=_options([CHOOSE, *outcomes], row["outcome"]),
            problem=problems.get((key(row), "row"), ""),
            capacity_problem=problems.get((key(row), "capacity"), ""),
            outcome_problem=problems.get((key(row), "outcome"), ""),
        )
        for row in rows
    ]


def outcome_options(status: str, chosen: str | None) -> list[Option]:
    """What can have come of those who are added next."""
    outcomes = [(value, Outcome(value).label) for value in OUTCOMES_BY_STATUS[status]]
    return _options([CHOOSE, *outcomes], chosen)


def row_links(problems: Iterable) -> list[Link]:
    """What is wrong with the list, each line leading to its row."""
    return [
        Link(one.message, f"#{one.field}-{one.key}" if one.key else "#list") for one in problems
    ]


def _options(choices: Iterable[tuple[str, str]], chosen: str | None) -> list[Option]:
    return [
        Option(value=str(value), label=str(label), selected=str(value) == (chosen or ""))
        for value, label in choices
    ]


def _name(attendee: Attendee | None) -> str:
    return attendee.name if attendee else "Not in the register any more"


def _sub(attendee: Attendee | None) -> str:
    """The organisation of a person with other posts held; the code of an organisation alone."""
    if attendee is None:
        return "Remove this line"
    if not attendee.person_name:
        return f"{attendee.body.code}, nobody named"
    if not attendee.also_at:
        return attendee.body.name
    return f"{attendee.body.name}, and also {and_list(attendee.also_at)}"


def _why_first(one: Unheard) -> str:
    if one.category == Category.LMC:
        return f"speaks for {plural(one.speaks_for, 'practice')}"
    size = f"{patients(one.patients)} patients" if one.patients else "list size not known"
    return f"{size}, {one.locality}" if one.locality else size


def _found(one: Found, listed: set[str]) -> Pick:
    """Namesakes are told apart by code, postcode and place."""
    body = one.body
    parts = (
        (body.name, one.where, body.code)
        if one.person_name
        else (body.code, body.postcode, one.where or body.category_name)
    )
    return Pick(
        key=one.key,
        name=one.person_name or body.name,
        note=", ".join(part for part in parts if part),
        closed=_closed(one) if not body.is_open else "On the list" if one.key in listed else "",
    )


def _closed(one: Found) -> str:
    body = one.body
    if body.closed_on is None:
        return f"Opened on {nhs_date(body.opens_on)}" if body.opens_on else "Not open on that day"
    heirs = f"; {and_list(body.successors)} took over" if body.successors else ""
    return f"Closed on {nhs_date(body.closed_on)}{heirs}"


def _result_sentence(found: Findings) -> str:
    asked = found.asked.strip()
    if not asked:
        return ""
    if found.nothing:
        return (
            f"Nobody and nothing in the register begins with “{asked}”."
            " Try fewer letters, or add a person who is not listed."
        )
    number = len(found.people) + len(found.organisations)
    more = ", and there are more: add a word to narrow it down" if found.more else ""
    return f"“{asked}”: {plural(number, 'result')}{more}."
