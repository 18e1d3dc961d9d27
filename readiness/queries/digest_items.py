"""What a daily summary may speak of, kind by kind: one statement each."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from django.db.models import Exists, Max, OuterRef, Q

from engagement.models import (
    Attestation,
    Claim,
    ClaimState,
    EventPlan,
    Point,
    PointFate,
    Question,
    Status,
)
from engagement.queries.answers import OPEN_DISPUTE
from engagement.queries.fates import TOLD
from engagement.queries.own_points import points_moved
from plans.models import Activity, Commitment, Plan
from readiness.models import (
    Assessment,
    Condition,
    Criterion,
    CriterionException,
    Decision,
    Flag,
)
from readiness.rules.digest import DUE_WITHIN, LATE_FOR, Item, Kind, Period
from readiness.rules.states import State
from ui.words import plural

READY = frozenset({State.MET.value, State.EXCEPTION.value})
"""Overall states of a plan whose musts are all met or let pass."""


@dataclass(frozen=True, kw_only=True)
class PlanName:
    """How a plan is called and addressed."""

    code: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The plans that somebody manages or reviews, and the organisations they answer for."""

    plans: list[Plan]
    organisations: frozenset[int]
    reviewed: bool
    ids: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ids.extend(plan.pk for plan in self.plans)


def items(scope: Scope, period: Period) -> Iterator[Item]:
    """Everything of the period and everything that stands or is due."""
    for kind in (_flags, _answers, _claims, _passed, _promises, _points, _ending, _conditions):
        yield from kind(scope, period)
    for own in (_questions, _replies, _decided, _points_moved):
        yield from own(scope, period)
    yield from _milestones(scope, period)
    if scope.reviewed:
        for read in (_readiness, _disputes, _decisions):
            yield from read(scope, period)


def _titles() -> dict[str, str]:
    """What criteria are called, by the newest policy that has them."""
    return dict(Criterion.objects.order_by("policy").values_list("key", "title"))


def _near(period: Period, *, late: int = LATE_FOR) -> tuple[dt.date, dt.date]:
    return period.today - dt.timedelta(late), period.today + dt.timedelta(DUE_WITHIN)


def _flags(scope: Scope, period: Period) -> Iterator[Item]:
    """Raised or sharpened since, and what somebody has undertaken to do about one."""
    titles = _titles()
    since, due = period.since, _near(period)
    wanted = Q(raised_at__gte=since) | Q(severity_since__gte=since) | Q(due_on__range=due)
    for flag in Flag.objects.filter(wanted, plan__in=scope.ids, cleared_at__isnull=True):
        name = titles.get(flag.key, flag.key)
        told = partial(
            Item, name=name, key=flag.pk, plan=flag.plan_id, detail=flag.get_severity_display()
        )
        if flag.raised_at >= since:
            yield told(kind=Kind.FLAG, at=flag.raised_at)
        elif flag.severity_since >= since:
            yield told(kind=Kind.SHARPENED, at=flag.severity_since)
        if flag.due_on:
            yield told(kind=Kind.ACTION, name=flag.action, of=name, due_on=flag.due_on)


def _answers(scope: Scope, period: Period) -> Iterator[Item]:
    said = EventPlan.objects.filter(
        plan__in=scope.ids,
        event__attestations__answered_at__gte=period.since,
        event__attestations__superseded_at__isnull=True,
    )
    for plan, event, title, organisation, answer, at in said.values_list(
        "plan_id", "event_id", "event__title", "event__attestations__organisation__name",
        "event__attestations__answer", "event__attestations__answered_at",
    ):  # fmt: skip
        yield Item(
            kind=Kind.ANSWER, key=event, name=organisation, of=title, plan=plan, at=at, detail=answer
        )  # fmt: skip


def _claims(scope: Scope, period: Period) -> Iterator[Item]:
    made = Claim.objects.filter(plan__in=scope.ids, claimed_at__gte=period.since)
    for claim in made.exclude(state=ClaimState.TAKEN_BACK).select_related("organisation"):
        yield Item(
            kind=Kind.CLAIM, key=claim.pk, name=claim.organisation.name, plan=claim.plan_id,
            at=claim.claimed_at, detail=claim.kind,
        )  # fmt: skip


