"""Whoever is asked about many records at once gets one message, whose links each answer one."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from engagement.actions import attendance_writing
from engagement.actions.asking_all import MANY, ask_about_all
from engagement.actions.links import send_link_again
from engagement.models import AnswerLink, Attestation, Event, Question
from engagement.presenters.letters_many import SHOWN, records_named
from engagement.queries.attendance_standing import as_they_stand
from engagement.queries.links import path_of
from mail import actions as mail
from mail.models import Message
from stakeholders.models import Person, Representative
from tests.engagement.area import bolton, days_ago
from tests.engagement.lists import Sending
from tests.factories import engagement, stakeholders

pytestmark = pytest.mark.django_db
HEAD = "Event,Date,Code,Attendance"


@pytest.fixture
def area():
    return bolton()


@pytest.fixture
def lead(area):
    return stakeholders.representative(area.practices[0])


def events(area, number, **part):
    made = [
        engagement.event(
            area.plan, held_on=days_ago(n + 2), title=f"Forum {n}", recorded_by=area.manager
        )
        for n in range(number)
    ]
    for one in made:
        engagement.took_part(part.get("of", area.practices[0]), one, person=part.get("person"))
    return made


def ask(area, by=None):
    found = as_they_stand(Event.objects.order_by("pk"))
    return ask_about_all(events=found, by=by or area.manager, now=timezone.now())


def letter():
    return records_named(Message.objects.get(kind=MANY), now=timezone.now())


def person_of(area, **facts):
    one = stakeholders.person("Ann Lee", at=area.practices[0])
    Person.objects.filter(pk=one.pk).update(**({"email": "ann@example.org"} | facts))
    return Person.objects.get(pk=one.pk)


def test_a_list_of_one_event_asks_as_one_record_does(client, area, lead):
    day = days_ago(9).isoformat()
    Sending(client, area).all_of_it(f"{HEAD}\nForum,{day},P80000,yes\n".encode())
    message = Message.objects.get()
    assert (message.kind, message.user) == ("record-named", lead)


def test_a_list_of_many_events_sends_one_message_however_often_it_is_written(client, area, lead):
    lines = [f"Forum {n},{days_ago(n + 2).isoformat()},P80000,yes" for n in range(5)]
    sending = Sending(client, area)
    sending.all_of_it("\n".join([HEAD, *lines]).encode())
    for _ in range(2):
        attendance_writing.write(run_id=sending.sent.run_id, now=timezone.now())
    message = Message.objects.get()
    assert (message.kind, message.user) == (MANY, lead)
    assert message.context == {
        "links": list(AnswerLink.objects.order_by("pk").values_list("pk", flat=True))
    }
    assert Question.objects.count() == len(message.context["links"]) == 5
    assert "was named in 5 records" in letter().subject


def test_each_link_answers_its_own_record_and_the_letter_says_what_still_waits(area, lead):
    events(area, 3)
    ask(area)
    links = list(AnswerLink.objects.order_by("question__event__held_on"))
    for text in (letter().text, letter().html):
        places = [text.index(path_of(link)) for link in links]
        assert places == sorted(places)
        assert "/were-we-consulted/" in text
    answer = Client().post(path_of(links[0]), {"answer": "confirmed", "words": ""})
    assert answer.status_code == 302
    assert Attestation.objects.get().event == links[0].question.event
    assert path_of(links[0]) not in letter().text
    assert "was named in 2 records" in letter().subject
    AnswerLink.objects.filter(pk=links[1].pk).update(revoked_at=timezone.now())
    assert letter().subject.startswith("Is this right?")
    assert path_of(links[2]) in letter().text
    Event.objects.filter(pk=links[2].question.event_id).update(
        withdrawn_at=timezone.now(), withdrawn_by=area.manager, withdrawn_reason="Twice"
    )
    assert letter() is None


def test_who_signs_in_reads_ten_and_finds_the_rest_there(area, lead, django_assert_num_queries):
    events(area, SHOWN + 4)
    ask(area)
    message = Message.objects.get()
    with django_assert_num_queries(3):
        found = records_named(message, now=timezone.now())
    assert found is not None
    assert found.text.count("/answer/") == found.html.count("/answer/") == SHOWN
    assert f"These are the first {SHOWN}. The other 4 are on your page" in found.text


def test_who_has_no_account_gets_every_link_and_no_page(area):
    events(area, SHOWN + 4, person=person_of(area))
    ask(area)
    message = Message.objects.get()
    assert (message.email, message.name) == ("ann@example.org", "Ann Lee")
    assert letter().text.count("/answer/") == SHOWN + 4
    assert "/were-we-consulted/" not in letter().text
    assert "you took part for Surgery 0" in letter().text


@pytest.mark.parametrize("facts", [{"contact_permitted": False}, {"email": ""}])
def test_who_may_not_be_written_to_is_not(area, facts):
    events(area, 3, person=person_of(area, **facts))
    assert ask(area) == 3
    assert not Message.objects.exists()


def test_who_asks_later_not_to_be_written_to_gets_nothing(area):
    person = person_of(area)
    events(area, 3, person=person)
    ask(area)
    Person.objects.filter(pk=person.pk).update(contact_permitted=False)
    assert letter() is None


def test_one_message_for_all_that_somebody_answers_for(area, lead):
    Representative.objects.create(
        user=lead, organisation=area.practices[1], valid_from=days_ago(99)
    )
    events(area, 2)
    events(area, 1, of=area.practices[1])
    ask(area)
    assert letter().subject == "Are these right? 2 organisations were named in 3 records"
    assert area.practices[1].name in letter().text


def test_who_wrote_the_list_is_not_asked_by_mail(area, lead):
    events(area, 2)
    ask(area, by=lead)
    assert not Message.objects.exists()


def test_each_record_shows_how_the_message_fared(client, area, lead):
    first, second, third = events(area, 3)
    ask(area)
    mail.deliver(now=timezone.now())
    client.force_login(area.manager)
    for event in (first, second, third):
        page = client.get(f"/events/{event.pk}/").text
        assert page.count("Sent to") == 1, event
    link = AnswerLink.objects.get(question__event=second)
    send_link_again(link_id=link.pk, by=area.manager, now=timezone.now() + dt.timedelta(minutes=1))
    mail.deliver(now=timezone.now() + dt.timedelta(minutes=2))
    assert client.get(f"/events/{second.pk}/").text.count("Sent to") == 2
    assert client.get(f"/events/{third.pk}/").text.count("Sent to") == 1
