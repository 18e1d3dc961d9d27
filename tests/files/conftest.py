"""A folder of its own for every test, and a way to store a file."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from files import actions
from files.rules import kinds
from tests.files.samples import NOW


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def store():
    def stored(content: bytes, name: str = "a", *, now=NOW, allowed=frozenset(kinds.WORDS)):
        upload = SimpleUploadedFile(name, content)
        return actions.store(upload, allowed=allowed, limit=5 * 1024**2, now=now)

    return stored


@pytest.fixture
def on_disk(folder):
    """The names of all files that lie there."""
    return lambda: sorted(path.name for path in folder.rglob("*") if path.is_file())
