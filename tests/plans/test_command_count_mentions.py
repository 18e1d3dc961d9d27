"""manage.py count_mentions: a line for each group, and a sentence for what is no text."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from plans.models import MentionName
from plans.rules.mentions import NAMES
from tests.files import documents

pytestmark = pytest.mark.django_db


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
    "content", [documents.pdf("A GP and a", "council"), documents.word("A GP", "a council")]
)
def test_a_pdf_and_a_word_document_are_counted_as_a_text_is(tmp_path, content):
    path = tmp_path / "plan"
    path.write_bytes(content)

    assert count(path)[:2] == ["      1  General practice", "      1  Local authority"]


def test_words_that_an_administrator_added_are_counted(tmp_path):
    MentionName.objects.create(category="vcse", name="hospice", recorded_at=timezone.now())
    path = tmp_path / "plan.txt"
    path.write_bytes(b"A hospice")

    assert count(path)[0].split() == ["1", "Voluntary,", "community", "or", "social", "enterprise"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7", "is not a whole PDF"),
        (b"a\0b", "cannot be kept"),
        (documents.pdf("", ""), "no text found: omissions cannot be counted"),
        (b"From: a@example.org\nDate: today\n\nGP", "is neither PDF, Word (.docx) nor plain text"),
        (b"x" * 1_500_001, "has more than 1,500,000 characters"),
    ],
)
def test_other_files_are_refused_with_what_to_do(tmp_path, content, sentence):
    path = tmp_path / "plan"
    path.write_bytes(content)

    with pytest.raises(CommandError) as refused:
        count(path)

    assert sentence in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="Check the name of the file"):
        count(tmp_path / "gone.txt")
