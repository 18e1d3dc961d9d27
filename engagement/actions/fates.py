"""What becomes of what was said at events: its theme, and a decision of its own or its theme's.

Always by a person. Whoever decides says which version they saw: two at once lose nothing.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from consultations.actions import themes as of_themes
from consultations.actions.themes import TOLD_ANEW, Decision
from consultations.models import Theme
from engagement.models import Point, PointFate
from engagement.queries.fates import points_of_plan, points_with_word
from plans.models import Plan


class FateChangedError(Exception):
    """Somebody else decided on the point, or its record was edited; ``fate`` is how it now stands."""

    def __init__(self, fate: PointFate | None) -> None:
        self.fate = fate
        super().__init__(fate.pk if fate else None)


@transaction.atomic
def give_theme(
    *, plan: Plan, point_ids: Collection[int], theme: Theme | None, by: User, now: dt.datetime
) -> int:
    """These points of the plan carry this theme, or none; how many carried another before.

    Six statements for any number. Points that do not stand in a record of the plan are left out.
    A theme that was merged stands for the one that it was merged into. Raises ``ValueError`` for a
    theme of another plan.
    """
    theme = of_themes.hold_standing(theme) if theme else None
    if theme and theme.plan_id != plan.pk:
        message = "The theme is of another plan."
        raise ValueError(message)
    held = _held(plan, point_ids)
    there = PointFate.objects.filter(plan=plan, point__in=held)
    known = dict(there.values_list("point_id", "theme_id"))
    wanted = theme.pk if theme else None
    moved = [pk for pk in held if known.get(pk) != wanted]
    there.filter(point__in=moved).update(theme=theme, themed_at=now, version=F("version") + 1)
    PointFate.objects.bulk_create(
        PointFate(point_id=pk, plan=plan, theme=theme, themed_at=now)
        for pk in moved
        if pk not in known
    )
    if moved:
        after = {"plan": plan.code, "theme": theme.name if theme else "", "points_moved": moved}
        audit.record(by=by, verb="points given a theme", obj=theme or plan, after=after, at=now)
    return len(moved)


@transaction.atomic
def take_up_word(*, plan: Plan, word: str, by: User, now: dt.datetime) -> tuple[Theme, int]:
    """Make a theme of a word that was typed beside points, and give it to them."""
    theme = of_themes.add_theme(plan=plan, name=word, by=by, now=now)
    ids = points_with_word(plan, word)
    return theme, give_theme(plan=plan, point_ids=ids, theme=theme, by=by, now=now)


@transaction.atomic
def decide_point(  # noqa: PLR0913  (the point in a plan, what was seen, what is decided, by whom)
    *,
    plan: Plan,
    point: Point,
    theme: Theme | None,
    decision: Decision,
    seen_version: int,
    by: User,
    now: dt.datetime,
) -> bool:
    """Give a point its theme and, where it differs from the theme's, a decision of its own.

    Without a disposition that of the theme stands; a theme that was merged, even a moment ago, stands
    for the one that it was merged into. ``seen_version`` is 0 where nobody had looked at
    it. False where it says so already. Raises ``FateChangedError`` when somebody was quicker or the
    point left the plan's records, ``ValueError`` for a theme of another plan or without a reason.
    """
    theme = of_themes.hold_standing(theme) if theme else None
    if theme and theme.plan_id != plan.pk:
        message = "The theme is of another plan."
        raise ValueError(message)
    facts = {key: value for key, value in decision.facts().items() if key != "said"}
    facts["theme_id"] = theme.pk if theme else None
    is_there = bool(_held(plan, [point.pk]))
    row = PointFate.objects.filter(plan=plan, point=point).first()
    if not is_there or (row.version if row else 0) != seen_version:
        raise FateChangedError(row)
    before = {name: getattr(row, name) for name in facts} if row else {}
    if before == facts or (row is None and not any(facts.values())):
        return False
    fate = row or PointFate(plan=plan, point=point, version=0)
    if fate.theme_id != facts["theme_id"]:
        fate.themed_at = now
    if any(getattr(fate, name) != facts[name] for name in TOLD_ANEW):
        fate.decided_at = now if facts["disposition"] else None
        fate.decided_by = by if facts["disposition"] else None
    for name, value in facts.items():
        setattr(fate, name, value)
    fate.version += 1
    fate.save()
    moved = {name: value for name, value in facts.items() if before.get(name) != value}
    audit.record(
        by=by,
        verb="point decided",
        obj=fate,
        before=_told({name: before[name] for name in moved if name in before}),
        after=_told(moved),
        at=now,
    )
    return True


@transaction.atomic
def merge_themes(
    *, theme: Theme, into: Theme, seen_version: int, by: User, now: dt.datetime
) -> int:
    """``theme`` turned out to be ``into``: its answers and points carry that one; how many points.

    Raises what ``consultations.actions.themes.merge_themes`` raises.
    """
    of_themes.merge_themes(theme=theme, into=into, seen_version=seen_version, by=by, now=now)
    carried = PointFate.objects.filter(theme=theme)
    moved = list(carried.order_by("pk").values_list("point_id", flat=True))
    carried.update(theme=into, themed_at=now, version=F("version") + 1)
    if moved:
        after = {"plan": theme.plan.code, "theme": into.name, "points_moved": moved}
        audit.record(by=by, verb="points given a theme", obj=into, after=after, at=now)
    return len(moved)


def _held(plan: Plan, point_ids: Collection[int]) -> list[int]:
    """Those of the points that stand in records of the plan, held until the transaction ends."""
    held = points_of_plan(plan).filter(pk__in=set(point_ids)).select_for_update(of=("self",))
    return [row.pk for row in held.order_by("pk")]


def _told(facts: dict[str, Any]) -> dict[str, Any]:
    """As the history holds it, by the names of the columns without their ids."""
    return {name.removesuffix("_id"): value for name, value in facts.items()}
