"""Who gets a daily summary and what concerns them; a fixed number of statements for all people."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import RoleGrant, User
from accounts.roles import Role
from jobs.models import JobRun, RunState
from plans.models import FootprintGrant, FootprintRegion, Plan
from readiness.queries import digest_items
from readiness.queries.digest_items import PlanName
from readiness.queries.pages.board import PLAN_TYPES
from readiness.rules.digest import Period, Reader, Section, composed
from stakeholders.models import Representative

DIGEST = "readiness.digest"
DIGEST_AT = dt.time(7)
"""When the summaries of a day are sent, in local time; the schedule in config says the same."""

LONGEST = dt.timedelta(days=14)
"""How far back a summary goes where none could be sent."""


@dataclass(frozen=True, kw_only=True)
class Summaries:
    """User id -> the sections of their summary, and the names of the plans in them."""

    sections: dict[int, list[Section]]
    plans: dict[int, PlanName] = field(default_factory=dict)


def summaries(*, period: Period, user: User | None = None) -> Summaries:
    """The summaries of everybody to whom something is new, or of one person.

    The number of statements depends neither on the number of people nor on that of records.
    """
    plans = _open_plans(period.today)
    readers = _readers(plans, today=period.today, user=user)
    names = {plan.pk: _name(plan) for plan in plans}
    if not readers:
        return Summaries(sections={})
    wanted = _wanted(readers, names)
    ours = frozenset().union(*(reader.answers_for for reader in readers))
    reviewed = any(reader.reviews for reader in readers)
    scope = digest_items.Scope(
        plans=[plan for plan in plans if plan.pk in wanted], organisations=ours, reviewed=reviewed
    )
    sections = composed(readers, digest_items.items(scope, period), period)
    return Summaries(sections=sections, plans=names)


def period_at(now: dt.datetime) -> Period:
    """From the last run that was done, or a day ago, to now; two weeks at most."""
    done = JobRun.objects.filter(kind=DIGEST, state=RunState.DONE, started_at__lt=now)
    last = done.order_by("-started_at").values_list("started_at", flat=True).first()
    return period(since=max(last or now - dt.timedelta(days=1), now - LONGEST), until=now)


def period(*, since: dt.datetime, until: dt.datetime) -> Period:
    """The same two moments with their days in London."""
    return Period(
        since=since,
        until=until,
        since_day=timezone.localtime(since).date(),
        today=timezone.localtime(until).date(),
    )


def digest_slot(local: dt.datetime) -> str:
    """The newest slot that is due at a local time: the day, or the day before."""
    day = local.date() if local.time() >= DIGEST_AT else local.date() - dt.timedelta(days=1)
    return day.isoformat()


def digest_is_over(slot: str) -> bool:
    """Whether the run of this slot has come to an end, well or not."""
    return JobRun.objects.filter(kind=DIGEST, slot=slot, finished_at__isnull=False).exists()


def wanting(user_ids: Iterable[int]) -> list[User]:
    """These people, without those who want no summaries; one statement."""
    wanted = User.objects.filter(pk__in=list(user_ids), is_active=True)
    return list(wanted.exclude(mail_preference__digest=False).order_by("pk"))


def _open_plans(today: dt.date) -> list[Plan]:
    living = Q(closed_on__isnull=True) | Q(closed_on__gte=today)
    return list(Plan.objects.filter(living).select_related("footprint").order_by("pk"))


def _name(plan: Plan) -> PlanName:
    """Short, because it stands at the beginning of most lines: "Dorset (STP 2016)"."""
    return PlanName(code=plan.code, title=f"{plan.footprint.name} ({PLAN_TYPES[plan.plan_type]})")


def _readers(plans: Collection[Plan], *, today: dt.date, user: User | None) -> list[Reader]:
    """Everybody with a role on the day, and what is theirs; four statements."""
    held = RoleGrant.objects.on(today).filter(user__is_active=True)
    roles: dict[int, set[str]] = defaultdict(set)
    for person, role in _of(held, user).values_list("user_id", "role"):
        roles[person].add(role)
    managed = _managed(plans, today, user)
    answered: dict[int, set[int]] = defaultdict(set)
    leads = _of(Representative.objects.on(today), user)
    for person, organisation in leads.values_list("user_id", "organisation_id"):
        answered[person].add(organisation)
    return [
        Reader(
            user=person,
            manages=frozenset(managed[person] if Role.MANAGER in own else ()),
            answers_for=frozenset(answered[person] if Role.REPRESENTATIVE in own else ()),
            reviews=Role.REVIEWER in own,
        )
        for person, own in roles.items()
    ]


def _managed(plans: Collection[Plan], today: dt.date, user: User | None) -> dict[int, set[int]]:
    of_footprint: dict[int, set[int]] = defaultdict(set)
    for plan in plans:
        of_footprint[plan.footprint_id].add(plan.pk)
    of_region: dict[int, set[int]] = defaultdict(set)
    lies = FootprintRegion.objects.on(today).values_list("region_id", "footprint_id")
    for region, footprint in lies:
        of_region[region] |= of_footprint[footprint]
    found: dict[int, set[int]] = defaultdict(set)
    grants = _of(FootprintGrant.objects.on(today), user)
    for person, footprint, region in grants.values_list("user_id", "footprint_id", "region_id"):
        found[person] |= of_footprint[footprint] if footprint else of_region[region]
    return found


def _of(rows: QuerySet, user: User | None) -> QuerySet:
    return rows.filter(user=user) if user else rows


def _wanted(readers: Iterable[Reader], plans: Iterable[int]) -> frozenset[int]:
    """The plans of which somebody reads: all of them for a reviewer."""
    everything = frozenset(plans)
    found: frozenset[int] = frozenset()
    for reader in readers:
        found |= everything if reader.reviews else reader.manages
    return found
