"""What a person may do, from when to when: given, changed, ended. Whatever kind of grant it is.

Roles, footprints and regions, and whom somebody answers for are three tables of one shape; these
are the writes to all of them. Each locks the person, so two people who change the same grant do so
one after the other, and each takes effect with the person's next request.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from accounts import audit
from accounts.models import RoleGrant, User
from accounts.roles import Role
from accounts.rules.grants import (
    DAY,
    Fault,
    Period,
    clash,
    fault_of_end,
    fault_of_new,
    last_day_if_ended_now,
    leaves_somebody,
)
from ui.words import nhs_date


class GrantRefused(Exception):  # noqa: N818  # reads as what happened
    """The grant cannot be given or changed so; the message is a plain sentence that says why.

    ``field`` is what to change: valid_from, valid_to, or nothing in particular.
    """

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class OwnGrant(Exception):  # noqa: N818  # reads as what is so
    """Nobody changes what they may do themselves."""


LAST_ADMINISTRATOR = (
    "{name} is the last administrator, or the one who stays longest. Make somebody else an"
    " administrator first, or nobody could let people in any more."
)


@dataclass(frozen=True, kw_only=True)
class Why:
    """Who changes a grant, for what reason, and when.

    ``granted_by``: whose word it rests on, where that is not ``by``: who accepts an invitation
    takes what somebody else gave.
    """

    by: User | None
    reason: str
    now: dt.datetime
    today: dt.date
    on_behalf_of: object = ""
    granted_by: User | None = None
    may_be_own: bool = False


@transaction.atomic
def give(
    model: type[models.Model], *, to: User, what: Mapping[str, Any], period: Period, why: Why
) -> Any:
    """Give ``to`` a grant of this table; ``what`` names the role, footprint, region or organisation.

    Raises ``OwnGrant`` and ``GrantRefused``.
    """
    _lock(to, why)
    held = _periods(model, to, what)
    fault = fault_of_new(period, held, today=why.today)
    if fault is not None:
        raise _refusal(fault, period, held, to, today=why.today)
    grant: Any = model._default_manager.create(  # noqa: SLF001 - the documented way to a model's manager
        user=to,
        valid_from=period.first,
        valid_to=period.last,
        granted_by=why.granted_by or why.by,
        **what,
    )
    after = {**what, **_days(grant), "reason": why.reason, "granted_by": why.granted_by}
    verb = "access given" if why.granted_by is None else "access accepted"
    _record(verb, to, why, after={name: value for name, value in after.items() if value})
    return grant


@transaction.atomic
def give_from_today(
    model: type[models.Model], *, to: User, what: Mapping[str, Any], why: Why
) -> None:
    """Give it from today on; nothing to do for who holds it, and no further than where it begins."""
    _lock(to, why)
    held = _periods(model, to, what)
    today = Period(first=why.today, last=why.today)
    if clash(today, held):
        return
    later = clash(Period(first=why.today), held)
    last = later.first - DAY if later else None
    give(model, to=to, what=what, period=Period(first=why.today, last=last), why=why)


@transaction.atomic
def change_end(grant: Any, *, last: dt.date | None, why: Why) -> None:
    """Say that ``last`` is the grant's last day, or with None that it has no end.

    Raises ``OwnGrant`` and ``GrantRefused``.
    """
    grant, what, held = _locked(grant, why)
    period = Period(first=grant.valid_from, last=grant.valid_to)
    fault = fault_of_end(period, last, held, today=why.today)
    if fault is not None:
        moved = Period(first=period.first, last=last)
        raise _refusal(fault, moved, held, grant.user, today=why.today)
    if last == grant.valid_to:
        return
    if last is not None:
        _keep_an_administrator(grant, why, until=last)
    before = _days(grant)
    grant.valid_to = last
    grant.save(update_fields=["valid_to"])
    after = {**what, **_days(grant), "reason": why.reason}
    _record("access changed", grant.user, why, before=before, after=after)


@transaction.atomic
def end_now(grant: Any, *, why: Why) -> None:
    """End it with the person's next request. One that began today, or not yet, is taken back.

    Raises ``OwnGrant`` and ``GrantRefused``.
    """
    grant, what, _ = _locked(grant, why)
    period = Period(first=grant.valid_from, last=grant.valid_to)
    if period.last is not None and period.last < why.today:
        raise _refusal(Fault.ENDED_ALREADY, period, [], grant.user, today=why.today)
    _keep_an_administrator(grant, why)
    before = _days(grant)
    last = last_day_if_ended_now(period, today=why.today)
    if last is None:
        grant.taken_back_at = why.now
    else:
        grant.valid_to = last
    grant.save(update_fields=["valid_to", "taken_back_at"])
    after = {**what, "valid_to": last, "reason": why.reason}
    _record("access ended", grant.user, why, before=before, after=after)


def hold_administrators(*, without: User, lost: dt.date | None, today: dt.date) -> None:
    """Refuse where nobody who is an administrator today would stay one as long as ``without``.

    Whoever asks waits for the others who ask, and then sees what they did.
    """
    grants = RoleGrant.objects.filter(role=Role.ADMINISTRATOR, taken_back_at=None)
    list(grants.select_for_update().order_by("pk"))
    others = RoleGrant.objects.on(today).filter(role=Role.ADMINISTRATOR, user__is_active=True)
    ends = others.exclude(user=without).values_list("valid_to", flat=True)
    if not leaves_somebody(list(ends), lost=lost):
        raise GrantRefused(LAST_ADMINISTRATOR.format(name=without.name))


def _keep_an_administrator(grant: Any, why: Why, *, until: dt.date | None = None) -> None:
    if not isinstance(grant, RoleGrant) or grant.role != Role.ADMINISTRATOR:
        return
    held_today = RoleGrant.objects.on(why.today).filter(pk=grant.pk, user__is_active=True)
    is_shorter = until is None or grant.valid_to is None or until < grant.valid_to
    if is_shorter and held_today.exists():
        hold_administrators(without=grant.user, lost=grant.valid_to, today=why.today)


def _lock(person: User, why: Why) -> None:
    """Wait for whoever else changes this person; nobody changes themselves."""
    if why.by is not None and why.by.pk == person.pk and not why.may_be_own:
        raise OwnGrant
    # no_key: rows that merely name the person, such as audit rows, may be written meanwhile.
    User.objects.select_for_update(no_key=True).get(pk=person.pk)


def _locked(grant: Any, why: Why) -> tuple[Any, dict[str, Any], list[Period]]:
    """The grant as it is now, what it is of, and the person's other grants of the same."""
    _lock(grant.user, why)
    now = type(grant).objects.select_related("user").get(pk=grant.pk)
    what = _what(now)
    if now.taken_back_at is not None:
        period = Period(first=now.valid_from, last=now.valid_to)
        raise _refusal(Fault.ENDED_ALREADY, period, [], now.user, today=why.today)
    return now, what, _periods(type(grant), now.user, what, apart_from=now.pk)


