"""The national board: every plan in scope with its stored results, in a fixed number of statements."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, FilteredRelation, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from engagement.models import Attestation
from engagement.queries.answers import OPEN_DISPUTE
from plans.access import plans_managed_by, plans_visible_to
from plans.models import FootprintRegion, Plan, PlanType, Region
from readiness.models import Assessment, Criterion, Decision, Flag

TREND_OVER = dt.timedelta(weeks=4)

PLAN_TYPES = {PlanType.STP_2016.value: "STP 2016", PlanType.NHP_2026.value: "Neighbourhood 2026"}
"""Short names of the rounds; the full ones are on the model."""

ALL_TYPES = "all"
"""In place of a plan type: every round at once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessed:
    """What a stored assessment says of a plan as a whole."""

    id: int
    policy_id: int
    as_at: dt.date
    computed_at: dt.datetime
    musts_met: int
    headline: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class PlanRow:
    """One plan as stored: its current assessment, and how many musts were met before.

    ``disputes`` are the open ones on its records, whether or not they move a state; ``met_before``
    is of the newest assessment that is at least four weeks old, or None. ``decided`` is the
    outcome of the newest decision, empty before the first.
    """

    id: int
    code: str
    name: str
    plan_type: str
    region: str
    region_code: str
    submission_on: dt.date
    label: str
    tile: tuple[int, int] | None
    is_stale: bool
    flags: int
    disputes: int
    decided: str
    assessed: Assessed | None
    met_before: int | None

    @property
    def headline(self) -> Mapping[str, Any]:
        """What the assessment says in a line; empty before the first."""
        return self.assessed.headline if self.assessed else {}

    @property
    def states(self) -> Mapping[str, str]:
        """The state of each criterion by key."""
        return self.headline.get("states", {})


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of a policy, as far as a table of results needs it."""

    key: str
    title: str
    short_title: str
    is_must: bool


@dataclass(frozen=True, kw_only=True)
class PolicyLines:
    """A policy by name and its criteria in order."""

    title: str
    version: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Board:
    """All rows in scope, and the policies by which they were assessed, by id."""

    rows: list[PlanRow]
    policies: Mapping[int, PolicyLines]


@dataclass(frozen=True, kw_only=True)
class BoardChoice:
    """What the reader asked for, as it can be used; an empty ``plan_type`` leaves the round open."""

    region: str = ""
    plan_type: str = ""
    show: str = "all"
    sort: str = "worst"

    def query(self, **changes: str) -> dict[str, str]:
        """The query string's values, without those that say nothing."""
        asked = {
            "region": self.region,
            "type": self.plan_type,
            "show": self.show,
            "sort": self.sort,
        }
        asked |= changes
        silent = {"show": "all", "sort": "worst"}
        return {name: value for name, value in asked.items() if value and silent.get(name) != value}


def board_mark(user: User, *, today: dt.date) -> str:
    """A text that changes whenever anything that the board holds for ``user`` may have changed.

    Results, flags and trends move only with a new assessment; a plan that becomes stale raises
    its change number; days to submission move with the day; a decision has a number of its own.
    """
    found = plans_visible_to(user, today=today).aggregate(
        plans=Count("pk"),
        which=Sum("pk"),
        changes=Sum("change_no"),
        assessed=Sum("assessed_no"),
        decided=Max(Subquery(Decision.objects.order_by("-pk").values("pk")[:1])),
    )
    newest = Assessment.objects.filter(is_current=True).aggregate(
        pk=Max("pk"), at=Max("computed_at")
    )
    parts = (today.isoformat(), *found.values(), newest["pk"], newest["at"])
    return "|".join(str(part) for part in parts)


def regions_in_use(*, today: dt.date) -> dict[str, str]:
    """The regions in which a footprint lies on ``today``: name by code."""
    found = Region.objects.filter(pk__in=FootprintRegion.objects.on(today).values("region"))
    return dict(found.order_by("name").values_list("code", "name"))


def board(user: User, *, today: dt.date) -> Board:
    """Every plan that ``user`` may see and that is not closed, by name."""
    return _board(plans_visible_to(user, today=today), today)


def own_plans(user: User, *, today: dt.date) -> Board:
    """The plans of the footprints that ``user`` manages and that are not closed, by name."""
    return _board(plans_managed_by(user, today=today), today)


