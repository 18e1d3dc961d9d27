"""Sets seals on what was written, and carries the head of the chain out of the database."""

import datetime as dt
import os
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.models import AuditSeal
from accounts.queries import chain
from accounts.rules.chain import Checkpoint, digest_of, link, read_checkpoints

AT_ONCE = 1_000


def seal(*, now: dt.datetime, everything: bool = False) -> int:
    """Set seals on every entry that has none; how many were set.

    Safe to run twice or at the same time: of two who set the same number the second writes
    nothing and leaves the rest to the first.
    """
    done = last = 0
    while True:
        try:
            sealed, last = _seal_some(now=now, everything=everything, after=last)
        except IntegrityError:
            return done
        done += sealed
        if sealed < AT_ONCE:
            return done


@transaction.atomic
def _seal_some(*, now: dt.datetime, everything: bool, after: int) -> tuple[int, int]:
    """How many, and the id of the last: the next piece need not look at what lies before it."""
    head = chain.head()
    sequence, former = head.sequence, head.hash
    # The chain's clock never runs backwards, whatever the machine's does.
    at = max(now, head.at) if head.at else now
    made = []
    waiting = chain.unsealed(everything=everything).filter(pk__gt=after)
    for entry in chain.entries(waiting[:AT_ONCE]):
        sequence, digest = sequence + 1, digest_of(entry)
        former = link(former, sequence, entry.id, at, digest)
        made.append(
            AuditSeal(
                sequence=sequence, entry_id=entry.id, sealed_at=at, digest=digest, hash=former
            )
        )
    AuditSeal.objects.bulk_create(made)
    return len(made), made[-1].entry_id if made else after


def keep_checkpoint(*, now: dt.datetime) -> Checkpoint | None:
    """Seal everything and write the head to the end of the file of checkpoints.

    None where nothing came since the last one. The file lies beside the database and not in it:
    whoever copies it elsewhere, as a deployment should, can prove later that no end was cut off.
    """
    seal(now=now, everything=True)
    head = chain.head()
    kept = kept_checkpoints()
    if head.sequence == 0 or (kept and kept[-1].sequence == head.sequence):
        return None
    made = head.checkpoint(now)
    path = checkpoint_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(handle, f"{made.line()}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    return made


def kept_checkpoints() -> list[Checkpoint]:
    """Those that were written to this machine's file; empty where there is none."""
    path = checkpoint_file()
    return read_checkpoints(path.read_text()) if path.exists() else []


def checkpoint_file() -> Path:
    """Where checkpoints are kept."""
    return Path(settings.VAR_DIR) / "history" / "checkpoints.jsonl"
