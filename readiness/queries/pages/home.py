"""What each role's home page needs beside the board's own rows."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, OuterRef, Prefetch, QuerySet, Subquery

from engagement.models import Event, EventPlan, Status
from plans.models import Plan
from readiness.models import CriterionResult, Flag
from readiness.queries.pages.flags import open_flags_of, with_titles
from stakeholders.models import ListSize, Organisation, RegisterFile

PRACTICES_PER_PLAN = 3
EVENTS_SHOWN = 5
FLAGS_SHOWN = 6


@dataclass(frozen=True, kw_only=True)
class NotHeard:
    """An organisation that a plan has not heard: whom to ring, and about which plan."""

    organisation: Organisation
    plan_id: int

    @property
    def patients(self) -> int | None:
        """The newest known list of a practice."""
        return getattr(self.organisation, "patients", None)


def lmcs_not_heard(plan_ids: Collection[int]) -> list[NotHeard]:
    """LMCs that the current assessments of these plans miss, by name; two statements."""
    return _not_heard(plan_ids, key="lmc_reached", evidence="missing", per_plan=None)


def practices_not_heard(plan_ids: Collection[int]) -> list[NotHeard]:
    """The practices with the longest lists that these plans miss, three a plan; two statements."""
    found = _not_heard(plan_ids, key="gp_breadth", evidence="fewest", per_plan=PRACTICES_PER_PLAN)
    return sorted(found, key=lambda one: -(one.patients or 0))


def _not_heard(
    plan_ids: Collection[int], *, key: str, evidence: str, per_plan: int | None
) -> list[NotHeard]:
    stored = CriterionResult.objects.filter(
        key=key, assessment__is_current=True, assessment__plan__in=plan_ids
    ).order_by("assessment__plan")
    wanted = [
        (organisation, plan)
        for plan, numbers in stored.values_list("assessment__plan_id", "evidence")
        for organisation in numbers.get(evidence, ())[:per_plan]
    ]
    found = _organisations(organisation for organisation, _ in wanted)
    known = [
        NotHeard(organisation=found[organisation], plan_id=plan)
        for organisation, plan in wanted
        if organisation in found
    ]
    return sorted(known, key=lambda one: one.organisation.name)


def _organisations(ids: Iterable[int]) -> dict[int, Organisation]:
    newest = ListSize.objects.filter(organisation=OuterRef("pk")).order_by("-as_at")
    found = Organisation.objects.filter(pk__in=set(ids))
    return {one.pk: one for one in found.annotate(patients=Subquery(newest.values("patients")[:1]))}


def urgent_flags(plan_ids: Collection[int]) -> list[Flag]:
    """The open flags of these plans to act on first; one statement."""
    return list(with_titles(open_flags_of(plan_ids))[:FLAGS_SHOWN])


def next_events(plan_ids: Collection[int], *, today: dt.date) -> QuerySet[Event]:
    """What is planned for these plans, the next first, with ``invited`` and ``credits``."""
    credited = EventPlan.objects.filter(plan__in=plan_ids).select_related("plan__footprint")
    ahead = Event.objects.filter(
        pk__in=credited.values("event"),
        status=Status.PLANNED,
        held_on__gte=today,
        withdrawn_at__isnull=True,
    )
    return (
        ahead.annotate(invited=Count("participations__organisation", distinct=True))
        .prefetch_related(Prefetch("credits", queryset=credited))
        .order_by("held_on", "pk")[:EVENTS_SHOWN]
    )


def newest_register_files() -> list[RegisterFile]:
    """The newest file of each kind that was loaded; one statement."""
    newest = RegisterFile.objects.filter(as_history=False).order_by().values("kind")
    latest = newest.annotate(latest=Max("pk")).values("latest")
    return list(RegisterFile.objects.filter(pk__in=latest).order_by("kind"))


def counts_of_register() -> tuple[int, int]:
    """How many organisations and plans the service knows; two statements."""
    return Organisation.objects.count(), Plan.objects.count()
