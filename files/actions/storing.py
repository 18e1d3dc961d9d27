"""Takes a file in: the bytes first, whole and on the disk, then the row that speaks of them."""

import datetime as dt
import logging
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from files import disk, scanner
from files.handlers import FULL
from files.models import StoredFile
from files.rules import kinds
from files.rules.names import shown_name
from files.rules.wrong import WrongKindError
from jobs import doorbell

log = logging.getLogger(__name__)

MOST_IN_NAME = 80
"""Characters of a file's name that are repeated in a sentence."""


class FileRefused(Exception):  # noqa: N818 - it reads as what happened
    """The file is not taken. Its text is a sentence that says why and what to do."""


class _TooBigError(Exception):
    pass


def store(
    upload: UploadedFile, *, allowed: frozenset[str], limit: int, now: dt.datetime
) -> StoredFile:
    """Keep a file of one of the ``allowed`` kinds (``files.rules.kinds``) of at most ``limit`` bytes.

    The same bytes again give the same row. Raises ``FileRefused``, and then nothing is left on the
    disk. Where nobody scans, the file is clean at once with that note; else the worker asks.
    """
    called = f"“{shown_name(upload.name or '')[:MOST_IN_NAME]}”"
    try:
        with disk.arriving() as path:
            sha256 = disk.write(path, _within(upload, limit))
            size = path.stat().st_size
            kind = _kind(path, called, allowed)
            disk.put(path, sha256)
    except _TooBigError:
        raise FileRefused(too_big(called, limit)) from None
    except WrongKindError as problem:
        raise FileRefused(f"{called} {problem}") from problem
    except OSError as problem:
        log.exception("A file could not be written.")
        raise FileRefused(f"{called} {FULL}") from problem
    return _row(sha256, size, kinds.CONTENT_TYPES[kind], now)


def too_big(called: str, limit: int) -> str:
    """The sentence about a file of more than ``limit`` bytes."""
    return f"{called} is larger than {limit // 1024**2} MB. Send a smaller file, or a link to it"


def _within(upload: UploadedFile, limit: int) -> Iterator[bytes]:
    """The bytes as they come, and no more of them than may be."""
    read = 0
    for chunk in upload.chunks(disk.CHUNK):
        read += len(chunk)
        if read > limit:
            raise _TooBigError
        yield chunk


def _kind(path: Path, called: str, allowed: frozenset[str]) -> str:
    if not path.stat().st_size:
        raise FileRefused(f"{called} is empty. Choose another file")
    with path.open("rb") as file:
        kind = kinds.look(file, taken=allowed)
    if kind in allowed:
        return kind
    raise FileRefused(not_taken(called, allowed))


def not_taken(called: str, allowed: frozenset[str]) -> str:
    """The sentence about a file of another kind."""
    may_be = ", ".join(words for key, words in kinds.WORDS.items() if key in allowed)
    return f"{called} is of a kind that is not taken here. Choose one of: {may_be}"


@transaction.atomic
def _row(sha256: str, size: int, content_type: str, now: dt.datetime) -> StoredFile:
    facts = {
        "size": size, "content_type": content_type, "stored_at": now, "verified_at": now,
    }  # fmt: skip
    stored, new = StoredFile.objects.get_or_create(sha256=sha256, defaults=facts)
    if new and settings.SCANNER == "none":
        _note_at_once(stored, now)
    elif not new:
        # Whole just now, and not to be swept as a file of a form that was never sent.
        StoredFile.objects.filter(pk=stored.pk).update(verified_at=now)
    else:
        transaction.on_commit(lambda: doorbell.send("files.tasks.scan_waiting"))
    return stored


def _note_at_once(stored: StoredFile, now: dt.datetime) -> None:
    """Nobody is asked, so nobody need wait."""
    with disk.opened(stored.sha256) as file:
        found = scanner.finding(file)
    stored.scan, stored.scan_note, stored.scanned_at = found.scan, found.note, now
    stored.save(update_fields=["scan", "scan_note", "scanned_at"])
