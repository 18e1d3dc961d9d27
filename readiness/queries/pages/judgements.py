"""The judgements of a plan, and what there is to judge in it."""

from collections.abc import Iterable

from plans.models import Plan, PlanType
from plans.queries.moment import Moment
from readiness.models import Judgement, Subject


def judgements_of(plan: Plan, moment: Moment) -> list[Judgement]:
    """Every judgement of the plan, newest first, withdrawn ones too; of a day in the past those
    that had been given by then and stood. One statement."""
    found = Judgement.objects.filter(plan=plan)
    if moment.is_past:
        found = found.known(moment.known).filter(judged_on__lte=moment.day)
    rows = list(found.select_related("recorded_by", "withdrawn_by").order_by("-pk"))
    for row in rows if moment.is_past else ():
        row.withdrawn_at = None  # it stood then
    return rows


def standing_judgement(plan: Plan, pk: int) -> Judgement | None:
    """The plan's judgement with this id, if nobody has withdrawn it."""
    return Judgement.objects.standing().filter(plan=plan, pk=pk).first()


def subjects_of(plan: Plan) -> tuple[Subject, ...]:
    """What has to be judged: only a plan of 2016 had to deliver the GP Forward View."""
    return tuple(Subject) if plan.plan_type == PlanType.STP_2016 else (Subject.GP_SUPPORT,)


def newest_standing(judgements: Iterable[Judgement]) -> dict[str, Judgement]:
    """By subject, the one that counts; ``judgements`` come newest first."""
    counted: dict[str, Judgement] = {}
    for one in judgements:
        if one.withdrawn_at is None:
            counted.setdefault(one.subject, one)
    return counted
