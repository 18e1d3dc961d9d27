"""The timeline of a dossier: a dot for each contact, and together where they are too many."""

import datetime as dt

import pytest

from plans.models import Plan
from readiness.presenters.dossier_charts import DOTS_DRAWN, timeline
from readiness.rules.facts import Contact

START = dt.date(2016, 1, 4)
"""A Monday."""


def contacts(number: int, *, every: float = 1.0, **facts) -> list[Contact]:
    return [
        Contact(
            event_id=place,
            title=f"Event {place}",
            held_on=START + dt.timedelta(int(place * every)),
            channel="meeting",
            level="consult",
            **facts,
        )
        for place in range(number)
    ]


def drawn(found: list[Contact], *, sees_events: bool = True):
    plan = Plan(code="x", starts_on=START)
    return timeline(plan, [], found, today=dt.date(2016, 12, 1), sees_events=sees_events)


def test_up_to_two_hundred_contacts_are_dots_of_their_own():
    found = drawn(contacts(DOTS_DRAWN, own=1))

    assert [dot.number for dot in found.dots] == [1] * DOTS_DRAWN
    assert found.dots[0].label == "4 January 2016: Event 0"
    assert "Each mark" not in found.note


@pytest.mark.parametrize(
    ("number", "every", "marks", "words"),
    [
        (210, 1.0, 30, "Week of 4 January 2016: 7 contacts"),
        (5_000, 0.05, 36, "Week of 4 January 2016: 140 contacts"),
        (600, 1.0, 20, "January 2016: 28 contacts"),
    ],
)
def test_more_contacts_are_one_mark_for_each_week_or_month(number, every, marks, words):
    found = drawn(contacts(number, every=every, own=1))

    assert len(found.dots) == marks
    assert sum(dot.number for dot in found.dots) == number
    assert found.dots[0].label == words
    assert found.note.startswith("Each mark is a")


def test_each_mark_stands_on_a_day_with_contact_and_apart_by_kind():
    heard = contacts(150, own=1)
    proxy = contacts(150, every=0.5, proxy=1)

    found = drawn([*heard, *proxy])

    days = {"heard": {one.held_on for one in heard}, "commissioner": {one.held_on for one in proxy}}
    assert {dot.kind for dot in found.dots} == set(days)
    assert all(dot.on in days[dot.kind] for dot in found.dots)
    assert sum(dot.number for dot in found.dots if dot.kind == "commissioner") == 150


def test_marks_name_no_event_to_those_who_may_not_open_them():
    few = drawn(contacts(3, own=1), sees_events=False)
    many = drawn(contacts(DOTS_DRAWN + 1, own=1), sees_events=False)

    assert not any("Event" in dot.label for dot in [*few.dots, *many.dots])
