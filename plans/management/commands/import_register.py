"""manage.py import_register KIND FILE: load one official register file, or see what it would do."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from plans.actions.register import load
from plans.register.kinds import KINDS
from plans.register.looking import Order, Outcome, look, ticker
from stakeholders.register.problems import FileRefusedError, Problem
from ui.arguments import day

ALL_LOADED, SOME_ROWS_WRONG, NOTHING_LOADED = 0, 1, 2
SHOWN = 20


class Command(BaseCommand):
    """Exit code 0: loaded whole. 1: loaded without its wrong rows. 2: nothing loaded."""

    help = "Load an official register file, or with --dry-run say what it would change."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=KINDS, help="what the file holds")
        parser.add_argument("file", type=Path, help="CSV, .csv.gz or .xlsx; told by its content")
        parser.add_argument("--as-at", type=day, help="the day of the file: 2016-02-29")
        parser.add_argument(
            "--as-history", action="store_true", help="an older file: only fill gaps in the past"
        )
        parser.add_argument(
            "--on-errors",
            choices=("refuse", "keep"),
            default="refuse",
            help="refuse the file when a row is wrong, or keep the good rows",
        )
        parser.add_argument(
            "--accept-large-change",
            action="store_true",
            help="load although more than 5%% of the open practices would close or are missing",
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing")

    def handle(self, **options: Any) -> None:
        order = Order(
            kind=options["kind"],
            file_name=options["file"].name,
            data=_content(options["file"]),
            as_at=options["as_at"],
            as_history=options["as_history"],
            keep_good_rows=options["on_errors"] == "keep",
            accept_large_change=options["accept_large_change"],
        )
        today = timezone.localdate()
        try:
            if options["dry_run"]:
                outcome = look(order, today=today, tick=ticker(None))
            else:
                outcome = load(order, by=None, now=timezone.now(), today=today)
        except FileRefusedError as error:
            raise CommandError(str(error), returncode=NOTHING_LOADED) from error
        self._tell(outcome, dry_run=options["dry_run"])
        if outcome.why_not:
            raise CommandError(outcome.why_not, returncode=NOTHING_LOADED)
        if outcome.changes.problems:
            raise SystemExit(SOME_ROWS_WRONG)

    def _tell(self, outcome: Outcome, *, dry_run: bool) -> None:
        for sentence in outcome.sentences:
            self.stdout.write(sentence)
        for phrase, number in outcome.counts.items():
            self.stdout.write(f"{number:>9,}  {phrase}")
        if outcome.skipped:
            self.stdout.write("Left out:")
        for phrase, number in outcome.skipped.items():
            self.stdout.write(f"{number:>9,}  {phrase}")
        self._list("To know", outcome.changes.notes)
        self._list("Wrong rows", outcome.changes.problems)
        if outcome.loaded:
            self.stdout.write(f"Loaded: {outcome.rows:,} rows read.")
        elif dry_run:
            self.stdout.write("Nothing was written: this was a dry run.")

    def _list(self, heading: str, problems: list[Problem]) -> None:
        if not problems:
            return
        self.stdout.write(f"{heading} ({len(problems):,}):")
        for problem in problems[:SHOWN]:
            self.stdout.write(f"  {problem}")
        if len(problems) > SHOWN:
            self.stdout.write(f"  … and {len(problems) - SHOWN:,} more")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}."
        raise CommandError(message, returncode=NOTHING_LOADED) from error
