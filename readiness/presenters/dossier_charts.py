"""Time in a dossier: phases with GP contacts, and who was heard in which month."""

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plans.models import Phase as PhaseRow
from plans.models import Plan
from readiness.presenters import addresses
from readiness.queries.pages.dossier import AS_COMMISSIONER, Heard
from readiness.rules.facts import Contact, Member
from stakeholders.models import Category
from ui.shapes import Dot, MatrixRow, Phase
from ui.words import nhs_date, nhs_date_short, plural

MONTHS_SHOWN = 12
DOTS_DRAWN = 200
"""Up to so many contacts each is a dot of its own; more would be one green bar."""
WEEKS_DRAWN = 60
"""Up to so many weeks a mark can stand for one."""

GP_BODIES = "gp_bodies"
"""Networks and federations together: the rules count them so."""

GROUPS: Mapping[str, str] = {
    Category.GP_PRACTICE.value: "GP practices",
    Category.LMC.value: "LMCs",
    GP_BODIES: "GP networks and federations",
    AS_COMMISSIONER: "GPs as commissioners",
    Category.PATIENT_GROUP.value: "Patient groups",
    Category.COMMISSIONER.value: "CCGs and sub-ICBs",
    Category.ICB.value: "Integrated care boards",
    Category.TRUST.value: "NHS trusts",
    Category.COUNCIL.value: "Councils",
    Category.SOCIAL_CARE.value: "Social care",
    Category.PUBLIC_HEALTH.value: "Public health",
    Category.HEALTH_AND_WELLBEING_BOARD.value: "Health and Wellbeing Boards",
    Category.HEALTHWATCH.value: "Healthwatch",
    Category.VCSE.value: "Voluntary sector",
    Category.ROYAL_COLLEGE.value: "Royal Colleges",
    Category.INDEPENDENT.value: "Independent sector",
    Category.REGION.value: "NHS regions",
    Category.OTHER.value: "Others",
}
"""Rows of the matrix in the order in which a reviewer asks for them."""

DOT_WORDS = {
    "heard": "GP heard as provider or representative",
    "commissioner": "GP present as commissioner only",
}
"""What the dots of the timeline mean."""

ALWAYS = frozenset({Category.GP_PRACTICE.value, Category.LMC.value})
PRACTICE_GROUPS = frozenset({*ALWAYS, GP_BODIES})
KIND_OF = {Category.PCN.value: GP_BODIES, Category.GP_FEDERATION.value: GP_BODIES}


@dataclass(frozen=True, kw_only=True)
class PhaseLine:
    """One phase as a row: the same facts as the timeline."""

    name: str
    dates: str
    own: str
    own_url: str
    proxy: str
    word: str


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """The phases drawn, and the same as a table."""

    phases: list[Phase]
    dots: list[Dot]
    key: Mapping[str, str]
    note: str
    lines: list[PhaseLine]


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """Groups by months."""

    rows: list[MatrixRow]
    months: list[str]
    caption: str
    note: str


def timeline(
    plan: Plan,
    phases: Sequence[PhaseRow],
    contacts: Sequence[Contact],
    *,
    today: dt.date,
    sees_events: bool,
) -> Timeline:
    """Phases with a dot for each contact in which general practice or a commissioner took part.

    Who may not open every event is told its day and not its title.
    """
    drawn = [(kind, contact) for contact in contacts if (kind := _kind(contact))]
    many = len(drawn) > DOTS_DRAWN
    dots = _together(drawn) if many else [_dot(*one, named=sees_events) for one in drawn]
    heard = [contact.held_on for contact in contacts if contact.two_way]
    return Timeline(
        phases=[
            Phase(name=one.name, starts_on=one.starts_on, ends_on=one.ends_on) for one in phases
        ],
        dots=dots,
        key=DOT_WORDS,
        note=_note(max(heard, default=None), today, dots if many else ()),
        lines=[_phase_line(plan, phase, contacts, today) for phase in phases],
    )


def matrix(
    plan: Plan,
    contacts: Sequence[Contact],
    others: Mapping[str, Heard],
    members: Sequence[Member],
    *,
    today: dt.date,
) -> Matrix:
    """A row for every kind of organisation that belongs here or was heard; a dash is nobody.

    General practice stands as the rules count it, in ``contacts``; ``others`` are all the rest.
    """
    months = months_until(min(today, plan.submission_on), plan.starts_on)
    heard = {**others, **gp_heard(contacts)}
    belongs = {KIND_OF.get(member.category, member.category) for member in members} | ALWAYS
    kinds = [kind for kind in GROUPS if kind in belongs or kind in heard]
    return Matrix(
        rows=[_matrix_row(plan, kind, heard.get(kind, Heard()), months, today) for kind in kinds],
        months=[f"{month:%b}" for month in months],
        caption=f"Two-way contacts by group and month, {months[0]:%B %Y} to {months[-1]:%B %Y}",
        note="Events with two-way contact. A dash is a month in which nobody was heard.",
    )


def gp_heard(contacts: Sequence[Contact]) -> dict[str, Heard]:
    """In how many events of each month practices, LMCs and other GP bodies spoke for themselves."""
    heard: dict[str, Heard] = {}
    for contact in contacts:
        if contact.two_way:
            for kind in _kinds_in(contact):
                row = heard.setdefault(kind, Heard())
                month = contact.held_on.replace(day=1)
                row.by_month[month] = row.by_month.get(month, 0) + 1
                row.last_on = max(row.last_on or contact.held_on, contact.held_on)
    return heard


