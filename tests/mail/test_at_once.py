"""Several workers deliver at once: each message leaves once. On both databases, with real commits."""

import datetime as dt
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from mail import actions, tasks
from mail.models import Message
from tests.mail import letters

pytestmark = pytest.mark.django_db(transaction=True)
NOW = dt.datetime(2016, 9, 14, 9, tzinfo=dt.UTC)
WORKERS, MESSAGES = 4, 40


def posts():
    return [
        actions.Post(matter=f"m{number}", to=actions.Recipient(email=f"p{number}@example.org"))
        for number in range(MESSAGES)
    ]


def at_once(work):
    """What each of the workers did, all of them begun together; SQLite's tests have one connection."""
    if connection.vendor == "sqlite":
        return [work() for _ in range(WORKERS)]
    together = Barrier(WORKERS)

    def begun(_):
        together.wait(timeout=60)
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(begun, range(WORKERS)))


def test_the_same_posted_and_delivered_by_all_at_once_leaves_once(settings, mailoutbox):
    settings.MAIL_KINDS = letters.KINDS

    posted = at_once(lambda: actions.post_all(posts(), kind="plain", now=NOW))
    assert Message.objects.count() == MESSAGES <= sum(posted)
    delivered = sum(at_once(lambda: actions.deliver(now=NOW)), Counter())

    assert delivered == {"sent": MESSAGES}
    assert Counter(mail.to[0] for mail in mailoutbox) == {
        f"p{number}@example.org": 1 for number in range(MESSAGES)
    }
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


def test_the_task_delivers_what_is_due_and_again_does_nothing(settings, mailoutbox):
    settings.MAIL_KINDS = letters.KINDS
    actions.post_all(posts()[:2], kind="plain", now=NOW)
    for _ in range(3):
        tasks.deliver()
    assert len(mailoutbox) == 2


def test_what_a_transaction_takes_back_is_never_sent(settings, mailoutbox):
    settings.MAIL_KINDS = letters.KINDS
    with transaction.atomic():
        actions.post_all(posts(), kind="plain", now=NOW)
        transaction.set_rollback(True)
    assert actions.deliver(now=NOW) == {}
    assert mailoutbox == []
