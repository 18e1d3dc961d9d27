"""The points that organisations made themselves, and what became of each."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from consultations.models import Disposition
from engagement.models import EventPlan, Point, PointFate
from engagement.queries.fates import DECIDED, answered_points, fates_of
from engagement.rules.consulted import Points

Key = tuple[int, int]
"""Ids of an organisation and a plan, or of an organisation and an event."""


def points_made(ours: Iterable[int], recent: QuerySet[EventPlan]) -> dict[Key, Points]:
    """How many points each organisation made in records that stand, under each recent plan, and how
    many of them were answered there; two statements, one where it made none."""
    made = Point.objects.standing().filter(
        organisation__in=ours, event__withdrawn_at__isnull=True, event__credits__in=recent
    )
    rows = made.order_by().values_list("organisation", "event__credits__plan")
    numbers = {(one, plan): number for one, plan, number in rows.annotate(number=Count("pk"))}
    answered = answered_points(ours) if numbers else {}
    return {
        key: Points(made=number, answered=answered.get(key, 0)) for key, number in numbers.items()
    }


def points_said(ours: Iterable[int], events: Iterable[int]) -> dict[Key, list[Point]]:
    """What the organisations said at these events, by organisation and event; one statement."""
    points: dict[Key, list[Point]] = defaultdict(list)
    said = Point.objects.standing().filter(organisation__in=ours, event__in=events)
    for point in said.select_related("organisation").order_by("pk"):
        if point.organisation is not None:
            points[point.organisation.pk, point.event_id].append(point)
    return points


def fates_by_plan(point_ids: Collection[int]) -> dict[int, dict[int, PointFate]]:
    """Plan -> point -> what became of it there; one statement, none for no points."""
    found: dict[int, dict[int, PointFate]] = defaultdict(dict)
    for one in fates_of(point_ids) if point_ids else ():
        found[one.plan_id][one.point_id] = one
    return found


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A decision that an organisation has not been told of: about a theme that points of its own
    carry, or about one point. ``matter`` is the id of the fate or the negative one of the theme."""

    matter: int
    organisation: int
    organisation_name: str
    plan_title: str
    about: str
    disposition: str
    points: int
    at: dt.datetime


def points_moved(ours: Iterable[int], *, since: dt.datetime) -> list[Moved]:
    """What was decided since about points that these organisations made; one statement.

    A theme is one matter, however many points carry it; a point with a decision of its own is one.
    """
    rows = (
        PointFate.objects.filter(
            DECIDED,
            Q(disposition__gt="", decided_at__gte=since)
            | Q(disposition="", theme__decided_at__gte=since)
            | Q(disposition="", themed_at__gte=since),
            point__organisation__in=list(ours),
            point__removed_at__isnull=True,
            point__event__withdrawn_at__isnull=True,
            point__event__credits__plan=F("plan"),
        )
        .order_by("plan", "point__organisation", "pk")
        .values(
            "pk", "plan__title", "disposition", "decided_at", "themed_at",
            "theme", "theme__name", "theme__disposition", "theme__decided_at",
            "point__organisation", "point__organisation__name",
        )
    )  # fmt: skip
    found: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        matter = row["pk"] if row["disposition"] else -row["theme"]
        found[row["point__organisation"], matter].append(dict(row))
    return [_moved(matter, fates) for (_, matter), fates in found.items()]


def _moved(matter: int, fates: list[dict[str, Any]]) -> Moved:
    first = fates[0]
    own = bool(first["disposition"])
    code = first["disposition"] if own else first["theme__disposition"]
    given = [one["themed_at"] for one in fates if one["themed_at"]]
    return Moved(
        matter=matter,
        organisation=first["point__organisation"],
        organisation_name=first["point__organisation__name"],
        plan_title=first["plan__title"],
        about="a point of yours" if own else f"\u201c{first['theme__name']}\u201d",
        disposition=Disposition(code).label.lower(),
        points=len(fates),
        at=first["decided_at"] if own else max([first["theme__decided_at"], *given]),
    )
