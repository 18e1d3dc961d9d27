"""The page of what a plan has on paper: a section for each kind, and what each feeds."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from plans.models import Plan, Reading
from plans.presenters.paper_kinds import KINDS
from plans.presenters.paper_lines import Reader, Scene, withdrawn_words
from plans.queries.moment import Moment
from ui.shapes import Link
from ui.words import nhs_date, plural, sentence_case

FOLLOWS = "The plan's figures follow within a minute."
NOT_SHOWN = "Who else was shown a version is read by the plan's managers and the reviewers."


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """One row: what it says, when it was recorded, and where it is changed.

    ``parts`` are the organisations of a line that stands for several rows; those without an
    address cannot be withdrawn by the reader.
    """

    heading: str
    url: str
    sentences: Sequence[str]
    label: str
    colour: str
    recorded: str
    links: Sequence[Link] = ()
    parts: Sequence[Link] = ()


@dataclass(frozen=True, kw_only=True)
class PaperSection:
    """One kind: what it feeds, its rows, and what to do where there are none."""

    anchor: str
    heading: str
    feeds: Sequence[Link]
    add: Link | None
    lines: Sequence[PaperLine]
    withdrawn: Sequence[PaperLine]
    withdrawn_title: str
    nothing: str
    then: str
    note: str = ""

    @property
    def contents(self) -> Link:
        """The line in the list of contents, with how much is in it."""
        number = sum(len(line.parts) or 1 for line in self.lines)
        return Link(f"{self.heading} ({number})", f"#{self.anchor}")


NOT_YOU = "Your organisation is not on record as shown a version"
"""Where others are, of whom the reader is told the number alone."""


def sections(
    plan: Plan, papers: Mapping[str, Sequence[Any]], reader: Reader, moment: Moment
) -> list[PaperSection]:
    """Every kind of paper in the order of ``KINDS``, as at the moment."""
    shown = Counter(one.version_id for one in papers["sharing"] if one.withdrawn_at is None)
    scene = Scene(today=moment.day, reader=reader, shown=shown)
    asked = f"?{urlencode(moment.query())}" if moment.is_past else ""
    dossier = f"{reverse('readiness:dossier', args=[plan.code])}{asked}"
    return [_section(plan, kind, papers[kind], scene, dossier) for kind in KINDS]


def recorded_message(kind: str, number: int, *, asked: int) -> str:
    """What is said after a form was sent: how many of the rows asked for are new."""
    if not number:
        return "That was on paper already. Nothing was recorded twice."
    if kind != "sharing":
        return f"The {KINDS[kind].noun} is recorded. {FOLLOWS}"
    already = f" {asked - number:,} had been recorded before." if number < asked else ""
    shown = f"It is recorded that {plural(number, 'organisation was', 'organisations were')} shown"
    return f"{shown} the version.{already} {FOLLOWS}"


def document_message(name: str, same: str) -> str:
    """What is said after a document was sent with a version."""
    kept = f"The version is recorded and “{name}” is kept. Its text is being read."
    return f"{kept} {same}".strip()


def changed_message(kind: str, *, changed: bool) -> str:
    """What is said after a row was brought up to date."""
    if not changed:
        return "Nothing was saved: it says so already, or somebody else changed it just now."
    return f"The {KINDS[kind].noun} is saved. {FOLLOWS}"


def withdrawn_message(kind: str, *, withdrawn: bool) -> str:
    """What is said after a row was withdrawn, or when somebody was quicker."""
    if not withdrawn:
        return f"This {KINDS[kind].noun} was withdrawn before. Nothing was changed."
    return f"The {KINDS[kind].noun} is withdrawn and stays below its section. {FOLLOWS}"


def heading_of(kind: str, row: Any, *, today: dt.date) -> str:
    """The row in one line, for its managers' pages that change it."""
    told = KINDS[kind].line(row, Scene(today=today, reader=Reader(sees_all=True)))
    return told.named or told.heading


def change_words(kind: str, row: Any) -> str:
    """What the page that brings a row up to date is called; empty for a kind that has none."""
    if getattr(row, "done_on", None):
        return "Change the date"
    return KINDS[kind].change


