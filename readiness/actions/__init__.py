"""Writes of readiness: policies, assessments and flags."""

from readiness.actions.assess import Tally, assess_plans
from readiness.actions.policies import ensure_policies
from readiness.actions.scheduled import nightly, sweep

__all__ = ["Tally", "assess_plans", "ensure_policies", "nightly", "sweep"]
