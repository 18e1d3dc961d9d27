"""The address bar: nothing that stands there may break a page."""

from datetime import date

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from ui import query


def asked(**values: str) -> HttpRequest:
    return RequestFactory().get("/", values)


def test_text_is_trimmed() -> None:
    assert query.text(asked(q="  Bolton LMC "), "q") == query.Answer("Bolton LMC")


def test_nothing_asked_is_nothing_wrong() -> None:
    request = asked()
    assert query.text(request, "q") == query.Answer("")
    assert query.choice(request, "show", ["thin"], "all") == query.Answer("all")
    assert query.integer(request, "page", 1, 1, 9) == query.Answer(1)
    assert query.day(request, "from") == query.Answer(None)


def test_control_characters_are_left_out_and_said() -> None:
    answer = query.text(asked(q="Bol\x00ton"), "q")
    assert answer.value == "Bolton"
    assert answer.problem == "Your search held characters that cannot be read. They were left out."


def test_a_very_long_text_is_cut_and_said() -> None:
    answer = query.text(asked(q="x" * 10_000), "q", max_length=200)
    assert len(answer.value) == 200
    assert answer.problem == "Your search is 10,000 characters long. Shorten it to 200 or fewer."


def test_invisible_characters_alone_are_nothing() -> None:
    assert query.text(asked(q="\u200b \ufeff"), "q") == query.Answer("")


def test_a_choice_that_does_not_exist_is_named() -> None:
    answer = query.choice(asked(show="everything"), "show", ["thin"], "all")
    assert answer.value == "all"
    assert "“everything”" in answer.problem


@pytest.mark.parametrize("typed", ["0", "10", "-1", "1.5", "two", "²", "1e3", "9" * 400])
def test_a_number_out_of_reach_gives_the_usual_one(typed: str) -> None:
    answer = query.integer(asked(page=typed), "page", 1, 1, 9)
    assert answer.value == 1
    assert answer.problem.endswith("is not a number from 1 to 9.")


def test_a_number_and_a_day_are_read() -> None:
    assert query.integer(asked(page="9"), "page", 1, 1, 9) == query.Answer(9)
    assert query.day(asked(since="3/4/16"), "since") == query.Answer(date(2016, 4, 3))


def test_a_day_that_cannot_be_read_says_how_to_write_one() -> None:
    answer = query.day(asked(since="31/02/2016"), "since")
    assert answer.value is None
    assert answer.problem == "“31/02/2016” is not a date. Write it like 3 April 2016 or 3/4/2016."


def test_junk_that_nobody_can_see_is_not_quoted() -> None:
    problem = query.choice(asked(region="\x00"), "region", ["Y54"]).problem
    assert problem.startswith("What stands in the address is not one of the choices.")


def test_long_junk_is_quoted_shortly() -> None:
    assert len(query.choice(asked(show="x" * 10_000), "show", []).problem) < 120


@given(st.text(max_size=300))
def test_no_text_raises(typed: str) -> None:
    request = HttpRequest()
    request.GET = request.GET.copy()
    request.GET["q"] = typed
    assert len(query.text(request, "q", max_length=50).value) <= 50
    query.choice(request, "q", ["a"])
    query.integer(request, "q", 1, 0, 9)
    query.day(request, "q")
