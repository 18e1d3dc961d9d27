"""What the writers of events are given, and what they give back. Pure: organisations are ids."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from readiness.demonstration.calendar import Calendar
from readiness.demonstration.stories import BREADTH, DEPTH, EARLY, LMC, PROXY, RECENT, Story

EARLY_DAYS = 60
RECENT_DAYS = 60
"""The limits of the first policies, so that a story lands clearly on one side of them."""

BREADTH_ROOM = 0.25
"""A plan that lacks breadth and hears less than this share has room for a few practices more."""

Span = tuple[dt.date, dt.date]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One organisation's part in an event, with the person where one is named."""

    organisation: int
    capacity: str
    outcome: str
    person: int | None = None


@dataclass(frozen=True, kw_only=True)
class Said:
    """Something that was said at an event."""

    organisation: int
    text: str
    theme: str
    follow_up_by: dt.date | None


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One event of one plan, ready to be written."""

    title: str
    held_on: dt.date
    channel: str
    level: str
    parts: tuple[Part, ...]
    status: str = "happened"
    cancel_reason: str = ""
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Locality:
    """A locality of a plan and its practices."""

    name: str
    practices: tuple[int, ...]
    network: int | None = None


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who there is in one plan's footprint. ``never`` are those whom nobody ever contacts."""

    area: str
    localities: tuple[Locality, ...]
    lmcs: tuple[int, ...]
    commissioners: tuple[int, ...]
    others: Mapping[str, Sequence[int]]
    patients: Mapping[int, int]
    names: Mapping[int, str]
    speakers: Mapping[int, Sequence[int]]
    board_gps: tuple[tuple[int, int], ...] = ()
    never: frozenset[int] = frozenset()


@dataclass(kw_only=True)
class Scene:
    """One plan to be told: who, when, what it lacks, and the dice."""

    cast: Cast
    story: Story
    calendar: Calendar
    today: dt.date
    rng: random.Random
    spans: Sequence[Span] = field(init=False)
    """The stretches of days in which general practice is heard in its own voice."""

    def __post_init__(self) -> None:
        self.spans = _spans(self)

    @cached_property
    def practices(self) -> list[int]:
        return [practice for place in self.cast.localities for practice in place.practices]

    @cached_property
    def unheard_lmcs(self) -> frozenset[int]:
        """LMCs that are not heard on this plan: all of them where nobody is."""
        if self.story.is_silent:
            return frozenset(self.cast.lmcs)
        if LMC not in self.story.lacks:
            return frozenset()
        if self.cast.never:
            return self.cast.never
        number = self.rng.randint(1, len(self.cast.lmcs))
        return frozenset(self.rng.sample(self.cast.lmcs, number))

    def part(self, organisation: int, capacity: str, outcome: str) -> Part:
        """A part played by somebody of the organisation, where people of it are known."""
        people = self.cast.speakers.get(organisation)
        person = self.rng.choice(people) if people else None
        return Part(organisation=organisation, capacity=capacity, outcome=outcome, person=person)

    def day_in(self, span: Span) -> dt.date:
        """Some day of a span, on a weekday where the span has one near."""
        first, last = span
        day = first + dt.timedelta(days=self.rng.randint(0, (last - first).days))
        earlier = day - dt.timedelta(days=max(0, day.weekday() - 4))
        return earlier if earlier >= first else day


def _spans(scene: Scene) -> list[Span]:
    """The days on which general practice may be heard, stage by stage, so that the story holds."""
    lacks, today = scene.story.lacks, scene.today
    if scene.story.is_silent:
        return []
    yesterday = today - dt.timedelta(days=2)
    latest = today - dt.timedelta(days=RECENT_DAYS + 3) if RECENT in lacks else yesterday
    spans = [
        (stage.starts_on, min(stage.ends_on, latest))
        for stage in scene.calendar.stages
        if stage.starts_on <= latest
    ]
    if PROXY in lacks:
        droppable = len(spans) if RECENT in lacks else len(spans) - 1
        spans.pop(scene.rng.randrange(droppable))
    elif EARLY in lacks:
        spans[0] = (spans[0][0] + dt.timedelta(days=EARLY_DAYS + 1), spans[0][1])
    return spans


def may_also_credit(scene: Scene, happening: Happening) -> bool:
    """Whether an event held elsewhere can be credited to this plan too without spoiling its story.

    Where general practice is heard, it must be heard on a day and as deeply as the story allows,
    and a plan that lacks breadth must stay clear of its limit.
    """
    if happening.status != "happened" or {part.organisation for part in happening.parts} & set(
        scene.cast.lmcs
    ):
        return False
    if not any(
        part.capacity == "provider" and part.outcome != "informed" for part in happening.parts
    ):
        return True
    on_time = any(first <= happening.held_on <= last for first, last in scene.spans)
    as_deep = DEPTH not in scene.story.lacks or happening.level == "consult"
    clear = BREADTH not in scene.story.lacks or scene.story.breadth < BREADTH_ROOM
    return on_time and as_deep and clear
