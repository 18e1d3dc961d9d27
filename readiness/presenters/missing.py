"""The missing list in words: who was not heard, where, and what was last tried."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engagement.models import Channel, Level, Outcome, Status
from plans.models import Capacity, Plan
from readiness.presenters import addresses
from readiness.queries.pages.missing import LastContact
from readiness.rules.breadth import gp_breadth
from readiness.rules.catalogue import thresholds
from readiness.rules.counting import patients_of
from readiness.rules.facts import ATTEMPTED, INFORMED, NO_RUNG, Facts, Member
from readiness.rules.missing import (
    LMCS,
    PRACTICES,
    MissingChoice,
    Place,
    in_group,
    narrowed,
    not_heard,
    places,
)
from readiness.rules.results import Result
from ui.words import lower_first, nhs_date, patients, plural, sentence_case, share

RUNG_WORDS = {NO_RUNG: "None", INFORMED: "Informed", ATTEMPTED: "Invited"}
NOUNS = {PRACTICES: "practice", LMCS: "LMC", "others": "partner"}
OUTCOME_WORDS = {
    Outcome.ATTENDED.value: "attended",
    Outcome.RESPONDED.value: "responded",
    Outcome.INVITED.value: "invited",
    Outcome.ATTEMPTED.value: "no response",
    Outcome.APOLOGISED.value: "apologies",
    Outcome.NO_SHOW.value: "did not come",
    Outcome.INFORMED.value: "was sent it",
}
PRACTICE_COLUMNS = ("Patients", "Locality", "LMC")
EVERYBODYS_COLUMNS = ("How far", "Last attempt")
NEVER_TRIED = "Never tried"


@dataclass(frozen=True, kw_only=True)
class Missing:
    """The list that was asked for: whom it counts, who of them is missing, and who is shown."""

    choice: MissingChoice
    counted: list[Member]
    missing: list[Member]
    shown: list[Member]
    breadth: Result
    minimum: int


@dataclass(frozen=True, kw_only=True)
class MissingLine:
    """One organisation that was not heard."""

    id: int
    code: str
    name: str
    url: str
    locality: str
    lmc: str
    patients: str
    rung: str
    last: str


@dataclass(frozen=True, kw_only=True)
class PlaceLine:
    """One locality of the table that is also the filter."""

    name: str
    url: str
    heard: str
    share: float | None
    label: str
    is_on: bool


@dataclass(frozen=True, kw_only=True)
class MissingPage:
    """Everything around the rows."""

    caption: str
    title: str
    lead: str
    note: str
    places: list[PlaceLine]
    shown: str
    fewest_url: str
    fewest_words: str
    clear_url: str
    download_url: str
    download_words: str
    is_practices: bool
    columns: list[str]
    numeric: str
    empty_title: str
    empty_text: str


def missing(
    members: Sequence[Member],
    choice: MissingChoice,
    parameters: Mapping[str, object],
    *,
    today: dt.date,
) -> Missing:
    """Subtract, then narrow to what was asked for."""
    counted = in_group(members, choice.category)
    absent = not_heard(counted, today)
    judged = thresholds("gp_breadth", parameters)
    breadth = gp_breadth(
        Facts(plan_id=0, code="", plan_type="", members=tuple(members)), judged, today
    )
    return Missing(
        choice=choice,
        counted=counted,
        missing=absent,
        shown=narrowed(absent, choice, fewest=breadth.fewest),
        breadth=breadth,
        minimum=int(judged["amber_below"]),
    )


def missing_page(plan: Plan, found: Missing, *, today: dt.date) -> MissingPage:
    """The sentences, the localities and the links of the page."""
    choice, noun = found.choice, NOUNS[found.choice.category]
    is_practices = choice.category == PRACTICES
    number = len(found.shown)
    return MissingPage(
        caption=f"Missing list, {plan.footprint.name}",
        title=f"{len(found.missing):,} of {plural(len(found.counted), noun)} not heard",
        lead=_lead(found) if is_practices else _names(found),
        note=_note(choice.category, today),
        places=_place_lines(plan, found, today) if is_practices else [],
        shown=_shown_words(found, noun),
        fewest_url=_fewest_url(plan, found) if is_practices else "",
        fewest_words=_fewest_words(found),
        clear_url=_url(plan, MissingChoice(category=choice.category))
        if _is_narrowed(choice)
        else "",
        download_url=addresses.missing_csv(plan.code, **choice.query()),
        download_words=f"Download all {number:,}" if number > 1 else "Download",
        is_practices=is_practices,
        columns=[
            sentence_case(noun),
            *(PRACTICE_COLUMNS if is_practices else ()),
            *EVERYBODYS_COLUMNS,
        ],
        numeric="Patients" if is_practices else "",
        empty_title=_empty_title(plan, found, noun),
        empty_text=_empty_text(found),
    )


def lines(
    shown: Sequence[Member],
    last: Mapping[int, LastContact],
    lmcs: Mapping[str, str],
    *,
    today: dt.date,
) -> list[MissingLine]:
    """One line per organisation; ``lmcs`` names each LMC by its code."""
    return [
        MissingLine(
            id=one.id,
            code=one.code,
            name=one.name,
            url=addresses.organisation(one.code),
            locality=one.locality_name or "No locality",
            lmc=lmcs.get(one.lmc or "", "Not known"),
            patients="Not known" if one.patients is None else patients(one.patients),
            rung=RUNG_WORDS.get(one.rung, "None"),
            last=last_words(last.get(one.id), today=today),
        )
        for one in shown
    ]


def last_words(last: LastContact | None, *, today: dt.date) -> str:
    """`Email, 12 May 2016, no response`; what lies ahead or did not happen is said as such."""
    if last is None:
        return NEVER_TRIED
    words = f"{Channel(last.channel).label}, {nhs_date(last.held_on)}"
    if last.status == Status.CANCELLED:
        return f"{words}, cancelled"
    if last.status == Status.PLANNED or last.held_on > today:
        return f"{words}, planned"
    return f"{words}, {_what_came_of_it(last)}"


def _what_came_of_it(last: LastContact) -> str:
    words = OUTCOME_WORDS[last.outcome]
    took_part = last.outcome in {Outcome.ATTENDED, Outcome.RESPONDED}
    if took_part and last.capacity not in {Capacity.PROVIDER, Capacity.REPRESENTATIVE}:
        return f"{words} as {lower_first(Capacity(last.capacity).label)}: does not count"
    if took_part and last.level == Level.INFORM:
        return f"{words}, but was only informed"
    return words


def localities_of(members: Sequence[Member]) -> dict[str, str]:
    """The localities of a plan's practices, name by code, by name; for the filter."""
    found = {
        member.locality: member.locality_name or member.locality
        for member in in_group(members, PRACTICES)
        if member.locality
    }
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def lmcs_of(members: Sequence[Member]) -> dict[str, str]:
    """The LMCs of a plan, name by code, by name."""
    found = {member.code: member.name for member in in_group(members, LMCS)}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def _lead(found: Missing) -> str:
    if not found.counted:
        return ""
    if not found.missing:
        return "Every practice of the footprint has been heard."
    lost, everybody = patients_of(found.missing), patients_of(found.counted)
    of_footprint = f", {share(lost / everybody)} of the footprint" if everybody else ""
    return f"They look after {patients(lost)} patients{of_footprint}. {found.breadth.would_clear}"


