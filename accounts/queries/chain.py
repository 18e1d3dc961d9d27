"""The chain of the history: its head, its seals in order, and what is not sealed yet."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.models import AuditEntry, AuditSeal, LegalHold, Redaction
from accounts.rules.chain import BEGINNING, Checkpoint, Entry, Sealed

COLUMNS = (
    "id", "recorded_at", "stored_at", "happened_at", "actor_id", "on_behalf_of", "request_id",
    "verb", "object_type", "object_key", "object_label", "before", "after", "personal",
)  # fmt: skip
"""What a digest covers, in the order of ``rules.chain.Entry``."""

PIECE = 5_000
WINDOW = 10_000
"""How far back, in entry ids, a transaction that is slower than those behind it is looked for; the
nightly seal looks at all of them."""


@dataclass(frozen=True, kw_only=True)
class Head:
    """The last seal; ``count`` is the number of entries behind it. Before the first, all is zero."""

    sequence: int
    hash: str
    count: int
    at: dt.datetime | None

    def checkpoint(self, now: dt.datetime) -> Checkpoint:
        """The head as something to keep outside the database."""
        at = now.astimezone(dt.UTC).isoformat(timespec="seconds")
        return Checkpoint(sequence=self.sequence, hash=self.hash, count=self.count, at=at)


def head() -> Head:
    """Where the chain ends now; one statement. Numbers have no gaps, so the last one counts them."""
    last = AuditSeal.objects.order_by("-sequence").first()
    if last is None:
        return Head(sequence=0, hash=BEGINNING, count=0, at=None)
    return Head(sequence=last.sequence, hash=last.hash, count=last.sequence, at=last.sealed_at)


def unsealed(*, everything: bool) -> QuerySet[AuditEntry]:
    """Entries without a seal, oldest first; only among the newest unless ``everything``."""
    found = AuditEntry.objects.filter(seal__isnull=True).order_by("pk")
    last = AuditSeal.objects.order_by("-sequence").values_list("entry_id", flat=True).first()
    if everything or last is None:
        return found
    return found.filter(pk__gt=last - WINDOW)


def entries(found: QuerySet[AuditEntry]) -> Iterator[Entry]:
    """The entries as the chain covers them."""
    return (Entry(*row) for row in found.values_list(*COLUMNS).iterator(PIECE))


def seals(*, after: int = 0) -> Iterator[Sealed]:
    """Every seal in the order of its number, with the entry under it; a statement for 5,000.

    Read in pieces by number, so that a million take no more memory than a few thousand.
    """
    columns = ("sequence", "entry_id", "sealed_at", "digest", "hash")
    while True:
        rows = list(
            AuditSeal.objects.filter(sequence__gt=after)
            .order_by("sequence")
            .values_list(*columns)[:PIECE]
        )
        if not rows:
            return
        under = _entries_of([row[1] for row in rows])
        for row in rows:
            sequence, entry, sealed_at, digest, link = row
            yield Sealed(sequence, entry, sealed_at, digest, link, under.get(entry))
        after = rows[-1][0]


def redacted_marks() -> dict[int, frozenset[str]]:
    """Entry id -> marks of the personal values that were taken out of it by two people."""
    found: dict[int, frozenset[str]] = {}
    for marks in Redaction.objects.filter(done_at__isnull=False).values_list("marks", flat=True):
        for entry, taken in marks.items():
            found[int(entry)] = found.get(int(entry), frozenset()) | frozenset(taken)
    return found


def holds_on(object_type: str, object_key: str) -> QuerySet[LegalHold]:
    """The legal holds in force on one object."""
    return LegalHold.objects.filter(
        object_type=object_type, object_key=object_key, lifted_at__isnull=True
    )


def _entries_of(ids: list[int]) -> dict[int, Entry]:
    """Usually neighbours, so they are read as a span, which both databases answer quickest."""
    low, high = min(ids), max(ids)
    rows: Any = AuditEntry.objects.values_list(*COLUMNS)
    rows = rows.filter(pk__range=(low, high)) if high - low < 4 * PIECE else rows.filter(pk__in=ids)
    return {row[0]: Entry(*row) for row in rows}
