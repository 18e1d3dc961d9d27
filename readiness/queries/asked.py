"""About which plans, which day and which state of knowledge the facts are asked."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from engagement.models import Answer, Attestation, Event
from engagement.queries.answers import OPEN_DISPUTE
from plans.models import RecordedModel
from readiness.queries.trail import Before, label_of


@dataclass(frozen=True, kw_only=True)
class Asked:
    """``plan_ids`` None: every plan. ``known`` None: whatever is recorded now, or else what had
    been recorded before that moment. ``summary``: reach comes from the summary, which the caller
    has just refreshed for these plans and that day. ``before`` is what the rows said then that have
    been changed since."""

    plan_ids: Collection[int] | None
    as_at: dt.date
    known: dt.datetime | None = None
    summary: bool = False
    before: Before = field(default_factory=dict)

    def was(self, model: type[Any], pk: int) -> Mapping[str, Any]:
        """What the row said then, as far as it has been changed since."""
        return self.before.get(label_of(model), {}).get(pk, {})

    def among(self, column: str) -> Q:
        """Only rows of these plans; ``column`` is the path to the plan."""
        return Q() if self.plan_ids is None else Q(**{f"{column}__in": self.plan_ids})

    def recorded(self, model: type[RecordedModel]) -> QuerySet[Any]:
        """The rows of these plans that stand, or that stood then; oldest record first."""
        rows = model.objects.known(self.known).filter(self.among("plan"))
        return rows.order_by("plan", "pk")

    def dated(self) -> Q:
        """Only rows without a moment of recording, or recorded by then."""
        since_always = Q(recorded_at__isnull=True)
        return Q() if self.known is None else since_always | Q(recorded_at__lt=self.known)

    def events(self) -> QuerySet[Event]:
        """Events that stand, or that were recorded and stood then, of any plan."""
        standing = Q(withdrawn_at__isnull=True)
        if self.known is None:
            return Event.objects.filter(standing)
        return Event.objects.filter(
            standing | Q(withdrawn_at__gte=self.known), recorded_at__lt=self.known
        )

    def open_disputes(self) -> QuerySet[Attestation]:
        """Disputes that are open, or that were open then, of any plan."""
        if self.known is None:
            return Attestation.objects.filter(OPEN_DISPUTE)
        return Attestation.objects.filter(
            Q(resolved_at__isnull=True) | Q(resolved_at__gte=self.known),
            Q(superseded_at__isnull=True) | Q(superseded_at__gte=self.known),
            answer=Answer.DISPUTED,
            answered_at__lt=self.known,
        )

    def until(self) -> dt.datetime:
        """The moment up to which an answer counts: the end of the day, or ``known`` before it."""
        next_day = dt.datetime.combine(self.as_at + dt.timedelta(days=1), dt.time())
        ends = timezone.make_aware(next_day)
        return ends if self.known is None else min(ends, self.known)