def _names(found: Missing) -> str:
    if not found.counted or not found.missing:
        return ""
    return "Each of them belongs to this footprint and has not taken part in anything that counts."


def _note(category: str, today: dt.date) -> str:
    voice = "" if category == "others" else ", as provider or representative body"
    which = "Practices open on that day." if category == PRACTICES else "Members on that day."
    return f"Heard means attended or responded, at consult or above{voice}, by {nhs_date(today)}. {which}"


def _place_lines(plan: Plan, found: Missing, today: dt.date) -> list[PlaceLine]:
    return [_place_line(plan, found.choice, place) for place in places(found.counted, today)]


def _place_line(plan: Plan, choice: MissingChoice, place: Place) -> PlaceLine:
    is_on = choice.locality == place.code
    query = choice.query(locality="" if is_on else place.code)
    return PlaceLine(
        name=place.name or "No locality",
        url=addresses.missing(plan.code, **query),
        heard=f"{place.heard:,} of {place.practices:,}",
        share=place.share,
        label="of patients",
        is_on=is_on,
    )


def _shown_words(found: Missing, noun: str) -> str:
    words = f"{plural(len(found.shown), noun)} not heard"
    if found.choice.fewest:
        words += f", the fewest that reach {found.minimum}%"
    place = next((one.locality_name for one in found.shown if found.choice.locality), "")
    return f"{place}: {words}" if place else words


def _fewest_url(plan: Plan, found: Missing) -> str:
    if not found.breadth.fewest:
        return ""
    return addresses.missing(
        plan.code, **found.choice.query(fewest="" if found.choice.fewest else "1")
    )


def _fewest_words(found: Missing) -> str:
    if found.choice.fewest:
        return "Show everybody who is missing"
    return f"Show only the fewest that reach {found.minimum}% ({len(found.breadth.fewest):,})"


def _is_narrowed(choice: MissingChoice) -> bool:
    return bool(choice.query(category=""))


def _url(plan: Plan, choice: MissingChoice) -> str:
    return addresses.missing(plan.code, **choice.query())


def _empty_title(plan: Plan, found: Missing, noun: str) -> str:
    if not found.counted:
        return f"No {noun}s are recorded for {plan.footprint.name}"
    if not found.missing:
        return f"Every {noun} in {plan.footprint.name} has been heard"
    return f"Every {noun} that fits these filters has been heard"


def _empty_text(found: Missing) -> str:
    if not found.counted:
        return "The register does not say who belongs here. An administrator can import it."
    if not found.missing:
        return "Nobody is missing from this list today."
    return "Clear the filters to see who is still missing."
