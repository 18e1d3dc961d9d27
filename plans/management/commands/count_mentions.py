"""manage.py count_mentions FILE: how often a document names each group of stakeholders."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from files import child
from plans.presenters.mention_words import group_label
from plans.queries.mentions import names_in_use
from plans.rules.mentions import counted


class Command(BaseCommand):
    """One line for each category, those named most often first; then what to know of the file."""

    help = "Count how often a PDF, Word (.docx) or text file names each group of stakeholders."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a PDF, a Word document (.docx) or plain text")

    def handle(self, **options: Any) -> None:
        found = _read(options["file"])
        if not any(page.strip() for page in found["pages"]):
            raise CommandError(
                f"{options['file'].name}: no text found: omissions cannot be counted. It may be a scan."
            )
        counts = counted(found["pages"], names_in_use())
        for category, number in sorted(counts.items(), key=lambda pair: -pair[1]):
            self.stdout.write(f"{number:>7,}  {group_label(category)}")
        for note in found["notes"]:
            self.stderr.write(note)


def _read(path: Path) -> dict[str, Any]:
    """Pages and notes; ``CommandError`` says what to do with a file that cannot be read."""
    try:
        path.open("rb").close()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}. Check the name of the file.") from error
    try:
        found: dict[str, Any] = child.run("files.reading.documents:read", path.resolve())
    except child.Refused as refused:
        raise CommandError(f"{path.name} {refused}.") from refused
    return found
