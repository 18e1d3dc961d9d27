"""manage.py check_register: what the register counts on a day, and what does not fit."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from plans.queries.register_check import RegisterCheck, register_check
from stakeholders.models import Category
from ui.arguments import day
from ui.words import nhs_date, plural

SHOWN = 20


class Command(BaseCommand):
    """Exit code 0: every practice has one footprint and an LMC. 1: some have not."""

    help = "Count the register as at a day and list the practices that do not fit."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-at", type=day, help="the day: 2016-02-29; default today")
        parser.add_argument(
            "--footprints", action="store_true", help="one line for each footprint too"
        )

    def handle(self, **options: Any) -> None:
        check = register_check(day=options["as_at"] or timezone.localdate())
        self.stdout.write(f"The register as at {nhs_date(check.day)}:")
        self.stdout.write(f"{len(check.footprints):>9,}  footprints")
        for category, number in check.open_by_category.items():
            self.stdout.write(f"{number:>9,}  {Category(category).label}")
        if options["footprints"]:
            self._footprints(check)
        for heading, practices in (
            ("in no footprint", check.in_no_footprint),
            ("in several footprints", check.in_several_footprints),
            ("without an LMC", check.without_lmc),
            ("without a list size", check.without_list_size),
        ):
            self._practices(heading, practices)
        if not check.fits:
            raise SystemExit(1)

    def _footprints(self, check: RegisterCheck) -> None:
        self.stdout.write("Code  Commissioners  Practices   Patients  LMCs  Name")
        for line in check.footprints:
            self.stdout.write(
                f"{line.code:<4}  {line.commissioners:>13,}  {line.practices:>9,}"
                f"  {line.patients:>9,}  {line.lmcs:>4,}  {line.name}"
            )

    def _practices(self, heading: str, practices: tuple[str, ...]) -> None:
        self.stdout.write(f"{plural(len(practices), 'practice')} {heading}")
        for practice in practices[:SHOWN]:
            self.stdout.write(f"  {practice}")
        if len(practices) > SHOWN:
            self.stdout.write(f"  … and {len(practices) - SHOWN:,} more")
