"""The pages about mail: the outbox, the letter box, what a person wants, and the link that stops."""

import datetime as dt

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.roles import Role
from mail import presenters, queries
from mail.access import unsubscribe_path, user_of_token
from mail.actions import Recipient, post
from mail.models import KeptMail, Message, Preference
from tests.factories import accounts

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2016, 9, 14, 9, 42, tzinfo=dt.UTC)


def signed_in(*roles):
    person = accounts.user(*roles)
    client = Client()
    client.force_login(person)
    return person, client


def message(state="sent", *, about=None, name="Jo Lee", **facts):
    number = Message.objects.count()
    post(
        kind="record-named",
        matter=f"m{number}",
        to=Recipient(email="jo@example.org", name=name),
        now=NOW,
        about=about,
    )
    ended = NOW if state in {"sent", "dead", "dropped"} else None
    values = {"sent_at": NOW if state == "sent" else None, "ended_at": ended, **facts}
    Message.objects.filter(matter=f"m{number}").update(state=state, **values)
    return Message.objects.get(matter=f"m{number}")


# --- How delivery stands -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "facts", "line"),
    [
        ("sent", {}, "Sent to Jo Lee on 14 September 2016 at 10:42am"),
        ("waiting", {}, "Waiting to be sent to Jo Lee"),
        ("sending", {}, "Waiting to be sent to Jo Lee"),
        ("waiting", {"problem": "The mail server is away."},
         "Not yet delivered to Jo Lee, next try on 14 September 2016 at 10:42am: the mail server is away."),
        ("dead", {"problem": "There is no mailbox."}, "Could not be delivered to Jo Lee: there is no mailbox."),
        ("dead", {}, "Could not be delivered to Jo Lee: no reason is known"),
        ("dropped", {"problem": "Their account is suspended."}, "Not sent to Jo Lee: their account is suspended."),
        ("sent", {"name": ""}, "Sent to somebody without a name on 14 September 2016 at 10:42am"),
    ],
)  # fmt: skip
def test_delivery_is_said_in_a_line_without_an_address(state, facts, line):
    assert presenters.delivery_lines([message(state, **facts)]) == [line]


def test_deliveries_are_found_by_their_objects_in_one_query(django_assert_num_queries):
    one, other, none = (accounts.user() for _ in range(3))
    first, second, third = message(about=one), message(about=one), message(about=other)
    message()

    with django_assert_num_queries(1):
        found = queries.deliveries_about([one, other, none])
        assert found == {queries.about(one): [first, second], queries.about(other): [third]}
    with django_assert_num_queries(0):
        assert queries.deliveries_about([]) == {}


# --- The administrator ---------------------------------------------------------------------------


def test_the_outbox_shows_dead_letters_first_and_never_an_address():
    message("waiting")
    message("dropped", problem="There was nothing left to say.")
    message()
    _, client = signed_in(Role.ADMINISTRATOR)
    empty_of_dead = client.get(reverse("mail:mail")).text
    dead = message("dead", problem="There is no mailbox with this address (550).", attempts=3)

    page = client.get(reverse("mail:mail")).text

    assert "could not be delivered" not in empty_of_dead
    assert "1 message was sent, 1 waits to be sent and 1 was not needed any more." in page
    assert page.index("1 message could not be delivered") < page.index("All others")
    assert "There is no mailbox with this address (550)." in page
    assert "After 3 refusals" in page
    assert reverse("mail:again", args=[dead.pk]) in page
    assert "jo@example.org" not in page


def asked(client, url):
    """The page, and the number of statements that it took."""
    with CaptureQueriesContext(connection) as statements:
        return client.get(url).text, len(statements)


