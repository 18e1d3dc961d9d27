"""What of the data is measured: the largest of each kind, so that no goal is met by luck."""

import datetime as dt
from collections import Counter

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from engagement.models import Event
from plans.access import plans_managed_by
from plans.membership import members
from plans.models import Plan
from stakeholders.models import Category, Organisation

ABSENT = "xylograph"
"""A word that stands in no title and no note."""

REVIEWER, MANAGER, LMC_LEAD = (
    f"{name}@example.org" for name in ("reviewer", "manager", "lmc.salford")
)


def today() -> dt.date:
    """The day of the run: the demonstration is counted from it."""
    return timezone.localdate()


def user(email: str) -> User:
    """A person of the demonstration."""
    return User.objects.get(email=email)


def live() -> QuerySet[Plan]:
    """The plans that are assessed each night."""
    return Plan.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=today()))


def busiest_plans(number: int) -> list[Plan]:
    """Of the plans to which the manager may write, those with most events."""
    ours = plans_managed_by(user(MANAGER), today=today()).values("pk")
    counted = live().filter(pk__in=ours).annotate(number=Count("engagement_credits"))
    return list(counted.order_by("-number", "pk")[:number])


def median_plan() -> Plan:
    """Of the live plans to which the manager may write, the one of middling size: many practices
    belong to half of them, few to the others. The same at every size of the made-up country."""
    ours = plans_managed_by(user(MANAGER), today=today())
    plans = {plan.footprint_id: plan for plan in live().filter(pk__in=ours.values("pk"))}
    here = members(day=today(), footprint_ids=plans)
    practices = Counter(one.footprint_id for one in here if one.category == Category.GP_PRACTICE)
    return plans[sorted(plans, key=lambda pk: (practices[pk], pk))[len(plans) // 2]]


def practices_of(plan: Plan, number: int) -> list[int]:
    """Ids of practices of the plan's footprint, and of others where it has too few."""
    here = members(day=today(), footprint_ids=[plan.footprint_id])
    ours = [one.organisation_id for one in here if one.category == Category.GP_PRACTICE]
    return (ours + [pk for pk in practices(2 * number) if pk not in ours])[:number]


def all_plans() -> list[int]:
    """The ids of all plans that are not closed."""
    return list(live().order_by("pk").values_list("pk", flat=True))


def busiest_lmc() -> Organisation:
    """The LMC that is named in most events."""
    lmcs = Organisation.objects.filter(category=Category.LMC)
    counted = lmcs.annotate(number=Count("engagement_participations"))
    return counted.order_by("-number", "pk")[0]


def practices(number: int) -> list[int]:
    """Ids of practices to put on a record."""
    found = Organisation.objects.filter(category=Category.GP_PRACTICE).order_by("code")
    return list(found.values_list("pk", flat=True)[:number])


def names_half_typed(number: int) -> list[str]:
    """What somebody types for the names of real practices: two words, the second unfinished."""
    names = Organisation.objects.filter(category=Category.GP_PRACTICE, name__contains=" ")
    found = names.order_by("code").values_list("name", flat=True)[::7][:number]
    return [f"{first} {second[:4]}" for first, second in (name.split()[:2] for name in found)]


PAGE_1000 = 999 * 50


def deep_place() -> tuple[str, int]:
    """The cursor of page 1,000 of the event list, or of the last where there are fewer; and how
    many events come before it."""
    standing = Event.objects.filter(withdrawn_at__isnull=True)
    number = min(PAGE_1000, standing.count() - 60)
    one = standing.order_by("-held_on", "-pk")[number]
    return f"{one.held_on.isoformat()}_{one.pk}", number


def old_place() -> str:
    """The cursor of a page near the far end of the event list."""
    oldest = Event.objects.filter(withdrawn_at__isnull=True).order_by("held_on", "pk")[100]
    return f"{oldest.held_on.isoformat()}_{oldest.pk}"
