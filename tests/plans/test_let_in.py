"""Letting somebody in by the command: a role, and where it holds."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from accounts.permissions import roles_of
from accounts.roles import Role
from plans.access import footprints_managed_by
from stakeholders.access import organisations_represented_by
from tests.factories import plans as make_plans
from tests.factories import stakeholders as make

GOOD = "a long and quiet phrase"


def add(monkeypatch: pytest.MonkeyPatch, *options: str, password: str = GOOD) -> User:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    call_command("add_user", "ann@example.org", "Ann Example", *options)
    return User.objects.get(email="ann@example.org")


@pytest.mark.django_db
class TestAddUser:
    def test_a_manager_writes_in_the_footprint_and_signs_in(self, monkeypatch, client) -> None:
        footprint = make_plans.footprint()
        ann = add(monkeypatch, "--role", "manager", "--footprint", footprint.code.lower())
        today = timezone.localdate()
        assert roles_of(ann, today=today) == {Role.MANAGER}
        assert list(footprints_managed_by(ann, today=today)) == [footprint]
        assert client.login(username="ann@example.org", password=GOOD)

    def test_a_manager_of_a_region_writes_in_its_footprints(self, monkeypatch) -> None:
        region = make_plans.region()
        footprint = make_plans.footprint(in_region=region)
        ann = add(monkeypatch, "--role", "manager", "--region", region.code)
        assert list(footprints_managed_by(ann, today=timezone.localdate())) == [footprint]

    def test_a_representative_answers_for_the_organisation(self, monkeypatch) -> None:
        lmc = make.lmc()
        ann = add(monkeypatch, "--role", "representative", "--organisation", lmc.code)
        assert list(organisations_represented_by(ann, today=timezone.localdate())) == [lmc]

    @pytest.mark.parametrize(
        ("options", "says"),
        [
            (("--role", "manager"), "needs --footprint or --region"),
            (("--role", "representative"), "needs --organisation"),
            (("--role", "manager", "--footprint", "QXX"), "No footprint has the code QXX"),
        ],
    )
    def test_says_what_is_lacking_and_adds_nobody(self, monkeypatch, options, says) -> None:
        with pytest.raises(CommandError, match=says) as refused:
            add(monkeypatch, *options)
        assert refused.value.returncode == 2
        assert not User.objects.exists()

    def test_refuses_a_weak_password(self, monkeypatch) -> None:
        with pytest.raises(CommandError, match="at least 12 characters"):
            add(monkeypatch, "--role", "reviewer", password="short")
        assert not User.objects.exists()

    def test_refuses_an_address_that_is_taken_whatever_its_case(self, monkeypatch) -> None:
        add(monkeypatch, "--role", "reviewer")
        User.objects.update(email="Ann@Example.org")
        with pytest.raises(CommandError, match="already has an account"):
            add(monkeypatch, "--role", "administrator")
