"""What waits in the consultations of some plans: open ones, and closed ones with something left."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from consultations.models import Moderation, Response
from plans.models import Consultation


def waiting_in(plan_ids: Collection[int], *, today: dt.date) -> QuerySet[Consultation]:
    """Those that are open, the next to close first; then those that have closed with a theme not
    answered or a response not read, the first to close first. One statement.

    Each with ``waiting``: how many responses nobody has read.
    """
    unread = Response.objects.filter(
        consultation=OuterRef("pk"), moderation=Moderation.WAITING, done_at__isnull=True
    )
    number = unread.order_by().values("consultation").annotate(number=Count("pk")).values("number")
    is_open = Q(opens_on__lte=today, closes_on__gte=today)
    has_left = Q(closes_on__lt=today) & (Q(themes_answered__lt=F("themes")) | Q(waiting__gt=0))
    return (
        Consultation.objects.standing()
        .filter(Q(dropped_on__isnull=True) | Q(dropped_on__gt=today), plan__in=plan_ids)
        .annotate(waiting=Coalesce(Subquery(number, output_field=IntegerField()), 0))
        .filter(is_open | has_left)
        .select_related("plan__footprint")
        .annotate(is_over=Q(closes_on__lt=today))
        .order_by("is_over", "closes_on", "pk")
    )
