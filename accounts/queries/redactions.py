"""Which personal values of the history hold some words, and what stands in the way of taking them out."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast

from accounts.models import AuditEntry, LegalHold, Redaction

MOST = 5_000
"""More values than this are not taken out at once: the words are too common to be a person's."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """A personal value of an entry that holds the words, by its mark."""

    entry: AuditEntry
    mark: str
    value: str


def values_holding(words: str, *, object_type: str = "", object_key: str = "") -> list[Held]:
    """The values with these words in them, in any case, newest entry first; one statement.

    Of one record where its type and key are given, else of the whole history; ``MOST`` and one
    more at most.
    """
    if not words:
        return []
    found = AuditEntry.objects.annotate(values=Cast("personal", TextField()))
    # SQLite keeps letters beyond ASCII escaped, PostgreSQL as they are.
    escaped = json.dumps(words)[1:-1]
    found = found.filter(Q(values__icontains=escaped) | Q(values__icontains=words))
    if object_type:
        found = found.filter(object_type=object_type, object_key=object_key)
    held: list[Held] = []
    for entry in found.select_related("actor").order_by("-pk").iterator(500):
        for mark, (_, value) in entry.personal.items():
            if words.casefold() in value.casefold():
                held.append(Held(entry=entry, mark=mark, value=value))
        if len(held) > MOST:
            break
    return held


def holds_in_the_way(held: Iterable[Held]) -> list[LegalHold]:
    """The legal holds in force on what these values speak of."""
    objects = {(one.entry.object_type, one.entry.object_key) for one in held}
    standing = LegalHold.objects.filter(lifted_at__isnull=True).select_related("placed_by")
    return [one for one in standing if (one.object_type, one.object_key) in objects]


def redactions() -> QuerySet[Redaction]:
    """All that were asked for: those that wait first, then the newest."""
    return Redaction.objects.select_related("asked_by", "done_by").order_by(
        F("done_at").desc(nulls_first=True), F("refused_at").desc(nulls_first=True), "-asked_at"
    )


def redaction(pk: int) -> Redaction | None:
    """The one with this number."""
    return Redaction.objects.select_related("asked_by", "done_by").filter(pk=pk).first()


def holds() -> QuerySet[LegalHold]:
    """All holds: those in force first, then the newest."""
    return LegalHold.objects.select_related("placed_by", "lifted_by").order_by(
        F("lifted_at").desc(nulls_first=True), "-placed_at"
    )


def hold(pk: int) -> LegalHold | None:
    """The hold with this number."""
    return LegalHold.objects.select_related("placed_by").filter(pk=pk).first()


def entry(pk: int) -> AuditEntry | None:
    """The entry with this number."""
    return AuditEntry.objects.filter(pk=pk).first()


def object_types() -> list[str]:
    """Every kind of record that the history speaks of."""
    return list(
        AuditEntry.objects.order_by("object_type").values_list("object_type", flat=True).distinct()
    )
