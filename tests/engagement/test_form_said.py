"""Step 3: level, points and the restricted note."""

import datetime as dt

import pytest

from engagement.forms.said import LEVEL_TESTS, MOST_POINTS, SaidForm, point_forms, typed_points
from engagement.models import Level

EMPTY = {"text": "", "theme": "", "organisation": "", "follow_up_by": ""}


def said(**typed) -> SaidForm:
    return SaidForm({"level": "consult", **typed}, readers=[(4, "Ann"), (5, "Bo")])


def points(*typed: dict):
    rows = [{**EMPTY, **row} for row in typed]
    return point_forms(rows, organisations=[(7, "Bolton LMC")], bound=True)


def test_every_level_has_its_one_line_test() -> None:
    assert set(LEVEL_TESTS) == set(Level.values)


@pytest.mark.parametrize("level", ["", "shout", "Consult"])
def test_a_level_must_be_chosen(level: str) -> None:
    assert "level" in said(level=level).errors


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"summary": "x" * 4001}, "summary"),
        ({"summary": "a\x00b"}, "summary"),
        ({"restricted_note": "x" * 2001}, "restricted_note"),
        ({"readers": ["6"]}, "readers"),
        ({"readers": ["x"]}, "readers"),
    ],
)
def test_wrong_answers_are_refused(typed: dict, field: str) -> None:
    assert set(said(**typed).errors) == {field}


def test_readers_are_other_managers() -> None:
    form = said(restricted_note="Only for two", readers=["4"])
    assert form.is_valid()
    assert form.cleaned_data["readers"] == [4]


def test_without_sight_of_the_note_it_is_not_asked_for() -> None:
    form = SaidForm({"level": "consult"}, readers=[(4, "Ann")], with_note=False)
    assert form.is_valid()
    assert "restricted_note" not in form.fields
    assert "readers" not in form.fields


def test_a_point_is_read_with_all_its_parts() -> None:
    (form,) = points(
        {"text": "No money", "theme": "Funding", "organisation": "7", "follow_up_by": "3/4/16"}
    )
    assert form.is_valid(), form.errors
    point = form.point()
    assert (point.text, point.theme, point.organisation_id) == ("No money", "Funding", 7)
    assert point.follow_up_by == dt.date(2016, 4, 3)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"theme": "Funding"}, "text"),
        ({"text": "x" * 501}, "text"),
        ({"text": "ok", "theme": "x" * 61}, "theme"),
        ({"text": "ok", "organisation": "8"}, "organisation"),
        ({"text": "ok", "follow_up_by": "31/11/2016"}, "follow_up_by"),
    ],
)
def test_a_wrong_point_names_its_field(typed: dict, field: str) -> None:
    (form,) = points(typed)
    assert set(form.errors) == {field}


def test_an_empty_row_is_no_point() -> None:
    assert points({}, {"text": "  "})[0].is_empty()
    assert points({}) == []


def test_typed_points_are_read_as_typed_and_never_more_than_offered() -> None:
    data = {f"point-{n}-text": f"said {n}" for n in range(1001)}
    typed = typed_points(data)
    assert len(typed) == MOST_POINTS
    assert typed[0]["text"] == "said 0"
    assert typed_points({}) == []


def test_spare_rows_are_added_for_the_next_point() -> None:
    forms = point_forms([{**EMPTY, "text": "one"}], organisations=[], bound=False, spare=1)
    assert [form.number for form in forms] == [1, 2]
