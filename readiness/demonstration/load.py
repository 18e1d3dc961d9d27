"""Loads the whole demonstration into an empty database, in one transaction."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping

from django.db import connection, transaction

from accounts import audit
from accounts.demonstration import ACCOUNTS, NEVER_CONSULTED
from accounts.models import User
from plans.models import Plan
from readiness.actions import assess_plans, ensure_policies
from readiness.demonstration import (
    boards,
    calendar,
    claims,
    consulting,
    desks,
    footprints,
    meetings,
    national,
    people,
    questions,
    record,
    register,
    rounds,
    signoff,
    telling,
    ties,
    users,
)
from readiness.demonstration.casts import Casting
from readiness.demonstration.scene import Cast
from stakeholders.models import Organisation

ASSESSED_DAYS_AGO = (56, 28, 0)
"""Each plan is assessed as at these days, so that its trend has a past."""

Say = Callable[[str], None]


class DatabaseNotEmptyError(Exception):
    """The demonstration goes into an empty database only: it never mixes with anybody's data."""


@transaction.atomic
def load(*, today: dt.date, now: dt.datetime, seed: str, say: Say) -> None:
    """Write everything, counted from ``today``; the same seed and day give the same rows.

    Raises ``DatabaseNotEmptyError`` where there is an organisation, a plan or a user.
    """
    if any(model.objects.exists() for model in (Organisation, Plan, User)):
        message = "The demonstration is loaded into an empty database only; this one has data."
        raise DatabaseNotEmptyError(message)
    since = calendar.register_day(today)
    written = register.write(since=since, seed=seed)
    ties.write(written)
    say(
        f"{len(written.organisations):,} organisations, {len(written.practices):,} of them practices"
    )
    leads = {one.organisation: one.name for one in ACCOUNTS if one.organisation}
    somebodies = people.write(written, seed=seed, leads=leads)
    areas = footprints.write(written)
    plans = rounds.write(areas, today=today, seed=seed)
    casting = Casting(written, somebodies, never=NEVER_CONSULTED.organisation)
    casts = [(one, casting.cast(one)) for one in plans]
    _fill_boards(casts, seed)
    accounts = users.write(written, areas, since=since)
    say(f"{len(areas)} footprints, {len(plans)} plans, {len(accounts)} users")
    logged = _record(casts, accounts=accounts, today=today, now=now, seed=seed, say=say)
    _measure_tables()  # before the first step that looks for something in the record
    regions = telling.regions()
    desks.write(casts, logged, accounts=accounts, regions=regions, now=now, seed=seed)
    _reply(plans, accounts=accounts, today=today, now=now, say=say)
    consulting.write(plans, accounts=accounts, now=now, seed=seed)
    _audit(plans, logged, now)
    _measure_tables()
    ensure_policies()
    signoff.grant_exceptions(plans, accounts=accounts, now=now)
    _assess(today=today, now=now, say=say)
    _act(accounts, regions=regions, now=now, seed=seed)
    _look_back(accounts, since=since, seed=seed, say=say)


def _fill_boards(casts: list[tuple[rounds.PlanToTell, Cast]], seed: str) -> None:
    """Who sits where, and who sat there before."""
    boards.write(casts, seed=seed)
    meetings.change_hands([one for one, _ in casts])


def _look_back(accounts: Mapping[str, User], *, since: dt.date, seed: str, say: Say) -> None:
    """What is long over comes last: no board judges it."""
    answered = national.write(accounts, since=since, seed=seed)
    say(f"{answered:,} responses to two national engagements, as worked examples")


def _record(
    casts: list[tuple[rounds.PlanToTell, Cast]],
    *,
    accounts: Mapping[str, User],
    today: dt.date,
    now: dt.datetime,
    seed: str,
    say: Say,
) -> list[record.Logged]:
    """Every event of every plan."""
    told = telling.tell(casts, today=today, seed=seed, accounts=accounts)
    never, plans = NEVER_CONSULTED.organisation, [one for one, _ in casts]
    logged = meetings.with_seat_holders(told, plans, never=never, seed=seed)
    record.write(logged, now=now, seed=seed, readers=[accounts["reviewer@example.org"]])
    parts = sum(len(one.happening.parts) for one in logged)
    say(f"{len(logged):,} events, {parts:,} participations")
    return logged


def _reply(
    plans: list[rounds.PlanToTell],
    *,
    accounts: Mapping[str, User],
    today: dt.date,
    now: dt.datetime,
    say: Say,
) -> None:
    """What those named in the record are asked, and what they add."""
    say(f"{questions.ask(today=today, now=now)} records put to those whom they name")
    claimed = claims.write(plans, accounts=accounts, today=today, now=now)
    say(f"{claimed} claims of LMCs")


def _audit(plans: list[rounds.PlanToTell], logged: list[record.Logged], now: dt.datetime) -> None:
    """One row a plan says where it and its events came from."""
    events = Counter(plan.pk for one in logged for plan in one.plans)
    for one in plans:
        after = {"events": events[one.plan.pk]}
        audit.record(by=None, verb="made for the demonstration", obj=one.plan, after=after, at=now)


def _measure_tables() -> None:
    """Tell the database how large its tables have become: without, PostgreSQL plans what follows as
    if they were as empty as a moment ago. Where it swept them after a load that was taken back, it
    is sure that they are, and a search that takes a moment takes it hours."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _assess(*, today: dt.date, now: dt.datetime, say: Say) -> None:
    for days in ASSESSED_DAYS_AGO:
        past = dt.timedelta(days=days)
        assess_plans(plan_ids=None, as_at=today - past, now=now - past)
    say("All plans assessed.")


def _act(
    accounts: dict[str, User], *, regions: dict[str, str], now: dt.datetime, seed: str
) -> None:
    """What people do about what was found; nothing where nothing has been assessed."""
    signoff.take_on_flags(accounts=accounts, regions=regions, now=now, seed=seed)
    signoff.decide(accounts=accounts, now=now)
