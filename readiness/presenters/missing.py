"""The missing list in words: who was not heard, where, and what was last tried."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from plans.models import Plan
from plans.queries.moment import Moment
from readiness.presenters import addresses
from readiness.presenters.plan_words import place_name
from readiness.rules.breadth import gp_breadth
from readiness.rules.catalogue import thresholds
from readiness.rules.counting import patients_of
from readiness.rules.facts import Facts, Member
from readiness.rules.missing import (
    LMCS,
    OTHERS,
    PRACTICES,
    MissingChoice,
    Place,
    in_group,
    narrowed,
    not_heard,
    places,
)
from readiness.rules.results import Result
from readiness.rules.wording import share
from ui.words import nhs_date, patients, plural, sentence_case

GROUP_WORDS = {PRACTICES: "GP practices", LMCS: "LMCs", OTHERS: "Other partners"}
NOUNS = {PRACTICES: "practice", LMCS: "LMC", OTHERS: "partner"}
EVERYBODYS_COLUMNS = ("Reached", "Last attempt")


@dataclass(frozen=True, kw_only=True)
class Missing:
    """The list that was asked for: whom it counts, who of them is missing, and who is shown."""

    choice: MissingChoice
    everybody: Sequence[Member]
    counted: list[Member]
    missing: list[Member]
    shown: list[Member]
    hidden: Collection[int]
    breadth: Result
    minimum: int


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
class GroupLink:
    """One of the three lists and how many are missing from it."""

    text: str
    url: str
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
    groups: list[GroupLink]
    columns: list[str]
    has_locality: bool
    has_kind: bool
    order: str
    log_words: str
    numeric: str
    empty_title: str
    empty_text: str


@dataclass(frozen=True, kw_only=True)
class _Links:
    """The addresses of one plan's missing list on the day of the page."""

    plan: Plan
    moment: Moment

    def of(self, choice: MissingChoice, **changes: str) -> str:
        return addresses.missing(self.plan.code, **choice.query(**changes), **self.moment.query())


def missing(
    members: Sequence[Member],
    choice: MissingChoice,
    parameters: Mapping[str, object],
    *,
    hidden: Collection[int],
    today: dt.date,
) -> Missing:
    """Subtract, then narrow to what was asked for. How far those in ``hidden`` were reached is
    told neither by a row nor by a filter."""
    counted = in_group(members, choice.category)
    absent = not_heard(counted, today)
    judged = thresholds("gp_breadth", parameters)
    breadth = gp_breadth(
        Facts(plan_id=0, code="", plan_type="", members=tuple(members)), judged, today
    )
    return Missing(
        choice=choice,
        everybody=members,
        counted=counted,
        missing=absent,
        shown=narrowed(absent, choice, fewest=breadth.fewest, hidden=hidden),
        hidden=hidden,
        breadth=breadth,
        minimum=int(judged["amber_below"]),
    )


def missing_page(plan: Plan, found: Missing, moment: Moment) -> MissingPage:
    """The sentences, the localities and the links of the page, which keep its day."""
    choice, noun = found.choice, NOUNS[found.choice.category]
    url = _Links(plan=plan, moment=moment)
    is_practices = choice.category == PRACTICES
    number = len(found.shown)
    return MissingPage(
        caption=f"Missing list, {plan.footprint.name}",
        title=f"{len(found.missing):,} of {plural(len(found.counted), noun)} not heard",
        lead=_lead(found) if is_practices else _names(found),
        note=_note(choice.category, moment.day),
        places=_place_lines(url, found, moment.day) if is_practices else [],
        shown=_shown_words(found, noun),
        fewest_url=_fewest_url(url, found) if is_practices else "",
        fewest_words=_fewest_words(found),
        clear_url=url.of(MissingChoice(category=choice.category)) if _is_narrowed(choice) else "",
        download_url=addresses.missing_csv(plan.code, **choice.query(), **moment.query()),
        download_words=f"Download all {number:,}" if number > 1 else "Download",
        is_practices=is_practices,
        columns=[sentence_case(noun), *_columns_between(choice), *EVERYBODYS_COLUMNS],
        has_locality=not choice.locality,
        has_kind=choice.category == OTHERS,
        order="Largest list first." if is_practices else "By name.",
        groups=_groups(url, found.everybody, choice, moment.day),
        log_words=f"Log engagement with ticked {noun}s",
        numeric="Patients" if is_practices else "",
        empty_title=_empty_title(plan, found, noun),
        empty_text=_empty_text(found, moment),
    )


