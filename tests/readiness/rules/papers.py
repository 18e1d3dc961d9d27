"""What is on paper about an invented plan, small enough to be read in a test."""

import datetime as dt

from readiness.rules.facts import Member
from readiness.rules.papers import (
    Activity,
    Advice,
    Answered,
    Commitment,
    Consultation,
    Judgement,
    Neighbour,
    Opinion,
    Papers,
    Shown,
    Triage,
    Version,
)
from tests.readiness.rules.builders import AS_AT, days_before, facts

SUBMISSION = dt.date(2016, 10, 21)


def on_paper(*, members=(), plan=None, **papers):
    """The facts of a plan with these papers; `plan` changes its own dates."""
    return facts(members=tuple(members), papers=Papers(**papers), **(plan or {}))


def member(number, category, **changes):
    name = changes.pop("name", f"{category} {number}")
    return Member(id=number, code=f"X{number:03}", name=name, category=category, **changes)


def version(number=1, on=AS_AT, **changes):
    return Version(id=number, title=f"Draft {number}", dated_on=on, **changes)


def shown(organisation, working_days, on=AS_AT, number=1):
    return Shown(
        version_id=number, organisation_id=organisation, shown_on=on, working_days=working_days
    )


def activity(due=AS_AT, done=None, title="Hold a meeting"):
    return Activity(title=title, due_on=due, done_on=done)


def commitment(due, done=None, text="Publish the draft"):
    return Commitment(text=text, due_on=due, done_on=done)


def advice(specialty, college=None, heard=None):
    name = f"College {college}" if college else ""
    return Advice(specialty=specialty, college_id=college, college_name=name, heard_on=heard)


def neighbour(code, *events):
    return Neighbour(code=code, name=f"Footprint {code}", shared=("LMC 1",), joint_events=events)


def opinion(organisation, *, leads=False, on=AS_AT):
    return Opinion(organisation_id=organisation, leads=leads, given_on=on)


def judgement(subject, *, explicit=True, section="section 4"):
    return Judgement(subject=subject, section=section, is_explicit=explicit)


def triage(on=AS_AT, *, needed=False):
    return Triage(decided_on=on, formal_needed=needed, reason="Why", decided_by="The board")


def consultation(**changes):
    """A formal one that was open from 40 to 5 days before the day, and that keeps every principle
    tested by then."""
    parts = {
        "title": "Talk it over",
        "is_formal": True,
        "opens_on": days_before(40),
        "closes_on": days_before(5),
        "working_days": 30,
        "options_open": True,
        "themes": 4,
        "themes_answered": 4,
    }
    return Consultation(**(parts | changes))


def answered(organisation, event=1, *, on=AS_AT, **changes):
    parts = {
        "event_title": f"Event {event}",
        "organisation_name": f"LMC {organisation}",
        "category": "lmc",
        "disputed": False,
    }
    return Answered(
        event_id=event, organisation_id=organisation, answered_on=on, **(parts | changes)
    )


def disputed(organisation, event=1, **changes):
    return answered(organisation, event, **{"disputed": True, "is_open": True, **changes})
