"""One row of what a plan has on paper, in words: a function for each kind."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from plans.models import (
    Activity,
    Commitment,
    Consultation,
    GroupReason,
    Opinion,
    PlanVersion,
    Reading,
    Sharing,
    SpecialistAdvice,
    Triage,
    Visibility,
)
from plans.rules.mentions import GENERAL_PRACTICE
from stakeholders.models import Category
from ui.words import and_list, day_span, nhs_date, plural, times

PACK_LACKS: Mapping[str, str] = {
    "pack_options": "the options",
    "pack_costs": "costs",
    "pack_impact": "impact",
    "pack_equality": "equality",
    "pack_rejected": "what was rejected",
}


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who reads, as far as it changes what is shown.

    ``sees_all``: the plan's managers and the reviewers. Everybody else answers for ``ours`` and
    sees of the sharings only those; ``shown`` are the versions that any of ours was shown.
    """

    sees_all: bool
    may_edit: bool = False
    ours: frozenset[int] = frozenset()
    shown: frozenset[int] = frozenset()

    def may_read(self, version: PlanVersion) -> bool:
        """Whether the text of a version may be read: what ``Visibility`` means here."""
        if self.sees_all:
            return True
        if version.withdrawn_at is not None or version.visibility == Visibility.CONFIDENTIAL:
            return False
        return version.visibility == Visibility.PUBLIC or version.pk in self.shown