def _what(grant: Any) -> dict[str, Any]:
    """What a grant is of, by the name of its column."""
    named = ("role", "footprint", "region", "organisation")
    return {name: value for name in named if (value := getattr(grant, name, None))}


def _periods(
    model: type[models.Model], of: User, what: Mapping[str, Any], *, apart_from: int | None = None
) -> list[Period]:
    grants = model._default_manager.filter(  # noqa: SLF001 - as above
        user=of, taken_back_at=None, **what
    ).exclude(pk=apart_from)
    return [
        Period(first=first, last=last)
        for first, last in grants.values_list("valid_from", "valid_to")
    ]


def _days(grant: Any) -> dict[str, Any]:
    return {"valid_from": grant.valid_from, "valid_to": grant.valid_to}


def _refusal(
    fault: Fault, period: Period, held: list[Period], person: User, *, today: dt.date
) -> GrantRefused:
    """The fault in words: what is wrong and what to do."""
    day = nhs_date(today)
    if fault is Fault.BEGINS_IN_THE_PAST:
        words = f"The first day must be today, {day}, or later: nobody can have been let in before"
        return GrantRefused(words, field="valid_from")
    if fault is Fault.ENDS_BEFORE_IT_BEGINS:
        words = f"The last day must be {nhs_date(period.first)} or later, because it begins then"
        return GrantRefused(words, field="valid_to")
    if fault is Fault.ENDS_IN_THE_PAST:
        words = f"The last day must be today, {day}, or later. To end it at once, choose “Now”"
        return GrantRefused(words, field="valid_to")
    if fault is Fault.HELD_ALREADY:
        return _overlap(period, held, person)
    return GrantRefused("This has ended already. Nothing was changed.")


def _overlap(period: Period, held: list[Period], person: User) -> GrantRefused:
    other = clash(period, held) or period
    until = f"until {nhs_date(other.last)}" if other.last else "without an end"
    if other.first > period.first:
        words = f"{person.name} holds this again from {nhs_date(other.first)} {until}. Choose a last day before that"
        return GrantRefused(words, field="valid_to")
    words = f"{person.name} holds this already, from {nhs_date(other.first)} {until}. "
    words += (
        "Begin after that, or change the end of that one"
        if other.last
        else "There is nothing to add"
    )
    return GrantRefused(words, field="valid_from")


def _record(verb: str, person: User, why: Why, **values: Any) -> None:
    audit.record(
        by=why.by, verb=verb, obj=person, at=why.now, on_behalf_of=why.on_behalf_of, **values
    )
