"""Who may do what on a day, and that the audit trail cannot be left out of a transaction."""

import datetime as dt
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEntry, RoleGrant
from accounts.permissions import has_permission, require, roles_of
from accounts.roles import PERMISSIONS, Permission, Role, permissions_of
from tests.factories import accounts as make

TODAY = dt.date(2016, 9, 12)


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_label_and_permissions(role: Role) -> None:
    assert role.label
    assert PERMISSIONS[role]


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_belongs_to_somebody(permission: Permission) -> None:
    assert permission in permissions_of(frozenset(Role))


@pytest.mark.parametrize("permission", Permission)
def test_a_refusal_is_a_sentence_and_not_the_name_of_a_permission(permission: Permission) -> None:
    assert permission.refusal.startswith("Your role does not let you ")
    assert permission not in permission.refusal


def test_without_a_role_nothing_is_allowed() -> None:
    assert permissions_of(frozenset()) == frozenset()


@pytest.mark.django_db
class TestRolesOf:
    @pytest.mark.parametrize(
        ("starts", "ends", "held"),
        [
            (TODAY, None, True),
            (TODAY, TODAY, True),
            (TODAY - dt.timedelta(2), TODAY - dt.timedelta(1), False),
            (TODAY + dt.timedelta(1), None, False),
        ],
    )
    def test_holds_on_both_its_days_and_between(self, starts, ends, held) -> None:
        person = make.user()
        RoleGrant.objects.create(user=person, role=Role.REVIEWER, valid_from=starts, valid_to=ends)
        assert (Role.REVIEWER in roles_of(person, today=TODAY)) is held

    def test_a_suspended_user_holds_none(self) -> None:
        person = make.user(Role.MANAGER)
        person.is_active = False
        assert roles_of(person, today=TODAY) == frozenset()

    def test_is_asked_of_the_database_once_a_day(self) -> None:
        person = make.user(Role.MANAGER)
        with CaptureQueriesContext(connection) as asked:
            for day in (TODAY, TODAY, TODAY + dt.timedelta(1)):
                assert has_permission(person, Permission.LOG_ENGAGEMENT, today=day)
        assert len(asked) == 2

    def test_nobody_signed_in_holds_none(self) -> None:
        assert roles_of(AnonymousUser(), today=TODAY) == frozenset()


@pytest.mark.django_db
class TestRequire:
    def test_lets_in_who_has_the_permission_and_nobody_else(self) -> None:
        view = require(Permission.IMPORT_REGISTER)(lambda request: "shown")
        request = RequestFactory().get("/")
        request.user = make.user(Role.ADMINISTRATOR)
        assert view(request) == "shown"
        request.user = make.user(Role.REVIEWER)
        with pytest.raises(
            PermissionDenied, match="Your role does not let you import the register"
        ):
            view(request)


@pytest.mark.django_db
class TestRecord:
    def test_keeps_who_what_before_and_after(self) -> None:
        by, about = make.user(name="Ann"), make.user(name="Bob")
        token = audit.request_id.set("the request")
        audit.record(
            by=by,
            verb="renamed",
            obj=about,
            before={"name": "Rob", "on": TODAY},
            after={"name": "Bob", "at": timezone.now(), "who": by, "ids": {uuid.UUID(int=1)}},
        )
        audit.request_id.reset(token)
        entry = AuditEntry.objects.get()
        assert (entry.actor, entry.verb, entry.object_key) == (by, "renamed", str(about.pk))
        assert (entry.label, entry.request_id) == ("Bob", "the request")
        assert entry.was == {"name": "Rob", "on": "2016-09-12"}
        assert entry.became["who"] == "Ann"
        assert entry.became["ids"] == [str(uuid.UUID(int=1))]


@pytest.mark.django_db(transaction=True)
def test_an_audit_row_needs_the_transaction_of_the_write_it_speaks_of() -> None:
    person = make.user()
    with pytest.raises(transaction.TransactionManagementError):
        audit.record(by=None, verb="changed", obj=person)
    assert not AuditEntry.objects.exists()
