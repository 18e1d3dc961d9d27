"""The database itself refuses to change the history, whoever asks, until its owner switches that off."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEntry, LegalHold, Redaction
from config import protection
from engagement.models import Attestation
from readiness.actions import ensure_policies
from tests.factories import accounts, deciding, engagement, plans, stakeholders

pytestmark = pytest.mark.django_db


def entry() -> AuditEntry:
    about = accounts.user(name="Jo Lee")
    audit.record(by=about, verb="renamed", obj=about, after={"name": "Jo Lee", "ok": True})
    return AuditEntry.objects.latest("pk")


def refuses(statement: str, *values: object) -> bool:
    """Whether the database says no in its own words; whatever it did is taken back."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            assert cursor.rowcount != 0, "the statement met no row"
            transaction.set_rollback(True)
    except DatabaseError as refusal:
        return protection.REFUSED in str(refusal)
    return False


def rows() -> dict[str, tuple[int, str]]:
    """A row of some tables: table -> its id, and a column that may not move."""
    ensure_policies()
    plan = plans.plan(plans.footprint(stakeholders.commissioner()))
    dispute = engagement.dispute(stakeholders.practice(), engagement.event(plan))
    deciding.results(plan)
    decision = deciding.decision(plan)
    return (
        {
            "accounts_auditentry": (entry().pk, "verb"),
            "engagement_attestation": (Attestation.objects.latest("pk").pk, "words"),
            "readiness_decision": (decision.pk, "snapshot"),
            "readiness_condition": (decision.conditions.get().pk, "text"),
            "accounts_legalhold": (hold(entry()).pk, "reason"),
        }
        if dispute
        else {}
    )


def hold(about: AuditEntry) -> LegalHold:
    return LegalHold.objects.create(
        object_type=about.object_type,
        object_key=about.object_key,
        reason="A claim was announced",
        placed_at=timezone.now(),
        placed_by=accounts.user(),
    )


def test_every_table_of_the_history_is_protected() -> None:
    assert protection.missing() == []


def test_a_table_without_its_triggers_is_named() -> None:
    protection.remove()
    assert protection.missing() == sorted(protection.APPEND_ONLY)
    protection.install()
    assert protection.missing() == []


def test_rows_of_the_history_are_neither_changed_nor_deleted() -> None:
    for table, (pk, column) in rows().items():
        assert refuses(f"UPDATE {table} SET {column} = 'other' WHERE id = %s", pk), table
        assert refuses(f"DELETE FROM {table} WHERE id = %s", pk), table


def test_without_the_triggers_the_same_statements_pass() -> None:
    """The control: it is the triggers that refuse."""
    made = rows()
    protection.remove()
    pk, column = made["accounts_auditentry"]
    assert not refuses(f"UPDATE accounts_auditentry SET {column} = 'other' WHERE id = %s", pk)


def test_what_may_be_written_later_still_can_be() -> None:
    pk, _ = rows()["engagement_attestation"]
    assert not refuses("UPDATE engagement_attestation SET reply = 'We looked' WHERE id = %s", pk)


@pytest.mark.parametrize("column", ["verb", "recorded_at"])
def test_an_entry_keeps_every_column(column: str) -> None:
    made = entry()
    value = "other" if column == "verb" else timezone.now()
    assert refuses(f"UPDATE accounts_auditentry SET {column} = %s WHERE id = %s", value, made.pk)


class TestRedaction:
    def emptied(self, made: AuditEntry, text: str = "{}") -> bool:
        """Whether the database lets the personal values be replaced."""
        return not refuses(
            "UPDATE accounts_auditentry SET personal = %s WHERE id = %s", text, made.pk
        )

    def redaction(self, made: AuditEntry, **over: object) -> Redaction:
        two = {"asked_by": accounts.user(), "done_by": accounts.user()}
        given = {
            "object_type": made.object_type,
            "object_key": made.object_key,
            "reason": "Asked by the person",
            "asked_at": timezone.now(),
            "done_at": timezone.now(),
            "marks": {str(made.pk): list(made.personal)},
            **two,
        }
        return Redaction.objects.create(**{**given, **over})

    def test_nobody_takes_values_out_without_one(self) -> None:
        assert not self.emptied(entry())

    def test_two_people_can(self) -> None:
        made = entry()
        self.redaction(made)
        assert self.emptied(made)

    def test_one_that_is_only_asked_for_is_none(self) -> None:
        made = entry()
        self.redaction(made, done_at=None, done_by=None)
        assert not self.emptied(made)

    def test_one_of_another_entry_is_none(self) -> None:
        made = entry()
        self.redaction(entry())
        assert not self.emptied(made)

    def test_no_other_value_can_be_put_in_its_place(self) -> None:
        made = entry()
        self.redaction(made)
        mark = next(iter(made.personal))
        assert not self.emptied(made, f'{{"{mark}": ["salt", "Somebody else"]}}')

    def test_a_legal_hold_stands_in_the_way_until_it_is_lifted(self) -> None:
        made = entry()
        self.redaction(made)
        held = hold(made)
        assert not self.emptied(made)
        LegalHold.objects.filter(pk=held.pk).update(
            lifted_at=timezone.now(), lifted_by=accounts.user()
        )
        assert self.emptied(made)
