"""Step 1: dates as people type them, and every way in which the answers can be wrong."""

import datetime as dt

import pytest

from engagement.forms.what import WhatForm
from engagement.queries.crediting import PlanChoice

TODAY = dt.date(2016, 9, 12)
APRIL = dt.date(2016, 4, 3)


def choice(pk: int = 1) -> PlanChoice:
    return PlanChoice(
        id=pk,
        code=f"f{pk}",
        title=f"Plan {pk}",
        plan_type="stp_2016",
        footprint_id=pk,
        footprint_name=f"Area {pk}",
        starts_on=dt.date(2016, 1, 15),
        submission_on=dt.date(2016, 10, 21),
    )


def form(**differs) -> WhatForm:
    data = {
        "held_on": "3 April 2016",
        "status": "happened",
        "channel": "meeting",
        "plans": ["1"],
        "title": "",
        "cancel_reason": "",
    }
    return WhatForm({**data, **differs}, plans=[choice(1), choice(2)], today=TODAY)


@pytest.mark.parametrize(
    "typed",
    [
        "03/04/2016",
        "3/4/16",
        "3 April 2016",
        "2016-04-03",
        "03-04-2016",
        "3.4.2016",
        "3 apr 2016",
        "3rd April 2016",
        " 3  April  2016 ",
        "3 APRIL 2016",
    ],
)
def test_a_date_is_read_day_first(typed: str) -> None:
    made = form(held_on=typed)
    assert made.is_valid(), made.errors
    assert made.cleaned_data["held_on"] == APRIL


@pytest.mark.parametrize(
    "typed",
    [
        "04/13/2016",
        "31/11/2016",
        "29/02/2015",
        "00/00/2016",
        "3/4/216",
        "1/1/0001x",
        "tomorrow",
        "3 Avril 2016",
        "1_0/04/2016",
        "٣/٤/٢٠١٦",
        "x" * 10_000,
        "3 April 2016; --",
        "\u200b3",
    ],
)
def test_what_is_no_date_is_refused_with_an_example(typed: str) -> None:
    assert form(held_on=typed).errors["held_on"] == [
        "The date must be a real date, like 3 April 2016 or 3/4/2016"
    ]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Enter the date, like 3 April 2016 or 3/4/2016"),
        ("   ", "Enter the date, like 3 April 2016 or 3/4/2016"),
        ("31/12/2012", "The date must be 1 January 2013 or later"),
        ("01/01/0001", "The date must be 1 January 2013 or later"),
    ],
)
def test_a_date_out_of_range_is_refused(typed: str, words: str) -> None:
    assert form(held_on=typed).errors["held_on"] == [words]


def test_a_year_far_ahead_is_refused() -> None:
    (error,) = form(held_on="1/1/9999", status="planned").errors["held_on"]
    assert error.startswith("The date must be 31 December ")
    assert error.endswith("or earlier")


def test_the_future_cannot_have_happened() -> None:
    made = form(held_on="13 September 2016")
    assert made.errors["held_on"] == [
        "13 September 2016 has not happened yet: log it as planned, or correct the date"
    ]
    assert form(held_on="12 September 2016").is_valid()
    assert form(held_on="13 September 2016", status="planned").is_valid()


def test_a_planned_day_gone_by_is_accepted() -> None:
    assert form(status="planned").is_valid()


@pytest.mark.parametrize("reason", ["", "rain"])
def test_what_did_not_happen_needs_a_coded_reason(reason: str) -> None:
    made = form(status="not", cancel_reason=reason)
    assert not made.is_valid()
    assert "cancel_reason" in made.errors


def test_a_reason_left_over_from_another_answer_is_dropped() -> None:
    made = form(status="happened", cancel_reason="by_us")
    assert made.is_valid()
    assert made.cleaned_data["cancel_reason"] == ""


@pytest.mark.parametrize(
    ("differs", "field"),
    [
        ({"status": ""}, "status"),
        ({"status": "withdrawn"}, "status"),
        ({"channel": ""}, "channel"),
        ({"channel": "pigeon"}, "channel"),
        ({"plans": []}, "plans"),
        ({"plans": ["3"]}, "plans"),
        ({"plans": ["1", "9"]}, "plans"),
        ({"plans": ["1e3"]}, "plans"),
        ({"plans": ["\x00"]}, "plans"),
        ({"plans": [str(2**64)]}, "plans"),
        ({"title": "x" * 161}, "title"),
        ({"title": "a\x00b"}, "title"),
    ],
)
def test_other_wrong_answers_are_refused_with_a_sentence(differs: dict, field: str) -> None:
    made = form(**differs)
    assert not made.is_valid()
    assert set(made.errors) == {field}
    assert "This field" not in str(made.errors)


@pytest.mark.parametrize(
    "title", ["José 🎪", "“Curly” & <b>", "=1+1", "'; --", "{{7*7}}", "x" * 160]
)
def test_a_title_is_kept_as_typed(title: str) -> None:
    made = form(title=title)
    assert made.is_valid()
    assert made.cleaned_data["title"] == title


@pytest.mark.parametrize("title", [" ", "\u200b", "\t\u200b "])
def test_a_title_of_nothing_visible_is_empty(title: str) -> None:
    assert form(title=title).is_valid()
    made = form(title=title)
    made.is_valid()
    assert made.cleaned_data["title"] == ""


def test_a_single_plan_is_chosen_beforehand() -> None:
    assert WhatForm(plans=[choice(7)], today=TODAY).initial["plans"] == ["7"]
    assert "plans" not in WhatForm(plans=[choice(1), choice(2)], today=TODAY).initial
