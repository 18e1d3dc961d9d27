"""``manage.py copy_to ADDRESS``: move the whole service to another database."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from config import moving


class Command(BaseCommand):
    """Exit code 2: nothing was written, and the last line says why."""

    help = (
        "Copies every table to another, migrated and otherwise empty database, and compares both. "
        "Nobody may use either meanwhile. Sessions stay behind: everybody signs in again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "address",
            nargs="?",
            default="",
            help="postgres://user:password@host:port/name or sqlite:///path; unset reads COPY_TO",
        )

    def handle(self, *, address: str, **options: Any) -> None:
        try:
            moving.add_target(address)
        except ImproperlyConfigured as problem:
            raise CommandError(str(problem), returncode=2) from problem
        except DatabaseError as problem:
            message = f"The target does not answer: {problem}"
            raise CommandError(message, returncode=2) from problem
        try:
            moved = moving.move(now=timezone.now(), say=self.stdout.write)
        except moving.MoveRefusedError as problem:
            raise CommandError(str(problem), returncode=2) from problem
        finally:
            moving.drop_target()
        self.stdout.write("\nBoth sides, table by table (rows, digest of their contents):")
        for one in moved:
            self.stdout.write(f"{one.rows:>12,}  {one.digest[:16]}  {one.table}")
        self.stdout.write(f"Everything is there: {sum(one.rows for one in moved):,} rows.")
