"""Off the wire: a full disk and a file without end become a sentence, and nothing stays behind."""

import resource
import signal

import pytest
from django import forms

from files import handlers
from files.fields import SentFile
from files.handlers import LARGEST, CarefulUploadHandler, RefusedUpload

CHUNK = 64 * 1024


def sent(chunks, *, before=lambda: None):
    """What becomes of a file that comes in these chunks."""
    handler = CarefulUploadHandler()
    handler.new_file("file", "minutes.pdf", "application/pdf", None, None, None)
    before()
    size = 0
    for chunk in chunks:
        assert handler.receive_data_chunk(chunk, size) is None  # nobody else gets it
        size += len(chunk)
    return handler.file_complete(size)


def said_on_the_form(upload) -> list[str]:
    class Form(forms.Form):
        file = SentFile()

    return list(Form({}, {"file": upload}).errors.get("file", []))


def test_a_file_is_taken_as_it_comes() -> None:
    upload = sent([b"ab", b"c"])
    assert upload.read() == b"abc"
    assert said_on_the_form(upload) == []
    upload.close()


def test_a_full_disk_is_a_sentence() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        upload = sent(
            [b"x" * CHUNK] * 3,
            before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (CHUNK, before[1])),
        )
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert isinstance(upload, RefusedUpload)
    assert upload.size == 3 * CHUNK
    assert said_on_the_form(upload) == [f"“minutes.pdf” {handlers.FULL}"]


def test_a_temporary_folder_that_is_gone_is_a_sentence(settings, tmp_path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "gone")
    [said] = said_on_the_form(sent([b"x"]))
    assert "cannot be written" in said


@pytest.mark.parametrize(("extra", "is_refused"), [(0, False), (1, True)])
def test_of_a_file_without_end_no_more_is_kept_than_may_be(extra, is_refused) -> None:
    upload = sent([b"x" * CHUNK] * (LARGEST // CHUNK) + [b"x" * extra])
    assert isinstance(upload, RefusedUpload) == is_refused
    assert ("larger than 30 MB" in "".join(said_on_the_form(upload))) == is_refused
    upload.close()
