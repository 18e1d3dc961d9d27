"""Events at which general practice is heard in its own voice. Pure."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import cycle

from readiness.demonstration.scene import Happening, Locality, Part, Said, Scene, Span
from readiness.demonstration.stories import BREADTH, DEPTH, EARLY, RECENT

ONE_TO_ONE = ("visit", "phone")
GROUP_CHANNELS = ("meeting", "workshop", "webinar", "drop_in", "survey")
TITLES = {
    "meeting": "Meeting with practices in {}",
    "workshop": "Workshop with practices in {}",
    "webinar": "Webinar for practices in {}",
    "drop_in": "Drop-in session in {}",
    "survey": "Survey of practices in {}",
    "visit": "Practice visit in {}",
    "phone": "Call to a practice in {}",
}
DID_NOT_COME = ("apologised", "no_show", "invited")
DID_NOT_COME_WEIGHTS = (35, 25, 40)

MEDIAN_ATTENDANCE, ATTENDANCE_SIGMA, LARGEST = 9, 0.8, 60

ROOM = 1.3
"""Localities fall silent only while the others hold this many times the practices to hear."""

SAID = (
    ("Workload", "Appointments shifted from hospital need money and staff to follow them."),
    ("Workload", "Home visits by one shared team would free a morning a week in each practice."),
    ("Workforce", "Two partners retire within the year and nobody has applied."),
    ("Workforce", "Pharmacists in practices work; they should be paid for beyond the first year."),
    ("Premises", "The branch surgery cannot take more patients without another two rooms."),
    ("Premises", "Leases signed by partners stop younger GPs from joining."),
    ("Estates and digital", "Records must be shared both ways before any service moves."),
    ("Urgent care", "Say which GPs will run the urgent care hub, and out of whose day."),
    ("Funding", "The draft counts general practice's money twice."),
    ("Funding", "Publish what share of the plan's new money goes to general practice."),
    ("Governance", "A commissioner's GP does not speak for providers; give us our own seat."),
    ("Governance", "Papers came on the eve of the meeting; send them five working days before."),
    ("Patients", "Patients without a car cannot reach the proposed hub."),
    ("Patients", "Explain to patients what changes before it changes."),
)


def practice_meetings(scene: Scene) -> Iterator[Happening]:
    """Meetings, visits, calls and surveys that together hear the story's share of practices."""
    if not scene.spans:
        return
    groups = list(_groups(scene, _to_be_heard(scene)))
    groups += groups[:1] * (max(2, len(scene.spans)) - len(groups))
    days = _days(scene, len(groups))
    for number, ((place, group), day) in enumerate(zip(groups, days, strict=True)):
        yield _meeting(scene, place, group, day, deep=number == 0)


def lmc_meetings(scene: Scene) -> Iterator[Happening]:
    """One to three meetings with each LMC that is heard."""
    if not scene.spans:
        return
    for lmc in scene.cast.lmcs:
        if lmc not in scene.unheard_lmcs:
            for _ in range(scene.rng.randint(1, 3)):
                yield lmc_meeting(scene, lmc, scene.day_in(scene.rng.choice(scene.spans)))


def lmc_meeting(scene: Scene, lmc: int, day: dt.date) -> Happening:
    """A meeting between a commissioner and an LMC that speaks for its practices."""
    commissioner = scene.rng.choice(scene.cast.commissioners)
    return Happening(
        title=f"Liaison meeting with {scene.cast.names[lmc]}",
        held_on=day,
        channel=scene.rng.choice(("meeting", "meeting", "webinar")),
        level=_level(scene, deep=False),
        parts=(
            scene.part(lmc, "representative", "attended"),
            scene.part(commissioner, "commissioner", "attended"),
        ),
        said=_said(scene, [lmc], day),
    )


def _to_be_heard(scene: Scene) -> list[tuple[Locality, list[int]]]:
    """The practices to hear, by locality; the largest lists are likelier where breadth is met."""
    wanted = max(1, round(scene.story.breadth * len(scene.practices)))
    heard_places = _localities_to_hear(scene, wanted)
    prefers_large = BREADTH not in scene.story.lacks
    ranked = sorted(
        ((place, practice) for place in heard_places for practice in place.practices),
        key=lambda pair: _draw(scene, pair[1], prefers_large=prefers_large),
        reverse=True,
    )
    first_of_each = {id(place): (place, practice) for place, practice in reversed(ranked)}
    kept = list(first_of_each.values())[:wanted]
    kept_practices = {practice for _, practice in kept}
    kept += [pair for pair in ranked if pair[1] not in kept_practices][: wanted - len(kept)]
    return [
        (place, [practice for home, practice in kept if home is place]) for place in heard_places
    ]


