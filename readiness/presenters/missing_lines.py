"""One organisation that was not heard, as a line: how far it got and what was last tried."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from engagement.models import Channel, Level, Outcome, Status
from plans.models import Capacity
from readiness.presenters import addresses
from readiness.presenters.plan_words import place_name
from readiness.queries.pages.missing import LastContact
from readiness.rules.facts import ATTEMPTED, INFORMED, NO_RUNG, Member
from stakeholders.models import Category
from ui.words import lower_first, nhs_date, patients

RUNG_WORDS = {NO_RUNG: "None", INFORMED: "Informed", ATTEMPTED: "Invited"}
OUTCOME_WORDS = {
    Outcome.ATTENDED.value: "attended",
    Outcome.RESPONDED.value: "responded",
    Outcome.INVITED.value: "invited",
    Outcome.ATTEMPTED.value: "no response",
    Outcome.APOLOGISED.value: "apologies",
    Outcome.NO_SHOW.value: "did not come",
    Outcome.INFORMED.value: "was sent it",
    Outcome.ASKED_US.value: "asked us, no answer",
}
NEVER_TRIED = "Never tried"
NOT_SHOWN = "Not shown"


@dataclass(frozen=True, kw_only=True)
class MissingLine:
    """One organisation that was not heard; ``…_words`` stand where no column names the value."""

    id: int
    code: str
    name: str
    url: str
    kind: str
    locality: str
    lmc: str
    lmc_words: str
    patients: str
    patients_words: str
    rung: str
    last: str
    was_tried: bool


def lines(
    shown: Sequence[Member],
    last: Mapping[int, LastContact],
    lmcs: Mapping[str, str],
    *,
    hidden: Collection[int],
    today: dt.date,
) -> list[MissingLine]:
    """One line per organisation; ``lmcs`` names each LMC by its code. Of those in ``hidden`` the
    reader is told that they were not heard, and nothing more."""
    made = [_line(one, last.get(one.id), lmcs.get(one.lmc or "", ""), today) for one in shown]
    return [
        replace(line, rung=NOT_SHOWN, last=NOT_SHOWN, was_tried=True) if line.id in hidden else line
        for line in made
    ]


def _line(one: Member, last: LastContact | None, lmc: str, today: dt.date) -> MissingLine:
    size = "Not known" if one.patients is None else patients(one.patients)
    return MissingLine(
        id=one.id,
        code=one.code,
        name=one.name,
        url=addresses.organisation(one.code),
        kind=Category(one.category).label,
        locality=place_name(one.locality_name or "No locality"),
        lmc=lmc.removesuffix(" LMC") or "Not known",
        lmc_words=lmc or "LMC not known",
        patients=size,
        patients_words="List size not known" if one.patients is None else f"{size} patients",
        rung=RUNG_WORDS.get(one.rung, "None"),
        last=last_words(last, today=today),
        was_tried=last is not None,
    )


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
