"""Taking a file in: known by its content, whole on the disk before its row, nothing left when refused."""

import hashlib
import io
import resource
import signal
import time

import pytest
from django.db import transaction

from files import disk
from files.actions import FileRefused
from files.models import Scan, StoredFile
from files.rules import kinds
from files.rules.names import shown_name
from tests.files import samples
from tests.files.samples import NOW

pytestmark = pytest.mark.django_db

MACROS, OLD = (samples.BAD[name][0] for name in ("macro part in a docx", "old xls"))


@pytest.mark.parametrize(("content", "content_type"), samples.GOOD.values(), ids=samples.GOOD)
def test_a_good_file_is_kept_by_its_hash_whatever_it_is_called(
    store, on_disk, content, content_type
) -> None:
    stored = store(content, "whatever.exe")

    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert (stored.size, stored.content_type) == (len(content), content_type)
    assert on_disk() == [stored.sha256]
    assert disk.hash_of(stored.sha256) == stored.sha256
    assert disk.path_of(stored.sha256).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("content", "said"), samples.BAD.values(), ids=samples.BAD)
def test_a_bad_file_is_refused_in_a_sentence_and_leaves_nothing(
    store, on_disk, content, said
) -> None:
    with pytest.raises(FileRefused) as refused:
        store(content, "minutes.pdf")

    assert str(refused.value).startswith("“minutes.pdf” ")
    assert said in str(refused.value)
    assert on_disk() == []
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("content", samples.SLOW.values(), ids=samples.SLOW)
def test_a_look_at_a_file_takes_as_long_as_the_file_and_no_longer(content) -> None:
    """It is taken while whoever sent the file waits, and not in the child process."""
    began = time.process_time()

    assert kinds.look(io.BytesIO(content)) in {kinds.PDF, kinds.DOCX}

    assert time.process_time() - began < 3


def test_a_kind_that_is_known_and_not_allowed_here_is_refused(store, on_disk) -> None:
    with pytest.raises(FileRefused, match="Choose one of: PDF, PNG"):
        store(samples.TEXT, allowed=frozenset({"pdf", "png"}))
    assert on_disk() == []


@pytest.mark.parametrize(
    ("allowed", "content", "said"),
    [
        ("docx pdf txt", MACROS, "has macros. Save it as .docx without them"),
        ("xlsx txt", MACROS, "has macros. Save it as .xlsx without them"),
        ("docx xlsx pdf", MACROS, "has macros. Save it as .docx or .xlsx without them"),
        ("pdf", MACROS, "has macros. Save it as PDF"),
        ("docx pdf txt", OLD, "an Outlook message. Save it as .docx or PDF"),
        ("docx pdf txt", b"GIF89a" + b"x" * 20, "is a GIF picture. Save it as PDF"),
        ("png pdf", b"GIF89a" + b"x" * 20, "is a GIF picture. Save it as PNG"),
    ],
)
def test_the_advice_is_among_what_is_taken_here(store, allowed, content, said) -> None:
    with pytest.raises(FileRefused) as refused:
        store(content, "plan.docx", allowed=frozenset(allowed.split()))

    assert str(refused.value).endswith(said)


def test_the_same_bytes_again_are_the_same_row_and_heal_a_file_that_was_changed(store) -> None:
    first = store(samples.PDF, "a.pdf")
    disk.path_of(first.sha256).write_bytes(b"swapped")

    assert store(samples.PDF, "b.pdf") == first
    assert disk.hash_of(first.sha256) == first.sha256
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize("room", [0, 70_000])
def test_a_disk_that_refuses_the_bytes_leaves_nothing(store, on_disk, room) -> None:
    """The kernel itself ends the write: the limit on the size of a file stands in for a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        with pytest.raises(FileRefused, match="disk of this service is full"):
            store(samples.TEXT * 5_000, "notes.txt")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert on_disk() == []
    assert not StoredFile.objects.exists()


def test_a_folder_that_cannot_be_written_is_a_sentence(store, folder) -> None:
    (folder / "arriving").write_text("in the way")
    with pytest.raises(FileRefused, match="cannot be written"):
        store(samples.PDF)


def test_a_request_that_is_taken_back_leaves_a_file_without_a_row_and_no_row_without_a_file(
    store, on_disk
) -> None:
    with transaction.atomic():
        stored = store(samples.PDF)
        transaction.set_rollback(True)
    assert not StoredFile.objects.exists()
    assert on_disk() == [stored.sha256]  # swept after a day
    assert store(samples.PDF).sha256 == stored.sha256


@pytest.mark.parametrize(
    ("mode", "scan", "note"), [("none", Scan.CLEAN, "not scanned"), ("", Scan.WAITING, "")]
)
def test_without_a_scanner_it_is_the_operator_who_says_so(
    store, settings, mode, scan, note
) -> None:
    settings.SCANNER = mode
    stored = store(samples.PDF)
    assert (stored.scan, stored.scan_note) == (scan, note)
    assert stored.stored_at == NOW


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (r"..\..\x", "x"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\minutes.pdf", "minutes.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("fdp.\u202eexe", "fdp.exe"),
        ("\u200b", "file"),
        ("", "file"),
        ("...", "file"),
        ("José.pdf", "José.pdf"),
        ("\N{GRINNING FACE}.pdf", "\N{GRINNING FACE}.pdf"),
        ("n" * 300 + ".pdf", "n" * 196 + ".pdf"),
        ("n" * 300, "n" * 200),
        ("a\x00b.pdf", "ab.pdf"),
    ],
)
def test_a_name_is_only_text(given, shown) -> None:
    assert shown_name(given) == shown
