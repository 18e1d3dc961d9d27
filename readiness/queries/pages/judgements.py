"""The judgements of a plan, and what there is to judge in it."""

from collections.abc import Iterable

from plans.models import Plan, PlanType
from readiness.models import Judgement, Subject


def judgements_of(plan: Plan) -> list[Judgement]:
    """Every judgement of the plan, newest first, withdrawn ones too; one statement."""
    found = Judgement.objects.filter(plan=plan).select_related("recorded_by", "withdrawn_by")
    return list(found.order_by("-pk"))


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
