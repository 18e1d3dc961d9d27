"""The history of a record as a layman reads it: when, who, for whom, what, and what it was before."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import AuditEntry
from accounts.presenters.words import field_of, noun_of, spoken, verb_words
from ui.words import nhs_date, nhs_datetime, sentence_case

THE_SERVICE = "The service"
SOMEBODY = "Somebody"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One field. Both values are empty where only the change itself is told; ``was`` where it is new."""

    label: str
    was: str = ""
    now: str = ""


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    """One entry. ``about`` is empty where the page is about one record; ``number`` finds it again."""

    number: int
    when: str
    who: str
    on_behalf_of: str
    said: str
    about: str
    happened: str
    changes: list[Change]


def lines(entries: Iterable[AuditEntry], *, mixed: bool = False) -> list[HistoryLine]:
    """The entries in their order. ``mixed`` says of each which record it is about."""
    return [
        HistoryLine(
            number=entry.pk,
            when=nhs_datetime(entry.recorded_at),
            who=_who(entry),
            on_behalf_of=entry.on_behalf_of,
            said=verb_words(entry.verb),
            about=f"{noun_of(entry.object_type)}: {entry.label}" if mixed else "",
            happened=_happened(entry),
            changes=changes(entry),
        )
        for entry in entries
    ]


def changes(entry: AuditEntry) -> list[Change]:
    """What differs; of what is new, only what its app wants told."""
    was, became = entry.was, entry.became
    found = []
    for name in dict.fromkeys([*was, *became]):
        field = field_of(entry.object_type, name)
        is_new = name not in was
        if field.is_hidden or (is_new and not field.is_told) or name not in became:
            continue
        if not is_new and was[name] == became[name]:
            continue
        now = spoken(entry.object_type, name, became[name])
        before = None if is_new else spoken(entry.object_type, name, was[name])
        if now is None or before == now:
            found.append(Change(label=field.label))
        else:
            found.append(Change(label=field.label, was=before or "", now=now))
    return found


def _who(entry: AuditEntry) -> str:
    if entry.actor is not None:
        return entry.actor.name
    return SOMEBODY if entry.on_behalf_of else THE_SERVICE


def _happened(entry: AuditEntry) -> str:
    """When the thing itself happened, where that is another day than that of the entry."""
    if entry.happened_at is None:
        return ""
    days = [timezone.localtime(one).date() for one in (entry.happened_at, entry.recorded_at)]
    return "" if days[0] == days[1] else sentence_case(f"it happened on {nhs_date(days[0])}")
