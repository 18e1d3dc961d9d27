"""The chain of the history: what a seal covers, and what is wrong with a chain that was altered.

Entry n has a digest over its own content, and a hash over its number, its digest and the hash of
n - 1. So whoever changes, removes, adds or swaps an entry has to make every later hash anew, and
then no longer agrees with a checkpoint that left the database earlier.
"""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from accounts.rules.personal import MARK, mark_of

BEGINNING = "0" * 64
"""What stands for the hash before the first seal."""

PATIENCE = dt.timedelta(hours=1)
"""Longer than any transaction lasts: an entry that the database says it stored so long before the
seal in front of it was set was not stored then."""


class Tampering(StrEnum):
    """What was done to the history, as far as it can be told from what is left."""

    EDITED = "edited"
    DELETED = "deleted"
    INSERTED = "inserted"
    REORDERED = "reordered"
    BACKDATED = "back-dated"
    CUT = "cut off"
    REWRITTEN = "rewritten"
    TAKEN_OUT = "taken out without a redaction"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something wrong: of what kind, at which place of the chain, in which entry."""

    kind: Tampering
    sequence: int | None
    entry: int | None
    words: str


class Entry(NamedTuple):
    """An entry as it is covered by its digest, and its personal values beside it."""

    id: int
    recorded_at: dt.datetime
    stored_at: dt.datetime
    happened_at: dt.datetime | None
    actor_id: int | None
    on_behalf_of: str
    request_id: str
    verb: str
    object_type: str
    object_key: str
    object_label: str
    before: Any
    after: Any
    personal: Mapping[str, Sequence[str]]


class Sealed(NamedTuple):
    """A seal, and the entry under it; None where the entry is gone."""

    sequence: int
    entry_id: int
    sealed_at: dt.datetime
    digest: str
    hash: str
    entry: Entry | None


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """The head of the chain as it stood at a moment, kept where nobody who owns the database is."""

    sequence: int
    hash: str
    count: int
    at: str = ""

    def line(self) -> str:
        """The checkpoint as one line of a file or a printed page."""
        return json.dumps(
            {"at": self.at, "count": self.count, "hash": self.hash, "sequence": self.sequence}
        )


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_MARKS = re.compile(f'"({MARK}[0-9a-f]{{64}})"')
_NUMBERS = re.compile(r'"?(sequence|count)"?\s*[:=]?\s*([\d,]+)')
_HASH = re.compile(r"\b[0-9a-f]{64}\b")


def read_checkpoints(text: str) -> list[Checkpoint]:
    """The checkpoints in a text, one a line, as the file or a printed page has them.

    Raises ``ValueError`` naming the line that is none.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        numbers = {name: int(value.replace(",", "")) for name, value in _NUMBERS.findall(line)}
        said = _HASH.search(line)
        if "sequence" not in numbers or said is None:
            message = f"Line {number} is no checkpoint: it needs a sequence and a hash."
            raise ValueError(message)
        sequence = numbers["sequence"]
        found.append(
            Checkpoint(
                sequence=sequence, hash=said[0], count=numbers.get("count", sequence), at=_at(line)
            )
        )
    return found


def canonical(entry: Entry) -> str:
    """Everything in the entry but its personal values, which its marks stand for, as one text."""
    recorded, stored, happened = map(_moment, entry[1:4])
    return _ENCODER.encode([entry.id, recorded, stored, happened, *entry[4:-1]])


def digest_of(entry: Entry) -> str:
    """The SHA-256 of the canonical text."""
    return _sha256(canonical(entry))


def link(before: str, sequence: int, entry_id: int, sealed_at: dt.datetime, digest: str) -> str:
    """The hash of a seal, from the hash of the one before it."""
    return _sha256(f"{before}\n{sequence}\n{entry_id}\n{_moment(sealed_at)}\n{digest}")


