"""Events with the plans they count for, who took part and what was said, in order of their days.

Skew: log-normal plans, practices (a quarter almost never come) and attendance; 1.5 % of events are
shared by 5 to 44 plans, 2 % are mailings to many, 0.5 % are withdrawn, and each is recorded some
days late, 5 in the mean.
"""

import datetime as dt
import math
import random
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from engagement.models import Event, EventPlan, Participation, Point
from tools.bench.scale.areas import Country
from tools.bench.scale.bodies import Bodies
from tools.bench.scale.rounds import Rounds, footprint_of_place
from tools.bench.scale.sizes import FOOTPRINTS, GROWTH_A_YEAR, SYSTEMS, Size
from tools.bench.scale.tables import Table

MEDIAN_ATTENDANCE, SPREAD_OF_ATTENDANCE = 11.0, 0.98
"""A few are drawn twice and count once, so that the median that takes part is 9."""

SHARED, MAILED, WITHDRAWN, TWO_PLANS = 0.015, 0.02, 0.005, 0.68
SAID = 0.25
STATUSES = ("happened", "cancelled", "tried")
CHANNELS = ("meeting", "workshop", "board", "visit", "phone", "webinar", "survey", "drop_in")
LEVELS, LEVEL_WEIGHTS = (
    ("inform", "consult", "involve", "collaborate", "empower"),
    (20, 35, 30, 12, 3),
)
OUTCOMES = ("attended", "responded", "apologised", "invited", "no_show")
OUTCOME_WEIGHTS = (70, 9, 8, 8, 5)
ABOUT = (
    "access", "frailty", "prescribing", "discharge", "screening", "dementia", "maternity",
    "diabetes", "workforce", "estates", "winter", "transport", "digital", "referrals",
    "prevention", "children", "carers", "budgets", "pathways", "hubs",
)  # fmt: skip
SORTS = ("Meeting", "Workshop", "Open evening", "Visit", "Round table", "Webinar", "Talk", "Forum")
SENTENCE = "We spoke about {} and {}. What was agreed on {} goes to the next meeting."


