"""What who owns the database can do to the history, and that each is found: 7 of 7, on both databases."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts import audit
from accounts.actions import sealing
from accounts.models import AuditEntry, AuditSeal
from accounts.queries import chain
from config import protection
from files import disk
from files.actions import store
from files.rules import kinds
from tests.factories import accounts

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "uploads"


def write(number: int = 1) -> list[int]:
    about = accounts.user(name="Jo Lee")
    for _ in range(number):
        audit.record(by=about, verb="renamed", obj=about, after={"name": "Jo", "level": 2})
    return list(AuditEntry.objects.order_by("pk").values_list("pk", flat=True))[-number:]


def verify(*arguments: str) -> str:
    """What the command says; it ends with an error where something is wrong."""
    out = io.StringIO()
    try:
        call_command("verify_history", *arguments, stdout=out, stderr=io.StringIO())
    except CommandError as found:
        return f"{out.getvalue()}{found} (exit {found.returncode})"
    assert "The history is whole." in out.getvalue()
    return out.getvalue()


def run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount > 0


def test_an_untouched_history_is_whole() -> None:
    write(5)
    sealing.seal(now=NOW)
    assert "5 entries in the chain, 0 not sealed yet" in verify()


def edit(ids: list[int]) -> None:
    run("UPDATE accounts_auditentry SET verb = 'agreed' WHERE id = %s", ids[4])


def delete(ids: list[int]) -> None:
    run("DELETE FROM accounts_auditseal WHERE entry_id = %s", ids[4])
    run("DELETE FROM accounts_auditentry WHERE id = %s", ids[4])


def insert(ids: list[int]) -> None:
    """A forged entry, as if it had been stored two hours before the last seal was set."""
    AuditEntry.objects.create(
        id=max(ids) + 1,
        recorded_at=NOW - dt.timedelta(hours=3),
        stored_at=NOW - dt.timedelta(hours=2),
        verb="forged",
        object_type="accounts.user",
        object_key="1",
        object_label="x",
    )


def reorder(ids: list[int]) -> None:
    spare = write()[0]
    for entry, other in ((ids[2], spare), (ids[6], ids[2]), (spare, ids[6])):
        run("UPDATE accounts_auditseal SET entry_id = %s WHERE entry_id = %s", other, entry)


def back_date(ids: list[int]) -> None:
    long_ago = NOW - dt.timedelta(days=30)
    run(
        "UPDATE accounts_auditentry SET recorded_at = %s, stored_at = %s WHERE id = %s",
        long_ago,
        long_ago,
        ids[4],
    )


def swap_file(ids: list[int]) -> None:
    kept = store(
        ContentFile(b"The minutes of 3 April.", name="minutes.txt"),
        allowed=frozenset(kinds.WORDS),
        limit=10_000,
        now=NOW,
    )
    disk.path_of(kept.sha256).write_bytes(b"Other minutes.")


def cut(ids: list[int]) -> None:
    AuditSeal.objects.filter(entry_id__in=ids[6:]).delete()
    AuditEntry.objects.filter(pk__in=ids[6:]).delete()


KINDS: dict[str, tuple[Callable[[list[int]], None], int | None]] = {
    "Edited": (edit, 4),
    "Deleted": (delete, None),
    "Inserted": (insert, 10),
    "Reordered": (reorder, 6),
    "Back-dated": (back_date, 4),
    "Swapped file": (swap_file, None),
    "Cut off": (cut, None),
}


@pytest.fixture
def sealed() -> list[int]:
    """Ten sealed entries, a checkpoint outside the database, and its protection switched off."""
    ids = write(10)
    sealing.keep_checkpoint(now=NOW)
    protection.remove()
    return ids


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_tampering_is_found_and_named(kind: str, sealed: list[int]) -> None:
    tamper, place = KINDS[kind]
    tamper(sealed)
    protection.install()
    found = verify()
    assert f"{kind}: " in found
    assert found.endswith("(exit 1)")
    if place is not None:
        entry = sealed[place] if place < len(sealed) else max(sealed) + 1
        assert f"entry {entry} " in found


def test_the_database_without_its_triggers_is_found(sealed: list[int]) -> None:
    assert "Not protected: table accounts_auditentry" in verify()


def test_a_checkpoint_from_elsewhere_finds_the_cut_that_this_machine_has_forgotten(
    sealed: list[int], tmp_path: Path
) -> None:
    outside = tmp_path / "printed.txt"
    outside.write_text(chain.head().checkpoint(NOW).line())
    sealing.checkpoint_file().unlink()
    cut(sealed)
    protection.install()
    assert "The history is whole." in verify()
    assert "4 more" in verify("--checkpoint", str(outside))


def test_a_file_that_is_no_checkpoint_is_refused_in_words(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("hello")
    with pytest.raises(CommandError, match="Line 1 is no checkpoint") as refused:
        call_command("verify_history", "--checkpoint", str(wrong))
    assert refused.value.returncode == 2


class TestSealing:
    def test_twice_is_once(self) -> None:
        write(3)
        assert sealing.seal(now=NOW) == 3
        assert sealing.seal(now=NOW) == 0
        assert AuditSeal.objects.count() == 3

    def test_more_than_one_piece(self, monkeypatch) -> None:
        monkeypatch.setattr(sealing, "AT_ONCE", 4)
        write(10)
        assert sealing.seal(now=NOW) == 10
        assert [one.sequence for one in AuditSeal.objects.all()] == list(range(1, 11))

    def test_an_entry_that_was_kept_later_than_the_next_gets_its_seal(self) -> None:
        """A slow transaction takes its id first and comes last."""
        ids = write(3)
        protection.remove()
        slow = AuditEntry.objects.get(pk=ids[1])
        AuditEntry.objects.filter(pk=slow.pk).delete()
        protection.install()
        sealing.seal(now=NOW)
        slow.save(force_insert=True)
        assert sealing.seal(now=NOW) == 1
        assert [one.entry_id for one in AuditSeal.objects.all()] == [ids[0], ids[2], ids[1]]
        verify()

    def test_a_clock_that_jumps_back_does_not_move_the_chain_back(self) -> None:
        write(1)
        sealing.seal(now=NOW)
        write(1)
        sealing.seal(now=NOW - dt.timedelta(days=1))
        first, second = AuditSeal.objects.all()
        assert second.sealed_at == first.sealed_at
        verify()


class TestCheckpoints:
    def test_one_line_for_each_head_and_none_for_the_same(self) -> None:
        write(2)
        assert sealing.keep_checkpoint(now=NOW).sequence == 2
        assert sealing.keep_checkpoint(now=NOW) is None
        write(1)
        assert sealing.keep_checkpoint(now=NOW).sequence == 3
        assert [one.sequence for one in sealing.kept_checkpoints()] == [2, 3]

    def test_an_empty_history_has_none(self) -> None:
        assert sealing.keep_checkpoint(now=NOW) is None
