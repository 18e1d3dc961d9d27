"""Everything that was done about a plan: to itself, its papers, its seats, and by its board."""

from typing import Any

from django.db.models import CharField, F, QuerySet, Value

from accounts.models import AuditEntry
from accounts.queries.history import history_of_all, type_of
from engagement.models import Claim
from plans.models import Arrangement, BoardSeat, Plan
from plans.queries.papers import MODELS
from readiness.models import (
    Condition,
    CriterionException,
    Decision,
    Flag,
    Judgement,
    Policy,
    SupportOffer,
)

OF_THE_PLAN: dict[Any, str] = {
    **dict.fromkeys(MODELS.values(), "plan"),
    BoardSeat: "plan",
    Arrangement: "plan",
    Claim: "plan",
    Judgement: "plan",
    CriterionException: "plan",
    Decision: "plan",
    Condition: "decision__plan",
    Flag: "plan",
    SupportOffer: "flag__plan",
}
"""Model -> the way to its plan. Events have a page and a history of their own."""


def plan_history(plan: Plan) -> QuerySet[AuditEntry]:
    """One statement, and the page's own."""
    first, *rest = (_keys(model, way, plan) for model, way in OF_THE_PLAN.items())
    keys: dict[str, list[object]] = {type_of(Plan): [plan.pk]}
    for object_type, pk in first.union(*rest, all=True):
        keys.setdefault(object_type, []).append(pk)
    return history_of_all(keys)


def decision_history(decision: Decision) -> QuerySet[AuditEntry]:
    """The decision and its conditions; one statement, and the page's own."""
    conditions = list(decision.conditions.values_list("pk", flat=True))
    return history_of_all({type_of(Decision): [decision.pk], type_of(Condition): conditions})


def flag_history(flag: Flag) -> QuerySet[AuditEntry]:
    """The flag and the offers of support; one statement, and the page's own."""
    offers = list(SupportOffer.objects.filter(flag=flag).values_list("pk", flat=True))
    return history_of_all({type_of(Flag): [flag.pk], type_of(SupportOffer): offers})


def policy_history(policy: Policy) -> QuerySet[AuditEntry]:
    """The version and its criteria; one statement, and the page's own."""
    criteria = list(policy.criteria.values_list("pk", flat=True))
    return history_of_all({type_of(Policy): [policy.pk], type_of(policy.criteria.model): criteria})


def _keys(model: Any, way: str, plan: Plan) -> QuerySet:
    return (
        model.objects.filter(**{way: plan})
        .order_by()
        .annotate(
            history_type=Value(type_of(model), output_field=CharField()),
            history_key=F("pk"),
        )
        .values_list("history_type", "history_key")
    )
