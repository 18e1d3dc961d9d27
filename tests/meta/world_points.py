"""What the addresses of points and themes need: a point with its fate in both areas, and in the
first one a theme that is public."""

import datetime as dt

from django.utils import timezone

from engagement.models import Event, Point, PointFate
from plans.models import Plan
from stakeholders.models import Organisation
from tests.factories import consultations as make


def values(name: str, plan: Plan, event: Event, lmc: Organisation) -> dict[str, object]:
    """Names for the matrix: a point of the area's LMC on which somebody decided, and the theme that
    everybody may read about."""
    point = Point.objects.create(event=event, organisation=lmc, text=f"canary own point of {name}")
    PointFate.objects.create(
        point=point,
        plan=plan,
        theme=make.decided(plan, f"canary theme of points of {name}", said=f"canary of {name}"),
        disposition="rejected",
        reason=f"canary reason of {name}",
        section=f"canary section of {name}",
        decided_at=timezone.now() - dt.timedelta(hours=1),
        decided_by=event.recorded_by,
    )
    found: dict[str, object] = {f"point-{name}": point.pk}
    if name == "a":
        found["public-theme-a"] = make.decided(
            plan, "canary public theme", published_at=timezone.now(), published_by=event.recorded_by
        ).pk
    return found
