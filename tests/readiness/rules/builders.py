"""Facts of an invented footprint, small enough to be read in a test."""

import datetime as dt
from dataclasses import replace

from readiness.rules.catalogue import CRITERIA
from readiness.rules.facts import HEARD, Contact, Facts, Member, Part, Phase
from readiness.rules.results import Result

AS_AT = dt.date(2016, 9, 12)
START = dt.date(2016, 1, 15)
MAY = dt.date(2016, 5, 3)
SET_UP = Phase(name="Set-up", starts_on=START, ends_on=dt.date(2016, 4, 15))
OPTIONS = Phase(name="Options", starts_on=dt.date(2016, 4, 16), ends_on=dt.date(2016, 6, 30))
DRAFTING = Phase(name="Drafting", starts_on=dt.date(2016, 7, 1), ends_on=dt.date(2016, 10, 21))


def practice(number, *, patients=1000, locality="A", **changes):
    return Member(
        id=number,
        code=f"P{number:05}",
        name=f"Practice {number}",
        category="gp_practice",
        locality=locality,
        locality_name=f"Locality {locality}" if locality else None,
        patients=patients,
        **changes,
    )


def lmc(number, **changes):
    return Member(id=number, code=f"L{number}", name=f"LMC {number}", category="lmc", **changes)


def heard(member, on=AS_AT):
    return replace(member, rung=HEARD, first_heard=on, last_heard=on)


def contact(number, on, **changes):
    """A meeting with one practice that was consulted."""
    parts = {"channel": "meeting", "level": "consult", "own": 1, "practices": 1, **changes}
    return Contact(event_id=number, title=f"Event {number}", held_on=on, **parts)


def proxy(number, on):
    return contact(number, on, own=0, practices=0, proxy=2)


def newsletter(number, on):
    return contact(number, on, level="inform", channel="newsletter", own=0, practices=0, told=9)


def part(event_id=1, **changes):
    """A practice that was met, as single parts are told."""
    return Part(
        **{
            "event_id": event_id,
            "title": f"Event {event_id}",
            "held_on": MAY,
            "channel": "meeting",
            "level": "consult",
            "status": "happened",
            "recorded_on": MAY,
            "organisation_id": 1,
            "category": "gp_practice",
            "capacity": "provider",
            "outcome": "attended",
            **changes,
        }
    )


def facts(**changes):
    return Facts(
        **{
            "plan_id": 1,
            "code": "gm",
            "plan_type": "stp_2016",
            "starts_on": START,
            "submission_on": dt.date(2016, 10, 21),
            **changes,
        }
    )


def judge(key, given, as_at=AS_AT, **parameters) -> Result:
    criterion = CRITERIA[key]
    return criterion.rule(given, {**criterion.defaults, **parameters}, as_at)


def days_before(days, day=AS_AT):
    return day - dt.timedelta(days=days)
