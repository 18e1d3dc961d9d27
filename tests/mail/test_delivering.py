"""Delivery to a real mail server on the loopback: none lost, none twice but for a drop."""

import datetime as dt
import socket
from collections import Counter
from itertools import pairwise

import pytest

from accounts.models import User
from mail import actions, rules
from mail.actions import delivering
from mail.models import Delivery, Message, Preference
from tests.factories import accounts
from tests.mail import letters, server

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2016, 9, 14, 9, tzinfo=dt.UTC)
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def kinds(settings):
    settings.MAIL_KINDS = letters.KINDS


@pytest.fixture
def smtp(settings):
    """The server, and our settings pointing at it."""
    with server.running() as behaviour:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", behaviour.port
        settings.EMAIL_TIMEOUT = 0.5
        yield behaviour


def post(name="jo", *, kind="plain", matter="", user=None):
    """One message; to a user, or to name@example.org."""
    to = (
        actions.Recipient(user=user)
        if user
        else actions.Recipient(email=f"{name}@example.org", name="Jo Lee")
    )
    matter = matter or f"{kind}:{name}"
    actions.post(kind=kind, matter=matter, to=to, now=NOW)
    return Message.objects.get(matter=matter)


def after(message, name="state"):
    return getattr(Message.objects.get(pk=message.pk), name)


def ours(caplog) -> str:
    """What the service wrote into its log; the server of the test writes one too."""
    return " ".join(record.getMessage() for record in caplog.records if record.name != "mail.log")


def test_a_message_arrives_once_with_its_headers(smtp):
    person = accounts.user(name="Jo\nLee")
    message = post(user=person, matter="named:1")

    assert actions.deliver(now=NOW) == {"sent": 1}
    assert actions.deliver(now=NOW + HOUR) == {}

    [mail] = smtp.kept
    assert mail["To"] == f"Jo Lee <{person.email}>"
    assert mail["Subject"] == "About named:1"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@tent.example.org>")
    assert mail["List-Unsubscribe"] is None
    assert [part.get_content_type() for part in mail.get_payload()] == ["text/plain", "text/html"]
    sent = Message.objects.get(pk=message.pk)
    assert (sent.state, sent.problem, sent.attempts, sent.faults) == ("sent", "", 0, 0)
    assert sent.sent_at == sent.ended_at
    assert NOW <= sent.sent_at < NOW + MINUTE


