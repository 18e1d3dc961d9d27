"""The history of a record as a layman reads it: when, who, for whom, what, and what it was before."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from accounts.models import AuditEntry
from accounts.presenters.words import field_of, label_of, noun_of, spoken, verb_words
from ui.words import nhs_date, nhs_datetime, sentence_case

_DAY = re.compile(r"\b(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])\b")
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
            about=_about(entry) if mixed else "",
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
        if field.is_hidden or name not in became or _is_old_news(entry, name):
            continue
        now = spoken(entry.object_type, name, became[name])
        before = None if is_new else spoken(entry.object_type, name, was[name])
        if now is None or before == now:
            found.append(Change(label=field.label))
        else:
            found.append(Change(label=field.label, was=before or "", now=now))
    return found


def _is_old_news(entry: AuditEntry, name: str) -> bool:
    """What did not change, what is new and told by the verb alone, and for whom it was done."""
    now = entry.became[name]
    if name in entry.was:
        return bool(entry.was[name] == now)
    if name == "organisation" and entry.on_behalf_of:
        return True
    return not field_of(entry.object_type, name).is_told or now in (None, "", [], {})


def _about(entry: AuditEntry) -> str:
    """`Seat: LMC member`; days in its name are written out."""
    noun, label = noun_of(entry.object_type), label_of(entry.object_type, entry.label)
    label = _DAY.sub(lambda day: nhs_date(date.fromisoformat(day[0])), label)
    return label if label.lower().startswith(noun.lower()) else f"{noun}: {label}"


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