def _board(within: QuerySet[Plan], today: dt.date) -> Board:
    still_open = Q(closed_on__isnull=True) | Q(closed_on__gte=today)
    plans = _plans(within.filter(still_open), today)
    current = _assessments({plan["current_id"] for plan in plans})
    before = _musts_met({plan["before_id"] for plan in plans})
    rows = [
        _row(plan, current.get(plan["current_id"]), before.get(plan["before_id"])) for plan in plans
    ]
    return Board(rows=rows, policies=policies({one.policy_id for one in current.values()}))


def policies(ids: Iterable[int]) -> dict[int, PolicyLines]:
    """The criteria of these policies in the policies' own order; one statement."""
    found = Criterion.objects.filter(policy__in=set(ids)).select_related("policy")
    by_policy: dict[int, list[Criterion]] = defaultdict(list)
    for criterion in found.order_by("policy", "position"):
        by_policy[criterion.policy_id].append(criterion)
    return {
        pk: PolicyLines(
            title=criteria[0].policy.title,
            version=criteria[0].policy.version,
            lines=tuple(_line(criterion) for criterion in criteria),
        )
        for pk, criteria in by_policy.items()
    }


def _line(criterion: Criterion) -> Line:
    return Line(
        key=criterion.key,
        title=criterion.title,
        short_title=criterion.short_title,
        is_must=criterion.strength == "must",
    )


def _plans(within: QuerySet[Plan], today: dt.date) -> list[Mapping[str, Any]]:
    in_region = FootprintRegion.objects.on(today).filter(footprint=OuterRef("footprint"))
    earlier = Assessment.objects.filter(plan=OuterRef("pk"), as_at__lte=today - TREND_OVER)
    decided = Decision.objects.filter(plan=OuterRef("pk")).order_by("-number")
    open_flags = Flag.objects.filter(plan=OuterRef("pk"), cleared_at__isnull=True)
    counted = open_flags.order_by().values("plan").annotate(number=Count("pk")).values("number")
    # From the disputes, which are few, and not from the plan's events.
    disputed = (
        Attestation.objects.filter(
            OPEN_DISPUTE,
            event__withdrawn_at__isnull=True,
            event__credits__plan=OuterRef("pk"),
        )
        .order_by()
        .values("event__credits__plan")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return list(
        within.annotate(
            current=FilteredRelation(
                "readiness_assessments", condition=Q(readiness_assessments__is_current=True)
            ),
            current_id=F("current__pk"),
            region=Subquery(in_region.order_by("-valid_from").values("region__name")[:1]),
            region_code=Subquery(in_region.order_by("-valid_from").values("region__code")[:1]),
            before_id=Subquery(earlier.order_by("-as_at", "-pk").values("pk")[:1]),
            flags=Coalesce(Subquery(counted), 0),
            disputes=Coalesce(Subquery(disputed), 0),
            decided=Subquery(decided.values("outcome")[:1]),
        )
        .order_by("footprint__name", "plan_type", "pk")
        .values(
            "pk", "code", "plan_type", "submission_on", "change_no", "assessed_no",
            "footprint__name", "footprint__label", "footprint__tile_column", "footprint__tile_row",
            "current_id", "before_id", "region", "region_code", "flags",
            "disputes", "decided",
        )
    )  # fmt: skip


def _assessments(ids: Iterable[int | None]) -> dict[int | None, Assessed]:
    columns = ("pk", "policy_id", "as_at", "computed_at", "musts_met", "headline")
    found = Assessment.objects.filter(pk__in=[pk for pk in ids if pk is not None])
    return {
        pk: Assessed(
            id=pk,
            policy_id=policy,
            as_at=as_at,
            computed_at=computed_at,
            musts_met=met,
            headline=headline,
        )
        for pk, policy, as_at, computed_at, met, headline in found.values_list(*columns)
    }


def _musts_met(ids: Iterable[int | None]) -> dict[int | None, int]:
    found = Assessment.objects.filter(pk__in=[pk for pk in ids if pk is not None])
    return dict(found.values_list("pk", "musts_met"))


def _row(plan: Mapping[str, Any], current: Assessed | None, met_before: int | None) -> PlanRow:
    column, line = plan["footprint__tile_column"], plan["footprint__tile_row"]
    return PlanRow(
        id=plan["pk"],
        code=plan["code"],
        name=plan["footprint__name"],
        plan_type=plan["plan_type"],
        region=plan["region"] or "",
        region_code=plan["region_code"] or "",
        submission_on=plan["submission_on"],
        label=plan["footprint__label"],
        tile=None if column is None or line is None else (column, line),
        is_stale=plan["change_no"] > plan["assessed_no"],
        flags=plan["flags"],
        disputes=plan["disputes"],
        decided=plan["decided"] or "",
        assessed=current,
        met_before=met_before,
    )