def test_only_a_digest_to_somebody_with_an_account_can_be_stopped_with_one_click(smtp):
    post(user=accounts.user(), kind="digest")
    post("stranger", kind="digest")
    actions.deliver(now=NOW)

    users, strangers = smtp.kept
    assert users["List-Unsubscribe"].strip().startswith("<https://tent.example.org/unsubscribe/")
    assert users["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert strangers["List-Unsubscribe"] is None


@pytest.mark.parametrize(
    ("kind", "wants", "suspended", "state", "problem"),
    [
        ("plain", None, False, "sent", ""),
        ("plain", {"immediate": True, "digest": False}, False, "sent", ""),
        ("plain", {"immediate": False}, False, "dropped", delivering.NO_IMMEDIATE),
        ("plain", None, True, "dropped", delivering.SUSPENDED),
        ("digest", {"immediate": False, "digest": True}, False, "sent", ""),
        ("digest", {"digest": False}, False, "dropped", delivering.NO_DIGESTS),
        ("pointless", None, False, "dropped", delivering.POINTLESS),
        ("poison", None, True, "dropped", delivering.SUSPENDED),
    ],
)
def test_who_gets_what_is_asked_when_it_is_sent(kind, wants, suspended, state, problem, mailoutbox):
    person = accounts.user()
    message = post(user=person, kind=kind)
    if wants is not None:
        Preference.objects.create(user=person, changed_at=NOW, **wants)
    User.objects.filter(pk=person.pk).update(is_active=not suspended)

    actions.deliver(now=NOW)

    assert (after(message), after(message, "problem")) == (state, problem)
    assert len(mailoutbox) == (state == "sent")


@pytest.mark.parametrize(
    ("where", "answer", "state"),
    [
        ("recipients", "550 No such user here", "dead"),
        ("recipients", "550 5.1.1 <jo@example.org> unknown", "dead"),
        ("recipients", "551 Not local", "dead"),
        ("recipients", "550 5.2.1 Mailbox disabled", "dead"),
        ("recipients", "550 5.7.1 Relaying denied", "waiting"),
        ("recipients", "552 5.2.2 Mailbox full", "waiting"),
        ("recipients", "450 4.2.0 Greylisted", "waiting"),
        ("data", "554 We take this for spam", "waiting"),
        ("data", "451 Later", "waiting"),
    ],
)
def test_a_refusal_concerns_one_message(smtp, caplog, where, answer, state):
    getattr(smtp, where)["jo"] = answer
    refused, other = post("jo"), post("ann")

    assert actions.deliver(now=NOW) == {state: 1, "sent": 1}

    assert (after(refused), after(other)) == (state, "sent")
    assert answer[:3] in after(refused, "problem")
    assert after(refused, "attempts") == 1
    assert len(smtp.kept) == 1
    assert "jo@example.org" not in ours(caplog) + after(refused, "problem")


def test_a_message_is_tried_for_48_hours_with_growing_pauses_and_then_dead(smtp):
    smtp.recipients["jo"] = "450 Later"
    message = post()
    tries, moment = [], NOW
    while after(message) == "waiting":
        moment = max(after(message, "due_at"), moment)
        actions.deliver(now=moment)
        tries.append(moment)

    pauses = [later - earlier for earlier, later in pairwise(tries)]
    assert after(message) == "dead"
    assert pauses[:4] == pytest.approx(
        [MINUTE, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE], abs=MINUTE / 2
    )
    assert all(a <= b + MINUTE / 2 for a, b in pairwise(pauses[:-1]))
    assert tries[-1] - tries[0] == pytest.approx(48 * HOUR, abs=MINUTE)
    assert len(tries) == after(message, "attempts")
    assert after(message, "ended_at")


def test_a_message_that_is_taken_at_its_second_try_is_sent(smtp):
    smtp.recipients["jo"] = "450 Later"
    message = post()
    actions.deliver(now=NOW)
    smtp.recipients.clear()

    assert actions.deliver(now=NOW + MINUTE / 2) == {}
    assert actions.deliver(now=NOW + 2 * MINUTE) == {"sent": 1}
    assert (after(message), after(message, "problem")) == ("sent", "")


def closed_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_no_mail_server_costs_nobody_a_try_and_is_asked_seldom(smtp, settings):
    first, second = post("jo"), post("ann")
    settings.EMAIL_PORT = closed_port()

    assert actions.deliver(now=NOW) == {"waiting": 1}

    for message in (first, second):
        assert (after(message), after(message, "attempts")) == ("waiting", 0)
        assert after(message, "problem").startswith(rules.AWAY)
        assert after(message, "tried_at") is not None
    newcomer = post("eve")
    settings.EMAIL_PORT = smtp.port
    assert actions.deliver(now=NOW + MINUTE / 2) == {}, "the server is left in peace"
    assert actions.deliver(now=NOW + 2 * MINUTE) == {"sent": 3}
    assert after(newcomer) == "sent"


def test_no_mail_server_for_48_hours_makes_dead_letters_and_not_before(settings, smtp):
    first, second = post("jo"), post("ann")
    settings.EMAIL_PORT = closed_port()
    moment, tries = NOW, 0
    while after(first) == "waiting":
        moment = max(after(first, "due_at"), moment)
        tries += bool(actions.deliver(now=moment))
        if moment < NOW + 48 * HOUR:
            assert after(second) == "waiting"

    assert after(second) == "dead"
    assert 48 * HOUR <= moment - NOW < 49 * HOUR
    assert 48 * 4 <= tries < 48 * 4 + 20
    assert after(first, "problem").startswith(rules.AWAY)


def test_a_server_that_hangs_is_left_after_the_timeout(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 0.2
    message = post()
    with server.silent() as port:
        settings.EMAIL_PORT = port
        actions.deliver(now=NOW)

    assert after(message) == "waiting"
    assert after(message, "problem").startswith(rules.AWAY)
    assert after(message, "attempts") == 0


def test_of_500_messages_none_is_lost_and_only_dropped_ones_come_twice(smtp, settings):
    settings.EMAIL_TIMEOUT = 0.2
    people = [f"p{number}" for number in range(500)]
    smtp.drops |= set(people[50:500:100])
    smtp.hangs |= {"p77"}
    actions.posting.post_all(
        [
            actions.Post(matter=f"m:{name}", to=actions.Recipient(email=f"{name}@example.org"))
            for name in people
        ],
        kind="plain",
        now=NOW,
    )
    moment, tally = NOW, Counter()
    for _ in range(30):
        tally += actions.deliver(now=moment)
        moment += 2 * MINUTE
        smtp.hangs.clear()

    arrived = smtp.arrived()
    assert tally["sent"] == 500
    assert smtp.dropped == 5
    assert len(arrived) == 500
    assert sum(arrived.values()) - 500 == smtp.dropped
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


def test_who_dies_between_the_servers_yes_and_the_mark_sends_it_once_more(mailoutbox, monkeypatch):
    message = post()

    def die(*_, **__):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(delivering, "_end", die)
        with pytest.raises(SystemExit):
            actions.deliver(now=NOW)
    assert after(message) == "sending"
    assert actions.deliver(now=NOW + MINUTE) == {}, "it may still be under way"
    assert actions.deliver(now=NOW + rules.LEASE + MINUTE) == {"sent": 1}

    assert len(mailoutbox) == 2
    assert len({mail.extra_headers["Message-ID"] for mail in mailoutbox}) == 1


def test_a_message_that_kills_its_worker_three_times_is_given_up(monkeypatch, mailoutbox):
    message = post("jo")

    def die(*_, **__):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(delivering, "_written", die)
        for hours in range(3):
            with pytest.raises(SystemExit):
                actions.deliver(now=NOW + hours * HOUR)
    other = post("ann")

    assert actions.deliver(now=NOW + 3 * HOUR) == {"sent": 1}
    assert (after(message), after(message, "problem")) == ("dead", delivering.LOST)
    assert after(other) == "sent"


def test_poison_is_shown_and_stops_after_three_while_the_others_go_on(mailoutbox, caplog):
    person = accounts.user()
    poison, other = post(user=person, kind="poison"), post("ann")

    assert actions.deliver(now=NOW) == {"waiting": 1, "sent": 1}
    assert "It could not be written out (ValueError)." in after(poison, "problem")
    actions.deliver(now=NOW + HOUR)
    actions.deliver(now=NOW + 2 * HOUR)

    assert (after(poison), after(poison, "faults")) == ("dead", 3)
    assert after(other) == "sent"
    assert actions.deliver(now=NOW + 3 * HOUR) == {}
    assert person.email not in ours(caplog)


def test_a_kind_that_nobody_writes_out_is_poison_too(settings):
    message = post()
    settings.MAIL_KINDS = {}
    for hours in range(3):
        actions.deliver(now=NOW + hours * HOUR)

    assert after(message) == "dead"


def test_a_worker_that_comes_back_after_its_lease_changes_nothing(mailoutbox):
    post()
    late = delivering.take(now=NOW)
    actions.deliver(now=NOW + rules.LEASE + MINUTE)

    delivering._end(late, Delivery.DEAD, "late", NOW)

    assert after(late) == "sent"
    assert len(mailoutbox) == 1


def test_a_run_ends_after_its_minute(monkeypatch, mailoutbox):
    post("jo")
    post("ann")
    monkeypatch.setattr(rules, "RUN_SECONDS", 0.0)
    assert actions.deliver(now=NOW) == {}


def test_no_word_and_no_link_lies_in_the_outbox(mailoutbox):
    message = post()
    actions.deliver(now=NOW)

    row = " ".join(str(value) for value in Message.objects.filter(pk=message.pk).values_list()[0])
    [mail] = mailoutbox
    for said in ("Words", mail.subject, "http"):
        assert said not in row
