"""manage.py verify_history: every entry, every seal, every file, and the protection itself."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.actions import sealing
from accounts.queries.verification import verified_history
from accounts.rules.chain import Checkpoint, Finding, read_checkpoints
from config import protection
from files.queries import broken
from ui.words import plural

BAD_INPUT = 2
UNSOUND = 1


class Command(BaseCommand):
    """Exit 0 when the history is whole, 1 when something is wrong with it."""

    help = (
        "Walks the chain of the history from its first entry and compares it with every checkpoint "
        "in this machine's own file and in those given, hashes every kept file, and looks whether "
        "the database still refuses changes. Names each entry that was edited, deleted, inserted, "
        "moved, back-dated or cut off. Exits with 1 if anything is wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--checkpoint",
            metavar="FILE",
            action="append",
            default=[],
            help="checkpoints from outside: a copy of checkpoints.jsonl, or a line from a digest or "
            "a printed page; may be given more than once",
        )
        parser.add_argument(
            "--keep-checkpoint",
            action="store_true",
            help="when all is well, write the head of the chain to this machine's file and print it",
        )
        parser.add_argument(
            "--without-files", action="store_true", help="leave out the hashes of kept files"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        checkpoints = sealing.kept_checkpoints()
        for name in options["checkpoint"]:
            checkpoints += _read(Path(name))
        found = verified_history(checkpoints=checkpoints, progress=self._progress)
        said = [_words(one) for one in found.findings]
        if not options["without_files"]:
            said += [f"Swapped file: {sha256}: {words}" for sha256, words in broken()]
        said += [f"Not protected: table {table}" for table in protection.missing()]
        for line in said:
            self.stdout.write(line)
        self.stdout.write(
            f"{plural(found.count, 'entry', 'entries')} in the chain, "
            f"{found.waiting} not sealed yet, "
            f"compared with {plural(len(checkpoints), 'checkpoint')}."
        )
        self.stdout.write(f"Head: sequence={found.sequence} hash={found.hash}")
        if said:
            raise CommandError(f"{plural(len(said), 'finding')}.", returncode=UNSOUND)
        self.stdout.write("The history is whole.")
        if options["keep_checkpoint"]:
            kept = sealing.keep_checkpoint(now=timezone.now())
            self.stdout.write(kept.line() if kept else "The last checkpoint is this head.")

    def _progress(self, done: int) -> None:
        self.stderr.write(f"{done:,} entries")


def _read(path: Path) -> list[Checkpoint]:
    try:
        return read_checkpoints(path.read_text())
    except (OSError, ValueError) as problem:
        raise CommandError(f"{path}: {problem}", returncode=BAD_INPUT) from problem


def _words(one: Finding) -> str:
    """Edited: entry 12 (place 10) is not what was sealed."""
    place = f"place {one.sequence:,}" if one.sequence is not None else "no place"
    entry = f"entry {one.entry} ({place})" if one.entry is not None else place
    return f"{one.kind.value.capitalize()}: {entry} {one.words}"
