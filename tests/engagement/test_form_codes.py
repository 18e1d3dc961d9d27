"""A pasted list of codes: the right ones are not lost, each wrong one is named with a remedy."""

import datetime as dt

import pytest

from engagement.forms.codes import CodesForm
from stakeholders.models import Succession
from tests.factories import stakeholders

pytestmark = pytest.mark.django_db
DAY = dt.date(2016, 4, 3)


def form(codes: str, day: dt.date = DAY) -> CodesForm:
    made = CodesForm({"codes": codes}, day=day)
    made.is_valid()
    return made


def ready(made: CodesForm) -> list[str]:
    return [body.code for body in made.sorted.bodies]


def errors(made: CodesForm) -> list[str]:
    return list(made.errors.get("codes", []))


@pytest.mark.parametrize(
    "typed",
    [
        "A81001",
        "a81001",
        " A81001 ",
        "A81001,",
        "\tA81001\r\n",
        "A81001;",
        "\u200bA81001",
        "\xa0A81001",
    ],
)
def test_a_code_is_read_however_it_was_pasted(typed: str) -> None:
    stakeholders.practice(code="A81001")
    made = form(typed)
    assert made.is_valid(), made.errors
    assert ready(made) == ["A81001"]


def test_a_code_that_comes_twice_is_added_once_and_said_so() -> None:
    for code in ("A81001", "A81002"):
        stakeholders.practice(code=code)
    made = form("A81001,A81001\nA81002 a81001")
    assert ready(made) == ["A81001", "A81002"]
    assert made.repeated() == "A81001 was there more than once, and was added once."
    assert form("A81001").repeated() == ""


def test_unknown_codes_are_named_and_the_right_ones_kept() -> None:
    stakeholders.practice(code="A81001")
    made = form("A81001 X00T99 Y0042")
    assert ready(made) == ["A81001"]
    assert made.sorted.wrong == ("X00T99", "Y0042")
    assert errors(made) == [
        "X00T99 and Y0042 are not codes in the register. Correct or remove them."
        " The other one is on the list."
    ]


def test_a_letter_in_place_of_a_figure_is_guessed_and_never_added() -> None:
    stakeholders.practice(code="A81001", name="The Surgery")
    made = form("A8I001")
    assert ready(made) == []
    assert errors(made) == ["A8I001: did you mean A81001, The Surgery?"]


def test_a_practice_closed_before_the_day_is_refused_with_its_date_and_successor() -> None:
    old = stakeholders.practice(code="A81001", name="The Surgery", closed_on=dt.date(2015, 3, 31))
    new = stakeholders.practice(code="A81002", name="New Surgery")
    Succession.objects.create(predecessor=old, successor=new, happened_on=dt.date(2015, 4, 1))
    made = form("A81001")
    assert ready(made) == []
    assert errors(made) == [
        (
            "The Surgery (A81001) closed on 31 March 2015; New Surgery (A81002) took over from it."
            " Add that one instead, or correct the date."
        )
    ]


def test_a_practice_is_open_on_its_last_day() -> None:
    stakeholders.practice(code="A81001", closed_on=DAY)
    assert ready(form("A81001")) == ["A81001"]
    assert ready(form("A81001", DAY + dt.timedelta(1))) == []


def test_a_practice_closed_without_successor_is_refused_with_its_date() -> None:
    stakeholders.practice(code="A81001", name="The Surgery", closed_on=dt.date(2015, 3, 31))
    assert errors(form("A81001")) == [
        "The Surgery (A81001) closed on 31 March 2015. Correct the date or the code."
    ]


def test_a_practice_not_yet_open_is_refused_with_its_date() -> None:
    stakeholders.practice(code="A81001", name="The Surgery", opened_on=dt.date(2016, 5, 1))
    assert errors(form("A81001")) == [
        "The Surgery (A81001) opened on 1 May 2016, after 3 April 2016. Correct the date or the code."
    ]


def test_a_practice_that_closed_and_opened_again_is_open_again() -> None:
    practice = stakeholders.practice(code="A81001", closed_on=dt.date(2014, 1, 1))
    practice.open_periods.create(valid_from=dt.date(2016, 1, 1))
    assert ready(form("A81001")) == ["A81001"]
    assert "closed on 1 January 2014" in errors(form("A81001", dt.date(2015, 6, 1)))[0]


def test_five_hundred_codes_are_taken_and_one_more_is_not() -> None:
    assert "500 or fewer" not in str(errors(form(" ".join(f"A{n:05d}" for n in range(500)))))
    (error,) = errors(form(" ".join(f"A{n:05d}" for n in range(501))))
    assert error == "You pasted 501 codes. Paste 500 or fewer at a time."


def test_many_unknown_codes_are_counted() -> None:
    (error,) = errors(form(" ".join(f"Z{n:05d}" for n in range(30))))
    assert error == "30 codes are not codes in the register. Correct or remove them."


@pytest.mark.parametrize(
    "typed", ["x" * 10_000, "\x00A81001", "🎪", "'; DROP TABLE--", "%", "<script>", "ﷺ", "=1+1"]
)
def test_junk_gives_a_short_sentence(typed: str) -> None:
    made = form(typed)
    assert ready(made) == []
    assert all(len(error) < 200 for error in errors(made))


def test_the_number_of_queries_does_not_grow(django_assert_num_queries) -> None:
    codes = [stakeholders.practice().code for _ in range(60)]
    for some in (codes[:5], codes):
        with django_assert_num_queries(3):
            form(" ".join(some))
