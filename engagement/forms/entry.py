"""A draft read back through its forms: what is complete, what is not, and the record it makes."""

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from accounts.models import User
from engagement.forms.attendance import RowProblem, attendances, row_problems
from engagement.forms.check import CheckForm
from engagement.forms.said import PointForm, SaidForm, point_forms
from engagement.forms.what import WhatForm
from engagement.models import Channel, Event, EventDraft
from engagement.queries.attendees import Attendee, attendees
from engagement.queries.crediting import PlanChoice, other_managers, plans_to_credit
from engagement.queries.heard import Standing, standings, within
from engagement.queries.recent import likely_doubles
from engagement.rules.answers import status_of, usual_outcome
from engagement.rules.attendees import Row, settled
from engagement.rules.record import Record, outside_period
from engagement.rules.titles import title
from stakeholders.models import Category

WHAT, WHO, SAID, CHECK = "what", "who", "said", "check"


class Entry:
    """One user's draft on one day. Everything is read once, and only when it is asked for."""

    def __init__(
        self, draft: EventDraft, *, user: User, today: dt.date, with_note: bool = True
    ) -> None:
        self.draft, self.user, self.today, self.with_note = draft, user, today, with_note

    def typed(self, step: str) -> Mapping[str, Any]:
        """What was typed at a step, as it was typed."""
        return self.draft.content.get(step) or {}

    # --- What and when -------------------------------------------------------------------------

    @cached_property
    def plan_choices(self) -> list[PlanChoice]:
        return plans_to_credit(self.user, today=self.today)

    @cached_property
    def what(self) -> WhatForm:
        form = WhatForm(self.typed(WHAT), plans=self.plan_choices, today=self.today)
        form.is_valid()
        return form

    @property
    def day(self) -> dt.date:
        return self.what.cleaned_data["held_on"]

    @property
    def channel(self) -> str:
        return self.what.cleaned_data["channel"]

    @property
    def status(self) -> str:
        answers = self.what.cleaned_data
        return status_of(answers["status"], answers["cancel_reason"])

    @property
    def plans(self) -> list[PlanChoice]:
        """The plans credited, in the order of the form."""
        chosen = set(self.what.cleaned_data["plans"])
        return [plan for plan in self.plan_choices if plan.id in chosen]

    @property
    def plans_outside(self) -> list[tuple[PlanChoice, str]]:
        """Plans in whose time the event does not lie, with the code that says on which side."""
        sides = (
            (
                plan,
                outside_period(
                    self.day, starts_on=plan.starts_on, submission_on=plan.submission_on
                ),
            )
            for plan in self.plans
        )
        return [(plan, side) for plan, side in sides if side]

    @cached_property
    def standing(self) -> dict[int, Standing]:
        """Who belongs to the footprints on the day of the event and who has been heard by then."""
        return standings(self.plans, day=self.day)

    @cached_property
    def near(self) -> frozenset[int]:
        """Everybody who belongs to one of the footprints: the likeliest to be looked for."""
        if "standing" in vars(self):  # asked already, for the rest of the page
            return frozenset().union(*(one.members for one in self.standing.values()))
        return within(self.plans, day=self.day)

    # --- Who took part -------------------------------------------------------------------------

    @property
    def rows_as_typed(self) -> list[Row]:
        return self.typed(WHO).get("rows", [])

    @cached_property
    def known(self) -> dict[str, Attendee]:
        return attendees(self.rows_as_typed, day=self.day)

    @cached_property
    def rows(self) -> list[Row]:
        """The list with the usual answers where nothing was chosen yet."""
        return settled(
            self.rows_as_typed,
            capacities={name: one.capacity for name, one in self.known.items()},
            outcome=usual_outcome(status=self.status, channel=self.channel),
        )

    @cached_property
    def row_problems(self) -> list[RowProblem]:
        return row_problems(self.rows, self.known, status=self.status, day=self.day)

    @property
    def organisations(self) -> list[tuple[int, str]]:
        """The organisations on the list by name, for the question who said it."""
        bodies = {one.body.id: one.body.name for one in self.known.values()}
        return sorted(bodies.items(), key=lambda pair: pair[1])

    # --- What was said -------------------------------------------------------------------------

    @cached_property
    def readers(self) -> list[tuple[int, str]]:
        footprints = {plan.footprint_id for plan in self.plans}
        return other_managers(self.user, footprint_ids=footprints, today=self.today)

    @cached_property
    def said(self) -> SaidForm:
        form = SaidForm(self.typed(SAID), readers=self.readers, with_note=self.with_note)
        form.is_valid()
        return form

    @cached_property
    def points(self) -> list[PointForm]:
        forms = point_forms(
            self.typed(SAID).get("points", []), organisations=self.organisations, bound=True
        )
        for form in forms:
            form.full_clean()
        return forms

    @property
    def said_is_complete(self) -> bool:
        return self.said.is_valid() and not any(form.errors for form in self.points)

    # --- Check your answers --------------------------------------------------------------------

    @cached_property
    def doubles(self) -> list[Event]:
        """Events that may be the same one, logged before."""
        found = likely_doubles(
            self.user,
            held_on=self.day,
            channel=self.channel,
            organisation_ids={row["organisation"] for row in self.rows},
            editing=self.draft.event_id,
            today=self.today,
        )
        return list(found[:3])

    def check_form(self, data: Mapping[str, Any] | None = None) -> CheckForm:
        return CheckForm(
            data,
            asks_duplicate=bool(self.doubles),
            asks_period=bool(self.plans_outside),
            initial=self.typed(CHECK),
        )

    def missing_before(self, step: str) -> str:
        """The first step before ``step`` that is not complete; empty when nothing is missing."""
        if step == WHAT:
            return ""
        if not self.what.is_valid():
            return WHAT
        if step == WHO:
            return ""
        if self.row_problems:
            return WHO
        return SAID if step == CHECK and not self.said_is_complete else ""

    def title(self) -> str:
        """The title typed, or one made of the channel and who took part, an LMC before others."""
        lmcs_first = sorted(self.known.values(), key=lambda one: one.body.category != Category.LMC)
        names = [one.name for one in lmcs_first]
        return self.what.cleaned_data["title"] or title(Channel(self.channel).label, names)

    def record(self, check: Mapping[str, Any]) -> Record:
        """The record that these answers make; every step is complete, ``check`` is cleaned."""
        what, said = self.what.cleaned_data, self.said.cleaned_data
        note = said.get("restricted_note", "")
        return Record(
            plan_ids=tuple(what["plans"]),
            title=self.title(),
            held_on=self.day,
            channel=self.channel,
            status=self.status,
            level=said["level"],
            cancel_reason=what["cancel_reason"],
            period_reason=check.get("period_reason", ""),
            summary=said["summary"],
            restricted_note=note,
            reader_ids=tuple(said.get("readers", ())) if note else (),
            attendances=attendances(self.rows),
            points=tuple(form.point() for form in self.points if not form.is_empty()),
        )