def _localities_to_hear(scene: Scene, wanted: int) -> list[Locality]:
    """All but the story's silent ones, the smallest first, while the rest have room enough."""
    places = sorted(scene.cast.localities, key=lambda place: len(place.practices))
    left = len(scene.practices)
    for _ in range(scene.story.silent_localities):
        left -= len(places[0].practices)
        if left < wanted * ROOM:
            break
        places = places[1:]
    return places


def _draw(scene: Scene, practice: int, *, prefers_large: bool) -> float:
    """A lot for one practice; weighted by its list, this is sampling without replacement."""
    lot = scene.rng.random()
    return lot ** (1_000 / scene.cast.patients[practice]) if prefers_large else lot


def _groups(
    scene: Scene, heard: Sequence[tuple[Locality, list[int]]]
) -> Iterator[tuple[Locality, list[int]]]:
    """Those to be heard in a locality, split into the sizes that meetings have."""
    for place, practices in heard:
        left = list(practices)
        while left:
            size = round(MEDIAN_ATTENDANCE * scene.rng.lognormvariate(0, ATTENDANCE_SIGMA))
            size = max(1, min(size, LARGEST))
            yield place, left[:size]
            left = left[size:]


def _days(scene: Scene, number: int) -> Iterator[dt.date]:
    """Days in every span in turn; the first ones early and the last one lately, if so told."""
    first, last = _opening(scene), _closing(scene)
    turns = [first, last, *scene.spans[1:-1]][:number]
    for span, _ in zip(cycle([*turns, *scene.spans]), range(number), strict=False):
        yield scene.day_in(span)


def _opening(scene: Scene) -> Span:
    """A span in which the first contact must lie."""
    start, end = scene.spans[0]
    if EARLY in scene.story.lacks:
        return start, end
    return start + dt.timedelta(days=4), min(start + dt.timedelta(days=45), end)


def _closing(scene: Scene) -> Span:
    """A span in which the last contact must lie."""
    start, end = scene.spans[-1]
    if RECENT in scene.story.lacks:
        return start, end
    return max(start, end - dt.timedelta(days=26)), end


def _meeting(
    scene: Scene, place: Locality, group: Sequence[int], day: dt.date, *, deep: bool
) -> Happening:
    channel = _channel(scene, len(group))
    outcome = "responded" if channel == "survey" else "attended"
    parts = [scene.part(practice, "provider", outcome) for practice in group]
    if place.network is not None and scene.rng.random() < 0.4:
        parts.append(scene.part(place.network, "provider", outcome))
    federations = scene.cast.others.get("gp_federation")
    if federations and scene.rng.random() < 0.1:
        parts.append(scene.part(scene.rng.choice(federations), "provider", outcome))
    if channel not in ONE_TO_ONE:
        parts += _others_asked(scene, place, group)
    return Happening(
        title=TITLES[channel].format(place.name),
        held_on=day,
        channel=channel,
        level=_level(scene, deep=deep or channel == "workshop"),
        parts=tuple(parts),
        said=_said(scene, group, day),
    )


def _channel(scene: Scene, size: int) -> str:
    """By what way; a story with few channels uses the first few of each list only."""
    if size == 1 and scene.story.channels > 2:
        return scene.rng.choice(ONE_TO_ONE[: scene.story.channels - 2])
    return scene.rng.choice(GROUP_CHANNELS[: max(1, scene.story.channels - (size == 1))])


def _others_asked(scene: Scene, place: Locality, group: Sequence[int]) -> list[Part]:
    """Practices of the locality that were asked too and did not come."""
    rest = [practice for practice in place.practices if practice not in set(group)]
    number = min(len(rest), scene.rng.randint(0, len(group)))
    return [
        scene.part(practice, "provider", scene.rng.choices(DID_NOT_COME, DID_NOT_COME_WEIGHTS)[0])
        for practice in scene.rng.sample(rest, number)
    ]


def _level(scene: Scene, *, deep: bool) -> str:
    """Involve or collaborate; consult wherever the story says that nothing went deeper."""
    if DEPTH in scene.story.lacks:
        return "consult"
    if deep or scene.rng.random() < 0.2:
        return scene.rng.choice(("involve", "involve", "collaborate"))
    return "consult"


def _said(scene: Scene, speakers: Sequence[int], day: dt.date) -> tuple[Said, ...]:
    """What was said: nothing noted at half of the events, up to three points at the others."""
    if scene.rng.random() < 0.5:
        return ()
    chosen = scene.rng.sample(SAID, scene.rng.randint(1, 3))
    return tuple(
        Said(
            organisation=scene.rng.choice(speakers),
            text=text,
            theme=theme,
            follow_up_by=day + dt.timedelta(days=28) if scene.rng.random() < 0.4 else None,
        )
        for theme, text in chosen
    )
