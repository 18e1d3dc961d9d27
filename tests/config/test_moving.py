"""Moving to another database: what is refused, and that a row arrives as it was.

The whole way, from SQLite to PostgreSQL and back, is walked in tests/service/test_copy_to.py.
"""

import datetime as dt
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections, transaction
from django.utils import timezone

from accounts import audit
from accounts.actions import sealing
from accounts.models import AuditEntry, AuditSeal, User
from accounts.queries import chain
from accounts.rules.chain import Entry, digest_of
from config import moving, protection
from engagement.models import Participation
from jobs.models import Heartbeat
from readiness.actions import assess_plans
from readiness.models import CriterionResult, Policy
from tests.factories import accounts
from tests.readiness.country import NOW, TODAY, country

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(settings.BASE_DIR)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database on which `migrate` has run and nothing else."""
    folder = tmp_path_factory.mktemp("migrated")
    bare = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "VAR_DIR": str(folder)}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=bare, check=True
    )
    return folder / "db.sqlite3"


@pytest.fixture
def target(migrated: Path, tmp_path: Path) -> Path:
    """A fresh one to copy into."""
    return Path(shutil.copy(migrated, tmp_path / "target.sqlite3"))


@contextmanager
def opened(target: Path) -> Iterator[str]:
    """The same by Django's alias, to look into or to spoil."""
    moving.add_target(f"sqlite:///{target}")
    yield moving.TARGET
    moving.drop_target()


def copy(target: Path) -> None:
    call_command("copy_to", f"sqlite:///{target}")


def refused(target: Path) -> str:
    with pytest.raises(CommandError) as told:
        copy(target)
    assert told.value.returncode == 2
    return str(told.value)


def test_every_row_arrives_with_its_id_and_its_moment(target, capsys) -> None:
    here = country()
    here.meeting(*here.practices, title="Überlingen “talk”")
    assess_plans(plan_ids=None, as_at=TODAY, now=NOW)
    moment = dt.datetime(2016, 7, 1, 9, 30, 15, 123456, tzinfo=dt.UTC)
    User.objects.update(created_at=moment)
    copy(target)
    with opened(target) as alias:
        for model in (User, Participation, Policy, CriterionResult, AuditEntry):
            rows = list(model.objects.order_by("pk").values())
            assert rows, model
            assert list(model.objects.using(alias).order_by("pk").values()) == rows
        assert User.objects.using(alias).get().created_at == moment
        numbers = [(one.table, one.rows) for one in map(moving._compared, moving.models())]
    said = capsys.readouterr().out
    assert f"Everything is there: {sum(rows for _, rows in numbers):,} rows." in said
    assert all(f"{rows:>12,}  " in said and table in said for table, rows in numbers)


def test_sessions_stay_behind(target, client) -> None:
    client.session.save()
    copy(target)
    tables = {moving._table(model) for model in moving.models()}
    assert "django_session" not in tables
    assert {"plans_plan", "readiness_decision", "engagement_reach", "jobs_jobrun"} <= tables


def spoilt_user(alias: str) -> None:
    User(email="ann@example.org", name="Ann").save(using=alias)


def spoilt_migrations(alias: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'engagement' AND name > '0002'")


def newer_migrations(alias: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('jobs', '0099_more', '2026-01-01')"
        )


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (spoilt_user, "The target is not empty: accounts_user has 1 rows. Make a new database"),
        (spoilt_migrations, "migrations of this release. Run `manage.py migrate` on it first."),
        (newer_migrations, "The databases differ in their migrations: jobs.0099_more."),
    ],
)
def test_a_target_that_is_not_fresh_is_refused(
    target, spoil: Callable[[str], None], words: str
) -> None:
    with opened(target) as alias:
        spoil(alias)
    assert words in refused(target)


def test_a_service_that_runs_is_refused(target) -> None:
    Heartbeat.objects.create(name="worker", seen_at=timezone.now() - dt.timedelta(seconds=30))
    assert "Stop web, worker and scheduler" in refused(target)


def test_a_service_that_stopped_is_not(target) -> None:
    Heartbeat.objects.create(name="worker", seen_at=timezone.now() - dt.timedelta(seconds=70))
    copy(target)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("sqlite:////nowhere/db", "There is no database at /nowhere/db."),
        ("mysql://u:hunter2@h/d", "COPY_TO is not a PostgreSQL address"),
        ("", "COPY_TO is not a PostgreSQL address"),
    ],
)
def test_an_address_that_cannot_be_is_told_without_its_password(address: str, words: str) -> None:
    with pytest.raises(CommandError) as told:
        call_command("copy_to", address)
    assert words in str(told.value)
    assert "hunter2" not in str(told.value)


def test_a_difference_undoes_the_whole_copy(target, monkeypatch) -> None:
    country()
    real = moving._summed

    def summed(model, alias):
        found = real(model, alias)
        wrong = alias == moving.TARGET and found.table == "plans_membership"
        return moving.Moved(table=found.table, rows=0, digest="") if wrong else found

    monkeypatch.setattr(moving, "_summed", summed)
    assert "plans_membership did not arrive" in refused(target)
    with opened(target) as alias:
        assert not User.objects.using(alias).exists()
        assert Policy.objects.using(alias).exists()


def test_the_sum_sees_every_column_and_not_the_order(target) -> None:
    with opened(target) as alias:
        for where, names in (("default", "ab"), (alias, "ba")):
            for name in names:
                Heartbeat(name=name, seen_at=NOW, pk=ord(name)).save(using=where)
        here = moving._summed(Heartbeat, "default")
        assert moving._summed(Heartbeat, alias) == here
        later = NOW + dt.timedelta(microseconds=1)
        Heartbeat.objects.using(alias).filter(name="a").update(seen_at=later)
        assert moving._summed(Heartbeat, alias) != here


def test_the_history_arrives_whole_and_protected(target) -> None:
    about = accounts.user(name="Jo Lee")
    with transaction.atomic():
        audit.record(by=about, verb="renamed", obj=about, after={"name": "Jo", "level": 2.5})
    sealing.seal(now=NOW)
    copy(target)
    with opened(target) as alias:
        assert protection.missing(alias) == []
        (row,) = AuditEntry.objects.using(alias).values_list(*chain.COLUMNS)
        assert digest_of(Entry(*row)) == AuditSeal.objects.using(alias).get().digest
