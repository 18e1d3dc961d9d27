"""What was said about a plan at its events, and what became of each point."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from consultations.models import Disposed
from engagement.models import Point, PointFate
from engagement.rules.fates import Decided, Fate, fate
from plans.models import Plan, PlanVersion

DECIDED = Q(disposition__gt="") | Q(theme__disposition__gt="")
"""Fates that have a decision, of their own or of their theme."""

TOLD = Q(disposition__gt="", told_on__isnull=False) | Q(
    disposition="", theme__disposition__gt="", theme__told_on__isnull=False
)
"""Those of them whose decision says when the people who said it were told."""

NO_THEME = "none"
STATES = {
    "open": "Not decided",
    "decided": "Decided",
    "untold": "Decided, nobody told",
    "told": "Decided and told",
}


@dataclass(frozen=True, kw_only=True)
class PointFilters:
    """What the points of a plan are narrowed by; ``theme`` is a number, ``none`` or empty."""

    state: str = ""
    theme: str = ""
    words: str = ""
    organisation: str = ""

    @property
    def any(self) -> bool:
        return any((self.state, self.theme, self.words, self.organisation))


def points_of_plan(plan: Plan) -> QuerySet[Point]:
    """Every point of the records that stand for the plan."""
    return Point.objects.standing().filter(
        event__credits__plan=plan, event__withdrawn_at__isnull=True
    )


def filtered(plan: Plan, filters: PointFilters) -> QuerySet[Point]:
    """The points of the plan, narrowed; with who said each and where."""
    found = points_of_plan(plan).select_related("event", "organisation")
    if filters.words:
        found = found.filter(text__icontains=filters.words)
    if filters.organisation:
        found = found.filter(organisation__code=filters.organisation)
    here = PointFate.objects.filter(point=OuterRef("pk"), plan=plan)
    if filters.theme == NO_THEME:
        found = found.filter(~Exists(here.filter(theme__isnull=False)))
    elif filters.theme:
        found = found.filter(Exists(here.filter(theme=int(filters.theme))))
    if filters.state == "open":
        return found.filter(~Exists(here.filter(DECIDED)))
    if filters.state:
        return found.filter(Exists(here.filter(_OF_STATE[filters.state])))
    return found


_OF_STATE = {"decided": DECIDED, "untold": DECIDED & ~TOLD, "told": TOLD}


def point_of_plan(plan: Plan, pk: int) -> Point | None:
    """The point, where it stands in a record that counts for the plan."""
    return points_of_plan(plan).select_related("event", "organisation").filter(pk=pk).first()


def fates_of(point_ids: Iterable[int], plan_ids: Iterable[int] = ()) -> list[PointFate]:
    """What became of these points, with theme, version and plan; one statement."""
    found = PointFate.objects.filter(point__in=list(point_ids))
    if plan_ids:
        found = found.filter(plan__in=list(plan_ids))
    related = ("theme__changed_in", "changed_in", "plan")
    return list(found.select_related(*related).order_by("plan_id", "point_id"))


def fates_in(plan: Plan, point_ids: Iterable[int]) -> dict[int, PointFate]:
    """Point -> what became of it in this plan; one statement."""
    return {one.point_id: one for one in fates_of(point_ids, [plan.pk])}


def where_it_stands(row: PointFate | None) -> Fate:
    """The decision that stands for a point; nothing where nobody has looked at it."""
    if row is None:
        return Fate()
    theme = row.theme
    return fate(
        theme=theme.name if theme else "",
        own=decided(row),
        of_theme=decided(theme) if theme else None,
    )


def decided(row: Disposed) -> Decided | None:
    """The decision in a row, if there is one."""
    if not row.disposition:
        return None
    return Decided(
        disposition=row.disposition,
        reason=row.reason,
        on=timezone.localtime(row.decided_at).date() if row.decided_at else None,
        version=row.changed_in.title if row.changed_in else "",
        section=row.section,
        told_on=row.told_on,
    )


def versions_of(plan: Plan) -> list[PlanVersion]:
    """The versions of the plan in which something may have changed, newest first, without their text."""
    standing = PlanVersion.objects.standing().filter(plan=plan).defer("text", "mentions")
    return list(standing.order_by("-dated_on", "-pk"))


def points_by_theme(plan: Plan) -> dict[int, int]:
    """Theme -> how many points of the plan carry it; one statement."""
    carried = standing_fates(plan).filter(theme__isnull=False).order_by().values_list("theme")
    return dict(carried.annotate(number=Count("pk")))


def standing_fates(plan: Plan) -> QuerySet[PointFate]:
    """The fates of points that stand in records which count for the plan."""
    return PointFate.objects.filter(
        plan=plan,
        point__removed_at__isnull=True,
        point__event__withdrawn_at__isnull=True,
        point__event__credits__plan=F("plan"),
    )


def typed_words(plan: Plan, *, limit: int = 20) -> list[tuple[str, int]]:
    """Words that were typed beside points which carry no theme yet, most frequent first."""
    given = PointFate.objects.filter(point=OuterRef("pk"), plan=plan, theme__isnull=False)
    rows = points_of_plan(plan).filter(~Exists(given)).exclude(theme="").order_by()
    written: dict[str, str] = {}
    found: dict[str, int] = defaultdict(int)
    for word, number in rows.values_list("theme").annotate(number=Count("pk")):
        key = " ".join(word.split()).casefold()
        found[key] += number
        written.setdefault(key, " ".join(word.split()))
    ranked = sorted(found, key=lambda key: (-found[key], key))
    return [(written[key], found[key]) for key in ranked if key][:limit]


def unthemed_texts(plan: Plan, *, limit: int = 2_000) -> list[str]:
    """The newest points of the plan that carry no theme; one statement."""
    given = PointFate.objects.filter(point=OuterRef("pk"), plan=plan, theme__isnull=False)
    rows = points_of_plan(plan).filter(~Exists(given)).order_by("-pk")
    return list(rows.values_list("text", flat=True)[:limit])


def points_with_word(plan: Plan, word: str) -> list[int]:
    """The points without a theme beside which this word was typed, in any case."""
    given = PointFate.objects.filter(point=OuterRef("pk"), plan=plan, theme__isnull=False)
    wanted = " ".join(word.split()).casefold()
    rows = points_of_plan(plan).filter(~Exists(given)).exclude(theme="")
    pairs = rows.order_by("pk").values_list("pk", "theme")
    return [pk for pk, typed in pairs if " ".join(typed.split()).casefold() == wanted]


def answered_points(ours: Iterable[int]) -> dict[tuple[int, int], int]:
    """Organisation and plan -> how many points that it made were decided on there; one statement."""
    rows = (
        PointFate.objects.filter(
            DECIDED,
            point__organisation__in=list(ours),
            point__removed_at__isnull=True,
            point__event__withdrawn_at__isnull=True,
            point__event__credits__plan=F("plan"),
        )
        .order_by()
        .values_list("point__organisation", "plan")
    )
    return {(one, plan): n for one, plan, n in rows.annotate(number=Count("pk", distinct=True))}
