"""Everything that the rules need about any number of plans, in a fixed number of statements."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet

from engagement.models import EventPlan
from plans.models import Arrangement as ArrangementRow
from plans.models import BoardSeat, Plan
from plans.models import Phase as PhaseRow
from plans.working_days import working_days_after
from readiness.queries.answers import answers_of
from readiness.queries.asked import Asked
from readiness.queries.colleges import with_first_heard
from readiness.queries.must_ask import with_not_asked
from readiness.queries.neighbours import neighbours_of
from readiness.queries.papers import papers_of
from readiness.queries.reached import (
    Reached,
    current_contacts,
    current_members,
    reached_now,
    reached_then,
)
from readiness.queries.recorded import Record, record_known
from readiness.queries.summary import standing
from readiness.queries.trail import day, replaced_since
from readiness.rules.facts import Arrangement, Contact, Facts, Member, Phase, Seat
from readiness.rules.papers import Papers

Rows = Mapping[int, list[Any]]


def facts_for(
    plan_ids: Iterable[int] | None,
    *,
    as_at: dt.date,
    known: dt.datetime | None = None,
    summary: bool = False,
) -> dict[int, Facts]:
    """The facts of each plan (None: of all) as at the day, by plan id; at most 29 statements,
    30 with ``known``, and one for each past day on which a consultation closed that asks everybody
    of a category.

    A plan that does not exist has no entry. The day may lie in the past: the register, the
    seats, the papers and the events are those of that day as they are recorded now.

    With ``known`` they are as they had been recorded before that moment: what was recorded later
    is left out, what was withdrawn or amended later stands as it stood, and disputes are those that
    were open then. The register is the exception: who belonged where on the day is always told
    as it is recorded now, since imports keep days and not moments.

    With ``summary`` reach is read from the summary: only for plans and a day for which it has just
    been refreshed, and without ``known``.
    """
    chosen = None if plan_ids is None else sorted(set(plan_ids))
    asked = _asked(chosen, as_at=as_at, known=known, summary=summary)
    plans = _plans(asked)
    record = None if known is None else record_known(asked)
    reached = _reached(plans, asked, record)
    papers = _papers(plans, reached, asked, record)
    phases, seats, arrangements = _phases(asked), _seats(asked), _arrangements(asked)
    return {
        plan.pk: Facts(
            plan_id=plan.pk,
            code=plan.code,
            plan_type=plan.plan_type,
            starts_on=plan.starts_on,
            first_draft_on=plan.first_draft_on,
            submission_on=plan.submission_on,
            next_planned_on=reached.next_planned_on.get(plan.pk),
            phases=tuple(phases[plan.pk]),
            members=tuple(reached.members.get(plan.pk, ())),
            contacts=tuple(reached.contacts.get(plan.pk, ())),
            seats=tuple(seats[plan.pk]),
            arrangements=tuple(arrangements[plan.pk]),
            disputed=tuple(reached.disputed.get(plan.pk, ())),
            papers=papers[plan.pk],
        )
        for plan in plans
    }


def members_of(plan_id: int, *, as_at: dt.date, known: dt.datetime | None = None) -> list[Member]:
    """Everybody who belongs to one plan's footprint on the day and how far each was reached, by
    code; two statements without ``known``."""
    asked = _asked([plan_id], as_at=as_at, known=known, summary=_may_read(plan_id, as_at, known))
    if known is None:
        return current_members(asked)[plan_id]
    return list(_reached(_plans(asked), asked, record_known(asked)).members.get(plan_id, ()))


def members_and_contacts_of(plan_id: int, *, as_at: dt.date) -> tuple[list[Member], list[Contact]]:
    """The same, and the plan's events in which general practice or a commissioner took part; three
    statements."""
    asked = _asked([plan_id], as_at=as_at, known=None, summary=_may_read(plan_id, as_at, None))
    return current_members(asked)[plan_id], current_contacts(asked)[0][plan_id]


def _may_read(plan_id: int, as_at: dt.date, known: dt.datetime | None) -> bool:
    """Whether the summary of the plan stands for the day with nothing owed to it; else the
    definition answers, which reads every participation of the plan."""
    return known is None and plan_id in standing([plan_id], as_at=as_at).whole


def _asked(
    plan_ids: Collection[int] | None,
    *,
    as_at: dt.date,
    known: dt.datetime | None,
    summary: bool = False,
) -> Asked:
    before = replaced_since(known)
    return Asked(plan_ids=plan_ids, as_at=as_at, known=known, summary=summary, before=before)


def _plans(asked: Asked) -> list[Plan]:
    found = Plan.objects.filter(asked.among("pk")).select_related("footprint")
    return list(found.order_by("pk"))


def _reached(plans: Sequence[Plan], asked: Asked, record: Record | None) -> Reached:
    if record is None:
        return reached_now(plans, asked)
    return reached_then(plans, asked, record)


def _papers(
    plans: Sequence[Plan], reached: Reached, asked: Asked, record: Record | None
) -> dict[int, Papers]:
    found = papers_of({plan.pk: plan for plan in plans}, asked)
    parts = None if record is None else reached.parts
    found["advice"] = with_first_heard(found["advice"], asked, parts)
    found["consultations"] = with_not_asked(
        found["consultations"], plans, found["shown"], reached.members, asked, parts
    )
    found["neighbours"] = neighbours_of(plans, reached.members, asked, record)
    found["answers"] = answers_of(asked, record)
    withdrawn = _withdrawn(asked)

    def papers(plan: Plan) -> Papers:
        rows: dict[str, Any] = {name: of_plan.get(plan.pk, ()) for name, of_plan in found.items()}
        left = working_days_after(asked.as_at, plan.submission_on)
        return Papers(**rows, working_days_left=left, withdrawn=withdrawn.get(plan.pk, 0))

    return {plan.pk: papers(plan) for plan in plans}


def _withdrawn(asked: Asked) -> dict[int, int]:
    """How many events of the plan, held by the day, had been withdrawn."""
    gone = Q(event__withdrawn_at__isnull=False)
    if asked.known is not None:
        gone = Q(event__withdrawn_at__lt=asked.known)
    rows = EventPlan.objects.filter(asked.among("plan"), gone, held_on__lte=asked.as_at)
    return dict(rows.order_by().values_list("plan_id").annotate(events=Count("pk")))


def _phases(asked: Asked) -> Rows:
    found: dict[int, list[Phase]] = defaultdict(list)
    for row in PhaseRow.objects.filter(asked.among("plan")).order_by("plan", "starts_on"):
        phase = Phase(name=row.name, starts_on=row.starts_on, ends_on=row.ends_on)
        found[row.plan_id].append(phase)
    return found


def _seats(asked: Asked) -> Rows:
    """Seats that are filled on the day; a vacant one speaks for nobody."""
    filled = _held(BoardSeat, asked).filter(organisation__isnull=False)
    found: dict[int, list[Seat]] = defaultdict(list)
    columns = ("body", "organisation__name", "organisation__category", "capacity")
    for pk, ends, plan_id, *seat in filled.values_list("pk", "valid_to", "plan_id", *columns):
        if _had_not_ended(BoardSeat, pk, ends, asked):
            body, name, category, capacity = seat
            found[plan_id].append(
                Seat(body=body, organisation_name=name, category=category, capacity=capacity)
            )
    return found


def _arrangements(asked: Asked) -> Rows:
    found: dict[int, list[Arrangement]] = defaultdict(list)
    columns = ("pk", "valid_to", "plan_id", "organisation__category", "organisation__name")
    for pk, ends, plan_id, group, name in _held(ArrangementRow, asked).values_list(*columns):
        if _had_not_ended(ArrangementRow, pk, ends, asked):
            found[plan_id].append(Arrangement(group=group, organisation_name=name))
    return found


def _held(model: type[BoardSeat | ArrangementRow], asked: Asked) -> QuerySet[Any]:
    """Rows that had begun by the day, as far as they had been recorded; oldest record first."""
    begun = model.objects.filter(asked.among("plan"), asked.dated(), valid_from__lte=asked.as_at)
    return begun.order_by("pk")


def _had_not_ended(
    model: type[BoardSeat | ArrangementRow], pk: int, ends: dt.date | None, asked: Asked
) -> bool:
    last_day = day(asked.was(model, pk).get("valid_to", ends))
    return last_day is None or last_day >= asked.as_at
