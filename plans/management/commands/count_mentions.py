"""manage.py count_mentions FILE: how often a text names each group of stakeholders."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from plans.presenters.papers import group_label
from plans.rules.mentions import LIMIT, counted
from ui.clean import has_control_characters

KINDS = (".txt", ".md", ".text")
PAGE_BREAK = "\f"


class Command(BaseCommand):
    """One line for each category, those named most often first."""

    help = "Count how often a text file names each group of stakeholders."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a plain text file, in UTF-8: .txt or .md")

    def handle(self, **options: Any) -> None:
        counts = counted(_text_of(options["file"]))
        for category, number in sorted(counts.items(), key=lambda pair: -pair[1]):
            self.stdout.write(f"{number:>7,}  {group_label(category)}")


def _text_of(path: Path) -> str:
    """The text of the file; ``CommandError`` says what to do with a file that is none."""
    if path.suffix.lower() not in KINDS:
        kind = path.suffix.removeprefix(".").upper() or "this kind"
        raise CommandError(
            f"{path.name}: files of {kind} cannot be read yet. Save it as plain text (.txt) first."
        )
    try:
        text = path.read_text(encoding="utf-8-sig").replace(PAGE_BREAK, "\n")
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}. Check the name of the file.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path.name} is not in UTF-8. Save it as UTF-8 text first.") from error
    if has_control_characters(text):
        raise CommandError(f"{path.name} is not plain text. Save it as plain text (.txt) first.")
    if len(text) > LIMIT:
        raise CommandError(
            f"{path.name} has {len(text):,} characters. Split it into files of {LIMIT:,} or fewer."
        )
    return text
