"""manage.py add_user: somebody who signs in, with a role and where it holds."""

import sys
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.roles import Role
from plans.actions.grants import Scope, ScopeUnknownError, let_in


class Command(BaseCommand):
    """Asks for the password; with standard input redirected it reads it from the first line."""

    help = "Add a person who signs in. Managers need a footprint or region, leads an organisation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--role", required=True, choices=[role.value for role in Role])
        for scope in ("footprint", "region", "organisation"):
            parser.add_argument(f"--{scope}", action="append", default=[], help="a code; repeated")

    def handle(self, **options: Any) -> None:
        role = Role(options["role"])
        scope = Scope(
            footprints=tuple(options["footprint"]),
            regions=tuple(options["region"]),
            organisations=tuple(options["organisation"]),
        )
        if lacking := _lacking(role, scope):
            raise CommandError(lacking, returncode=2)
        try:
            user = let_in(
                by=None,
                email=options["email"],
                name=options["name"],
                password=_password(),
                role=role,
                scope=scope,
                now=timezone.now(),
                today=timezone.localdate(),
            )
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages), returncode=2) from wrong
        except ScopeUnknownError as unknown:
            raise CommandError(str(unknown), returncode=2) from unknown
        self.stdout.write(f"{user.name} can sign in as {user.email}, {role.label}.")


def _lacking(role: Role, scope: Scope) -> str:
    """What the role needs and was not given; empty when nothing is lacking."""
    if role is Role.MANAGER and not (scope.footprints or scope.regions):
        return "A manager needs --footprint or --region."
    if role is Role.REPRESENTATIVE and not scope.organisations:
        return "A representative needs --organisation."
    return ""


def _password() -> str:
    if sys.stdin.isatty():
        return getpass("Password, at least 12 characters: ")
    return sys.stdin.readline().rstrip("\n")
