"""Scanning, proving and clearing: against a scanner on loopback, and twice for the effect of once."""

import datetime as dt
import os
import socketserver
import struct
import threading
from collections.abc import Iterator

import pytest

from files import actions, disk, queries, scanner
from files.models import Scan, StoredFile
from jobs.models import JobRun, RowError
from tests.files import samples
from tests.files.samples import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=8)


class _Clamd(socketserver.StreamRequestHandler):
    """Speaks INSTREAM as clamd does; what it answers depends on the bytes that it was sent."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        sent = b""
        while length := struct.unpack("!I", self.rfile.read(4))[0]:
            sent += self.rfile.read(length)
        if b"silence" in sent:
            return
        if b"trouble" in sent:
            self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
        elif b"worm" in sent:
            self.wfile.write(b"stream: Win.Test.Worm-1 FOUND\0")
        else:
            self.wfile.write(b"stream: OK\0")


@pytest.fixture
def clamd(settings) -> Iterator[None]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.SCANNER = f"127.0.0.1:{server.server_address[1]}"
        yield
        server.shutdown()


@pytest.fixture
def waiting(settings, store):
    """Stored while nobody could scan."""

    def stored(content: bytes) -> StoredFile:
        before, settings.SCANNER = settings.SCANNER, ""
        kept = store(content)
        settings.SCANNER = before
        return kept

    return stored


@pytest.mark.parametrize(
    ("content", "scan", "note"),
    [
        (b"minutes", Scan.CLEAN, ""),
        (b"m" * 200_000, Scan.CLEAN, ""),
        (b"a worm", Scan.HELD, "Win.Test.Worm-1"),
        (samples.EICAR, Scan.HELD, scanner.TEST_FILE),
        (samples.office(parts={"x.txt": samples.EICAR}), Scan.HELD, scanner.TEST_FILE),
        (b"trouble", Scan.WAITING, ""),
        (b"silence", Scan.WAITING, ""),
    ],
    ids=["clean", "long", "virus", "test file", "packed test file", "error", "no answer"],
)
def test_the_scanner_decides_and_what_it_does_not_answer_waits(
    clamd, waiting, content, scan, note
) -> None:
    stored = waiting(content)

    first = actions.scan_waiting(now=NOW)
    again = actions.scan_waiting(now=LATER)

    stored.refresh_from_db()
    assert (stored.scan, stored.scan_note) == (scan, note)
    assert (first, again) == ((1, 0) if scan != Scan.WAITING else (0, 0))
    assert stored.scanned_at == (NOW if scan != Scan.WAITING else None)


def test_over_the_socket_of_a_unix_path_too(settings, waiting, tmp_path) -> None:
    path = str(tmp_path / "clamd.sock")
    with socketserver.ThreadingUnixStreamServer(path, _Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.SCANNER = path
        waiting(b"minutes")
        assert actions.scan_waiting(now=NOW) == 1
        server.shutdown()


@pytest.mark.parametrize("where", ["127.0.0.1:1", "/nowhere/clamd.sock", ""])
def test_while_the_scanner_is_away_or_not_set_up_files_wait(settings, waiting, where) -> None:
    settings.SCANNER = where
    stored = waiting(samples.PDF)
    assert actions.scan_waiting(now=NOW) == 0
    stored.refresh_from_db()
    assert stored.scan == Scan.WAITING


def test_the_test_file_is_held_also_where_nobody_scans(store) -> None:
    assert store(samples.EICAR).scan == Scan.HELD


def test_one_file_that_is_gone_does_not_keep_the_others_waiting(settings, waiting) -> None:
    gone, there = waiting(samples.PDF), waiting(samples.PNG)
    disk.path_of(gone.sha256).unlink()
    settings.SCANNER = "none"

    assert actions.scan_waiting(now=NOW) == 1
    there.refresh_from_db()
    assert there.scan == Scan.CLEAN


def test_the_nightly_proof_names_what_is_missing_or_changed_once_a_night(store) -> None:
    whole, changed, missing = (store(c) for c in (samples.PDF, samples.PNG, samples.JPEG))
    disk.path_of(changed.sha256).write_bytes(b"swapped")
    disk.path_of(missing.sha256).unlink()

    actions.verify(now=NOW, clock=lambda: NOW)  # all were proved when they came
    assert JobRun.objects.get().counts == {"files proved": 0, "files wrong": 0}
    for _ in range(2):
        actions.verify(now=LATER, clock=lambda: LATER)

    run = JobRun.objects.get(slot="2016-10-08")
    assert run.counts == {"files proved": 1, "files wrong": 2}
    assert "restore them" in run.message
    assert {error.value: error.message[:22] for error in RowError.objects.all()} == {
        changed.sha256: "The file was changed: ",
        missing.sha256: "The file is missing or",
    }
    assert dict(queries.broken()).keys() == {changed.sha256, missing.sha256}
    whole.refresh_from_db()
    assert whole.verified_at == LATER


def test_the_sweep_takes_old_leavings_and_nothing_that_is_spoken_of(store, folder, on_disk) -> None:
    kept, chosen_again = store(samples.PDF, now=LATER), store(samples.PNG)
    never_sent = store(samples.JPEG)
    store(samples.PNG, now=LATER)
    orphan, fresh = "a" * 64, "b" * 64
    for name in (orphan, fresh):
        path = disk.path_of(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    for name in ("old", "young"):
        (folder / "arriving" / name).write_bytes(b"x")
    before = (LATER - dt.timedelta(hours=25)).timestamp()
    for path in folder.rglob("*"):
        if path.is_file():
            young = path.name in {fresh, "young"}
            stamp = LATER.timestamp() if young else before
            os.utime(path, (stamp, stamp))

    for _ in range(2):
        actions.sweep(now=LATER)

    assert on_disk() == sorted([kept.sha256, chosen_again.sha256, fresh, "young"])
    assert set(StoredFile.objects.all()) == {kept, chosen_again}
    assert JobRun.objects.get().counts == {
        "unfinished files removed": 1,
        "files of forms never sent": 1,
        "files without a row removed": 2,
    }
    assert never_sent.sha256 not in on_disk()


def test_a_job_that_fails_says_so_in_the_log(store, folder, settings) -> None:
    store(samples.PDF)
    settings.MEDIA_ROOT = None
    with pytest.raises(TypeError):
        actions.sweep(now=LATER)
    assert "TypeError" in JobRun.objects.get().message
