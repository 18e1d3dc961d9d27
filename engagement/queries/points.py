"""What was said before, for the words in which it is said again."""

from collections.abc import Iterable

from engagement.models import Point

USUAL_THEMES = (
    "Access",
    "Digital and data",
    "Funding",
    "Governance",
    "Patient care",
    "Premises",
    "Workforce",
    "Workload",
)


def themes_used(*, plan_ids: Iterable[int], limit: int = 20) -> list[str]:
    """Themes of points made for these plans, and the usual ones, in alphabetical order."""
    used = (
        Point.objects.standing()
        .filter(event__credits__plan__in=set(plan_ids))
        .exclude(theme="")
        .order_by("theme")
        .values_list("theme", flat=True)
        .distinct()[:limit]
    )
    return sorted({*used, *USUAL_THEMES}, key=str.casefold)
