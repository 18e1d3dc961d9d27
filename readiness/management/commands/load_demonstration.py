"""``manage.py load_demonstration``: a year of synthetic engagement, into an empty database."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from readiness.demonstration.load import DatabaseNotEmptyError, load
from ui.arguments import day


class Command(BaseCommand):
    help = "Loads the demonstration into an empty database; exits with 2 where it is not empty."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--seed", type=int, default=1, help="the same seed and day give the same rows"
        )
        parser.add_argument(
            "--today", type=day, help="the day from which all dates are counted; default today"
        )

    def handle(self, *, seed: int, today: dt.date | None, **options: Any) -> None:
        """An event of today was recorded by now, or by the evening of the day that was given."""
        now = timezone.now()
        if today is not None:
            now = timezone.make_aware(dt.datetime.combine(today, dt.time(18)))
        try:
            load(
                today=today or timezone.localdate(), now=now, seed=str(seed), say=self.stdout.write
            )
        except DatabaseNotEmptyError as error:
            raise CommandError(str(error), returncode=2) from error
