"""manage.py measure_themes FILE: how well suggested themes agree with those that people gave."""

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

NO_THEME = {"", "not assigned", "none"}
"""What coders write where they found no theme."""


class Command(BaseCommand):
    """Learns from four fifths of the answers and is asked about the rest, five times."""

    help = "Measure on a coded CSV file how well suggested themes agree with people."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a CSV file with a line for each answer")
        parser.add_argument("--text", default="comment", help="the column of the words")
        parser.add_argument(
            "--themes", default="themes", help="the column of the themes, parted by semicolons"
        )

    def handle(self, **options: Any) -> None:
        from consultations.learning import model  # noqa: PLC0415 - needs much memory

        names, coded = _read(options["file"], options["text"], options["themes"])
        keys = {name: key for key, name in enumerate(names)}
        answers = [
            model.Coded(text, frozenset(keys[name] for name in given)) for text, given in coded
        ]
        if len(answers) < model.FEWEST_TO_MEASURE:
            raise CommandError(
                f"{options['file'].name} has {len(answers)} coded answers. "
                f"At least {model.FEWEST_TO_MEASURE} are needed."
            )
        found = model.measure(dict(enumerate(names)), answers)
        self.stdout.write(f"{found.answers:,} answers coded by people with {len(names)} themes")
        for share, meaning in (
            (found.agreement, "agreement: the first suggestion is a theme that people gave"),
            (found.precision, "precision: of what is suggested, what people gave"),
            (found.recall, "recall: of what people gave, what is suggested"),
            (found.commonest, "agreement of always saying the commonest theme"),
        ):
            self.stdout.write(f"{share:>6.1%}  {meaning}")


def _read(path: Path, text: str, themes: str) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """The names of the themes and the coded answers; ``CommandError`` says what is wrong."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}. Check the name of the file.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise CommandError(
            f"{path.name} is no CSV file in UTF-8: {error}. Save it anew."
        ) from error
    for column in (text, themes):
        if not rows or rows[0].get(column) is None:
            raise CommandError(f"{path.name} has no column “{column}”. Name the right one.")
    coded = []
    for row in rows:
        given = [one.strip() for one in (row[themes] or "").split(";")]
        if kept := [one for one in given if one.lower() not in NO_THEME]:
            coded.append((row[text] or "", kept))
    return sorted({name for _, given in coded for name in given}), coded
