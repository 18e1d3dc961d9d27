"""A person who is not listed: one organisation, chosen and never guessed."""

import datetime as dt

import pytest

from engagement.forms.person import NOT_LISTED, PersonForm
from tests.factories import stakeholders

pytestmark = pytest.mark.django_db
DAY = dt.date(2016, 4, 3)


def form(**typed) -> PersonForm:
    made = PersonForm({"new_name": "Dr Jo Lee", **typed}, day=DAY)
    made.is_valid()
    return made


def test_nothing_typed_is_nobody_to_add() -> None:
    assert PersonForm({"new_name": " ", "new_at": ""}, day=DAY).is_empty()
    assert not form().is_empty()


@pytest.mark.parametrize(
    "typed", ["A81001", " a81001 ", "Castle Surgery", "castle surg", "BL1 2AB"]
)
def test_the_only_organisation_that_fits_is_taken(typed: str) -> None:
    practice = stakeholders.practice(code="A81001", name="Castle Surgery", postcode="BL1 2AB")
    stakeholders.practice(code="A81002", name="Bridge Surgery")
    made = form(new_at=typed, new_title="GP")
    assert made.is_valid(), made.errors
    assert made.person().organisation_id == practice.pk


def test_namesakes_are_listed_with_what_tells_them_apart() -> None:
    first = stakeholders.practice(code="A81001", name="The Surgery", postcode="BL1 2AB")
    stakeholders.practice(code="A81002", name="The Surgery", postcode="M1 1AA")
    made = form(new_at="The Surgery")
    assert made.errors["new_at_choice"] == [
        "More than one organisation fits “The Surgery”. Choose which one it is"
    ]
    assert (str(first.pk), "The Surgery, A81001, BL1 2AB") in made.fields["new_at_choice"].choices
    chosen = form(new_at="The Surgery", new_at_choice=str(first.pk))
    assert chosen.is_valid()
    assert chosen.person().organisation_id == first.pk


def test_the_footprints_own_organisations_are_offered_first() -> None:
    stakeholders.practice(code="A81001", name="Abbey Surgery")
    own = stakeholders.practice(code="A81002", name="Zeal Surgery")
    made = PersonForm({"new_name": "Jo", "new_at": "surgery"}, day=DAY, near={own.pk})
    assert [body.code for body in made.candidates] == ["A81002", "A81001"]


def test_what_is_not_in_the_register_is_added_with_its_kind() -> None:
    made = form(new_at="Ward group")
    assert made.errors["new_kind"] == [
        (
            "“Ward group” is not in the register. Check the spelling, or choose what kind of"
            " organisation it is and it will be added"
        )
    ]
    made = form(new_at="Ward group", new_kind="patient_group")
    assert made.is_valid()
    person = made.person()
    assert (person.organisation_id, person.organisation_name) == (None, "Ward group")


def test_none_of_these_asks_for_the_kind() -> None:
    stakeholders.practice(name="The Surgery")
    stakeholders.practice(name="The Surgery")
    made = form(new_at="The Surgery", new_at_choice=NOT_LISTED)
    assert "new_kind" in made.errors
    made = form(new_at="The Surgery", new_at_choice=NOT_LISTED, new_kind="other")
    assert made.is_valid()
    assert made.person().organisation_id is None


def test_a_closed_organisation_is_not_offered() -> None:
    stakeholders.practice(code="A81001", name="Castle Surgery", closed_on=dt.date(2015, 1, 1))
    assert "new_kind" in form(new_at="A81001").errors


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"new_name": ""}, "new_name"),
        ({"new_name": "\u200b"}, "new_name"),
        ({"new_name": "x" * 121}, "new_name"),
        ({"new_at": ""}, "new_at"),
        ({"new_at": "x" * 10_000}, "new_at"),
        ({"new_kind": "gp_practice"}, "new_kind"),
    ],
)
def test_what_is_missing_is_named(typed: dict, field: str) -> None:
    made = form(**{"new_at": "Ward group", **typed})
    assert field in made.errors


@pytest.mark.parametrize("name", ["Seán Ó Sé", "李小龍", "Dr 🎪", "<script>", "=1+1", "O'Neill"])
def test_a_name_is_kept_as_typed(name: str) -> None:
    stakeholders.practice(code="A81001")
    made = form(new_name=name, new_at="A81001")
    assert made.is_valid()
    assert made.person().name == name
