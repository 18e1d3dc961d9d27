"""Uploaded register files on disk, each under the SHA-256 of its content."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

from django.conf import settings


def keep(data: bytes) -> str:
    """Store the bytes and give their SHA-256; a crash leaves the whole file or none."""
    digest = hashlib.sha256(data).hexdigest()
    target = _path(digest)
    if target.exists():
        return digest
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(target)
    return digest


def content(digest: str) -> bytes:
    """The bytes with this SHA-256. Raises ``FileNotFoundError`` when they are gone."""
    return _path(digest).read_bytes()


def _path(digest: str) -> Path:
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise FileNotFoundError(digest)
    return Path(settings.MEDIA_ROOT) / "register" / digest