@pytest.mark.parametrize("route", ["mail:mail", "mail:outbox"])
def test_the_outbox_takes_as_many_queries_for_few_messages_as_for_many(route):
    _, client = signed_in(Role.ADMINISTRATOR)
    for state in ("dead", "sent"):
        message(state)
    few, queries_few = asked(client, reverse(route))
    for state in ("dead", "sent") * 6:
        message(state)
    many, queries_many = asked(client, reverse(route))

    assert (few.count("Record named"), many.count("Record named")) == (2, 14)
    assert queries_few == queries_many <= 8


def test_an_empty_outbox_says_when_a_message_leaves():
    _, client = signed_in(Role.ADMINISTRATOR)
    assert "No message has been sent yet" in client.get(reverse("mail:outbox")).text


def test_a_dead_letter_is_tried_again_once_and_the_history_knows():
    person, client = signed_in(Role.ADMINISTRATOR)
    dead = message("dead", problem="Gone", attempts=5, faults=2, tried_at=NOW)
    url = reverse("mail:again", args=[dead.pk])

    first, second = (client.post(url, follow=True).text for _ in range(2))

    again = Message.objects.get(pk=dead.pk)
    assert "tried again within a minute" in first
    assert "no dead letter any more" in second
    assert (again.state, again.attempts, again.faults, again.problem) == ("waiting", 0, 0, "")
    assert again.tried_at is again.ended_at is None
    assert again.due_at > NOW
    [entry] = AuditEntry.objects.filter(verb="queued again")
    assert (entry.actor, entry.object_key) == (person, str(dead.pk))


# --- The demonstration's letter box --------------------------------------------------------------


@pytest.fixture
def demonstration(settings):
    settings.DEMONSTRATION = True
    settings.EMAIL_BACKEND = "mail.backends.Kept"


def arrive(subject="Named in a record", text="Answer: https://tent.example.org/answer/x/", html=""):
    mail = EmailMultiAlternatives(subject, text, to=["Jo Lee <jo@example.org>", "ann@example.org"])
    if html:
        mail.attach_alternative(html, "text/html")
    assert mail.send() == 1


def test_the_demonstration_keeps_every_mail_for_each_recipient_and_sends_none(demonstration):
    before = timezone.now() - dt.timedelta(seconds=2)
    arrive(html="<p>Hello</p>")

    jo, ann = KeptMail.objects.order_by("pk")
    assert (jo.sent_to, ann.sent_to) == ("Jo Lee <jo@example.org>", "ann@example.org")
    assert (jo.subject, jo.html) == ("Named in a record", "<p>Hello</p>")
    assert jo.headers["Subject"] == "Named in a record"
    assert before <= jo.arrived_at <= timezone.now()
    assert not hasattr(django_mail, "outbox") or django_mail.outbox == []


def test_the_letter_box_shows_what_arrived(demonstration):
    _, client = signed_in(Role.ADMINISTRATOR)
    assert "Nothing has arrived yet" in client.get(reverse("mail:mail")).text
    arrive()
    few, queries_few = asked(client, reverse("mail:mail"))
    for _ in range(6):
        arrive()
    many, queries_many = asked(client, reverse("mail:mail"))

    assert (few.count("Named in a record"), many.count("Named in a record")) == (2, 14)
    assert queries_few == queries_many <= 6


def test_a_mail_is_shown_as_text_with_links_and_its_html_in_a_sandbox(demonstration):
    _, client = signed_in(Role.ADMINISTRATOR)
    arrive(
        text="<b>no</b> https://tent.example.org/answer/x/",
        html='<script>alert(1)</script><p class="a">Hi</p>',
    )
    page = client.get(reverse("mail:letter", args=[KeptMail.objects.first().pk])).text

    assert "&lt;b&gt;no&lt;/b&gt;" in page
    assert '<a href="https://tent.example.org/answer/x/" rel="nofollow">' in page
    assert "<script>alert" not in page
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page
    assert "&lt;p class=&quot;a&quot;&gt;Hi&lt;/p&gt;" in page


