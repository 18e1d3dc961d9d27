"""The dossier of one plan: its stored assessment, and the record behind it on the day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import TruncMonth

from engagement.models import Event, Level, Outcome, Participation, Status
from plans.membership import is_among
from plans.models import Capacity, Membership, Phase, Plan
from plans.queries.moment import Moment
from readiness.models import Assessment, CriterionResult
from readiness.queries.pages.board import TREND_OVER
from stakeholders.models import GENERAL_PRACTICE

EVENTS_SHOWN = 5
HISTORY_SHOWN = 12
AS_COMMISSIONER = "as_commissioner"
"""In place of a category: general practitioners who took part for a commissioner."""


MARK_SQL = """
SELECT (SELECT MAX(id) FROM readiness_assessment WHERE plan_id = %(plan)s),
       (SELECT MAX(computed_at) FROM readiness_assessment WHERE plan_id = %(plan)s),
       (SELECT MAX(acknowledged_at) FROM readiness_flag WHERE plan_id = %(plan)s),
       (SELECT MAX(due_on) FROM readiness_flag WHERE plan_id = %(plan)s),
       (SELECT MAX(o.offered_at) FROM readiness_supportoffer o
        JOIN readiness_flag f ON f.id = o.flag_id WHERE f.plan_id = %(plan)s),
       (SELECT MAX(o.closed_at) FROM readiness_supportoffer o
        JOIN readiness_flag f ON f.id = o.flag_id WHERE f.plan_id = %(plan)s),
       (SELECT MAX(id) FROM readiness_decision WHERE plan_id = %(plan)s),
       (SELECT MAX(c.met_at) FROM readiness_condition c
        JOIN readiness_decision d ON d.id = c.decision_id WHERE d.plan_id = %(plan)s)
"""
"""By hand: every view of a dossier asks it, and putting it together costs ten times its answer."""


def plan_mark(plan: Plan) -> str:
    """A text that changes whenever anything on the plan's page may have changed; one statement.

    Whatever moves a figure raises the change number. Taking on a flag and deciding move none.
    """
    with connection.cursor() as cursor:
        cursor.execute(MARK_SQL, {"plan": plan.pk})
        newest = cursor.fetchone()
    return "|".join(map(str, (plan.pk, plan.change_no, plan.assessed_no, *newest)))


def current_results(plan: Plan) -> list[CriterionResult]:
    """The results of the plan's current assessment in the policy's order; one statement."""
    found = CriterionResult.objects.filter(assessment__plan=plan, assessment__is_current=True)
    return list(
        found.select_related("criterion", "assessment__policy").order_by("criterion__position")
    )


def assessment_before(plan: Plan, moment: Moment) -> Assessment | None:
    """The newest assessment that is at least four weeks older than the day; one statement."""
    earlier = _known(plan, moment).filter(as_at__lte=moment.day - TREND_OVER)
    return earlier.order_by("-as_at", "-pk").first()


def history(plan: Plan, moment: Moment) -> list[Assessment]:
    """The plan's newest assessments by the day, without their headlines; one statement."""
    found = _known(plan, moment).filter(as_at__lte=moment.day).select_related("policy")
    return list(found.defer("headline").order_by("-pk")[:HISTORY_SHOWN])


def _known(plan: Plan, moment: Moment) -> QuerySet[Assessment]:
    found = Assessment.objects.filter(plan=plan)
    return found.filter(computed_at__lt=moment.known) if moment.known else found


def phases(plan: Plan) -> list[Phase]:
    """The stretches of the plan's making, in order."""
    return list(plan.phases.order_by("starts_on"))


def planned_events(plan: Plan, visible: QuerySet[Event], *, today: dt.date) -> QuerySet[Event]:
    """What lies ahead for the plan among the events that the reader may see, the next first."""
    return visible.filter(
        credits__plan=plan,
        status=Status.PLANNED,
        held_on__gte=today,
        withdrawn_at__isnull=True,
    ).order_by("held_on", "pk")[:EVENTS_SHOWN]


@dataclass(kw_only=True)
class Heard:
    """How often one kind of organisation was heard, month by month, and when last."""

    by_month: dict[dt.date, int] = field(default_factory=dict)
    last_on: dt.date | None = None


def heard_by_month(plan: Plan, member_ids: Collection[int], moment: Moment) -> dict[str, Heard]:
    """Events with two-way contact by category and first day of the month; one statement.

    Everybody but general practice, whose contacts the rules count; ``AS_COMMISSIONER`` holds its
    members who took part for a commissioner. An event is credited to many plans: only those count
    here who belong to the footprint, or to none.
    """
    is_gp = Q(organisation__category__in=GENERAL_PRACTICE)
    member = is_among("engagement_participation.organisation_id", member_ids)
    as_commissioner = Q(is_gp, member, capacity=Capacity.COMMISSIONER)
    elsewhere = Membership.objects.on(moment.day).filter(
        footprint__kind=plan.footprint.kind, organisation=OuterRef("organisation")
    )
    local = Q(member) | ~Exists(elsewhere)
    found = (
        Participation.objects.filter(
            as_commissioner | Q(~is_gp, local),
            stood(moment.known),
            event__credits__plan=plan,
            event__status=Status.HAPPENED,
            held_on__lte=moment.day,
            outcome__in=(Outcome.ATTENDED, Outcome.RESPONDED),
        )
        .exclude(event__level=Level.INFORM)
        .annotate(
            kind=Case(
                When(is_gp, then=Value(AS_COMMISSIONER)), default=F("organisation__category")
            ),
            month=TruncMonth("held_on"),
        )
        .order_by("kind", "month")
        .values("kind", "month")
        .annotate(events=Count("event", distinct=True), last_on=Max("held_on"))
    )
    heard: dict[str, Heard] = defaultdict(Heard)
    for row in found:
        heard[row["kind"]].by_month[row["month"]] = row["events"]
        heard[row["kind"]].last_on = row["last_on"]
    return dict(heard)


def stood(known: dt.datetime | None) -> Q:
    """Participations in events that were recorded and not withdrawn at the moment; None: now."""
    standing = Q(event__withdrawn_at__isnull=True)
    if known is None:
        return standing
    return (standing | Q(event__withdrawn_at__gte=known)) & Q(event__recorded_at__lt=known)
