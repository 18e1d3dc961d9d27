"""Policies and criteria, assessments and their results, flags, and what reviewers decide."""

from readiness.models.assessments import Assessment, CriterionResult
from readiness.models.decisions import (
    Condition,
    CriterionException,
    Decision,
    DecisionOutcome,
    DecisionReason,
    Judgement,
    Subject,
)
from readiness.models.flags import Flag, Severity, SupportOffer
from readiness.models.policies import Criterion, Policy, PolicyStatus, Strength

__all__ = [
    "Assessment",
    "Condition",
    "Criterion",
    "CriterionException",
    "CriterionResult",
    "Decision",
    "DecisionOutcome",
    "DecisionReason",
    "Flag",
    "Judgement",
    "Policy",
    "PolicyStatus",
    "Severity",
    "Strength",
    "Subject",
    "SupportOffer",
]