def _columns_between(choice: MissingChoice) -> list[str]:
    if choice.category != PRACTICES:
        return ["Kind"] if choice.category == OTHERS else []
    return ["Patients", "LMC"] if choice.locality else ["Patients", "Locality", "LMC"]


def _groups(
    url: _Links, everybody: Sequence[Member], choice: MissingChoice, today: dt.date
) -> list[GroupLink]:
    return [
        GroupLink(
            text=f"{words} ({len(not_heard(in_group(everybody, group), today)):,})",
            url=url.of(MissingChoice(category=group)),
            is_on=choice.category == group,
        )
        for group, words in GROUP_WORDS.items()
    ]


def localities_of(members: Sequence[Member]) -> dict[str, str]:
    """The localities of a plan's practices, name by code, by name; for the filter."""
    found = {
        member.locality: place_name(member.locality_name or member.locality)
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
    of_footprint = (
        f", {100 - share(everybody - lost, everybody)}% of the footprint" if everybody else ""
    )
    return f"They look after {patients(lost)} patients{of_footprint}. {found.breadth.would_clear}"


def _names(found: Missing) -> str:
    if not found.counted or not found.missing:
        return ""
    who = "It" if len(found.missing) == 1 else "Each of them"
    return f"{who} belongs to this footprint and has not taken part in anything that counts."


def _note(category: str, today: dt.date) -> str:
    voice = "" if category == OTHERS else ", as provider or representative body"
    which = "Practices open on that day." if category == PRACTICES else "Members on that day."
    return f"Heard means attended or responded, at consult or above{voice}, by {nhs_date(today)}. {which}"


def _place_lines(url: _Links, found: Missing, today: dt.date) -> list[PlaceLine]:
    return [_place_line(url, found.choice, place) for place in places(found.counted, today)]


def _place_line(url: _Links, choice: MissingChoice, place: Place) -> PlaceLine:
    is_on = choice.locality == place.code
    return PlaceLine(
        name=place_name(place.name or "No locality"),
        url=url.of(choice, locality="" if is_on else place.code),
        heard=f"{place.heard:,} of {place.practices:,}",
        share=place.share,
        label="of patients",
        is_on=is_on,
    )


def _shown_words(found: Missing, noun: str) -> str:
    words = f"{plural(len(found.shown), noun)} not heard"
    if found.choice.fewest:
        parted = " among" if found.choice.locality else ","
        words += f"{parted} the fewest that reach {found.minimum}%"
    place = next((one.locality_name for one in found.shown if found.choice.locality), "")
    return f"{place_name(place)}: {words}" if place else words


def _fewest_url(url: _Links, found: Missing) -> str:
    if not found.breadth.fewest:
        return ""
    return url.of(found.choice, fewest="" if found.choice.fewest else "1")


def _fewest_words(found: Missing) -> str:
    if found.choice.fewest:
        return "Show everybody who is missing"
    return f"Show only the fewest that reach {found.minimum}% ({len(found.breadth.fewest):,})"


def _is_narrowed(choice: MissingChoice) -> bool:
    return bool(choice.query(category=""))


def _empty_title(plan: Plan, found: Missing, noun: str) -> str:
    if not found.counted:
        return f"No {noun}s are recorded for {plan.footprint.name}"
    if not found.missing:
        return f"Every {noun} in {plan.footprint.name} has been heard"
    if found.choice.attempt and any(one.id in found.hidden for one in found.missing):
        return f"No {noun} of which you may know this fits these filters"
    return f"Every {noun} that fits these filters has been heard"


def _empty_text(found: Missing, moment: Moment) -> str:
    if not found.counted:
        return "The register does not say who belongs here. An administrator can import it."
    if not found.missing:
        return f"Nobody is missing from this list {'on this day' if moment.is_past else 'today'}."
    return "Clear the filters to see who is still missing."
