"""Everything else that happens around a plan: boards, bulletins, partners, attempts. Pure."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from readiness.demonstration.scene import Happening, Part, Scene, Span
from readiness.demonstration.stories import DEPTH

BOARD_EVERY_DAYS = 32
BULLETINS_AT_MOST = 7
BULLETIN_LOCALITIES = 5


class PartnerEvent(NamedTuple):
    """How a plan meets one category of partners."""

    category: str
    capacity: str
    channel: str
    title: str


PARTNER_EVENTS = (
    PartnerEvent("hwb", "provider", "board", "Item at the {}"),
    PartnerEvent("council", "provider", "meeting", "Meeting with {}"),
    PartnerEvent("healthwatch", "public", "meeting", "Meeting with {}"),
    PartnerEvent("vcse", "public", "workshop", "Workshop with {}"),
    PartnerEvent("patient_group", "public", "drop_in", "Drop-in session with {}"),
    PartnerEvent("social_care", "provider", "meeting", "Meeting with {}"),
    PartnerEvent("public_health", "provider", "meeting", "Meeting with {}"),
    PartnerEvent("trust", "provider", "board", "Clinical board with {}"),
    PartnerEvent("royal_college", "expert", "email", "Advice asked of {}"),
)
CANCELLED = ("by_us", "by_them", "too_few", "postponed")


def programme_boards(scene: Scene) -> Iterator[Happening]:
    """A board every month at which only commissioners speak of general practice."""
    first = scene.rng.randint(8, 25)
    days = range(first, (scene.today - scene.calendar.starts_on).days, BOARD_EVERY_DAYS)
    for number, day in enumerate(days, start=1):
        yield Happening(
            title=f"{scene.cast.area} programme board {number}",
            held_on=scene.calendar.starts_on + dt.timedelta(days=day),
            channel="board",
            level="collaborate",
            parts=tuple(_board_parts(scene)),
        )


def bulletins(scene: Scene, *, two_way: int) -> Iterator[Happening]:
    """Newsletters: few beside what is two-way, or too many where the story lacks depth."""
    number = min(BULLETINS_AT_MOST, scene.rng.randint(0, two_way // 2))
    if DEPTH in scene.story.lacks:
        number = min(two_way, 12) + scene.rng.randint(1, 3)
    span = (scene.calendar.starts_on, scene.today - dt.timedelta(days=2))
    for issue, day in enumerate(sorted(scene.day_in(span) for _ in range(number)), start=1):
        yield Happening(
            title=f"{scene.cast.area} bulletin {issue}",
            held_on=day,
            channel=scene.rng.choice(("newsletter", "newsletter", "email")),
            level="inform",
            parts=tuple(_readers(scene)),
        )


def partner_events(scene: Scene) -> Iterator[Happening]:
    """Contact with the partners of the system; the thinner the plan, the less of it."""
    span = (scene.calendar.starts_on, scene.today - dt.timedelta(days=2))
    for kind in PARTNER_EVENTS:
        bodies = scene.cast.others.get(kind.category, ())
        if bodies and scene.rng.random() < 0.2 + scene.story.partners / 12:
            yield _partner_event(scene, kind, scene.rng.choice(bodies), span)


def attempts(scene: Scene) -> Iterator[Happening]:
    """What was tried without an answer, what was cancelled, and what is still to come."""
    yield from _unanswered(scene)
    yield from _cancelled(scene)
    yield from _planned(scene)
    yield from _lmcs_kept_out(scene)


def _board_parts(scene: Scene) -> Iterator[Part]:
    """Commissioners, two or three trusts, a council; and GPs who sit there for a commissioner."""
    cast, rng = scene.cast, scene.rng
    for commissioner in cast.commissioners:
        if rng.random() < 0.8:
            yield scene.part(commissioner, "commissioner", "attended")
    for practice, person in rng.sample(cast.board_gps, min(len(cast.board_gps), rng.randint(0, 2))):
        yield Part(
            organisation=practice, person=person, capacity="commissioner", outcome="attended"
        )
    for trust in _some(scene, cast.others.get("trust", ()), 3):
        yield scene.part(trust, "provider", rng.choice(("attended", "attended", "apologised")))
    for council in _some(scene, cast.others.get("council", ()), 2):
        yield scene.part(council, "provider", rng.choice(("attended", "no_show")))


def _readers(scene: Scene) -> Iterator[Part]:
    """The practices of a few localities to whom a bulletin was sent, not all of them."""
    for place in _some(scene, scene.cast.localities, scene.rng.randint(1, BULLETIN_LOCALITIES)):
        share = scene.rng.uniform(0.4, 0.9)
        for practice in place.practices:
            if scene.rng.random() < share:
                yield Part(organisation=practice, capacity="provider", outcome="informed")
    for lmc in scene.cast.lmcs:
        if lmc not in scene.cast.never and scene.rng.random() < 0.3:
            yield Part(organisation=lmc, capacity="representative", outcome="informed")


def _partner_event(scene: Scene, kind: PartnerEvent, body: int, span: Span) -> Happening:
    commissioner = scene.rng.choice(scene.cast.commissioners)
    return Happening(
        title=kind.title.format(scene.cast.names[body]),
        held_on=scene.day_in(span),
        channel=kind.channel,
        level=scene.rng.choice(("consult", "consult", "involve")),
        parts=(
            scene.part(body, kind.capacity, "responded" if kind.channel == "email" else "attended"),
            scene.part(commissioner, "commissioner", "attended"),
        ),
    )


def _unanswered(scene: Scene) -> Iterator[Happening]:
    span = (scene.calendar.starts_on, scene.today - dt.timedelta(days=2))
    for practice in _some(scene, scene.practices, scene.rng.randint(0, 3)):
        yield Happening(
            title="Call to a practice, no reply",
            held_on=scene.day_in(span),
            channel="phone",
            level="consult",
            status="tried",
            cancel_reason="no_response",
            parts=(scene.part(practice, "provider", "attempted"),),
        )


def _cancelled(scene: Scene) -> Iterator[Happening]:
    span = (scene.calendar.starts_on, scene.today - dt.timedelta(days=2))
    for place in _some(scene, scene.cast.localities, scene.rng.randint(0, 1)):
        yield Happening(
            title=f"Meeting with practices in {place.name}",
            held_on=scene.day_in(span),
            channel="meeting",
            level="consult",
            status="cancelled",
            cancel_reason=scene.rng.choice(CANCELLED),
            parts=tuple(_invited(scene, place.practices)),
        )


def _planned(scene: Scene) -> Iterator[Happening]:
    span = (scene.today + dt.timedelta(days=3), scene.today + dt.timedelta(days=28))
    for place in _some(scene, scene.cast.localities, scene.rng.randint(0, 2)):
        yield Happening(
            title=f"Workshop with practices in {place.name}",
            held_on=scene.day_in(span),
            channel="workshop",
            level="involve",
            status="planned",
            parts=tuple(_invited(scene, place.practices)),
        )


def _lmcs_kept_out(scene: Scene) -> Iterator[Happening]:
    """LMCs that were not heard: half of them were at least asked."""
    span = (scene.calendar.starts_on, scene.today - dt.timedelta(days=2))
    asked = scene.unheard_lmcs - scene.cast.never
    for lmc in sorted(asked):
        if scene.rng.random() < 0.5:
            continue
        yield Happening(
            title="Clinical reference group",
            held_on=scene.day_in(span),
            channel="meeting",
            level="consult",
            parts=(
                scene.part(lmc, "representative", scene.rng.choice(("invited", "apologised"))),
                scene.part(scene.rng.choice(scene.cast.commissioners), "commissioner", "attended"),
            ),
        )


def _invited(scene: Scene, practices: Sequence[int]) -> list[Part]:
    number = min(len(practices), scene.rng.randint(3, 10))
    asked = scene.rng.sample(practices, number)
    return [Part(organisation=one, capacity="provider", outcome="invited") for one in asked]


def _some(scene: Scene, items: Sequence, number: int) -> list:
    return scene.rng.sample(items, min(len(items), number))
