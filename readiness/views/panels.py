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
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accounts.roles import Permission
from plans.queries.moment import Moment


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A plan as a reader has opened it.

    ``can_log`` is false for everybody on a page that looks back. ``results`` are the rows that the
    page shows, stored or computed, in the policy's order.
    """

    user: Any
    plan: Any
    moment: Moment
    now: dt.datetime
    can_log: bool
    sees_events: bool
    may: frozenset[Permission]
    results: Sequence[Any] = field(default_factory=tuple)

    @property
    def day(self) -> dt.date:
        """The day of which the page speaks."""
        return self.moment.day


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A heading and what stands below it; ``anchor`` is what links elsewhere lead to."""

    heading: str
    html: SafeString
    anchor: str = ""


PanelOf = Callable[[Opened], Panel | None]

RAIL: tuple[PanelOf, ...] = ()
"""Beside the criteria, above the flags: narrow, read first."""

BELOW: tuple[PanelOf, ...] = ()
"""Cards below the matrix, beside the seats: what changes slowly."""

FULL: tuple[PanelOf, ...] = ()
"""At the end, as wide as the page: what is decided."""


def panel(heading: str, template: str, context: Mapping[str, Any], *, anchor: str = "") -> Panel:
    """A panel whose inside is drawn by ``template``."""
    html = render_to_string(template, dict(context))
    return Panel(heading=heading, html=html, anchor=anchor)


def drawn(makers: Sequence[PanelOf], opened: Opened) -> list[Panel]:
    """Those of the panels that have something to show, in order."""
    return [made for maker in makers if (made := maker(opened))]