def _kinds_in(contact: Contact) -> list[str]:
    numbers = {
        Category.GP_PRACTICE.value: contact.practices,
        Category.LMC.value: contact.lmcs,
        GP_BODIES: contact.own - contact.practices - contact.lmcs,
    }
    return [kind for kind, number in numbers.items() if number]


def months_until(last: dt.date, first: dt.date) -> list[dt.date]:
    """First days of the months from ``first`` to ``last``, the newest twelve of them."""
    months = [last.replace(day=1)]
    while months[-1] > first.replace(day=1) and len(months) < MONTHS_SHOWN:
        months.append((months[-1] - dt.timedelta(days=1)).replace(day=1))
    return months[::-1]


def _kind(contact: Contact) -> str:
    return "heard" if contact.two_way else "commissioner" if contact.proxy_only else ""


def _dot(kind: str, contact: Contact, *, named: bool) -> Dot:
    label = nhs_date(contact.held_on) + (f": {contact.title}" if named else "")
    return Dot(on=contact.held_on, kind=kind, label=label)


def _together(drawn: Sequence[tuple[str, Contact]]) -> list[Dot]:
    """One mark for each kind and week, or month where the weeks are too many to tell apart.

    A mark stands on the day of a contact, the middle one of its time.
    """
    days = [contact.held_on for _, contact in drawn]
    by_month = (max(days) - min(days)).days > WEEKS_DRAWN * 7
    groups: dict[tuple[str, dt.date], list[dt.date]] = {}
    for kind, contact in drawn:
        day = contact.held_on
        first = day.replace(day=1) if by_month else day - dt.timedelta(days=day.weekday())
        groups.setdefault((kind, first), []).append(day)
    return [
        Dot(
            on=sorted(held)[len(held) // 2],
            kind=kind,
            label=_time_words(first, len(held), by_month=by_month),
            number=len(held),
        )
        for (kind, first), held in groups.items()
    ]


def _time_words(first: dt.date, number: int, *, by_month: bool) -> str:
    time = f"{first:%B %Y}" if by_month else f"Week of {nhs_date(first)}"
    return f"{time}: {plural(number, 'contact')}"


def _note(last: dt.date | None, today: dt.date, together: Sequence[Dot]) -> str:
    """Since when nobody was heard, and what the numbers are where contacts stand together."""
    since = _since(last, today)
    if not together:
        return since
    time = "week" if together[0].label.startswith("Week") else "month"
    told = f"Each mark is a {time}, its number the contacts in it"
    return f"{told}. {since}" if since else told


def _since(last: dt.date | None, today: dt.date) -> str:
    if last is None:
        return "No GP contact yet"
    days = (today - last).days
    return f"No GP contact since {nhs_date(last)}" if days > 30 else ""


def _phase_line(
    plan: Plan, phase: PhaseRow, contacts: Sequence[Contact], today: dt.date
) -> PhaseLine:
    inside = [one for one in contacts if phase.starts_on <= one.held_on <= phase.ends_on]
    own = sum(one.two_way for one in inside)
    until = min(phase.ends_on, today)
    url = addresses.events(
        **{
            "plan": plan.code,
            "status": "happened",
            "from": phase.starts_on.isoformat(),
            "to": until.isoformat(),
        }
    )
    return PhaseLine(
        name=phase.name,
        dates=f"{nhs_date(phase.starts_on)} to {nhs_date(phase.ends_on)}",
        own=plural(own, "contact") if own else "None",
        own_url=url if own else "",
        proxy=plural(sum(one.proxy_only for one in inside), "contact"),
        word=_phase_word(phase, own, today),
    )


def _phase_word(phase: PhaseRow, own: int, today: dt.date) -> str:
    if phase.starts_on > today:
        return "Has not begun"
    if own:
        return "Heard"
    return "Nobody heard" if phase.ends_on < today else "Nobody heard so far"


def _matrix_row(
    plan: Plan, kind: str, heard: Heard, months: Sequence[dt.date], today: dt.date
) -> MatrixRow:
    counts = [heard.by_month.get(month, 0) for month in months]
    return MatrixRow(
        name=GROUPS[kind],
        counts=counts,
        last=_last(kind, heard.last_on, today),
        urls=[
            _month_url(plan, kind, month) if count else ""
            for month, count in zip(months, counts, strict=True)
        ],
        thin=kind in PRACTICE_GROUPS,
    )


def _last(kind: str, last_on: dt.date | None, today: dt.date) -> str:
    if last_on is None:
        return "Never"
    if kind == AS_COMMISSIONER:
        return f"{nhs_date_short(last_on)} (does not count)"
    return f"{nhs_date_short(last_on)}, {plural((today - last_on).days, 'day')}"


def _month_url(plan: Plan, kind: str, month: dt.date) -> str:
    last_day = calendar.monthrange(month.year, month.month)[1]
    category = {AS_COMMISSIONER: Category.GP_PRACTICE.value, GP_BODIES: ""}.get(kind, kind)
    return addresses.events(
        **{
            "plan": plan.code,
            "status": "happened",
            "category": category,
            "from": month.isoformat(),
            "to": month.replace(day=last_day).isoformat(),
        }
    )