def _passed(scope: Scope, period: Period) -> Iterator[Item]:
    """Planned events whose day has gone by, and nobody has said what became of them."""
    first, _ = _near(period)
    gone = EventPlan.objects.filter(
        plan__in=scope.ids,
        held_on__gte=first,
        held_on__lt=period.today,
        event__status=Status.PLANNED,
        event__withdrawn_at__isnull=True,
    )
    for plan, event, title, day in gone.values_list(
        "plan_id", "event_id", "event__title", "held_on"
    ):
        yield Item(kind=Kind.PASSED, key=event, name=title, plan=plan, due_on=day)


def _promises(scope: Scope, period: Period) -> Iterator[Item]:
    """Activities of the engagement plan and commitments that are not done."""
    open_ones = {"plan__in": scope.ids, "done_on__isnull": True, "due_on__range": _near(period)}
    for activity in Activity.objects.standing().filter(**open_ones):
        yield Item(
            kind=Kind.PROMISE, key=activity.pk, name=activity.title, plan=activity.plan_id,
            due_on=activity.due_on, detail="activity",
        )  # fmt: skip
    for promise in Commitment.objects.standing().filter(**open_ones):
        yield Item(
            kind=Kind.PROMISE, key=promise.pk, name=promise.text, plan=promise.plan_id,
            due_on=promise.due_on, detail="commitment",
        )  # fmt: skip


def _points(scope: Scope, period: Period) -> Iterator[Item]:
    """Replies that were promised to what was said and of which nobody has said that they were
    given. What is past is left to the list of points."""
    near = (period.today, period.today + dt.timedelta(DUE_WITHIN))
    told = PointFate.objects.filter(TOLD, point=OuterRef("pk"), plan__in=scope.ids)
    said = EventPlan.objects.filter(
        plan__in=scope.ids,
        event__withdrawn_at__isnull=True,
        event__points__in=Point.objects.standing().filter(~Exists(told), follow_up_by__range=near),
    )
    for plan, event, title, day in said.values_list(
        "plan_id", "event_id", "event__title", "event__points__follow_up_by"
    ):
        yield Item(
            kind=Kind.PROMISE, key=event, name=title, plan=plan, due_on=day, detail=f"reply {day}"
        )  # fmt: skip


def _ending(scope: Scope, period: Period) -> Iterator[Item]:
    """Exceptions that run out."""
    near = (period.today - dt.timedelta(1), period.today + dt.timedelta(DUE_WITHIN))
    found = CriterionException.objects.standing().filter(plan__in=scope.ids, expires_on__range=near)
    titles = _titles()
    for one in found:
        name = titles.get(one.key, one.key)
        yield Item(
            kind=Kind.EXCEPTION, key=one.pk, name=name, plan=one.plan_id, due_on=one.expires_on
        )


def _conditions(scope: Scope, period: Period) -> Iterator[Item]:
    """Conditions of a plan's newest decision that are not met."""
    newer = Decision.objects.filter(
        plan=OuterRef("decision__plan"), number__gt=OuterRef("decision__number")
    )
    found = Condition.objects.filter(
        ~Exists(newer),
        decision__plan__in=scope.ids,
        met_at__isnull=True,
        due_on__range=_near(period),
    )
    for pk, text, plan, day in found.values_list("decision", "text", "decision__plan", "due_on"):
        yield Item(kind=Kind.CONDITION, key=pk, name=text, plan=plan, due_on=day, detail=text)


def _milestones(scope: Scope, period: Period) -> Iterator[Item]:
    """Days of the plan itself that lie ahead; no statement of its own."""
    for plan in scope.plans:
        days = {"First draft": plan.first_draft_on, "Submission": plan.submission_on}
        for name, day in days.items():
            if day and day >= period.today:
                yield Item(
                    kind=Kind.MILESTONE, key=plan.pk, name=name, plan=plan.pk, due_on=day, detail=name
                )  # fmt: skip


