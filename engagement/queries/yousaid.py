"""What was said about a plan and what was done: the part that everybody may read."""

from collections.abc import Iterable

from django.db.models import QuerySet

from consultations.models import Theme
from consultations.queries.themes import themes_of
from engagement.queries.fates import standing_fates
from plans.models import Plan


def themes_to_tell(plan: Plan) -> list[Theme]:
    """The themes of a plan with the version in which it changed; one statement."""
    return list(themes_of(plan).select_related("changed_in").order_by("name", "pk"))


def plan_with_published(code: str) -> Plan | None:
    """The plan with this code, where something of it is public; None otherwise, for everybody."""
    told: QuerySet[Theme] = Theme.objects.filter(
        published_at__isnull=False, merged_into__isnull=True
    )
    found = Plan.objects.filter(code=code, pk__in=told.values("plan"))
    return found.select_related("footprint").first()


def points_without_theme(plan: Plan, points: int) -> int:
    """How many of so many points of the plan carry no theme; one statement."""
    return points - standing_fates(plan).filter(theme__isnull=False).count()


def published_only(themes: Iterable[Theme]) -> list[int]:
    """The ids of those that are public."""
    return [one.pk for one in themes if one.published_at]
