"""Evidence in words: what it is called, how large, where a link leads, whether it can be had."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from engagement.models import Evidence
from engagement.rules.evidence import host_of
from files.models import Scan, StoredFile
from files.rules.kinds import CONTENT_TYPES, WORDS
from ui.words import file_size

_KINDS = {content_type: WORDS[kind] for kind, content_type in CONTENT_TYPES.items()}
_STATES = {
    Scan.WAITING: "being checked for viruses",
    Scan.HELD: "held back: the virus check found something in it",
}


@dataclass(frozen=True, kw_only=True)
class EvidenceLine:
    """One file or link. ``url`` is empty where it cannot be had; ``outside`` for a link."""

    name: str
    url: str
    note: str
    outside: bool = False


def evidence_lines(evidence: Iterable[Evidence]) -> list[EvidenceLine]:
    """For ``engagement/_evidence.html``."""
    return [_file(one, one.file) if one.file else _link(one) for one in evidence]


def _file(one: Evidence, stored: StoredFile) -> EvidenceLine:
    kind = _KINDS.get(stored.content_type, "file")
    facts = [kind, file_size(stored.size), _STATES.get(Scan(stored.scan)) or stored.scan_note]
    return EvidenceLine(
        name=one.name,
        url="" if stored.scan == Scan.HELD else reverse("engagement:evidence", args=[one.pk]),
        note=", ".join(fact for fact in facts if fact),
    )


def _link(one: Evidence) -> EvidenceLine:
    return EvidenceLine(name=host_of(one.url), url=one.url, note=one.url, outside=True)
