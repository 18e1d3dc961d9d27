"""omission: whether the plan's own words name everybody, general practice first."""

import pytest

from tests.readiness.rules.builders import AS_AT, days_before, judge
from tests.readiness.rules.papers import on_paper, version

ASKED = ["vcse", "gp_practice", "council"]
EVERYBODY = {"gp_practice": 3, "vcse": 14, "council": 2, "trust": 40}
SILENT = {"gp_practice": 0, "vcse": 14, "council": 2}


@pytest.mark.parametrize(
    ("mentions", "minimum", "state", "figure"),
    [
        (
            {},
            1,
            "not_met",
            "General practice is named 0 times, councils 0; 0 of 3 groups named",
        ),
        (
            SILENT,
            1,
            "not_met",
            "General practice is named 0 times, the voluntary sector 14; 2 of 3 groups named",
        ),
        (
            SILENT | {"gp_practice": 1},
            1,
            "met",
            "General practice is named 1 time, the voluntary sector 14; 3 of 3 groups named",
        ),
        (
            EVERYBODY,
            2,
            "met",
            "General practice is named 3 times, the voluntary sector 14; "
            "3 of 3 groups named at least 2 times",
        ),
        (
            EVERYBODY,
            3,
            "not_met",
            "General practice is named 3 times, the voluntary sector 14; "
            "2 of 3 groups named at least 3 times",
        ),
        (
            SILENT,
            0,
            "met",
            "General practice is named 0 times, the voluntary sector 14; 3 of 3 groups named",
        ),
    ],
    ids=["empty text", "GPs left out", "at", "at two", "below three", "none asked"],
)
def test_omission(mentions, minimum, state, figure):
    given = on_paper(versions=(version(mentions=mentions),))
    result = judge("omission", given, categories=ASKED, minimum_mentions=minimum)
    assert (result.state, result.figure) == (state, figure)


@pytest.mark.parametrize(
    "versions", [(), (version(),), (version(on=days_before(-1), mentions={}),)]
)
def test_omission_is_no_data_without_a_text(versions):
    result = judge("omission", on_paper(versions=versions))
    assert (result.state, result.figure) == ("no_data", "No version of the plan has text to read")
    assert result.would_clear


def test_omission_reads_the_newest_version_that_has_text():
    versions = (
        version(3, AS_AT),
        version(2, days_before(1), mentions=EVERYBODY),
        version(1, days_before(1), mentions=SILENT),
        version(4, days_before(-1), mentions=SILENT),
    )
    result = judge("omission", on_paper(versions=versions), categories=ASKED)
    assert result.state == "met"
    assert result.evidence == {
        "version": "Draft 2",
        "dated_on": "2016-09-11",
        "mentions": {"gp_practice": 3, "vcse": 14, "council": 2},
        "named": 3,
        "categories": 3,
    }
    assert judge("omission", on_paper(versions=versions[::-1]), categories=ASKED) == result


def test_omission_names_general_practice_first_among_those_left_out():
    given = on_paper(versions=(version(mentions={"council": 1}),))
    once = judge("omission", given, categories=ASKED).would_clear
    assert once == (
        "Name general practice and the voluntary sector in the plan, "
        "and record the new version with its text."
    )
    twice = judge("omission", given, categories=ASKED, minimum_mentions=2).would_clear
    assert twice.startswith(
        "Name general practice, the voluntary sector and councils at least 2 times each in the plan"
    )
    often = judge("omission", given, categories=["gp_practice"], minimum_mentions=5)
    assert often.would_clear.startswith("Name general practice at least 5 times in the plan")
    assert often.figure == "General practice is named 0 times; 0 of 1 group named at least 5 times"


def test_omission_shows_general_practice_even_where_a_policy_does_not_ask_for_it():
    given = on_paper(versions=(version(mentions=EVERYBODY),))
    result = judge("omission", given, categories=["council"])
    assert result.figure == "General practice is named 3 times, councils 2; 1 of 1 group named"
