"""Any history of any footprint, for the properties: a register, events, and who took part how."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from readiness.rules.facts import Member, Part
from readiness.rules.papers import Papers
from readiness.rules.reach import contacts_from, members_reached, next_planned
from tests.readiness.rules.builders import (
    AS_AT,
    DRAFTING,
    OPTIONS,
    SET_UP,
    START,
    days_before,
    facts,
    lmc,
    practice,
)
from tests.readiness.rules.papers import member

LMCS = (1, 2)
OTHERS = ((4, "hwb"), (5, "hwb"), (6, "trust"), (7, "council"), (8, "commissioner"), (9, "vcse"))
PRACTICES = range(10, 16)

days = st.dates(days_before(20, START), days_before(-20))
two_way = st.sampled_from(["consult", "involve"])
levels = st.just("inform") | two_way
outcomes = st.sampled_from(["attended", "responded", "invited", "no_show", "informed"])
statuses = st.sampled_from(["happened", "happened", "happened", "planned", "tried", "cancelled"])
capacities = st.sampled_from(["provider", "representative", "commissioner", "expert"])


@dataclass(frozen=True)
class History:
    """Who belongs to the footprint, and every part that anybody has in an event."""

    register: tuple[Member, ...]
    parts: tuple[Part, ...]

    def facts(self, *, disputed: Iterable[Part] = (), papers: Papers | None = None):
        """What the rules are given: `disputed` are those of the parts that count for nothing."""
        disputed = tuple(disputed)
        counted = tuple(part for part in self.parts if part not in disputed)
        return facts(
            members=members_reached(self.register, counted, AS_AT),
            contacts=contacts_from(counted, AS_AT),
            next_planned_on=next_planned(counted, AS_AT),
            phases=(SET_UP, OPTIONS, DRAFTING),
            disputed=disputed,
            papers=papers or Papers(),
        )

    def with_parts(self, *more: Part) -> "History":
        return replace(self, parts=(*self.parts, *more))


practices = st.lists(
    st.tuples(st.sampled_from(["A", "B", "C", None]), st.none() | st.integers(0, 20_000)),
    min_size=1,
    max_size=len(PRACTICES),
).map(
    lambda rows: [
        practice(number, locality=place, patients=patients)
        for number, (place, patients) in zip(PRACTICES, rows, strict=False)
    ]
)
registers = st.tuples(
    practices,
    st.sets(st.sampled_from(LMCS)),
    st.sets(st.sampled_from(OTHERS)),
).map(
    lambda drawn: tuple(
        drawn[0]
        + [lmc(number) for number in sorted(drawn[1])]
        + [member(number, category) for number, category in sorted(drawn[2])]
    )
)


def meetings(register):
    """The parts of one event; the same organisation may have two, by two persons."""
    part = st.builds(
        Part,
        event_id=st.just(0),
        title=st.just(""),
        held_on=days,
        channel=st.sampled_from(["meeting", "survey", "webinar", "phone"]),
        level=levels,
        status=statuses,
        recorded_on=days,
        organisation_id=st.sampled_from([one.id for one in register]),
        category=st.just(""),
        capacity=capacities,
        outcome=outcomes,
    )
    others = st.lists(
        st.tuples(st.sampled_from([one.id for one in register]), capacities, outcomes), max_size=2
    )
    return st.tuples(part, others)


def _parts(number, first, others, categories):
    event = replace(
        first,
        event_id=number,
        title=f"Event {number}",
        category=categories[first.organisation_id],
    )
    return [event] + [
        replace(
            event,
            organisation_id=organisation,
            category=categories[organisation],
            capacity=capacity,
            outcome=outcome,
        )
        for organisation, capacity, outcome in others
    ]


@st.composite
def histories(draw):
    register = draw(registers)
    categories = {one.id: one.category for one in register}
    held = draw(st.lists(meetings(register), max_size=5))
    parts = [
        part
        for number, (first, others) in enumerate(held)
        for part in _parts(number, first, others, categories)
    ]
    return History(register=register, parts=tuple(dict.fromkeys(parts)))


@st.composite
def hearings(draw, organisations):
    """One of these organisations is heard in its own voice, in an event of its own."""
    one = draw(st.sampled_from(organisations))
    return Part(
        event_id=900,
        title="One more",
        held_on=draw(days),
        channel=draw(st.sampled_from(["meeting", "letter"])),
        level=draw(two_way),
        status="happened",
        recorded_on=draw(days),
        organisation_id=one.id,
        category=one.category,
        capacity="provider",
        outcome="attended",
    )
