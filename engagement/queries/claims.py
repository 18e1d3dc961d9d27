"""What organisations claim: for the plan, for its managers, for the page of one claim."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import RoleGrant, User
from accounts.permissions import has_permission
from accounts.roles import Permission, Role
from engagement.access import Sight
from engagement.models import Claim, ClaimState, Event, Participation
from engagement.rules.claims import NEAR
from plans.access import grants_covering, plans_managed_by
from plans.membership import belonging
from plans.models import Plan
from stakeholders.access import organisation_ids_represented_by
from stakeholders.models import Organisation

CANDIDATES = 20
WAITING_SHOWN = 6


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """Records that a claim may mean: those that name its organisation, and others of its own day
    or the next that could be corrected to name it."""

    named: list[Event]
    others: list[Event]


def claimant(user: User, plan: Plan, code: str, *, today: dt.date) -> Organisation | None:
    """The organisation with this code, if ``user`` answers for it and the plan covers its area."""
    ours = organisation_ids_represented_by(user, today=today)
    found = Organisation.objects.filter(pk__in=ours, code=code).first()
    if found is None:
        return None
    pairs = belonging(organisation_ids=[found.pk], day=today)
    return found if (plan.footprint_id, found.pk) in pairs else None


def claim_with_key(key: uuid.UUID) -> Claim | None:
    """The claim that this form has made already."""
    return Claim.objects.filter(form_key=key).first()


def members_heard(claim: Claim) -> int:
    """How many comments of members a response was put together from; 0 for any other claim."""
    collation = getattr(claim, "collation", None)
    if collation is None:
        return 0
    return collation.comments.filter(left_out_at__isnull=True).count()


def claims_about(plan: Plan) -> QuerySet[Claim]:
    """Every claim about the plan: open ones first, then declined, then the rest; newest first."""
    found = Claim.objects.filter(plan=plan).select_related("organisation", "event", "decided_by")
    return found.order_by("-claimed_at", "-pk")


def claims_of(organisations: Iterable[int], plans: Iterable[int]) -> QuerySet[Claim]:
    """The claims of these organisations about these plans, newest first; one statement."""
    found = Claim.objects.filter(organisation__in=list(organisations), plan__in=list(plans))
    return found.select_related("organisation").order_by("-claimed_at", "-pk")


def claims_behind(event: Event, sight: Sight) -> list[Claim]:
    """What organisations claimed that this record was made of, or was there for, as far as the
    reader sees it; one statement."""
    found = Claim.objects.filter(event=event).select_related("organisation", "decided_by")
    return [one for one in found.order_by("claimed_at", "pk") if sight.covers(one.organisation_id)]


def claims_waiting_for(user: User, *, today: dt.date) -> tuple[list[Claim], int]:
    """Open claims about the plans that ``user`` manages: the oldest, and how many there are; two
    statements, none for who decides on no claims."""
    if not has_permission(user, Permission.DECIDE_CLAIMS, today=today):
        return [], 0
    managed = plans_managed_by(user, today=today).values("pk")
    found = Claim.objects.filter(state=ClaimState.OPEN, plan__in=managed)
    found = found.select_related("organisation", "plan").order_by("claimed_at", "pk")
    return list(found[:WAITING_SHOWN]), found.count()


def candidates(claim: Claim) -> Candidates:
    """Records of the claim's plan near its day, the nearest first; two statements."""
    names_it = Exists(
        Participation.objects.filter(event=OuterRef("pk"), organisation=claim.organisation_id)
    )
    credited = Event.objects.filter(
        credits__plan=claim.plan_id, withdrawn_at__isnull=True
    ).select_related("recorded_by")
    day = claim.happened_on
    near = credited.filter(names_it, held_on__range=(day - NEAR, day + NEAR))
    one = dt.timedelta(days=1)
    beside = credited.filter(~names_it, held_on__range=(day - one, day + one))
    return Candidates(
        named=sorted(near, key=lambda event: (abs(event.held_on - day), event.pk))[:CANDIDATES],
        others=list(beside.order_by("pk")[:CANDIDATES]),
    )


def doubles_of(claim: Claim, *, held_on: dt.date, channel: str) -> list[Event]:
    """Records of that day and channel that name the organisation already; one statement."""
    found = Event.objects.filter(
        held_on=held_on, channel=channel, withdrawn_at__isnull=True,
        participations__organisation=claim.organisation_id,
    )  # fmt: skip
    return list(found.distinct().order_by("pk")[:CANDIDATES])


def managers_of_plan(plan: Plan, *, day: dt.date) -> list[User]:
    """Who may decide on what is claimed about the plan on ``day``; one statement."""
    grants = grants_covering(plan, today=day).values("user")
    managers = RoleGrant.objects.on(day).filter(role=Role.MANAGER).values("user")
    found = User.objects.filter(Q(pk__in=grants) & Q(pk__in=managers), is_active=True)
    return list(found.order_by("pk"))


def people_of_claim(pk: int) -> Claim | None:
    """The claim with everything that a message about it tells."""
    found = Claim.objects.select_related(
        "plan", "organisation", "claimed_by", "decided_by", "event"
    )
    return found.filter(pk=pk).first()


def organisations_named(events: Collection[Event]) -> dict[int, list[str]]:
    """Names of those whom each event names; one statement."""
    names: dict[int, list[str]] = {event.pk: [] for event in events}
    rows = Participation.objects.filter(event__in=list(names)).order_by("organisation__name")
    for event, name in rows.values_list("event_id", "organisation__name").distinct():
        names[event].append(name)
    return names
