"""no_proxy and early_throughout: in every phase, in its own voice, from the start."""

import datetime as dt

import pytest

from tests.readiness.rules.builders import (
    DRAFTING,
    OPTIONS,
    SET_UP,
    START,
    contact,
    days_before,
    facts,
    judge,
    newsletter,
    proxy,
)

PHASES = (SET_UP, OPTIONS, DRAFTING)
MARCH, MAY, JULY = dt.date(2016, 3, 10), dt.date(2016, 5, 19), dt.date(2016, 7, 6)
EVERYWHERE = (contact(1, MARCH), contact(2, MAY), contact(3, JULY))


def no_proxy(*contacts, phases=PHASES, **more):
    return judge("no_proxy", facts(phases=phases, contacts=contacts), **more)


@pytest.mark.parametrize(
    ("contacts", "state", "figure"),
    [
        (EVERYWHERE, "met", "3 of 3 phases begun"),
        (EVERYWHERE[1:], "not_met", "2 of 3 phases begun; nobody heard in Set-up"),
        (
            (proxy(9, MARCH), *EVERYWHERE[1:]),
            "not_met",
            "2 of 3 phases begun; Set-up by proxy only",
        ),
        ((proxy(9, MARCH), *EVERYWHERE), "met", "3 of 3 phases begun"),
        (
            (newsletter(9, MAY),),
            "not_met",
            "0 of 3 phases begun; nobody heard in Set-up, Options and Drafting",
        ),
    ],
    ids=["every phase", "one empty", "one by proxy", "both voices", "only told"],
)
def test_no_proxy(contacts, state, figure):
    result = no_proxy(*contacts)
    assert (result.state, result.figure) == (state, figure)


@pytest.mark.parametrize(
    ("day", "state", "not_counted"),
    [
        (days_before(1, START), "not_met", {"outside_period": 1}),
        (SET_UP.starts_on, "met", {}),
        (SET_UP.ends_on, "met", {}),
        (days_before(-1, SET_UP.ends_on), "not_met", {"outside_phases": 1}),
    ],
)
def test_no_proxy_counts_both_days_of_a_phase_and_names_what_lies_outside(day, state, not_counted):
    result = no_proxy(contact(1, day), phases=(SET_UP,))
    assert (result.state, result.not_counted) == (state, not_counted)


@pytest.mark.parametrize(
    ("days_run", "state"), [(0, "not_applicable"), (29, "not_applicable"), (30, "not_met")]
)
def test_no_proxy_does_not_hold_a_phase_against_the_plan_that_has_only_just_begun(days_run, state):
    day = SET_UP.starts_on + dt.timedelta(days=days_run)
    result = judge("no_proxy", facts(phases=(SET_UP,)), day)
    assert result.state == state


def test_no_proxy_says_that_a_phase_has_only_just_begun_from_its_first_day():
    result = judge("no_proxy", facts(phases=(SET_UP,)), SET_UP.starts_on)
    assert result.figure == "0 of 1 phase begun; Set-up has only just begun"


def test_no_proxy_tests_a_short_phase_once_it_is_over():
    short = dt.timedelta(days=5)
    phase = type(SET_UP)(name="Sprint", starts_on=START, ends_on=START + short)
    assert judge("no_proxy", facts(phases=(phase,)), START + short).state == "not_applicable"
    after = judge("no_proxy", facts(phases=(phase,)), START + short + dt.timedelta(days=1))
    assert after.state == "not_met"


def test_no_proxy_ignores_phases_that_have_not_begun():
    result = judge("no_proxy", facts(phases=PHASES, contacts=EVERYWHERE[:1]), SET_UP.ends_on)
    assert (result.state, result.evidence["phases"]) == ("met", 1)


def test_no_proxy_before_the_first_phase_is_not_applicable():
    result = judge("no_proxy", facts(phases=PHASES), days_before(1, START))
    assert result.state == "not_applicable"
    assert result.figure == "No phase has begun; the first begins on 15 January 2016"


def test_no_proxy_without_phases_is_no_data():
    assert no_proxy(phases=()).state == "no_data"


def test_no_proxy_says_what_is_too_late_and_what_is_not():
    over = no_proxy(*EVERYWHERE[2:])
    assert over.would_clear == (
        "Set-up and Options are over. It cannot be cleared now: it needs a named exception."
    )
    running = no_proxy(*EVERYWHERE[:2])
    assert running.would_clear == ("Hear a GP provider or an LMC by 21 October 2016, in Drafting.")


def early(*contacts, as_at=None, **plan):
    given = facts(**{"phases": PHASES, "contacts": contacts, **plan})
    return judge("early_throughout", given, as_at) if as_at else judge("early_throughout", given)


@pytest.mark.parametrize(
    ("days", "draft_after", "state"),
    [
        (0, None, "met"),
        (60, None, "met"),
        (61, None, "not_met"),
        (-3, None, "met"),
        (49, 50, "met"),
        (50, 50, "not_met"),
    ],
    ids=["first day", "last day", "late", "before the start", "eve of draft", "day of draft"],
)
def test_early_throughout_by_the_first_contact(days, draft_after, state):
    draft = START + dt.timedelta(days=draft_after) if draft_after else None
    first = contact(9, START + dt.timedelta(days=days))
    later = contact(1, START + dt.timedelta(days=70)), *EVERYWHERE[1:]
    assert early(first, *later, first_draft_on=draft).state == state


def test_early_throughout_says_how_late_and_that_it_is_past_mending():
    result = early(contact(1, MAY), contact(2, JULY))
    assert result.figure == ("First GP contact 125 days after the start; nobody heard in Set-up")
    assert result.would_clear == "It cannot be cleared now: it needs a named exception."


def test_early_throughout_with_an_empty_running_phase_can_still_be_mended():
    result = early(*EVERYWHERE[:2])
    assert result.state == "not_met"
    assert result.would_clear == "Hear a GP provider or an LMC by 21 October 2016, in Drafting."


@pytest.mark.parametrize(
    ("day", "state", "figure"),
    [
        (
            START + dt.timedelta(days=20),
            "not_applicable",
            "No two-way GP contact yet; not late before 16 March 2016",
        ),
        (
            START + dt.timedelta(days=61),
            "not_met",
            "No two-way GP contact yet; nobody heard in Set-up",
        ),
    ],
)
def test_early_throughout_without_any_contact(day, state, figure):
    result = early(as_at=day)
    assert (result.state, result.figure) == (state, figure)


def test_early_throughout_ignores_commissioners_and_the_future():
    result = early(proxy(1, START), contact(2, START + dt.timedelta(days=400)))
    assert result.evidence["first_on"] is None


def test_early_throughout_without_a_start_is_no_data():
    assert early(starts_on=None).state == "no_data"
