"""What those who are named in the records of a plan say of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from engagement.models import Answer, Attestation, Resolution
from readiness.queries.asked import Asked
from readiness.queries.recorded import Record
from readiness.rules.papers import Answered

_COLUMNS = (
    "event_id",
    "organisation_id",
    "organisation__name",
    "organisation__category",
    "answer",
    "answered_at",
    "replied_at",
    "resolved_at",
    "resolution",
)


def answers_of(asked: Asked, record: Record | None) -> dict[int, tuple[Answered, ...]]:
    """Plan id -> the answer that each organisation gave last on each event, as at the day.

    One statement. An answer that was superseded after the day is the one of that day, and a
    dispute that was resolved or replied to after it was open and without a reply on it.
    """
    until = asked.until()
    given = Attestation.objects.filter(
        Q(superseded_at__isnull=True) | Q(superseded_at__gte=until), answered_at__lt=until
    )
    found: dict[int, list[Answered]] = defaultdict(list)
    rows = _of_now(given, asked) if record is None else _of_then(given, record)
    for plan_id, title, event_id, pk, name, category, answer, *ends in rows:
        answered_at, replied_at, resolved_at, resolution = ends
        disputed = answer == Answer.DISPUTED
        is_over = resolved_at is not None and resolved_at < until
        found[plan_id].append(
            Answered(
                event_id=event_id,
                event_title=title,
                organisation_id=pk,
                organisation_name=name,
                category=category,
                disputed=disputed,
                answered_on=timezone.localtime(answered_at).date(),
                is_open=disputed and not is_over,
                is_stated=disputed and is_over and resolution == Resolution.UPHELD,
                is_replied=replied_at is not None and replied_at < until,
            )
        )
    return {plan_id: tuple(of) for plan_id, of in found.items()}


def _of_now(given: QuerySet[Attestation], asked: Asked) -> Iterable[tuple[Any, ...]]:
    standing = given.filter(asked.among("event__credits__plan"), event__withdrawn_at__isnull=True)
    columns = ("event__credits__plan_id", "event__title", *_COLUMNS)
    return standing.order_by("event", "organisation").values_list(*columns)


def _of_then(given: QuerySet[Attestation], record: Record) -> Iterator[tuple[Any, ...]]:
    rows = given.filter(event__in=record.rows).order_by("event", "organisation")
    for event_id, *rest in rows.values_list(*_COLUMNS):
        event = record.events[event_id]
        for plan_id in event.plan_ids:
            yield plan_id, event.title, event_id, *rest
