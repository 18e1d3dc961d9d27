"""The names behind the ids that a result keeps."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from engagement.models import Event
from stakeholders.models import ListSize, Organisation


@dataclass(frozen=True, kw_only=True)
class CountedEvent:
    """An event that counts for a criterion."""

    id: int
    title: str
    held_on: dt.date


@dataclass(frozen=True, kw_only=True)
class NamedOrganisation:
    """An organisation, with the newest known list of a practice by the day."""

    id: int
    code: str
    name: str
    category: str
    patients: int | None


def counted_events(visible: QuerySet[Event], ids: Collection[int]) -> dict[int, CountedEvent]:
    """Those of the events that are in ``visible``, by id; one statement."""
    found = visible.filter(pk__in=ids).order_by().values_list("pk", "title", "held_on")
    return {pk: CountedEvent(id=pk, title=title, held_on=held_on) for pk, title, held_on in found}


def organisations_named(ids: Collection[int], *, day: dt.date) -> dict[int, NamedOrganisation]:
    """The organisations by id; one statement."""
    newest = ListSize.objects.filter(organisation=OuterRef("pk"), as_at__lte=day)
    size = Subquery(newest.order_by("-as_at").values("patients")[:1])
    found = Organisation.objects.filter(pk__in=ids).annotate(size=size).order_by()
    columns = ("pk", "code", "name", "category", "size")
    return {
        pk: NamedOrganisation(id=pk, code=code, name=name, category=category, patients=patients)
        for pk, code, name, category, patients in found.values_list(*columns)
    }
