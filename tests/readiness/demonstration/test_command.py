"""The command: what it prints, what it refuses, and that it repeats itself."""

import datetime as dt
import hashlib

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.demonstration import ACCOUNTS, PASSWORD
from engagement.models import Participation
from plans.models import Plan
from readiness.demonstration import load as loader
from readiness.models import Assessment
from tests.factories import accounts, stakeholders
from tests.readiness.demonstration.conftest import loaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def without_assessing(monkeypatch):
    """These tests are about the rows that are assessed, not about assessing them."""
    monkeypatch.setattr(loader, "_assess", lambda **_: None)
    monkeypatch.setattr(loader, "_act", lambda *_, **__: None)


def fingerprint() -> str:
    rows = Participation.objects.order_by("pk").values_list(
        "event__title", "event__recorded_at", "held_on", "organisation__name", "person__name",
        "capacity", "outcome",
    )  # fmt: skip
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()


@pytest.mark.usefixtures("without_assessing")
def test_same_seed_and_day_give_the_same_rows_counted_from_that_day(capsys):
    with loaded(dt.date(2027, 1, 1), seed="3"):
        before = fingerprint()
    call_command("load_demonstration", "--today", "2027-01-01", "--seed", "3")
    living = Plan.objects.filter(closed_on__isnull=True)
    starts = set(living.values_list("starts_on", flat=True))
    assert starts == {dt.date(2026, 4, 26), dt.date(2026, 8, 14)}
    assert "7,756 of them practices" in capsys.readouterr().out
    assert fingerprint() == before


@pytest.mark.usefixtures("without_assessing")
def test_tables_are_measured_before_anything_is_looked_for_in_the_record():
    """PostgreSQL searches tables that it holds to be empty in a way that takes it hours."""
    statements: list[str] = []

    def noted(execute, sql, *rest):
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(noted):
        call_command("load_demonstration", verbosity=0)
    looked = [
        number
        for number, sql in enumerate(statements)
        if sql.startswith("SELECT") and "engagement_participation" in sql
    ]
    assert statements.index("ANALYZE") < looked[0]


@pytest.mark.parametrize("make", [accounts.user, stakeholders.organisation])
def test_database_with_data_is_refused_with_a_sentence_and_exit_code_2(make):
    make()
    with pytest.raises(CommandError, match="into an empty database only") as error:
        call_command("load_demonstration")
    assert error.value.returncode == 2
    assert not Assessment.objects.exists()


def test_day_that_is_none_is_refused_saying_how_to_write_it():
    with pytest.raises(CommandError, match="tomorrow is not a date"):
        call_command("load_demonstration", "--today", "tomorrow")


def test_sign_ins_are_not_offered_where_they_do_not_exist(capsys):
    call_command("demonstration_accounts")
    assert capsys.readouterr().out == ""


def test_sign_ins_are_printed_with_password_and_role(capsys):
    accounts.user(synthetic=True)
    call_command("demonstration_accounts")
    printed = capsys.readouterr().out
    assert PASSWORD in printed
    for account in ACCOUNTS:
        assert f"{account.email} " in printed
        assert f"{account.role.label}: {account.about}" in printed
