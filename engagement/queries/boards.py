"""How often whoever holds a seat came to the meetings of its body."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from engagement.models import Channel, Event, Outcome, Participation, Status
from plans.models import BoardSeat, Plan
from plans.rules.seats import Attendance, body_of

Said = Mapping[tuple[int, int], Sequence[Participation]]
"""(event id, organisation id) -> its parts in the event."""

CAME = frozenset({Outcome.ATTENDED, Outcome.RESPONDED})


def board_attendance(
    *, plan: Plan, seats: Sequence[BoardSeat], bodies: Sequence[str], day: dt.date
) -> dict[int, Attendance]:
    """By seat, the meetings of its body in its holder's time, by the day; two queries.

    A meeting is an event on the channel "Board or committee" that happened and is credited to the
    plan. A seat with a person is matched by that person, or by a part of its organisation without
    one; a seat without a person by its organisation. A vacant seat has no attendance.
    """
    events = list(
        Event.objects.filter(
            credits__plan=plan,
            channel=Channel.BOARD,
            status=Status.HAPPENED,
            withdrawn_at__isnull=True,
            held_on__lte=day,
        ).order_by("held_on", "pk")
    )
    said: defaultdict[tuple[int, int], list[Participation]] = defaultdict(list)
    holders = {seat.organisation_id for seat in seats}
    for part in Participation.objects.filter(event__in=events, organisation__in=holders):
        said[part.event_id, part.organisation_id].append(part)
    meetings: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        meetings[body_of(event.title, bodies)].append(event)
    return {
        seat.pk: _attendance(seat, meetings[seat.body], said)
        for seat in seats
        if seat.organisation_id is not None
    }


def _attendance(seat: BoardSeat, meetings: Sequence[Event], said: Said) -> Attendance:
    held = [one for one in meetings if _in_time(seat, one.held_on)]
    outcomes = [_outcomes(seat, said.get((one.pk, seat.organisation_id or 0), ())) for one in held]
    present = sum(bool(one & CAME) for one in outcomes)
    apologies = sum(Outcome.APOLOGISED in one and not one & CAME for one in outcomes)
    absent = sum(bool(one) for one in outcomes) - present - apologies
    return Attendance(meetings=len(held), present=present, apologies=apologies, absent=absent)


def _in_time(seat: BoardSeat, day: dt.date) -> bool:
    return seat.valid_from <= day and (seat.valid_to is None or day <= seat.valid_to)


def _outcomes(seat: BoardSeat, parts: Sequence[Participation]) -> frozenset[str]:
    return frozenset(
        part.outcome
        for part in parts
        if seat.person_id is None or part.person_id in {None, seat.person_id}
    )
