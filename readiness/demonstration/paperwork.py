"""What one plan has on paper, told as rows that are not saved yet. As thin as the plan's story."""

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from accounts.models import User
from plans.models import (
    Activity,
    GroupReason,
    Opinion,
    OpinionKind,
    PlanType,
    PlanVersion,
    Sharing,
    SpecialistAdvice,
    Visibility,
)
from plans.rules.mentions import counted
from readiness.demonstration import drafts
from readiness.demonstration.calendar import Calendar
from readiness.demonstration.rounds import PlanToTell
from readiness.demonstration.scene import Cast

SAW, SUPPORT, DELIVERY, GROUPS, ACTIVITIES, BOARDS, TEXT, TRIAGE, ATTESTED = PARTS = (
    "lmc_saw_plan",
    "gp_support_shown",
    "gpfv_delivery",
    "required_groups",
    "engagement_plan",
    "hwb",
    "omission",
    "consultation_triage",
    "attestation",
)
"""Musts that paper and answers decide; a story lacks some of them."""

REQUIRED = (
    "commissioner", "trust", "council", "hwb", "healthwatch", "vcse", "patient_group",
    "social_care", "public_health",
)  # fmt: skip

FINAL = "Final plan"
SECRET = 6
"""A plan of 2016 that lacks so many parts was finished before anybody could read it."""

SPECIALTIES = ("Urgent care", "Mental health", "Maternity", "Frailty", "Diabetes")
ACTIONS = (
    "Evening meeting with practices in each locality",
    "Session at the LMC's monthly meeting",
    "Visits to practices that nobody has heard from",
    "Survey of practice managers",
    "Drop-in for patient participation groups",
    "Workshop with the voluntary sector",
)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One plan with whoever keeps its papers, its dice, and which parts it lacks."""

    one: PlanToTell
    cast: Cast
    keeper: User
    reviewer: User
    now: dt.datetime
    rng: random.Random
    lacks: frozenset[str]
    heard: frozenset[str]
    """Categories of which somebody was heard."""

    @property
    def calendar(self) -> Calendar:
        return self.one.calendar

    @property
    def today(self) -> dt.date:
        return self.now.date()

    def day(self, share: float) -> dt.date:
        """The day at this share of the way from the plan's start to the day before today."""
        whole = (self.today - self.calendar.starts_on).days - 1
        return self.calendar.starts_on + dt.timedelta(days=int(whole * share))

    def recorded(self, day: dt.date, *, by: User | None = None) -> Mapping[str, object]:
        """Recorded two days later at noon, and never in the future."""
        noon = self.now.replace(hour=12, minute=0)
        wanted = noon + (day - self.today) + dt.timedelta(days=2)
        return {"recorded_at": min(wanted, self.now), "recorded_by": by or self.keeper}


def lacking(rng: random.Random, thin: int) -> frozenset[str]:
    """Which parts a plan lacks that lacks so many musts of engagement; a ready plan lacks none."""
    if thin == 0:
        return frozenset()
    most = {1: (0, 0, 0, 1), 2: (0, 0, 1, 2)}.get(thin, range(1, min(thin + 1, len(PARTS)) + 1))
    number = rng.choice(most)
    return frozenset(rng.sample(PARTS, number))


def versions(desk: Desk) -> Iterator[PlanVersion]:
    """A working draft, the first draft once its day has come; thin plans keep theirs to themselves,
    and the thinnest are finished that way."""
    is_open = len(desk.lacks) < 2
    days = [("Working draft", desk.day(0.55))]
    if desk.calendar.first_draft_on <= desk.today:
        days.append(("First draft", desk.calendar.first_draft_on))
    if len(desk.lacks) >= SECRET and desk.one.plan.plan_type == PlanType.STP_2016:
        days.append((FINAL, desk.today - dt.timedelta(days=7)))
    area, is_silent = desk.one.plan.footprint.name, TEXT in desk.lacks
    for number, (title, day) in enumerate(days):
        text = drafts.text(area, is_silent=is_silent, is_later=number > 0)
        public_on = day + dt.timedelta(days=10) if is_open else None
        yield PlanVersion(
            plan=desk.one.plan,
            title=title,
            dated_on=day,
            is_final=title == FINAL,
            visibility=Visibility.PUBLIC if is_open else Visibility.IN_CONFIDENCE,
            public_on=public_on if public_on and public_on <= desk.today else None,
            text=text,
            mentions=counted(text),
            **desk.recorded(day),
        )