def _questions(scope: Scope, period: Period) -> Iterator[Item]:
    waiting = Question.objects.filter(
        organisation__in=scope.organisations,
        answered_at__isnull=True,
        closed_at__isnull=True,
        event__withdrawn_at__isnull=True,
    )
    for one in waiting.select_related("event", "organisation"):
        yield Item(
            kind=Kind.QUESTION, key=one.event_id, name=one.organisation.name, of=one.event.title,
            organisation=one.organisation_id, at=one.asked_at,
        )  # fmt: skip


def _replies(scope: Scope, period: Period) -> Iterator[Item]:
    told = Attestation.objects.filter(
        organisation__in=scope.organisations, replied_at__gte=period.since
    )
    for one in told.select_related("event", "organisation"):
        yield Item(
            kind=Kind.REPLY, key=one.event_id, name=one.organisation.name, of=one.event.title,
            organisation=one.organisation_id, at=one.replied_at,
        )  # fmt: skip


def _decided(scope: Scope, period: Period) -> Iterator[Item]:
    found = Claim.objects.filter(
        organisation__in=scope.organisations, decided_at__gte=period.since
    ).exclude(state=ClaimState.TAKEN_BACK)
    for claim in found.select_related("organisation", "plan"):
        yield Item(
            kind=Kind.CLAIM_DECIDED, key=claim.pk, name=claim.organisation.name, of=claim.plan.title,
            organisation=claim.organisation_id, at=claim.decided_at, detail=claim.state,
        )  # fmt: skip


def _points_moved(scope: Scope, period: Period) -> Iterator[Item]:
    """What was decided since about points that the organisations made: once for each matter."""
    for one in points_moved(scope.organisations, since=period.since):
        yield Item(
            kind=Kind.POINTS, key=one.matter, name=one.organisation_name, of=one.plan_title,
            organisation=one.organisation, at=one.at,
            detail=f"{one.about}: {one.disposition} ({plural(one.points, 'point')} of yours)",
        )  # fmt: skip


def _readiness(scope: Scope, period: Period) -> Iterator[Item]:
    """Plans whose musts are all met now and were not at the beginning, and the other way round."""
    newest = Assessment.objects.filter(plan__in=scope.ids).order_by().values("plan")
    pairs = newest.annotate(
        then=Max("pk", filter=Q(computed_at__lt=period.since)),
        now=Max("pk", filter=Q(computed_at__lt=period.until)),
    )
    moved = {row["now"]: row["then"] for row in pairs if row["then"] and row["now"] != row["then"]}
    found = Assessment.objects.in_bulk([*moved, *moved.values()])
    for now, then in moved.items():
        is_ready, was_ready = (found[pk].overall in READY for pk in (now, then))
        if is_ready != was_ready:
            yield Item(
                kind=Kind.READY if is_ready else Kind.NOT_READY, key=found[now].plan_id,
                name="", plan=found[now].plan_id, at=found[now].computed_at,
            )  # fmt: skip


def _disputes(scope: Scope, period: Period) -> Iterator[Item]:
    found = Attestation.objects.filter(
        OPEN_DISPUTE, event__withdrawn_at__isnull=True, event__credits__plan__in=scope.ids
    )
    for event, title, organisation, plan, at in found.values_list(
        "event_id", "event__title", "organisation__name", "event__credits__plan_id", "answered_at"
    ):
        yield Item(
            kind=Kind.DISPUTE_OPEN, key=event, name=organisation, of=title, plan=plan, at=at,
            detail=organisation,
        )  # fmt: skip


def _decisions(scope: Scope, period: Period) -> Iterator[Item]:
    """Plans that are submitted soon or lately and on which nothing was decided."""
    decided = set(Decision.objects.filter(plan__in=scope.ids).values_list("plan", flat=True))
    for plan in scope.plans:
        if plan.pk not in decided:
            yield Item(
                kind=Kind.DECISION, key=plan.pk, name="", plan=plan.pk, due_on=plan.submission_on
            )
