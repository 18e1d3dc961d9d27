"""Opening a round: one plan of a type for every footprint, with its days and phases."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from accounts import audit
from accounts.models import User
from jobs import doorbell
from plans.models import Footprint, FootprintKind, Phase, Plan, PlanType

KIND_OF = {
    PlanType.STP_2016: FootprintKind.SYSTEM,
    PlanType.NHP_2026: FootprintKind.PLACE,
}
"""An STP is made for a system, a Neighbourhood Health Plan for a place."""


@dataclass(frozen=True, kw_only=True)
class Round:
    """The days that all plans of a round share. ``phases`` are names with their first days, in
    order; each lasts to the eve of the next and the last to the submission."""

    plan_type: PlanType
    starts_on: dt.date
    first_draft_on: dt.date | None
    submission_on: dt.date
    phases: tuple[tuple[str, dt.date], ...]

    def problems(self) -> list[str]:
        """What is wrong with the days, a sentence each."""
        begins = [day for _, day in self.phases]
        found = []
        if self.submission_on <= self.starts_on:
            found.append("The submission must be later than the start.")
        if self.first_draft_on and not self.starts_on <= self.first_draft_on <= self.submission_on:
            found.append("The first draft must lie between the start and the submission.")
        if begins != sorted(set(begins)) or not begins or begins[0] != self.starts_on:
            found.append("The first phase must begin with the round, and each later than the last.")
        if begins and begins[-1] > self.submission_on:
            found.append("The last phase must begin before the submission.")
        return found

    def stages(self) -> Iterator[tuple[str, dt.date, dt.date]]:
        """Each phase with its first and last day."""
        ends = [day - dt.timedelta(days=1) for _, day in self.phases[1:]]
        for (name, begin), end in zip(self.phases, [*ends, self.submission_on], strict=True):
            yield name, begin, end


class RoundRefusedError(ValueError):
    """The round cannot be opened; the message says why and what to do."""


@transaction.atomic
def open_round(
    *, by: User | None, facts: Round, footprint_codes: Iterable[str], now: dt.datetime
) -> list[Plan]:
    """Make the plans of a round for the named footprints, or for all that are open on its start.

    A footprint that already has a plan of this type and start keeps it, so opening a round twice
    adds only what was missing. Raises ``RoundRefusedError``.
    """
    if problems := facts.problems():
        raise RoundRefusedError(" ".join(problems))
    wanted = _footprints(facts, footprint_codes)
    there = Plan.objects.filter(plan_type=facts.plan_type, starts_on=facts.starts_on)
    without = wanted.exclude(pk__in=there.values("footprint"))
    taken = set(Plan.objects.filter(plan_type=facts.plan_type).values_list("code", flat=True))
    plans = Plan.objects.bulk_create([_plan(one, facts, now, taken) for one in without])
    Phase.objects.bulk_create(
        Phase(plan=plan, name=name, starts_on=begin, ends_on=end)
        for plan in plans
        for name, begin, end in facts.stages()
    )
    for plan in plans:
        audit.record(by=by, verb="opened", obj=plan, after=_told(plan), at=now)
    transaction.on_commit(doorbell.ring)
    return plans


def _footprints(facts: Round, codes: Iterable[str]) -> QuerySet[Footprint]:
    """Footprints of the right kind, open on the first day; every named code must be one."""
    kind = KIND_OF[facts.plan_type]
    open_then = Footprint.objects.filter(kind=kind, opened_on__lte=facts.starts_on).exclude(
        closed_on__lt=facts.starts_on
    )
    named = {code.strip().upper() for code in codes}
    if not named:
        if not open_then.exists():
            message = f"There is no open {kind.label.lower()} footprint. Load the footprints first."
            raise RoundRefusedError(message)
        return open_then
    unknown = named - set(open_then.values_list("code", flat=True))
    if unknown:
        listed = ", ".join(sorted(unknown))
        message = f"No open {kind.label.lower()} footprint has the code {listed}."
        raise RoundRefusedError(message)
    return open_then.filter(code__in=named)


def _plan(footprint: Footprint, facts: Round, now: dt.datetime, taken: set[str]) -> Plan:
    code = slugify(f"{footprint.code} {facts.plan_type.value.replace('_', '-')}")
    return Plan(
        code=f"{code}-{facts.starts_on:%Y-%m}" if code in taken else code,
        title=f"{footprint.name} {facts.plan_type.label}",
        footprint=footprint,
        plan_type=facts.plan_type,
        starts_on=facts.starts_on,
        first_draft_on=facts.first_draft_on,
        submission_on=facts.submission_on,
        changed_at=now,
    )


def _told(plan: Plan) -> dict[str, object]:
    return {
        "title": plan.title,
        "starts_on": plan.starts_on,
        "first_draft_on": plan.first_draft_on,
        "submission_on": plan.submission_on,
    }
