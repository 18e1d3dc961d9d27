"""Where the bytes lie: under MEDIA_ROOT/kept by their SHA-256, and while they arrive in MEDIA_ROOT/arriving.

A name is given only to whole bytes that are safely on the disk: a crash leaves the file or nothing.
"""

import contextlib
import datetime as dt
import hashlib
import os
import re
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from django.conf import settings

CHUNK = 64 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")


def path_of(sha256: str) -> Path:
    """Where the file with this hash lies, or would. Raises ``ValueError`` for anything else."""
    if not _DIGEST.fullmatch(sha256):
        message = "Not a SHA-256."
        raise ValueError(message)
    return _root() / "kept" / sha256[:2] / sha256


@contextmanager
def arriving() -> Iterator[Path]:
    """A temporary name; whatever lies there at the end and was not put in its place is removed."""
    path = _root() / "arriving" / uuid.uuid4().hex
    _make(path.parent)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def write(path: Path, chunks: Iterable[bytes]) -> str:
    """Write the bytes and give their SHA-256; on return they are on the disk."""
    digest = hashlib.sha256()
    with path.open("xb") as file:
        path.chmod(0o600)
        for chunk in chunks:
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def put(path: Path, sha256: str) -> None:
    """Give the bytes their lasting name; the same name always means the same bytes."""
    target = path_of(sha256)
    _make(target.parent)
    path.replace(target)
    _sync(target.parent)


def opened(sha256: str) -> BufferedReader:
    """The bytes. Raises ``FileNotFoundError`` when they are gone."""
    return path_of(sha256).open("rb")


def hash_of(sha256: str) -> str:
    """The hash that the bytes under this name really have; empty where there are none."""
    try:
        with opened(sha256) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def left_behind(before: dt.datetime) -> list[Path]:
    """Bytes that began to arrive before the moment and never came to a name."""
    return _older(_root() / "arriving", "*", before)


def kept(before: dt.datetime) -> list[Path]:
    """Files put in their place before the moment."""
    return _older(_root() / "kept", "*/*", before)


def take_away(path: Path, before: dt.datetime) -> bool:
    """Remove a file that nobody refers to; False where it was put there anew meanwhile."""
    if not _is_older(path, before):
        return False
    path.unlink(missing_ok=True)
    return True


def _older(folder: Path, pattern: str, before: dt.datetime) -> list[Path]:
    return sorted(path for path in folder.glob(pattern) if _is_older(path, before))


def _is_older(path: Path, before: dt.datetime) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return path.is_file() and path.stat().st_mtime < before.timestamp()
    return False


def _root() -> Path:
    return Path(settings.MEDIA_ROOT)


def _make(folder: Path) -> None:
    """Make the folder so that it is still there after a power cut."""
    if folder.is_dir():
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for made in (folder.parent, folder.parent.parent):
        _sync(made)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
