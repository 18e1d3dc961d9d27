"""Writes the two rounds of plans with their phases; every plan has a story."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import slugify

from plans import reference
from plans.models import Footprint, Phase, Plan, PlanType, Visibility
from readiness.demonstration import calendar, stories
from readiness.demonstration.calendar import Calendar
from readiness.demonstration.dice import dice
from readiness.demonstration.stories import Story

STP_SUBMISSION_IN = (39, 39, 39, 39, 39, 39, 27, 60)
NEIGHBOURHOOD_SUBMISSION_IN = (100, 100, 100, 79, 114)
"""Days from today to submission; drawn from, so that most plans share a day and a few do not."""

THE_ONE = frozenset({"QOP", "E08000001"})
"""Footprints with one LMC that was never asked: hear it, and one must turns to met."""


@dataclass(frozen=True, kw_only=True)
class PlanToTell:
    """A plan, what it lacks, and when its days are."""

    plan: Plan
    footprint: str
    story: Story
    calendar: Calendar


def write(footprints: dict[str, Footprint], *, today: dt.date, seed: str) -> list[PlanToTell]:
    """One STP for each system and one Neighbourhood Health Plan for each place."""
    told = [*_systems(footprints, today, seed), *_places(footprints, today, seed)]
    Plan.objects.bulk_create([one.plan for one in told])
    Phase.objects.bulk_create(
        [
            Phase(plan=one.plan, name=stage.name, starts_on=stage.starts_on, ends_on=stage.ends_on)
            for one in told
            for stage in one.calendar.stages
        ]
    )
    return told


def _systems(footprints: dict[str, Footprint], today: dt.date, seed: str) -> Iterator[PlanToTell]:
    rng = dice(seed, "systems")
    codes = [row.code for row in reference.footprints()]
    for code, story in zip(codes, _stories(rng, codes), strict=True):
        days = calendar.stp_round(today, submission_in=rng.choice(STP_SUBMISSION_IN))
        yield _told(footprints[code], code, PlanType.STP_2016, story, days)


def _places(footprints: dict[str, Footprint], today: dt.date, seed: str) -> Iterator[PlanToTell]:
    rng = dice(seed, "places")
    codes = [row.council_code for row in reference.places()]
    for code, story in zip(codes, _stories(rng, codes), strict=True):
        days = calendar.neighbourhood_round(
            today, submission_in=rng.choice(NEIGHBOURHOOD_SUBMISSION_IN)
        )
        yield _told(footprints[code], footprints[code].name, PlanType.NHP_2026, story, days)


def _stories(rng: random.Random, codes: Sequence[str]) -> list[Story]:
    lacks_an_lmc = frozenset({stories.LMC, stories.BREADTH})
    told = {
        place: stories.story_lacking(rng, lacks_an_lmc)
        for place, code in enumerate(codes)
        if code in THE_ONE
    }
    return stories.spread(rng, len(codes), told=told)


def _told(
    footprint: Footprint, named: str, plan_type: PlanType, story: Story, days: Calendar
) -> PlanToTell:
    plan = Plan(
        code=slugify(f"{named} {plan_type.value.replace('_', '-')}"),
        title=f"{footprint.name} {plan_type.label}",
        footprint=footprint,
        plan_type=plan_type,
        visibility=Visibility.IN_CONFIDENCE if len(story.lacks) < 3 else Visibility.CONFIDENTIAL,
        starts_on=days.starts_on,
        first_draft_on=days.first_draft_on,
        submission_on=days.submission_on,
    )
    return PlanToTell(plan=plan, footprint=footprint.code, story=story, calendar=days)
