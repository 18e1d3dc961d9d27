"""Who sits on the bodies that decide about a plan, and with whom it has formal arrangements."""

import datetime as dt

from django.db.models import Q, QuerySet

from plans.models import Arrangement, BoardSeat, Plan
from plans.queries.moment import Moment
from stakeholders.models import Organisation
from stakeholders.rules import search_text

NAMES_OFFERED = 6


def seats_of(plan: Plan, moment: Moment | None = None) -> QuerySet[BoardSeat]:
    """Every seat that the plan's bodies ever had, body by body; of a moment in the past only those
    that had begun by its day and had been recorded."""
    return plan.seats.filter(_by(moment)).select_related("organisation", "person")


def arrangements_of(plan: Plan, moment: Moment | None = None) -> QuerySet[Arrangement]:
    """Every formal arrangement with a partner, by the partner's name, as ``seats_of``."""
    found = plan.arrangements.filter(_by(moment)).select_related("organisation")
    return found.order_by("organisation__name", "valid_from")


def _by(moment: Moment | None) -> Q:
    """Rows from before the service kept the moment of recording count as known."""
    if moment is None or not moment.is_past:
        return Q()
    begun = Q(valid_from__lte=moment.day)
    if moment.known is None:
        return begun
    return begun & (Q(recorded_at__isnull=True) | Q(recorded_at__lt=moment.known))


def open_seat(plan: Plan, pk: int, *, day: dt.date) -> BoardSeat | None:
    """The seat with this id on the plan's bodies, if it has not ended before ``day``."""
    return seats_of(plan).on(day).filter(pk=pk).first()  # type: ignore[attr-defined]


def holders_of(seat: BoardSeat) -> QuerySet[BoardSeat]:
    """The rows by which somebody holds the seat of this name, with no last day."""
    return BoardSeat.objects.filter(
        plan=seat.plan_id,
        body=seat.body,
        title=seat.title,
        organisation__isnull=False,
        valid_to__isnull=True,
    )


def seat_to_fill(plan: Plan, pk: int) -> BoardSeat | None:
    """The row of the plan with this number, be the seat vacant or not."""
    return seats_of(plan).filter(pk=pk).first()


def open_arrangement(plan: Plan, pk: int, *, day: dt.date) -> Arrangement | None:
    """The plan's arrangement with this id, if it is in force on ``day``."""
    return arrangements_of(plan).on(day).filter(pk=pk).first()  # type: ignore[attr-defined]


def bodies_of(plan: Plan) -> list[str]:
    """The names of the plan's bodies, to be offered again."""
    return list(plan.seats.order_by("body").values_list("body", flat=True).distinct())


def organisations_named(text: str, *, day: dt.date) -> list[Organisation]:
    """The organisations open on ``day`` that ``text`` may mean: one for a code or a full name.

    Otherwise up to six whose words begin with the words given; none when nothing fits.
    """
    open_now = Organisation.objects.open_on(day).distinct()
    for exactly in ({"code": text.upper()}, {"name__iexact": text}):
        found = list(open_now.filter(**exactly)[:NAMES_OFFERED])
        if found:
            return found
    words = search_text(text).split()
    if not words:
        return []
    for word in words:
        open_now = open_now.filter(search_text__contains=f" {word}")
    return list(open_now.order_by("name", "code")[:NAMES_OFFERED])