def sharings(desk: Desk, version: PlanVersion) -> Iterator[Sharing]:
    """Every LMC is shown the version within a fortnight, or some of them are."""
    lmcs = [lmc for lmc in desk.cast.lmcs if lmc not in desk.cast.never]
    if SAW in desk.lacks:
        lmcs = desk.rng.sample(
            lmcs, desk.rng.randint(0, max(0, len(desk.cast.lmcs) - 1)) % (len(lmcs) + 1)
        )
    for lmc in lmcs:
        day = min(version.dated_on + dt.timedelta(days=desk.rng.randint(1, 14)), desk.today)
        yield Sharing(
            plan=desk.one.plan,
            version=version,
            organisation_id=lmc,
            shown_on=day,
            how="Sent by email",
            in_confidence=version.public_on is None,
            **desk.recorded(day),
        )


def opinions(desk: Desk) -> Iterator[Opinion]:
    """Every Health and Wellbeing Board leads a place's plan, or gave its opinion; or half did."""
    boards: Sequence[int] = desk.cast.others.get("hwb", ())
    if BOARDS in desk.lacks:
        boards = desk.rng.sample(boards, len(boards) // 2)
    leads = desk.one.plan.plan_type == PlanType.NHP_2026
    for board in boards:
        day = desk.day(desk.rng.uniform(0.3, 0.9))
        yield Opinion(
            plan=desk.one.plan,
            organisation_id=board,
            kind=OpinionKind.LEADS if leads else OpinionKind.OPINION,
            given_on=day,
            reference=f"Minutes of the meeting in {day:%B %Y}",
            **desk.recorded(day),
        )


def group_reasons(desk: Desk) -> Iterator[GroupReason]:
    """A reason for each required group that nobody heard; thin plans leave one out."""
    unheard = [group for group in REQUIRED if group not in desk.heard]
    if GROUPS in desk.lacks:
        unheard = unheard[1:]
    for group in unheard:
        day = desk.day(0.8)
        yield GroupReason(
            plan=desk.one.plan,
            category=group,
            reason="Engaged through the council's own forum; a meeting of its own follows",
            given_on=day,
            **desk.recorded(day),
        )


def activities(desk: Desk) -> Iterator[Activity]:
    """The tailored engagement plan: all done that is due, or half of it."""
    for number, title in enumerate(ACTIONS):
        due = desk.day(0.15 + 0.17 * number)
        late = ACTIVITIES in desk.lacks and number % 2 == 0
        done = due - dt.timedelta(days=desk.rng.randint(0, 6))
        is_done = not late and done <= desk.today and due <= desk.today
        yield Activity(
            plan=desk.one.plan,
            title=title,
            category="gp_practice" if number < 4 else "",
            owner="the engagement lead",
            due_on=due,
            done_on=max(done, desk.calendar.starts_on) if is_done else None,
            **desk.recorded(desk.calendar.starts_on),
        )


def advice(desk: Desk) -> Iterator[SpecialistAdvice]:
    """Fields in which the plan needs a college's advice."""
    colleges = desk.cast.others["royal_college"]
    for specialty in desk.rng.sample(SPECIALTIES, desk.rng.randint(0, 2)):
        yield SpecialistAdvice(
            plan=desk.one.plan,
            specialty=specialty,
            college_id=desk.rng.choice(colleges),
            needed_from=desk.day(0.2),
            **desk.recorded(desk.day(0.2)),
        )
