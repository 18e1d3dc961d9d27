"""The panels of a dossier that other parts of the service feed: answers, papers, decisions.

To add one: write a function here that takes an `Opened` and gives a `Panel`, or None where there is
nothing to show, and put it into `RAIL`, `BELOW` or `FULL`. It calls one query and one presenter
and renders one partial; the frame and its heading are drawn round it. Four things to know:

- The drawing is kept and shared by all who may do the same, so no partial holds a form, the
  reader's name or a token: link to a page that does. What a reader may do is in ``may``.
- It is drawn again when the plan's figures may have moved (`mark_changed`), and when a flag or a
  decision of the plan is written (`readiness.queries.pages.dossier.plan_mark`). A panel on
  anything else has to add it there.
- ``moment`` says of which day the page is. A panel that cannot look back gives None when
  ``moment.is_past``, and one that can passes ``moment.query()`` to its links.
- Its queries are a fixed number, counted by ``tests/readiness/pages/test_dossier.py``.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accounts.roles import Permission
from engagement.access import claims_visible_to, events_visible_to, sight_of
from engagement.presenters import answers as answers_presenter
from engagement.presenters import claims as claims_presenter
from engagement.queries.answers import answers_about
from engagement.queries.claims import claims_about
from engagement.queries.questions import unanswered_about
from plans.presenters import papers_panel as papers_presenter
from plans.queries.moment import Moment
from plans.queries.papers import panel_papers
from readiness.presenters import addresses
from readiness.presenters import decisions as decisions_presenter
from readiness.presenters import said_panel as said_presenter
from readiness.presenters.decisions import Reader
from readiness.presenters.judgements import judgements_page
from readiness.queries.pages.decisions import decisions_of, exceptions_of
from readiness.queries.pages.judgements import judgements_of, subjects_of


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A plan as a reader has opened it.

    ``can_log`` is false for everybody on a page that looks back. ``has_grant`` is true for a
    reviewer who may write about the footprint, and so is no judge of it. ``results`` are the rows that the
    page shows, stored or computed, in the policy's order.
    """

    user: Any
    plan: Any
    moment: Moment
    now: dt.datetime
    can_log: bool
    sees_events: bool
    has_grant: bool
    may: frozenset[Permission]
    results: Sequence[Any] = field(default_factory=tuple)

    @property
    def day(self) -> dt.date:
        """The day of which the page speaks."""
        return self.moment.day


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A heading and what stands below it; ``anchor`` is what links elsewhere lead to.

    ``variant`` is the top line of ``{% panel %}``.
    """

    heading: str
    html: SafeString
    anchor: str = ""
    variant: str = ""


PanelOf = Callable[[Opened], Panel | None]


def panel(
    heading: str,
    template: str,
    context: Mapping[str, Any],
    *,
    anchor: str = "",
    variant: str = "",
) -> Panel:
    """A panel whose inside is drawn by ``template``; without a heading it draws its own frame."""
    html = render_to_string(template, dict(context))
    return Panel(heading=heading, html=html, anchor=anchor, variant=variant)


def drawn(makers: Sequence[PanelOf], opened: Opened) -> list[Panel]:
    """Those of the panels that have something to show, in order."""
    return [made for maker in makers if (made := maker(opened))]


def answers_panel(opened: Opened) -> Panel | None:
    """What the organisations named in the records say of them, as far as the reader sees those."""
    if opened.moment.is_past:
        return None
    answers, visible = answers_about(opened.plan), None
    if not opened.sees_events:
        visible = events_visible_to(opened.user, today=opened.day)
        answers = answers.filter(event__in=visible.values("pk"))
    silent = unanswered_about(opened.plan) if opened.sees_events else 0
    sight = sight_of(opened.user, footprints=[opened.plan.footprint_id], today=opened.day)
    page = answers_presenter.panel(list(answers), sight, silent=silent)
    return panel(
        "What those named say", "engagement/_answers_panel.html", {"page": page}, anchor="answers"
    )


def claims_panel(opened: Opened) -> Panel | None:
    """What organisations say that the record misses, as far as the reader sees it."""
    if opened.moment.is_past:
        return None
    visible = claims_visible_to(opened.user, today=opened.day)
    page = claims_presenter.panel(list(claims_about(opened.plan).filter(pk__in=visible)))
    if page is None:
        return None
    return panel(
        "What organisations added", "engagement/_claims_panel.html", {"page": page}, anchor="claims"
    )


def papers_panel(opened: Opened) -> Panel | None:
    """The versions, whom they were shown and where consulting stands, on the day."""
    found = panel_papers(opened.plan, day=opened.day, known=opened.moment.known)
    papers = papers_presenter.papers_panel(opened.plan, found, today=opened.day)
    url = addresses.papers(opened.plan.code, **opened.moment.query())
    return panel("", "plans/_papers_panel.html", {"papers": replace(papers, url=url)})


def said_panel(opened: Opened) -> Panel | None:
    """Where one reads what was said and what changed; those pages speak of today."""
    if opened.moment.is_past:
        return None
    links = said_presenter.links(
        opened.plan.code, reads_answers=opened.sees_events, can_log=opened.can_log
    )
    return panel("What was said, what changed", "readiness/_said_panel.html", {"links": links})


def judgements_panel(opened: Opened) -> Panel | None:
    """What reviewers had judged of the plan's text by the day."""
    plan, kept = opened.plan, opened.moment.query()
    found = judgements_of(plan, opened.moment)
    page = judgements_page(plan, subjects_of(plan), found, may_judge=False)
    page = replace(page, url=addresses.judgements(plan.code, **kept))
    return panel("Judgements", "readiness/_judgements_panel.html", {"page": page})


def decisions_panel(opened: Opened) -> Panel | None:
    """What was decided on the plan, and what was let pass."""
    if opened.moment.is_past or Permission.READ_DECISIONS not in opened.may:
        return None
    reader = Reader(
        may_decide=Permission.DECIDE in opened.may,
        may_grant=Permission.GRANT_EXCEPTIONS in opened.may,
        is_own=opened.has_grant,
    )
    decided = decisions_presenter.panel(
        decisions_of(opened.plan),
        exceptions_of(opened.plan),
        opened.results,
        code=opened.plan.code,
        today=opened.day,
        reader=reader,
    )
    return panel(
        "Decisions",
        "readiness/_decisions_panel.html",
        {"decided": decided},
        anchor="decisions",
        variant="decide",
    )


RAIL: tuple[PanelOf, ...] = (answers_panel, claims_panel, said_panel, papers_panel)
"""Beside the criteria, above the flags: narrow, read first."""

BELOW: tuple[PanelOf, ...] = (judgements_panel,)
"""Cards below the matrix, beside the seats: what changes slowly."""

FULL: tuple[PanelOf, ...] = (decisions_panel,)
"""At the end, as wide as the page: what is decided."""
