"""gp_depth, recent and channels."""

import datetime as dt

import pytest

from tests.readiness.rules.builders import (
    AS_AT,
    contact,
    days_before,
    facts,
    judge,
    newsletter,
    proxy,
)


def two_way(number, level="consult"):
    return [contact(n, days_before(n + 1), level=level) for n in range(number)]


def one_way(number):
    return [newsletter(100 + n, days_before(n + 1)) for n in range(number)]


@pytest.mark.parametrize(
    ("contacts", "state", "figure"),
    [
        ([], "not_met", "No GP contact yet"),
        (one_way(2), "not_met", "0 of 2 GP contacts two-way (0%); 0 at involve or above"),
        (two_way(1), "not_met", "1 of 1 GP contact two-way (100%); 0 at involve or above"),
        (
            two_way(1, "involve") + one_way(1),
            "met",
            "1 of 2 GP contacts two-way (50%); 1 at involve or above",
        ),
        (
            two_way(1, "empower") + one_way(2),
            "not_met",
            "1 of 3 GP contacts two-way (33%); 1 at involve or above",
        ),
    ],
    ids=["none", "only told", "not deep", "at half", "below half"],
)
def test_gp_depth(contacts, state, figure):
    result = judge("gp_depth", facts(contacts=tuple(contacts)))
    assert (result.state, result.figure) == (state, figure)


@pytest.mark.parametrize(
    ("contacts", "parameters", "would_clear"),
    [
        ([], {}, "Hold 1 more two-way GP contact at involve or above."),
        (
            two_way(1, "involve") + one_way(4),
            {},
            "Hold 3 more two-way GP contacts.",
        ),
        (
            two_way(3),
            {"minimum_deep": 2},
            "Hold 2 more two-way GP contacts at involve or above.",
        ),
        (
            one_way(2),
            {},
            "Hold 2 more two-way GP contacts, 1 of them at involve or above.",
        ),
        (
            one_way(1),
            {"minimum_two_way_percent": 100},
            "It cannot be cleared while one-way contacts count: it needs a named exception.",
        ),
    ],
    ids=["none", "too many one-way", "not deep", "both", "impossible"],
)
def test_gp_depth_says_the_least_that_clears_it(contacts, parameters, would_clear):
    assert (
        judge("gp_depth", facts(contacts=tuple(contacts)), **parameters).would_clear == would_clear
    )


@pytest.mark.parametrize("lacking", [0, 1, 2, 3, 7])
def test_gp_depth_is_met_once_the_named_number_is_held(lacking):
    contacts = two_way(1, "involve") + one_way(1 + lacking)
    before = judge("gp_depth", facts(contacts=tuple(contacts)))
    more = [contact(500 + n, AS_AT) for n in range(lacking)]
    assert judge("gp_depth", facts(contacts=tuple(contacts + more))).state == "met"
    assert (before.state == "met") is (lacking == 0)


def test_gp_depth_leaves_out_commissioners_and_says_so():
    result = judge("gp_depth", facts(contacts=(proxy(1, AS_AT), contact(2, AS_AT))))
    assert result.evidence["contacts"] == 1
    assert result.not_counted == {"commissioner_capacity": 1}


@pytest.mark.parametrize(
    ("days", "state", "band"),
    [
        (0, "met", "green"),
        (60, "met", "green"),
        (61, "not_met", "amber"),
        (90, "not_met", "amber"),
        (91, "not_met", "red"),
    ],
)
def test_recent_by_days_since_the_last_contact(days, state, band):
    result = judge("recent", facts(contacts=(contact(1, days_before(days)),)))
    assert (result.state, result.evidence["band"], result.evidence["days"]) == (state, band, days)


def test_recent_says_days_and_day():
    given = facts(contacts=(contact(1, dt.date(2016, 1, 1)), contact(2, dt.date(2016, 7, 6))))
    result = judge("recent", given)
    assert result.figure == "68 days since the last two-way GP contact, on 6 July 2016"
    assert result.events == (2,)


@pytest.mark.parametrize(
    "contacts",
    [(), (contact(1, days_before(-1)),), (newsletter(1, AS_AT),), (proxy(1, AS_AT),)],
    ids=["never", "tomorrow", "newsletter", "commissioner"],
)
def test_recent_without_a_two_way_contact_is_not_met(contacts):
    result = judge("recent", facts(contacts=contacts))
    assert (result.state, result.figure) == ("not_met", "No two-way GP contact yet")


@pytest.mark.parametrize(
    ("planned", "would_clear"),
    [
        (None, "Any two-way GP contact; none is planned."),
        (AS_AT, "Any two-way GP contact; none is planned."),
        (
            dt.date(2016, 9, 20),
            "Any two-way GP contact; the next is planned for 20 September 2016.",
        ),
    ],
)
def test_recent_names_the_next_planned_contact(planned, would_clear):
    assert judge("recent", facts(next_planned_on=planned)).would_clear == would_clear


@pytest.mark.parametrize(
    ("used", "state", "figure"),
    [
        ((), "not_met", "0 channels that reached GPs"),
        (("meeting", "meeting"), "not_met", "1 channel that reached GPs: meeting"),
        (("survey", "meeting"), "not_met", "2 channels that reached GPs: meeting and survey"),
        (
            ("survey", "drop_in", "meeting"),
            "met",
            "3 channels that reached GPs: drop in, meeting and survey",
        ),
    ],
)
def test_channels(used, state, figure):
    contacts = [contact(n, AS_AT, channel=channel) for n, channel in enumerate(used)]
    result = judge("channels", facts(contacts=tuple(contacts)))
    assert (result.state, result.figure) == (state, figure)


def test_channels_ignores_newsletters_commissioners_and_the_future():
    contacts = (newsletter(1, AS_AT), proxy(2, AS_AT), contact(3, days_before(-1)))
    result = judge("channels", facts(contacts=contacts))
    assert result.evidence["channels"] == 0
    assert result.would_clear == "Hear GPs through 3 more channels."
