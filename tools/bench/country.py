"""What of the demonstration is measured: the largest of each kind, so that no goal is met by luck."""

import datetime as dt

from django.db.models import Count
from django.utils import timezone

from accounts.models import User
from engagement.models import Event
from plans.access import plans_managed_by
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


def busiest_plans(number: int) -> list[Plan]:
    """Of the plans to which the manager may write, those with most events."""
    ours = plans_managed_by(user(MANAGER), today=today()).values("pk")
    counted = Plan.objects.filter(pk__in=ours).annotate(number=Count("engagement_credits"))
    return list(counted.order_by("-number", "pk")[:number])


def all_plans() -> list[int]:
    """The ids of all plans."""
    return list(Plan.objects.order_by("pk").values_list("pk", flat=True))


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


def old_place() -> str:
    """The cursor of a page near the far end of the event list."""
    oldest = Event.objects.filter(withdrawn_at__isnull=True).order_by("held_on", "pk")[100]
    return f"{oldest.held_on.isoformat()}_{oldest.pk}"
