"""One flag with its history, and the people who may take something on."""

import datetime as dt

from django.db.models import Q, QuerySet

from accounts.models import RoleGrant, User
from accounts.roles import Role
from plans.access import grants_covering
from plans.models import Plan
from readiness.models import Flag, SupportOffer
from readiness.queries.pages.flags import with_titles


def flag_numbered(pk: int) -> Flag | None:
    """The flag with its plan, people and the flag that it reopened; None where there is none."""
    found = Flag.objects.select_related(
        "plan__footprint", "cleared_by", "owner", "acknowledged_by", "previous__cleared_by",
        "raised_by__policy",
    )  # fmt: skip
    return with_titles(found).filter(pk=pk).first()


def offers_of(flag: Flag) -> list[SupportOffer]:
    """Every offer of support that the flag opened, newest first."""
    return list(
        flag.offers.select_related("owner", "offered_by", "closed_by").order_by("-offered_at")
    )


def open_offer(flag: Flag, pk: int) -> SupportOffer | None:
    """The flag's offer with this id, if nobody has closed it."""
    return flag.offers.filter(pk=pk, closed_at__isnull=True).select_related("owner").first()


def managers_of(plan: Plan, *, today: dt.date) -> QuerySet[User]:
    """Those who manage the plan's footprint on the day, singly or by its region."""
    grants = grants_covering(plan, today=today)
    return _holding(Role.MANAGER, today).filter(pk__in=grants.values("user"))


def supporters_of(plan: Plan, *, today: dt.date) -> QuerySet[User]:
    """Those who may see an offer of support through: the plan's managers, and reviewers."""
    managers = managers_of(plan, today=today).values("pk")
    reviewers = _holding(Role.REVIEWER, today).values("pk")
    return User.objects.filter(Q(pk__in=managers) | Q(pk__in=reviewers)).order_by("name", "pk")


def _holding(role: Role, today: dt.date) -> QuerySet[User]:
    held = RoleGrant.objects.on(today).filter(role=role)
    people = User.objects.filter(is_active=True, pk__in=held.values("user"))
    return people.order_by("name", "pk")