def test_a_mail_without_html_shows_its_text_alone(demonstration):
    _, client = signed_in(Role.ADMINISTRATOR)
    arrive(html="")
    page = client.get(reverse("mail:letter", args=[KeptMail.objects.first().pk])).text
    assert "The text" in page
    assert "<iframe" not in page


def test_outside_the_demonstration_no_mail_can_be_read(demonstration, settings):
    arrive()
    settings.DEMONSTRATION = False
    _, client = signed_in(Role.ADMINISTRATOR)
    assert client.get(reverse("mail:letter", args=[KeptMail.objects.first().pk])).status_code == 404


# --- What a person wants -------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", [["immediate"], ["digest"], ["immediate", "digest"], []])
def test_a_choice_is_kept_shown_again_and_in_the_history(wanted):
    person, client = signed_in()
    url = reverse("mail:preferences")
    first = client.get(url).text
    assert first.count(" checked") == 2
    assert person.email in first

    saved = [client.post(url, {"wanted": wanted}, follow=True).text for _ in range(2)]

    kept = Preference.objects.get(user=person)
    assert [name for name in ("immediate", "digest") if getattr(kept, name)] == wanted
    assert all("Your choice is saved." in page for page in saved)
    assert saved[1].count(" checked") == len(wanted)
    assert AuditEntry.objects.filter(verb="chose messages", actor=person).count() == 1


def test_a_choice_that_is_none_is_refused_in_words():
    _, client = signed_in()
    page = client.post(reverse("mail:preferences"), {"wanted": ["everything"]})
    assert page.status_code == 200
    assert "There is a problem" in page.text
    assert not Preference.objects.exists()


def test_opening_the_link_stops_nothing_and_sending_it_stops_only_summaries():
    person = accounts.user()
    client, url = Client(enforce_csrf_checks=True), unsubscribe_path(person)

    asked = client.get(url).text
    assert "Stop the daily summaries?" in asked
    assert not Preference.objects.exists()
    for _ in range(2):
        stopped = client.post(url, {"List-Unsubscribe": "One-Click"})
        assert stopped.status_code == 200
        assert "You get no more daily summaries" in stopped.text

    kept = Preference.objects.get(user=person)
    assert (kept.immediate, kept.digest) == (True, False)
    assert AuditEntry.objects.filter(verb="unsubscribed", actor=person).count() == 1


@pytest.mark.parametrize(
    "token", ["x", "1:x", "0" * 2000, "%00", "%F0%9F", "健康", "..%2f", "1:", ":"]
)
def test_a_link_that_is_not_ours_and_one_of_a_closed_account_are_the_same_page(token):
    gone = accounts.user()
    old = unsubscribe_path(gone)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    client = Client()

    strange = client.get(f"/unsubscribe/{token}/")
    assert strange.status_code == 404
    for method in ("get", "post"):
        closed = getattr(client, method)(old)
        assert closed.status_code == 404
        assert "This link does not work" in closed.text
    if "This link does not work" in strange.text:
        assert strange.text == client.get(old).text
    assert not Preference.objects.exists()


def test_a_link_of_one_person_is_no_link_of_another():
    one, other = accounts.user(), accounts.user()
    mark = unsubscribe_path(one).split("/")[2].partition(":")[2]
    assert user_of_token(f"{other.pk}:{mark}") is None
    assert user_of_token(f"{one.pk}:{mark}") == one


def test_the_door_of_the_link_is_braked():
    url = unsubscribe_path(accounts.user())
    client = Client()
    answers = [client.get(url).status_code for _ in range(11)]
    assert answers[:10] == [200] * 10
    assert answers[10] == 429


def test_the_administrators_home_says_how_many_dead_letters_wait():
    _, client = signed_in(Role.ADMINISTRATOR)
    assert "could not be delivered" not in client.get("/").text
    message("dead")
    message("dead")
    page = client.get("/").text
    assert f'<a href="{reverse("mail:outbox")}#dead">2 messages could not be delivered</a>' in page
