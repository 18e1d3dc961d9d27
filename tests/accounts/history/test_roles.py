"""On PostgreSQL the service's own role may add to the history and nothing else; the owner is another."""

import secrets
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts import audit
from accounts.actions import sealing
from accounts.models import AuditEntry
from config import protection
from tests.factories import accounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_application() -> Iterator[None]:
    """From here on every statement is the application role's; SQLite has no roles, only triggers."""
    if connection.vendor != "postgresql":
        yield
        return
    role = f"wt_app_{secrets.token_hex(4)}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {role}")
        for statement in protection.grants(role):
            cursor.execute(statement)
        cursor.execute(f"SET LOCAL ROLE {role}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def refused(statement: str) -> str:
    """Why the database says no."""
    with (
        pytest.raises(DatabaseError) as refusal,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    return str(refusal.value)


def test_it_writes_and_seals(as_application: None) -> None:
    about = accounts.user(name="Jo Lee")
    with transaction.atomic():
        audit.record(by=about, verb="renamed", obj=about, after={"name": "Jo"})
    assert sealing.seal(now=timezone.now()) == 1


@pytest.mark.parametrize("table", sorted(protection.APPEND_ONLY))
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "DROP TABLE {}"])
def test_it_takes_nothing_away(table: str, statement: str, as_application: None) -> None:
    if connection.vendor != "postgresql":
        assert table not in protection.missing()
        return
    said = refused(statement.format(table))
    assert "permission denied" in said or "must be owner" in said


def test_it_changes_no_entry_and_switches_nothing_off(as_application: None) -> None:
    about = accounts.user(name="Jo Lee")
    audit.record(by=about, verb="renamed", obj=about)
    if connection.vendor != "postgresql":
        said = refused("UPDATE accounts_auditentry SET verb = 'x'")
        assert protection.REFUSED in said
        return
    for statement in (
        "UPDATE accounts_auditentry SET verb = 'x'",
        "ALTER TABLE accounts_auditentry DISABLE TRIGGER ALL",
        "DROP TRIGGER history_row ON accounts_auditentry",
        "CREATE OR REPLACE FUNCTION history_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$",
        "SET session_replication_role = 'replica'",
    ):
        said = refused(statement)
        assert "permission denied" in said or "must be owner" in said, statement
    assert AuditEntry.objects.get().verb == "renamed"


def test_without_the_grants_being_taken_back_it_could(as_application: None) -> None:
    """The control: the refusal is the role's and the trigger's, not the test's."""
    if connection.vendor != "postgresql":
        protection.remove()
        about = accounts.user()
        audit.record(by=about, verb="renamed", obj=about)
        assert AuditEntry.objects.update(verb="x") == 1
        return
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    protection.remove()
    about = accounts.user()
    audit.record(by=about, verb="renamed", obj=about)
    assert AuditEntry.objects.update(verb="x") == 1


def test_a_role_with_a_strange_name_is_quoted() -> None:
    assert '"a""b"' in protection.grants('a"b')[0]