@dataclass(frozen=True, kw_only=True)
class Told:
    """A row in words: what it is, what is to be known of it, and perhaps a label with its colour.

    ``named`` is what the row alone is called where ``heading`` stands for several.
    """

    heading: str
    named: str = ""
    sentences: Sequence[str] = ()
    label: str = ""
    colour: str = "grey"


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What a line needs beside its row: the day, the reader, and how many were shown a version."""

    today: dt.date
    reader: Reader
    shown: Mapping[int, int] = field(default_factory=dict)


def version(row: PlanVersion, scene: Scene) -> Told:
    """A version; of a confidential one others than its managers and reviewers read name and date."""
    dated = f"Dated {nhs_date(row.dated_on)}."
    label = "Final" if row.is_final else "Draft"
    if not scene.reader.sees_all and row.visibility == Visibility.CONFIDENTIAL:
        return Told(heading=row.title, sentences=(dated, "Confidential."), label=label)
    sentences = [dated, who_may_read(row), shown_to(scene.shown.get(row.pk, 0))]
    if scene.reader.may_read(row):
        sentences.append(mentions_sentence(row))
    return Told(heading=row.title, sentences=sentences, label=label)


def sharing(row: Sharing, scene: Scene) -> Told:
    """Who was shown which version, when and how."""
    confidence = ", in confidence" if row.in_confidence else ""
    return Told(
        heading=row.version.title,
        named=f"{row.version.title}, shown to {row.organisation.name}",
        sentences=(
            f"Shown on {nhs_date(row.shown_on)}{confidence}.",
            f"How: {_ended(row.how)}",
        ),
    )


def opinion(row: Opinion, scene: Scene) -> Told:
    """The part of a Health and Wellbeing Board."""
    since = "since" if row.kind == "leads" else "on"
    return Told(
        heading=row.organisation.name,
        sentences=(
            f"{row.get_kind_display()}, {since} {nhs_date(row.given_on)}.",
            f"Where it says so: {_ended(row.reference)}",
        ),
    )


def reason(row: GroupReason, scene: Scene) -> Told:
    """Why a group was not engaged."""
    return Told(
        heading=Category(row.category).label,
        sentences=(_ended(row.reason), f"Given on {nhs_date(row.given_on)}."),
    )


def activity(row: Activity, scene: Scene) -> Told:
    """A line of the engagement plan."""
    group = f" With: {Category(row.category).label}." if row.category else ""
    sentences = (
        f"{_due(row, 'Done', scene.today)}{group}",
        f"Seen to by {_ended(row.owner)}",
    )
    label, colour = _progress(row, "Done", scene.today)
    return Told(heading=row.title, sentences=sentences, label=label, colour=colour)


def advice(row: SpecialistAdvice, scene: Scene) -> Told:
    """A field in which specialist advice is needed."""
    college = row.college.name if row.college else "No college is named yet"
    return Told(
        heading=row.specialty,
        sentences=(f"{college}.", f"Needed from {nhs_date(row.needed_from)}."),
    )


def triage(row: Triage, scene: Scene) -> Told:
    """The decision whether a formal consultation is needed."""
    return Told(
        heading=triage_words(row),
        sentences=(
            f"Decided on {nhs_date(row.decided_on)} by {_ended(row.decided_by)}",
            f"Why: {_ended(row.reason)}",
        ),
    )


def consultation(row: Consultation, scene: Scene) -> Told:
    """A consultation: how long it was open, what people were given, what became of it."""
    lacking = [words for name, words in PACK_LACKS.items() if not getattr(row, name)]
    lies_ahead = row.opens_on > scene.today
    if lies_ahead:
        still = "can still change" if row.options_open else "is not recorded as open"
        pack = f"lacks {and_list(lacking)} so far" if lacking else "has all five parts"
        pack = f"What people will be given {pack}."
    else:
        still = "could still change" if row.options_open else "could not change any more"
        pack = f"not given {and_list(lacking)}" if lacking else "given all five parts"
        pack = f"People were {pack}."
    sentences = [f"{open_words(row, scene.today)}. The decision {still}. {pack}"]
    if row.themes:
        sentences.append(f"Themes answered: {row.themes_answered:,} of {row.themes:,}.")
    if not lies_ahead:
        sentences += [f"{what}: {nhs_date(day) or 'not yet'}." for what, day in _steps(row)]
    if row.time_reason:
        sentences.insert(1, f"Why the time is short: {row.time_reason}")
    if row.dropped_on and row.dropped_on <= scene.today:
        since = nhs_date(row.dropped_on)
        sentences.insert(0, f"Does not go forward since {since}: {row.dropped_reason}")
    label = "Formal" if row.is_formal else "Not formal"
    return Told(heading=row.title, sentences=sentences, label=label)


def commitment(row: Commitment, scene: Scene) -> Told:
    """Something promised to general practice."""
    whom = row.organisation.name if row.organisation else "general practice as a whole"
    label, colour = _progress(row, "Kept", scene.today)
    return Told(
        heading=row.text,
        sentences=(
            f"Promised to {whom} on {nhs_date(row.made_on)}. {_due(row, 'Kept', scene.today)}",
            f"To be kept by {_ended(row.owner)}",
        ),
        label=label,
        colour=colour,
    )


def shown_to(number: int) -> str:
    """How many were shown a version."""
    return f"Shown to {plural(number, 'organisation')}." if number else "Shown to nobody yet."


NO_TEXT_YET: Mapping[Reading, str] = {
    Reading.TYPED: "Its text is not here.",
    Reading.WAITING: "Its text is being read.",
    Reading.READ: "Its text is not here.",
    Reading.NO_TEXT: "No text was found in its file: omissions cannot be counted.",
    Reading.REFUSED: "Its file could not be read.",
}


def mentions_sentence(row: PlanVersion) -> str:
    """How often the text names general practice."""
    if not row.mentions:
        return NO_TEXT_YET[Reading(row.reading)]
    number = row.mentions[GENERAL_PRACTICE]
    if not number:
        return "The text never names general practice."
    return f"The text names general practice {times(number)}."


def triage_words(row: Triage) -> str:
    """The decision in one line."""
    return f"A formal consultation is {'needed' if row.formal_needed else 'not needed'}"


def open_words(row: Consultation, today: dt.date) -> str:
    """When a consultation is, was or will be open."""
    verb = "Opens" if row.opens_on > today else "Open" if row.closes_on >= today else "Was open"
    return f"{verb} from {nhs_date(row.opens_on)} to {nhs_date(row.closes_on)}"


def _steps(row: Consultation) -> tuple[tuple[str, dt.date | None], ...]:
    return (
        ("Report", row.report_on),
        ("“What we heard” published", row.heard_on),
        ("Decision", row.decision_on),
    )


def who_may_read(row: PlanVersion) -> str:
    """Who reads the text, and since when."""
    since = {Visibility.PUBLIC: row.public_on, Visibility.IN_CONFIDENCE: row.confided_on}
    day = since.get(Visibility(row.visibility))
    return f"{row.get_visibility_display()}{f' since {nhs_date(day)}' if day else ''}."


def withdrawn_words(row: Any, *, tell: bool) -> str:
    """When it was withdrawn, and why where that may be told."""
    because = f": {row.withdrawn_reason}" if tell else "."
    return f"Withdrawn on {nhs_date(row.withdrawn_at)}{because}"


def _ended(typed: str) -> str:
    """Words as somebody typed them, names among them, with one full stop."""
    return f"{typed.rstrip('. ')}."


def _due(row: Any, done: str, today: dt.date) -> str:
    if row.done_on:
        return f"{done} on {nhs_date(row.done_on)}; it was due by {nhs_date(row.due_on)}."
    return f"Due by {nhs_date(row.due_on)}, {day_span(row.due_on, today)}."


def _progress(row: Any, done: str, today: dt.date) -> tuple[str, str]:
    if row.done_on:
        return done, "green"
    return ("Overdue", "red") if row.due_on < today else ("To do", "blue")