@dataclass(frozen=True, kw_only=True)
class Pool:
    """Who may come to an event of a footprint, with running weights."""

    ids: Sequence[int]
    running: Sequence[float]

    def draw(self, rng: random.Random, number: int) -> list[int]:
        return sorted(set(rng.choices(self.ids, cum_weights=self.running, k=number)))


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What every event is drawn from."""

    pools: Sequence[Pool]
    system_of: Sequence[int]
    places_of: Sequence[Sequence[int]]
    running: Sequence[float]
    """How much happens in each footprint."""


def write(
    size: Size,
    setting: tuple[Country, Bodies, Rounds, int],
    rng: random.Random,
    *,
    today: dt.date,
    say: Callable[[str], None],
) -> None:
    """Write them all; ``setting`` ends with the id of the user who recorded them."""
    country, bodies, rounds, recorder = setting
    stage = _stage(country, bodies, rounds, rng)
    events = Table(
        Event, "id", "title", "held_on", "channel", "status", "level", "cancel_reason", "summary",
        "version", "draft_key", "recorded_at", "recorded_by_id", "withdrawn_at", "withdrawn_by_id",
        "withdrawn_reason",
    )  # fmt: skip
    credited = Table(EventPlan, "event_id", "plan_id", "held_on")
    parts = Table(
        Participation, "event_id", "organisation_id", "person_id", "capacity", "outcome", "held_on"
    )
    points = Table(Point, "event_id", "organisation_id", "text", "theme")
    tables = (events, credited, parts, points)
    for pk, held_on in enumerate(days(size, today), start=1):
        day = held_on.isoformat()
        footprints = _footprints(stage, rng)
        mailed, status = rng.random() < MAILED, rng.choices(STATUSES, (96, 2, 2))[0]
        who = _who(stage, rng, footprints, size.written_to if mailed else 0)
        events.add(_event(pk, (held_on, today), (mailed, status, recorder), rng))
        number = rounds.number_on(held_on)
        for footprint in footprints:
            credited.add((pk, rounds.plan(number, footprint), day))
        outcomes = _outcomes(len(who), mailed, status, rng)
        for one, outcome in zip(who, outcomes, strict=True):
            person = bodies.speaker[one] if (one + pk) % 5 < 2 and not mailed else None
            parts.add((pk, one, person, bodies.capacity[one], outcome, day))
        if rng.random() < SAID and who:
            theme = rng.choice(ABOUT)
            points.add((pk, who[0], f"More should be done about {theme}.", theme))
        if pk % (size.events // 5) == 0:
            say(f"{pk:,} events, {parts.count + len(parts.waiting):,} participations")
    for table in tables:
        table.flush()


def days(size: Size, today: dt.date) -> Iterator[dt.date]:
    """The day of each event, in order, more of them each year."""
    whole = GROWTH_A_YEAR**size.years - 1
    first = today - dt.timedelta(days=365 * size.years)
    for number in range(size.events):
        years = math.log(1 + whole * (number + 0.5) / size.events) / math.log(GROWTH_A_YEAR)
        yield first + dt.timedelta(days=int(years * 365) + 1)


def _stage(country: Country, bodies: Bodies, rounds: Rounds, rng: random.Random) -> Stage:
    members: list[dict[int, float]] = [{} for _ in range(FOOTPRINTS)]
    for place in country.places:
        for practice in place.practices:
            keen = rng.lognormvariate(0, 1.2) * (0.01 if rng.random() < 0.25 else 1)
            for footprint in (place.system, footprint_of_place(place.number)):
                members[footprint][bodies.practices[practice]] = keen
        lmc = bodies.lmcs[country.lmc_of[place.commissioner]]
        for footprint in (place.system, footprint_of_place(place.number)):
            members[footprint][lmc] = 6.0
            members[footprint][bodies.commissioners[place.commissioner]] = 6.0
    for pk, homes in rounds.homes.items():
        keen = rng.lognormvariate(-1.5, 1.2)
        for footprint in homes:
            members[footprint][pk] = keen
    busy = [
        rng.lognormvariate(0, 1.3) * (len(one) ** 0.5) * (0.5 if number < SYSTEMS else 0.25)
        for number, one in enumerate(members)
    ]
    return Stage(
        pools=[Pool(ids=list(one), running=list(accumulate(one.values()))) for one in members],
        system_of=[place.system for place in country.places],
        places_of=[
            [footprint_of_place(place.number) for place in country.places if place.system == system]
            for system in range(SYSTEMS)
        ],
        running=list(accumulate(busy)),
    )


def _footprints(stage: Stage, rng: random.Random) -> list[int]:
    """For whom an event counts: mostly a place and its system."""
    home = rng.choices(range(FOOTPRINTS), cum_weights=stage.running)[0]
    if rng.random() < SHARED:
        others = rng.choices(range(FOOTPRINTS), cum_weights=stage.running, k=rng.randint(5, 44))
        return sorted({home, *others})
    if rng.random() >= TWO_PLANS:
        return [home]
    if home >= SYSTEMS:
        return [stage.system_of[home - SYSTEMS], home]
    return [home, rng.choice(stage.places_of[home])]


def _who(stage: Stage, rng: random.Random, footprints: Sequence[int], mailed: int) -> list[int]:
    """From the last footprint, which is the smaller; from five where many share the event."""
    spread = rng.lognormvariate(math.log(MEDIAN_ATTENDANCE), SPREAD_OF_ATTENDANCE)
    number = int(rng.expovariate(1 / mailed)) + 20 if mailed else max(1, int(spread))
    if mailed:  # a mailing goes to many of the first, the system, keen or not
        ids = stage.pools[footprints[0]].ids
        return sorted(rng.sample(ids, min(number, len(ids))))
    if len(footprints) > 2:
        drawn = (stage.pools[one].draw(rng, number // 3 + 1) for one in rng.sample(footprints, 3))
        return sorted({pk for some in drawn for pk in some})
    return stage.pools[footprints[-1]].draw(rng, number)


def _event(
    pk: int, days: tuple[dt.date, dt.date], kind: tuple[bool, str, int], rng: random.Random
) -> tuple[object, ...]:
    """``days``: when it was held, and today."""
    held_on, today = days
    mailed, status, recorder = kind
    first, second = rng.choice(ABOUT), rng.choice(ABOUT)
    # Never ahead of today: what is known only tomorrow would be counted anew every night.
    late = min(held_on + dt.timedelta(days=int(rng.expovariate(1 / 5))), today)
    recorded, wrong = f"{late.isoformat()} 00:30:00", rng.random() < WITHDRAWN
    return (
        pk,
        f"{'Letter' if mailed else rng.choice(SORTS)} on {first}",
        held_on.isoformat(),
        "letter" if mailed else rng.choice(CHANNELS),
        status,
        "inform" if mailed else rng.choices(LEVELS, LEVEL_WEIGHTS)[0],
        {"cancelled": "by_us", "tried": "no_response"}.get(status, ""),
        SENTENCE.format(first, second, second),
        1,
        uuid.UUID(int=rng.getrandbits(128), version=4).hex,
        recorded,
        recorder,
        recorded if wrong else None,
        recorder if wrong else None,
        "Entered twice" if wrong else "",
    )


def _outcomes(number: int, mailed: bool, status: str, rng: random.Random) -> Sequence[str]:  # noqa: FBT001
    if status != "happened":
        return ["attempted" if status == "tried" else "invited"] * number
    if mailed:
        return ["informed"] * number
    return rng.choices(OUTCOMES, OUTCOME_WEIGHTS, k=number)
