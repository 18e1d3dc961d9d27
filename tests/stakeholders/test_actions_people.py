"""People and bodies that no register file knows."""

import datetime as dt
import unicodedata

import pytest

from accounts.models import AuditEntry
from stakeholders.actions import add_organisation, add_person
from stakeholders.models import Category, Organisation, Person
from stakeholders.rules import LOCAL_CATEGORIES
from tests.factories import accounts, stakeholders

pytestmark = pytest.mark.django_db
DAY = dt.date(2016, 4, 3)


def add(name: str, organisation) -> Person:
    return add_person(
        by=accounts.user(), name=name, organisation_id=organisation.pk, title="GP", valid_from=DAY
    )


def test_add_person_writes_a_post_and_an_audit_row() -> None:
    practice = stakeholders.practice(name="Castle Surgery")
    person = add("Dr Jo Lee", practice)
    assert person.posts.get().organisation == practice
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.label) == ("person added", "Dr Jo Lee")


@pytest.mark.parametrize(
    "again", ["José Núñez", unicodedata.normalize("NFD", "José Núñez"), "josé  núñez"]
)
def test_add_person_of_the_same_name_at_the_same_place_is_the_same_person(again: str) -> None:
    practice = stakeholders.practice()
    assert add("José Núñez", practice) == add(again, practice)
    assert Person.objects.count() == 1


def test_add_person_of_the_same_name_elsewhere_is_somebody_else() -> None:
    add("Dr Jo Lee", stakeholders.practice())
    add("Dr Jo Lee", stakeholders.practice())
    assert Person.objects.count() == 2


def test_add_organisation_gets_a_code_and_can_be_found() -> None:
    made = add_organisation(
        by=accounts.user(), name="Ward group", category="patient_group", opened_on=DAY
    )
    assert made.code.startswith("LOCAL-")
    assert len(made.code) <= 12
    assert " ward group" in made.search_text
    assert made.open_periods.get().valid_from == DAY


def test_add_organisation_of_the_same_name_and_kind_is_the_same() -> None:
    for name in ("Ward group", "WARD GROUP"):
        add_organisation(by=accounts.user(), name=name, category="vcse", opened_on=DAY)
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize("category", sorted(set(Category.values) - set(LOCAL_CATEGORIES)))
def test_add_organisation_that_the_register_lists_is_refused(category: str) -> None:
    with pytest.raises(ValueError, match="register"):
        add_organisation(by=accounts.user(), name="Surgery", category=category, opened_on=DAY)


def test_local_categories_are_categories() -> None:
    assert set(LOCAL_CATEGORIES) <= set(Category.values)
