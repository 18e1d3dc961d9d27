"""Who said something, counted once each."""

import datetime as dt

import pytest

from consultations.rules.analysis import Room, Sent, Tally, needs_analyst
from consultations.rules.respondents import Voice, counted

DAY = dt.date(2020, 1, 3)


def sent(number: int, **voice) -> Sent:
    """One response; ``on`` is how many days after the first day it came."""
    day = DAY + dt.timedelta(voice.pop("on", 0))
    usual = {"respondent": number, "kind": "individual"}
    return Sent(
        response=number,
        voice=Voice(**{**usual, **voice}),
        group=voice.pop("group", "gp"),
        received_on=day,
    )


def tally(*rows: Sent) -> Tally:
    room = Room(rows)
    return room.tallies(("all", one.response) for one in rows)["all"]


BODY = {"kind": "organisation", "organisation_name": "Castle Surgery"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([sent(1), sent(2)], Tally(people=2, responses=2)),
        ([sent(1), sent(2, respondent=1)], Tally(people=1, responses=2)),
        ([sent(one, **BODY) for one in range(300)], Tally(organisations=1, responses=300)),
        (
            [sent(1, **BODY), sent(2, kind="organisation", organisation_name="CASTLE surgery ")],
            Tally(organisations=1, responses=2),
        ),
        (
            [sent(1, **BODY, organisation=9), sent(2, **BODY)],
            Tally(organisations=1, responses=2),
        ),
        (
            [sent(1, fingerprint="same"), sent(2, fingerprint="same"), sent(3)],
            Tally(people=1, campaigns=1, in_campaigns=2, responses=3),
        ),
        (
            [sent(1, fingerprint="same"), sent(2, respondent=1, fingerprint="same")],
            Tally(people=1, responses=2),
        ),
        (
            [
                sent(1, fingerprint="same"),
                sent(2, fingerprint="same"),
                sent(3, respondent=1, fingerprint="own"),
            ],
            Tally(people=1, campaigns=1, in_campaigns=1, responses=3),
        ),
        (
            [sent(1, fingerprint="same", **BODY), sent(2, fingerprint="same")],
            Tally(organisations=1, campaigns=1, in_campaigns=1, responses=2),
        ),
    ],
    ids=[
        "two people", "one person twice", "300 responses of 1 organisation", "a name in any case",
        "matched and typed", "a campaign", "one person is no campaign", "own words beside",
        "an organisation that joins counts as itself",
    ],
)  # fmt: skip
def test_everybody_counts_once(rows, expected):
    found = tally(*rows)
    assert found == expected
    whole = counted(one.voice for one in rows)
    assert found.organisations == whole.organisations
    assert found.people + found.in_campaigns == whole.people
    assert found.people + found.campaigns == whole.views


def test_keys_are_counted_apart_and_strangers_left_out():
    room = Room([sent(1), sent(2), sent(3, respondent=2)])
    found = room.tallies([("a", 1), ("a", 2), ("b", 3), ("b", 99)])
    assert {key: one.people for key, one in found.items()} == {"a": 2, "b": 1}
    assert room.once([("a", 1), ("a", 2), ("a", 3), ("c", 99)]) == {"a": 2}


def test_a_day_counts_those_who_answer_for_the_first_time():
    room = Room([sent(1, on=2), sent(2, respondent=1, on=5), sent(3, on=5), sent(4, on=2)])
    days = {(day - DAY).days: number for day, number in room.first_days().items()}
    assert days == {2: 2, 5: 1}


@pytest.mark.parametrize(
    ("responses", "analyst", "needed"),
    [(500, "", False), (501, "", True), (501, "  ", True), (501, "A company", False)],
)
def test_more_than_500_responses_need_somebody_independent(responses, analyst, needed):
    assert needs_analyst(responses, analyst) is needed
