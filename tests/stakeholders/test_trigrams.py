"""The word indexes: there on PostgreSQL, of the form that the searches ask for, absent on SQLite."""

from types import SimpleNamespace

import pytest
from django.db import connection

from engagement.models import Event
from engagement.queries.events import EventFilters, filtered
from stakeholders import trigrams
from stakeholders.models import Organisation, Person
from stakeholders.queries.directory import with_words

pytestmark = pytest.mark.django_db

SEARCHES = {
    "stakeholders_organisation_words": lambda: with_words(
        Organisation.objects.all(), "castle surg"
    ),
    "stakeholders_person_words": lambda: Person.objects.filter(name__icontains=" gallagher"),
    "engagement_event_title_words": lambda: Event.objects.filter(title__icontains="xylograph"),
    "engagement_event_summary_words": lambda: filtered(
        Event.objects.all(), EventFilters(words="xylograph")
    ),
}


def plan_of(search) -> str:
    """How the database would look, were reading the whole table dear."""
    if connection.vendor == "sqlite":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    return search.order_by().explain()


@pytest.mark.parametrize("name", SEARCHES)
def test_each_search_can_use_its_index(name: str) -> None:
    assert (name in plan_of(SEARCHES[name]())) is (connection.vendor == "postgresql")


def test_there_and_back_again_leaves_no_index() -> None:
    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        trigrams.add(trial_words=("stakeholders_person", "upper(email)"))(None, editor)
        assert ("trial_words" in _indexes()) is (connection.vendor == "postgresql")
        trigrams.drop("trial_words")(None, editor)
        assert "trial_words" not in _indexes()


def _indexes() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, "stakeholders_person"))
