"""manage.py count_mentions: a line for each group, and a sentence for what is no text."""

import io

import pytest
from django.core.management import CommandError, call_command

from plans.rules.mentions import LIMIT, NAMES


def count(path) -> list[str]:
    out = io.StringIO()
    call_command("count_mentions", str(path), stdout=out)
    return out.getvalue().splitlines()


def test_a_line_for_each_category_the_most_named_first(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_bytes("\ufeffThe Council and its Councillors met a GP.\f".encode())

    lines = count(path)

    assert lines[:2] == ["      2  Local authority", "      1  General practice"]
    assert len(lines) == len(NAMES)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("plan.pdf", b"%PDF-1.7", "files of PDF cannot be read yet. Save it as plain text (.txt)"),
        ("plan", b"GP", "files of this kind cannot be read yet"),
        ("plan.txt", "café".encode("latin-1"), "is not in UTF-8"),
        ("plan.md", b"a\0b", "is not plain text"),
        ("plan.txt", b"x" * (LIMIT + 1), "has 400,001 characters"),
    ],
)
def test_other_files_are_refused_with_what_to_do(tmp_path, name, content, sentence):
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(CommandError) as refused:
        count(path)

    assert sentence in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="Check the name of the file"):
        count(tmp_path / "gone.txt")