def _section(
    plan: Plan, kind: str, rows: Sequence[Any], scene: Scene, dossier: str
) -> PaperSection:
    words, reader = KINDS[kind], scene.reader
    seen = [row for row in rows if kind != "sharing" or _sees(row, reader)]
    add = Link(words.add, reverse("plans:paper-add", args=[plan.code, kind]))
    standing = [row for row in seen if not row.withdrawn_at]
    withdrawn = [row for row in seen if row.withdrawn_at]
    return PaperSection(
        anchor=kind,
        heading=words.heading,
        feeds=[Link(text, f"{dossier}#{key}") for key, text in words.feeds.items()],
        add=add if reader.may_edit else None,
        lines=_lines(plan, kind, standing, scene),
        withdrawn=_lines(plan, kind, withdrawn, scene),
        withdrawn_title=f"Withdrawn ({len(withdrawn)})",
        nothing=NOT_YOU if rows and not seen else words.nothing,
        then=words.then if reader.may_edit else "The footprint's managers keep this list.",
        note=_not_seen(rows, seen),
    )


def _lines(plan: Plan, kind: str, rows: Sequence[Any], scene: Scene) -> list[PaperLine]:
    """A line for each row; for sharings one for all whom a version went to at once, the newest first."""
    if kind != "sharing":
        return [_line(plan, kind, row, scene) for row in rows]
    alike: dict[Any, list[Any]] = {}
    for row in reversed(rows):
        same = (row.version_id, row.shown_on, row.how, row.in_confidence, row.withdrawn_reason)
        alike.setdefault((*same, row.recorded_at.date()), []).append(row)
    return [_together(plan, rows, scene) for rows in alike.values()]


def _together(plan: Plan, rows: Sequence[Any], scene: Scene) -> PaperLine:
    """One line for sharings that differ by nothing but the organisation."""
    parts = []
    for row in sorted(rows, key=lambda one: one.organisation.name):
        is_open = scene.reader.may_edit and not row.withdrawn_at
        url = reverse("plans:paper-withdraw", args=[plan.code, "sharing", row.pk])
        parts.append(Link(row.organisation.name, url if is_open else ""))
    return replace(_line(plan, "sharing", rows[0], scene), links=(), parts=parts)


def _line(plan: Plan, kind: str, row: Any, scene: Scene) -> PaperLine:
    told = KINDS[kind].line(row, scene)
    is_open = row.withdrawn_at is None
    recorded = f"Recorded on {nhs_date(row.recorded_at)}."
    if not is_open:
        recorded = f"{recorded} {withdrawn_words(row, tell=_tells(kind, scene.reader))}"
    return PaperLine(
        heading=told.heading,
        url=_page_of(plan, kind, row, scene),
        sentences=told.sentences,
        label=told.label,
        colour=told.colour,
        recorded=recorded,
        links=_links(plan, kind, row, told.heading) if is_open and scene.reader.may_edit else (),
    )


def _page_of(plan: Plan, kind: str, row: Any, scene: Scene) -> str:
    """The page of a row that has one of its own and may be opened."""
    if kind == "consultation":
        return reverse("consultations:consultation", args=[row.pk])
    opens = kind == "version" and _has_page(row) and scene.reader.may_read(row)
    return reverse("plans:paper-text", args=[plan.code, row.pk]) if opens else ""


def _has_page(row: Any) -> bool:
    """Whether there is something to read: a text, or a file that has one or should have."""
    return bool(row.mentions) or row.reading != Reading.TYPED


def _links(plan: Plan, kind: str, row: Any, heading: str) -> list[Link]:
    asked = [
        ("plans:paper-change", change_words(kind, row)),
        ("plans:paper-withdraw", "Withdraw"),
    ]
    return [
        Link(text, reverse(name, args=[plan.code, kind, row.pk]), heading)
        for name, text in asked
        if text
    ]


def _sees(row: Any, reader: Reader) -> bool:
    return reader.sees_all or row.organisation_id in reader.ours


def _not_seen(rows: Sequence[Any], seen: Sequence[Any]) -> str:
    """How many others were shown which version, without their names."""
    hidden = {one.pk for one in rows} - {one.pk for one in seen}
    counts = Counter(
        one.version.title for one in rows if one.pk in hidden and one.withdrawn_at is None
    )
    parts = [
        f"“{title}” was shown to {plural(number, 'other organisation')}."
        for title, number in counts.items()
    ]
    return sentence_case(" ".join([*parts, NOT_SHOWN])) if parts else ""


def _tells(kind: str, reader: Reader) -> bool:
    """Whether the reason for withdrawing may be read: of a version it might tell what was in it, and
    one that is withdrawn is read by nobody else."""
    return kind != "version" or reader.sees_all
