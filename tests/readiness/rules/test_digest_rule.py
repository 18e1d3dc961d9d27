"""What goes into whose summary: a table for each kind, and what makes it news."""

import datetime as dt

import pytest

from readiness.rules.digest import (
    SHOWN,
    TOLD,
    How,
    Item,
    Kind,
    Period,
    Reader,
    Who,
    composed,
    is_news,
)

TODAY = dt.date(2016, 9, 14)
UNTIL = dt.datetime(2016, 9, 14, 6, tzinfo=dt.UTC)
SINCE = UNTIL - dt.timedelta(days=1)
PERIOD = Period(since=SINCE, until=UNTIL, since_day=TODAY - dt.timedelta(1), today=TODAY)
HOUR = dt.timedelta(hours=1)

MANAGER = Reader(user=1, manages=frozenset({7}))
LEAD = Reader(user=2, answers_for=frozenset({5}))
REVIEWER = Reader(user=3, reviews=True)
STRANGERS = (
    Reader(user=4, manages=frozenset({8})),
    Reader(user=5, answers_for=frozenset({6})),
    Reader(user=6),
)
READERS = {Who.MANAGER: MANAGER, Who.REPRESENTATIVE: LEAD, Who.REVIEWER: REVIEWER}


def item(kind, *, days=None, **facts):
    """Of plan 7 and organisation 5; due in so many days, else an hour before the summaries."""
    moment = {"due_on": TODAY + dt.timedelta(days)} if days is not None else {"at": UNTIL - HOUR}
    return Item(
        **{"kind": kind, "key": 1, "name": "x", "plan": 7, "organisation": 5, **moment, **facts}
    )


def new(kind, **facts):
    """One that is news by itself."""
    return item(kind, days=3 if TOLD[kind][0] == How.DUE else None, **facts)


def test_every_kind_says_to_whom_and_how_it_is_told():
    assert set(TOLD) == set(Kind)
    assert all(who for _, who in TOLD.values())


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_reaches_those_whom_it_concerns_and_nobody_else(kind):
    found = composed([*READERS.values(), *STRANGERS], [new(kind)], PERIOD)

    assert set(found) == {READERS[who].user for who in TOLD[kind][1]}
    for sections in found.values():
        assert [(section.kind, section.number) for section in sections] == [(kind, 1)]


@pytest.mark.parametrize(
    ("at", "news"),
    [
        (SINCE - HOUR, False),
        (SINCE, True),
        (UNTIL - HOUR, True),
        (UNTIL, False),
        (None, False),
    ],
)
def test_what_happened_is_told_in_the_one_period_in_which_it_did(at, news):
    one = item(Kind.FLAG, at=at)
    assert is_news(one, PERIOD) is news
    assert bool(composed([MANAGER], [one], PERIOD)) is news
    told = composed([MANAGER], [one, item(Kind.ANSWER, key=2)], PERIOD)[1]
    assert (Kind.FLAG in [section.kind for section in told]) is news


@pytest.mark.parametrize(
    ("days_ago", "news"), [(0, True), (1, False), (6, False), (7, True), (8, False), (400, False)]
)
def test_what_waits_is_news_once_asked_and_after_a_week_and_listed_until_it_is_answered(
    days_ago, news
):
    waiting = item(Kind.QUESTION, at=UNTIL - HOUR - dt.timedelta(days_ago))
    assert is_news(waiting, PERIOD) is news
    told = composed([LEAD], [waiting, item(Kind.REPLY, key=9)], PERIOD)[2]
    assert [section.kind for section in told] == [Kind.QUESTION, Kind.REPLY]


@pytest.mark.parametrize(
    ("days", "news", "listed"),
    [
        (15, False, False),
        (14, True, True),
        (13, False, True),
        (3, True, True),
        (2, False, True),
        (0, False, True),
        (-1, True, True),
        (-2, False, True),
        (-60, False, True),
        (-61, False, False),
    ],
)
def test_what_is_due_is_news_two_weeks_and_three_days_before_and_once_it_is_late(
    days, news, listed
):
    due = item(Kind.ACTION, days=days)
    assert is_news(due, PERIOD) is news
    assert bool(composed([MANAGER], [due], PERIOD)) is news
    told = composed([MANAGER], [due, item(Kind.FLAG, key=9)], PERIOD)[1]
    assert (Kind.ACTION in [section.kind for section in told]) is listed


def test_days_without_a_run_are_made_good_in_one_summary():
    late = Period(
        since=SINCE - dt.timedelta(4), until=UNTIL, since_day=TODAY - dt.timedelta(5), today=TODAY
    )
    due, happened = item(Kind.ACTION, days=1), item(Kind.FLAG, key=2, at=SINCE - dt.timedelta(3))
    told = composed([MANAGER], [due, happened], late)
    assert [section.kind for section in told[1]] == [Kind.FLAG, Kind.ACTION]
    assert composed([MANAGER], [due, happened], PERIOD) == {}


def test_a_storm_is_one_summary_with_a_few_lines_and_the_number():
    storm = [item(Kind.FLAG, key=key, name=f"{key:03}") for key in range(500)]
    [section] = composed([MANAGER], storm, PERIOD)[1]
    assert (len(section.items), section.number) == (SHOWN, 500)
    assert [one.name for one in section.items][:2] == ["000", "001"]


def test_one_thing_that_counts_for_two_plans_is_one_line():
    both = Reader(user=1, manages=frozenset({7, 8}))
    twice = [item(Kind.ANSWER, plan=plan) for plan in (7, 8)]
    two = [item(Kind.ANSWER, name=name) for name in ("Bolton LMC", "Wigan LMC")]
    assert composed([both], twice, PERIOD)[1][0].number == 1
    assert composed([both], two, PERIOD)[1][0].number == 2


def test_who_manages_answers_and_reviews_gets_one_summary_of_all():
    everything = Reader(user=1, manages=frozenset({7}), answers_for=frozenset({5}), reviews=True)
    found = composed(
        [everything], [new(kind, key=number) for number, kind in enumerate(Kind)], PERIOD
    )
    assert [section.kind for section in found[1]] == list(Kind)


def test_what_is_due_first_comes_first_and_what_happened_first_likewise():
    due = [item(Kind.ACTION, days=days, key=days) for days in (9, 3, 5)]
    past = [item(Kind.FLAG, key=hour, at=UNTIL - hour * HOUR) for hour in (1, 3, 2)]
    flags, actions = composed([MANAGER], [*due, *past], PERIOD)[1]
    assert [one.key for one in flags.items] == [3, 2, 1]
    assert [one.key for one in actions.items] == [3, 5, 9]
