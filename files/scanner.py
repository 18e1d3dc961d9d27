"""Asks a virus scanner (clamd) about a file, or takes the operator's word that there is none.

``settings.SCANNER`` is ``host:port`` or the path of a socket of clamd, "none" where the operator
says that nothing is scanned, or empty: then nobody knows, and every file waits.
"""

import re
import socket
import struct
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings

from files.models import Scan

PATIENCE = 10.0
"""Seconds for connecting and for each answer."""

CHUNK = 64 * 1024
NOT_SCANNED = "not scanned"
TEST_FILE = "the test file by which virus scanners are tried"
_EICAR = re.compile(
    rb"X5O!P%@AP\[4\\PZX54\(P\^\)7CC\)7\}\$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!\$H\+H\*"
)


class NoAnswerError(Exception):
    """The scanner is away, too slow, or answers what nobody understands: the file goes on waiting."""


@dataclass(frozen=True)
class Finding:
    """What is known of a file now."""

    scan: Scan
    note: str = ""


def finding(file: BinaryIO) -> Finding:
    """What to think of the file. Raises ``NoAnswerError`` where nobody can tell yet."""
    if _is_test_file(file):
        return Finding(Scan.HELD, TEST_FILE)
    if settings.SCANNER == "none":
        return Finding(Scan.CLEAN, NOT_SCANNED)
    if not settings.SCANNER:
        message = "No scanner is set up."
        raise NoAnswerError(message)
    file.seek(0)
    return _understood(_asked(file))


def _is_test_file(file: BinaryIO) -> bool:
    """Held with and without a scanner, so that anybody can see whether holding works."""
    file.seek(0)
    data = file.read()
    if _EICAR.search(data):
        return True
    if not data.startswith(b"PK"):
        return False
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:  # its bounds were checked when it was taken
            return any(_EICAR.search(packed.read(entry)) for entry in packed.infolist())
    except (zipfile.BadZipFile, OSError):
        return False


def _asked(file: BinaryIO) -> str:
    """clamd's INSTREAM: chunks with their lengths, a length of nought, then one line of answer."""
    try:
        with _connection() as line:
            line.sendall(b"zINSTREAM\0")
            while chunk := file.read(CHUNK):
                line.sendall(struct.pack("!I", len(chunk)) + chunk)
            line.sendall(struct.pack("!I", 0))
            answer = b""
            while not answer.endswith(b"\0") and len(answer) < 4096:
                part = line.recv(4096)
                if not part:
                    break
                answer += part
    except OSError as problem:
        raise NoAnswerError(str(problem)) from problem
    return answer.rstrip(b"\0\n").decode("utf-8", errors="replace")


def _connection() -> socket.socket:
    if settings.SCANNER.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(PATIENCE)
        try:
            line.connect(settings.SCANNER)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = settings.SCANNER.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=PATIENCE)


def _understood(answer: str) -> Finding:
    if answer == "stream: OK":
        return Finding(Scan.CLEAN)
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        name = answer.removeprefix("stream: ").removesuffix(" FOUND")
        return Finding(Scan.HELD, name[:200])
    raise NoAnswerError(answer or "No answer.")
