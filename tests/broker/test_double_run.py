"""Every task delivered five times leaves what one delivery leaves: a real worker, nothing replaced."""

import re
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from accounts.roles import Role
from config import protection
from config.celery import app
from consultations.actions.suggestions import ask_for_suggestions
from engagement.actions.responding import credit_responses
from jobs.models import JobRun
from mail.models import KeptMail, Message
from plans.actions import imports
from plans.models import Consultation
from plans.register.looking import Order
from tests.broker import documents_given, double_run, lists_given
from tests.factories import accounts
from tests.factories.register import FEBRUARY_2016, commissioner_row, csv_bytes
from tests.meta import world as worlds
from tests.worker import running_worker, until

pytestmark = [pytest.mark.broker, pytest.mark.django_db(transaction=True)]
LIMIT = 60.0
TIMES = 5
COUNTED = "counted"
ORDER = (
    *documents_given.TASKS,
    *("plans.tasks.preview_register_file", "plans.tasks.load_register_file"),
    *double_run.LISTS,
    "consultations.tasks.suggest_themes",
    *("readiness.tasks.assess", "readiness.tasks.sweep", "readiness.tasks.nightly"),
    *("consultations.tasks.tell_who_answered", "consultations.tasks.drop_saved_forms"),
    *("readiness.tasks.digest", "mail.tasks.deliver"),
    *("files.tasks.scan_waiting", "files.tasks.verify", "files.tasks.sweep"),
    *("jobs.tasks.heartbeat", "accounts.tasks.tidy"),
    *("accounts.tasks.seal", "accounts.tasks.keep_checkpoint"),
)
"""In which they are given: who makes messages before who delivers them, who seals last of all."""


@pytest.fixture(autouse=True)
def _demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker keeps every mail as a row, where it can be counted."""
    monkeypatch.setenv("DEMONSTRATION", "on")


def given() -> double_run.Given:
    """The whole world of the permission matrix, with files to look at and to load."""
    protection.remove()  # who empties a history is its owner; the flush puts it back
    call_command("flush", interactive=False, verbosity=0)
    world = worlds.build()
    JobRun.objects.all().delete()  # the walk's own, which ask for nothing
    now, by = timezone.now(), accounts.user(Role.ADMINISTRATOR)
    # Its doorbell would have a sweep assess the plans half credited, once more or once less; that
    # several at once credit each response once is tests/engagement/test_responding.py.
    credit_responses(now=now)
    data = csv_bytes(commissioner_row("00K"), commissioner_row("00L", "NHS WIGAN CCG"))
    order = Order(kind="commissioners", file_name="eccg.csv", data=data, as_at=FEBRUARY_2016)
    preview = imports.ask_for_preview(order=order, by=by, now=now)
    load = imports.confirm(
        run=preview, keep_good_rows=False, accept_large_change=True, by=by, now=now
    )
    asked = Consultation.objects.get(pk=world.values["consultation-a"])
    manager = world.people["MGR"]
    runs = lists_given.runs(world.a.plan, asked, world.a.practice, manager, now)
    read = ask_for_suggestions(consultation=asked, by=manager, now=now)
    runs["consultations.tasks.suggest_themes"] = read.pk
    runs |= documents_given.runs(world.a.plan, manager, now)
    app.control.purge()  # what the actions sent by themselves: this test counts
    return double_run.Given(world.a.plan.pk, preview.pk, load.pk, runs)


def done_by_worker(times: int) -> tuple[dict[str, list[str]], int]:
    """The state after each task was delivered so many times, and how many mails were sent.

    The worker hears this queue alone. What the tasks themselves ring for comes when it comes, a sweep
    before the next change or after it, and would make two runs differ by chance.
    """
    rows, log = given(), Path(settings.VAR_DIR) / "worker.log"
    app.send_task(
        "jobs.tasks.heartbeat", queue=COUNTED
    )  # by which the worker says that it is there
    with running_worker("--queues", COUNTED):
        for task in ORDER:
            ask = {"args": double_run.CASES[task](rows), "queue": COUNTED}
            sent = {app.send_task(task, **ask).id for _ in range(times)}
            until(lambda sent=sent: sent <= set(ENDED.findall(log.read_text())), limit=LIMIT)
    app.control.purge()  # what nobody heard is not left to the next worker
    assert "raised unexpected" not in log.read_text()
    return double_run.state(), KeptMail.objects.count()


ENDED = re.compile(r"\[([0-9a-f-]{36})\] (?:succeeded|raised)")


def test_every_task_five_times_is_every_task_once(transactional_db: None) -> None:
    once, mails = done_by_worker(1)
    assert mails
    assert not Message.objects.filter(state="waiting", problem="").exists()
    often, mails_of_often = done_by_worker(TIMES)
    assert "\n".join(double_run.differences(once, often)) == ""
    assert mails_of_often == mails
    assert double_run.assessed_again_in_vain() == []


def test_every_task_has_its_case_and_its_place() -> None:
    app.loader.import_default_modules()
    known = {name for name in current_app.tasks if not name.startswith("celery.")}

    assert known == set(double_run.CASES) == set(ORDER)
