"""A record read with many others says the same as one that is read alone."""

import pytest
from django.utils import timezone

from engagement.actions.asking import facts_of
from engagement.actions.attendance_writing import in_words
from engagement.actions.events import event_in_words
from engagement.models import Event, Outcome, Point
from engagement.queries.attendance_standing import as_they_stand, may_be_written_to
from stakeholders.models import Person
from tests.engagement.area import bolton, days_ago
from tests.factories import engagement, stakeholders

pytestmark = pytest.mark.django_db


def test_facts_and_words_of_many_are_those_of_each(django_assert_num_queries):
    area = bolton()
    people = [stakeholders.person(name, at=area.lmc) for name in ("Ann", "Bo")]
    for n in range(3):
        event = engagement.event(area.plan, held_on=days_ago(n + 2), title=f"Forum {n}")
        engagement.took_part(area.practices[n], event, outcome=Outcome.APOLOGISED)
        for person in people[:n]:
            engagement.took_part(area.lmc, event, person=person)
        Point.objects.create(event=event, organisation=area.lmc, text=f"Point {n}")
        Point.objects.create(event=event, text="Nobody's")
    Point.objects.create(
        event=event, organisation=area.lmc, text="Taken off", removed_at=timezone.now()
    )
    with django_assert_num_queries(3):
        found = as_they_stand(Event.objects.order_by("pk"))
    for event in Event.objects.all():
        assert found[event.pk].facts() == facts_of(event)
        assert in_words(found[event.pk], [7]) == event_in_words(event, [7])
    assert as_they_stand([]) == {}


def test_who_asked_not_to_be_written_to_is_left_out(django_assert_num_queries):
    area = bolton()
    people = [stakeholders.person(name, at=area.lmc) for name in ("Ann", "Bo", "Cy")]
    ids = {one.pk for one in people}
    Person.objects.filter(pk__in=ids).exclude(pk=people[0].pk).update(email="a@example.org")
    Person.objects.filter(pk=people[1].pk).update(contact_permitted=False)
    assert may_be_written_to(ids) == {people[2].pk: people[2]}
    with django_assert_num_queries(0):
        assert may_be_written_to(set()) == {}
