"""What became of what was said: themes of a plan, decided or not, and the points that carry them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from accounts.models import User
from consultations.models import Disposition, Theme
from engagement.models import Point, PointFate
from plans.access import managers_of
from plans.models import PlanVersion
from readiness.demonstration.dice import dice
from readiness.demonstration.rounds import PlanToTell
from readiness.demonstration.scripts import NEAR_HOME
from readiness.demonstration.voices import SAID

THEMED, OWN = 0.7, 0.08
"""So many points have a theme, and so many of those a decision of their own."""
DECIDED_DAYS_AGO, TOLD_DAYS_AGO = 30, 24


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was decided about a theme, with ``said`` where it may be published."""

    disposition: str
    reason: str
    said: str = ""
    section: str = ""
    is_told: bool = False


ANSWERS = {
    "Workload": Answer(
        disposition=Disposition.ACCEPTED,
        reason="Nothing moves out of hospital before the nurse who does the work has moved with it.",
        said="Work that leaves the hospital needs money and people to follow it.",
        section="Chapter 2",
        is_told=True,
    ),
    "Workforce": Answer(
        disposition=Disposition.PARTLY,
        reason="Pharmacists are paid for beyond the first year. Partners who retire are a matter for"
        " the national contract.",
        said="Practices cannot find successors, and pharmacists should be paid for longer.",
        section="Chapter 4",
        is_told=True,
    ),
    "Premises": Answer(
        disposition=Disposition.LATER,
        reason="The premises of practices are surveyed in the first year. Money follows the survey.",
        said="There is no room left in many surgeries.",
    ),
    "Funding": Answer(
        disposition=Disposition.REJECTED,
        reason="The share of each provider is set by the national allocation, which this plan cannot"
        " change.",
    ),
    "Patients": Answer(
        disposition=Disposition.OUT_OF_SCOPE,
        reason="Bus routes are the transport authority's. We have passed the point on.",
    ),
}
"""By theme; the other themes are not decided yet."""

OWN_REASON = "This one place was looked at by itself: it is in the first year's list of works."


def write(one: PlanToTell, keeper: User, *, now: dt.datetime, seed: str) -> Mapping[str, Theme]:
    """The themes of the plan by name, and what became of the points of its events."""
    decided_at = now - dt.timedelta(DECIDED_DAYS_AGO)
    version = PlanVersion.objects.filter(plan=one.plan, dated_on__lte=decided_at.date()).latest(
        "dated_on", "pk"
    )
    asked = (opinion.theme for question in NEAR_HOME.questions for opinion in question.opinions)
    names = dict.fromkeys([*(theme for theme, _ in SAID), *asked])
    managers = managers_of(one.plan, today=decided_at.date()).exclude(pk=keeper.pk)
    second = managers.first() or keeper
    rows = Theme.objects.bulk_create(
        [_theme(one, name, (keeper, second), version, decided_at) for name in names]
    )
    themes = {row.name: row for row in rows}
    _write_fates(one, themes, keeper, decided_at, seed)
    return themes


def _theme(
    one: PlanToTell,
    name: str,
    hands: tuple[User, User],
    version: PlanVersion,
    decided_at: dt.datetime,
) -> Theme:
    """``hands``: who decides, and who takes the second look."""
    keeper, second = hands
    made_at = decided_at - dt.timedelta(40)
    theme = Theme(plan=one.plan, name=name, made_at=made_at, made_by=keeper)
    answer = ANSWERS.get(name)
    if answer is None:
        return theme
    theme.disposition, theme.reason, theme.section = (
        answer.disposition,
        answer.reason,
        answer.section,
    )
    theme.changed_in = version if answer.section else None
    theme.decided_at, theme.decided_by = decided_at, keeper
    if answer.is_told:
        theme.told_on = decided_at.date() + dt.timedelta(DECIDED_DAYS_AGO - TOLD_DAYS_AGO)
    if answer.said:
        theme.said = answer.said
        theme.published_at = decided_at + dt.timedelta(2)
        theme.published_by = second
    return theme


def _write_fates(
    one: PlanToTell,
    themes: Mapping[str, Theme],
    keeper: User,
    decided_at: dt.datetime,
    seed: str,
) -> None:
    """Most points that were made before the decisions have their theme, a few one of their own."""
    rng = dice(seed, "fates", one.plan.code)
    found = Point.objects.filter(
        event__credits__plan=one.plan, event__held_on__lt=decided_at.date() - dt.timedelta(7)
    ).order_by("pk")
    rows = []
    for point in found:
        if point.theme not in themes or rng.random() > THEMED:
            continue
        row = PointFate(point=point, plan=one.plan, theme=themes[point.theme])
        row.themed_at = decided_at - dt.timedelta(3)
        if rng.random() < OWN:
            row.disposition, row.reason = Disposition.ACCEPTED, OWN_REASON
            row.decided_at, row.decided_by = decided_at, keeper
        rows.append(row)
    PointFate.objects.bulk_create(rows)
