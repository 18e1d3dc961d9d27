"""What counts for whom, as SQL conditions: written once, for the definition and for the summary.

The names are those of `CREDITS`: `c` the event's credit to a plan, `e` the event, `p` the part of
one organisation `o` in it. Parameters: `day`, and `day_ends`, the moment at which it ends.
"""

from engagement.models import Answer, Level, Outcome, Status
from plans.membership import ON_DAY, member_cte
from plans.models import Capacity
from readiness.rules.facts import ATTEMPTED, HEARD, INFORMED, NO_RUNG
from stakeholders.models import GENERAL_PRACTICE, Category


def quoted(*values: str) -> str:
    """Choices of our own models as an SQL list; nothing that a person typed comes here."""
    return ", ".join(f"'{value!s}'" for value in values)


_GP = f"o.category IN ({quoted(*GENERAL_PRACTICE)})"
_OWN = f"p.capacity IN ({quoted(Capacity.PROVIDER, Capacity.REPRESENTATIVE)})"
_PROXY = f"p.capacity = '{Capacity.COMMISSIONER}'"
_COUNTS = f"(NOT {_GP} OR {_OWN})"

_HELD = "c.held_on <= %(day)s"
_NOT_YET_KNOWN = "e.recorded_at >= %(day_ends)s"
AHEAD = "(c.held_on > %(day)s AND e.recorded_at < %(day_ends)s)"
HAPPENED = f"(e.status = '{Status.HAPPENED}' AND {_HELD})"
PLANNED_AHEAD = f"(e.status = '{Status.PLANNED}' AND {AHEAD})"
_PLANNED = (
    f"(e.recorded_at < %(day_ends)s AND (e.status = '{Status.PLANNED}'"
    f" OR (e.status = '{Status.HAPPENED}' AND {AHEAD})))"
)
_TRIED = f"(e.status IN ({quoted(Status.HAPPENED, Status.TRIED)}) AND {_HELD})"

_TOOK_PART = f"p.outcome IN ({quoted(Outcome.ATTENDED, Outcome.RESPONDED)})"
_WAS_ASKED = (
    "p.outcome IN ("
    + quoted(Outcome.INVITED, Outcome.ATTEMPTED, Outcome.APOLOGISED, Outcome.NO_SHOW)
    + ")"
)
_TWO_WAY = f"e.level <> '{Level.INFORM}'"

_IS_HEARD = f"({_COUNTS} AND {HAPPENED} AND {_TOOK_PART} AND {_TWO_WAY})"
_IS_ATTEMPT = f"({_COUNTS} AND ({_PLANNED} OR ({_TRIED} AND {_WAS_ASKED})))"
_IS_TOLD = (
    f"({_COUNTS} AND {HAPPENED} AND (p.outcome = '{Outcome.INFORMED}'"
    f" OR ({_TOOK_PART} AND NOT {_TWO_WAY})))"
)

UNDISPUTED = f"""NOT EXISTS (
        SELECT 1 FROM engagement_attestation a
        WHERE a.event_id = p.event_id AND a.organisation_id = p.organisation_id
          AND a.answer = '{Answer.DISPUTED.value}'
          AND a.resolved_at IS NULL AND a.superseded_at IS NULL
    )"""  # noqa: S608 - composed of constants

CREDITS = f"""
    FROM engagement_eventplan c
    JOIN engagement_event e ON e.id = c.event_id AND e.withdrawn_at IS NULL
    JOIN engagement_participation p ON p.event_id = e.id AND {UNDISPUTED}
    JOIN stakeholders_organisation o ON o.id = p.organisation_id
"""
"""Every part in an event that stands, for each plan to which the event is credited."""

REACHED = {
    "first_heard": f"MIN(CASE WHEN {_IS_HEARD} THEN c.held_on END)",
    "last_heard": f"MAX(CASE WHEN {_IS_HEARD} THEN c.held_on END)",
    "last_attempt": f"MAX(CASE WHEN {_IS_ATTEMPT} AND {_HELD} THEN c.held_on END)",
    "last_told": f"MAX(CASE WHEN {_IS_TOLD} THEN c.held_on END)",
    "asked_ahead": f"MIN(CASE WHEN {_IS_ATTEMPT} AND NOT {_HELD} THEN c.held_on END)",
}
"""How far an organisation was reached, by the names of the columns of `Reach`."""

CHANGES_ON = f"""MIN(CASE WHEN NOT {_COUNTS} OR e.status = '{Status.CANCELLED}' THEN NULL
                   WHEN {_NOT_YET_KNOWN} THEN %(next_day)s
                   WHEN NOT {_HELD} THEN c.held_on END)"""
"""The first day on which `REACHED` may say something else though nothing is written."""

RUNG = f"""CASE WHEN reach.last_heard IS NOT NULL THEN {HEARD}
            WHEN reach.last_attempt IS NOT NULL OR reach.asked_ahead IS NOT NULL THEN {ATTEMPTED}
            WHEN reach.last_told IS NOT NULL THEN {INFORMED} ELSE {NO_RUNG} END"""
"""The rung of the ladder on which the row `reach` stands, be it worked out or kept."""

MEMBER = member_cte("f.id IN (SELECT footprint_id FROM plans_plan plan WHERE {plans})")

# IN and not a join: it is hashed once on both databases, with statistics or without.
_HERE = "(plan.footprint_id, o.id) IN (SELECT footprint_id, organisation_id FROM member)"
_TIED = f"o.category IN ({quoted(Category.GP_PRACTICE, Category.LMC, Category.PCN)})"
_HOMELESS = f"""(
    (NOT {_TIED} AND NOT EXISTS (
        SELECT 1 FROM plans_membership own JOIN plans_footprint ff ON ff.id = own.footprint_id
        WHERE own.organisation_id = o.id AND ff.kind = f.kind AND {ON_DAY.format("own")}
    ))
    OR (o.category = '{Category.GP_PRACTICE.value}' AND NOT EXISTS (
        SELECT 1 FROM stakeholders_openperiod op
        WHERE op.organisation_id = o.id AND {ON_DAY.format("op")}
    ))
)"""  # noqa: S608 - composed of constants
COUNTED_HERE = f"({_HERE} OR {_HOMELESS})"
"""The organisation belongs to the plan's footprint, or nobody knows its home; needs `MEMBER`."""

NAMED = f"({_GP} OR {_PROXY})"
_VOICE = f"{_GP} AND {_OWN} AND {_TOOK_PART}"


def _organisations(condition: str) -> str:
    return f"COUNT(DISTINCT CASE WHEN {condition} THEN p.organisation_id END)"


COUNTS = {
    "own": _organisations(_VOICE),
    "practices": _organisations(f"{_VOICE} AND o.category = '{Category.GP_PRACTICE}'"),
    "lmcs": _organisations(f"{_VOICE} AND o.category = '{Category.LMC}'"),
    "proxy": _organisations(f"{_PROXY} AND {_TOOK_PART}"),
    "other": _organisations(f"NOT {_OWN} AND NOT {_PROXY} AND {_TOOK_PART}"),
    "told": _organisations(f"{_GP} AND {_OWN} AND p.outcome = '{Outcome.INFORMED}'"),
    "asked": _organisations(f"{_GP} AND {_OWN}"),
    "named": "COUNT(DISTINCT p.organisation_id)",
}
"""How many organisations an event named, by the names of the columns of `EventPlan`; of those that
are `NAMED` and `COUNTED_HERE`."""


def columns(expressions: dict[str, str]) -> str:
    """Expressions with their names, as the list of a SELECT."""
    return ", ".join(f"{expression} AS {name}" for name, expression in expressions.items())
