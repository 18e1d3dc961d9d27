"""The history of one record or of several, for those who may read it; a page in one statement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.db.models import Q, QuerySet

from accounts.models import AuditEntry

PAGE_SIZE = 25


@dataclass(frozen=True, kw_only=True)
class Page:
    """Entries, newest first; ``older`` is the number to ask on from, 0 at the end."""

    entries: list[AuditEntry]
    older: int
    is_newest: bool


def history_of(obj: models.Model) -> QuerySet[AuditEntry]:
    """What was done to ``obj`` and by whom, newest first; one query."""
    return history_of_all({type_of(type(obj)): [obj.pk]})


def history_of_all(keys: Mapping[str, Iterable[object]]) -> QuerySet[AuditEntry]:
    """What was done to these objects: type (``type_of``) -> ids."""
    about = Q(pk__in=())
    for object_type, ids in keys.items():
        about |= Q(object_type=object_type, object_key__in=[str(one) for one in ids])
    return AuditEntry.objects.filter(about).select_related("actor").order_by("-pk")


def whole_history() -> QuerySet[AuditEntry]:
    """Everything that was done, newest first; one statement."""
    return AuditEntry.objects.select_related("actor").order_by("-pk")


def type_of(model: type[models.Model]) -> str:
    """What the history calls such objects."""
    return model._meta.label_lower  # noqa: SLF001 - the documented way to a model's name


def without_others(entries: QuerySet[AuditEntry], *, ours: Iterable[str]) -> QuerySet[AuditEntry]:
    """Without what was done by or about organisations that are not called one of ``ours``.

    What an entry of another organisation holds is that organisation's; whoever answers for one
    reads of another no more than the record itself says.
    """
    called = list(ours)
    speaks = Q(on_behalf_of="") | Q(on_behalf_of__in=called)
    about = Q(after__organisation__isnull=True) | Q(after__organisation__in=called)
    return entries.filter(speaks, about)


def page_of(entries: QuerySet[AuditEntry], *, before: int = 0, size: int = PAGE_SIZE) -> Page:
    """The newest, or those older than the entry numbered ``before``; one statement."""
    older = entries.filter(pk__lt=before) if before else entries
    found = list(older[: size + 1])
    is_more = len(found) > size
    return Page(
        entries=found[:size], older=found[size - 1].pk if is_more else 0, is_newest=not before
    )