@dataclass
class Verifier:
    """Walks a chain from its beginning, one seal at a time, and notes what is wrong with it.

    ``redacted`` are the marks whose values were lawfully taken out: entry id -> marks. A chain is
    followed on from what is stored, so that one altered row is one finding and not a million.
    """

    redacted: Mapping[int, frozenset[str]] = field(default_factory=dict)
    checkpoints: Sequence[Checkpoint] = ()
    count: int = 0
    sequence: int = 0
    hash: str = BEGINNING
    sealed_at: dt.datetime | None = None
    findings: list[Finding] = field(default_factory=list)
    _changed: dict[str, tuple[Sealed, str]] = field(default_factory=dict)
    _by_sequence: dict[int, list[Checkpoint]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.checkpoints:
            self._by_sequence.setdefault(one.sequence, []).append(one)

    def look_at(self, seal: Sealed) -> None:
        """The next seal, in the order of their numbers."""
        if seal.sequence != self.sequence + 1:
            gone = seal.sequence - self.sequence - 1
            words = "is missing" if gone == 1 else f"and {gone - 1:,} after it are missing"
            self._note(Tampering.DELETED, self.sequence + 1, None, words)
        elif (
            link(self.hash, seal.sequence, seal.entry_id, seal.sealed_at, seal.digest) != seal.hash
        ):
            words = "does not follow the one before it"
            self._note(Tampering.INSERTED, seal.sequence, seal.entry_id, words)
        if seal.entry is None:
            self._note(Tampering.DELETED, seal.sequence, seal.entry_id, "is missing")
        else:
            self._read(seal, seal.entry)
        for one in self._by_sequence.get(seal.sequence, ()):
            if one.hash != seal.hash:
                words = f"differs from the checkpoint of {one.at or 'no date'}"
                self._note(Tampering.REWRITTEN, seal.sequence, seal.entry_id, words)
        self.count, self.sequence, self.hash = self.count + 1, seal.sequence, seal.hash
        self.sealed_at = max(seal.sealed_at, self.sealed_at or seal.sealed_at)

    def end(self, unsealed: Iterable[Entry] = ()) -> list[Finding]:
        """Everything that was found, once the last seal was walked.

        ``unsealed`` are the entries without a seal: those of the last seconds, and any that were
        put in by hand.
        """
        self.findings.extend(self._edited_or_swapped())
        for entry in unsealed:
            if self.sealed_at and entry.stored_at < self.sealed_at - PATIENCE:
                self._note(Tampering.INSERTED, None, entry.id, "stands between sealed entries")
        for number in sorted(self._by_sequence):
            for one in self._by_sequence[number]:
                if number > self.sequence:
                    gone = number - self.sequence
                    words = f"a checkpoint knows {gone:,} more ({one.at or 'no date'})"
                    self._note(Tampering.CUT, self.sequence, None, words)
        return self.findings

    def _read(self, seal: Sealed, entry: Entry) -> None:
        text = canonical(entry)
        found = _sha256(text)
        if found != seal.digest:
            self._changed[found] = (seal, found)
        if self.sealed_at and entry.stored_at < self.sealed_at - PATIENCE:
            words = f"says it was stored on {_moment(entry.stored_at)}, before those in front of it"
            self._note(Tampering.BACKDATED, seal.sequence, entry.id, words)
        if MARK in text or entry.personal:
            self._read_personal(seal, entry, set(_MARKS.findall(text)))

    def _read_personal(self, seal: Sealed, entry: Entry, standing: set[str]) -> None:
        for mark, (salt, value) in entry.personal.items():
            if mark not in standing or mark_of(salt, value) != mark:
                self._note(Tampering.EDITED, seal.sequence, entry.id, "has other personal values")
        gone = standing - entry.personal.keys() - self.redacted.get(entry.id, frozenset())
        if gone:
            words = f"lacks {len(gone)} personal values"
            self._note(Tampering.TAKEN_OUT, seal.sequence, entry.id, words)

    def _edited_or_swapped(self) -> Iterator[Finding]:
        """An entry that fits another place of the chain was moved; one that fits none was edited."""
        places = {seal.digest: seal.sequence for seal, _ in self._changed.values()}
        for seal, found in self._changed.values():
            place = places.get(found)
            moved = place is not None and place != seal.sequence
            yield Finding(
                kind=Tampering.REORDERED if moved else Tampering.EDITED,
                sequence=seal.sequence,
                entry=seal.entry_id,
                words=f"belongs to place {place:,}" if moved else "is not what was sealed",
            )

    def _note(self, kind: Tampering, sequence: int | None, entry: int | None, words: str) -> None:
        self.findings.append(Finding(kind=kind, sequence=sequence, entry=entry, words=words))


def _moment(at: dt.datetime | None) -> str | None:
    """To the microsecond, in UTC: the same from every database."""
    if at is None:
        return None
    there = at if at.tzinfo is dt.UTC else at.astimezone(dt.UTC)
    return there.isoformat(timespec="microseconds")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _at(line: str) -> str:
    found = re.search(r"\d{4}-\d\d-\d\dT[\d:.+Z-]+", line)
    return found[0] if found else ""
