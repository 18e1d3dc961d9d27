"""One plan at one assessment: what the flags are brought in line with."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from accounts.models import User
from plans.models import Plan
from readiness.models import Assessment, Criterion, CriterionResult, Strength
from readiness.queries.computed import Computed
from readiness.rules.catalogue import THIN_ENGAGEMENT
from readiness.rules.flags import Urgency, urgency
from readiness.rules.results import Result


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """The day that is assessed, the moment of doing so, and who asked (None: a job)."""

    as_at: dt.date
    now: dt.datetime
    by: User | None = None


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What was found of a plan, beside what its former assessment had found."""

    plan: Plan
    assessment: Assessment
    computed: Computed
    before: Mapping[str, CriterionResult] = field(default_factory=dict)

    @property
    def urgency(self) -> Urgency:
        """By the days from the assessment to the submission, as the policy counts them."""
        days = self.computed.in_force.policy.flag_days
        return urgency(self.plan.submission_on, self.assessment.as_at, days)

    @property
    def is_closed(self) -> bool:
        return self.plan.closed_on is not None and self.plan.closed_on < self.assessment.as_at

    def askable(self) -> dict[str, tuple[Criterion, Result]]:
        """Criteria for which a flag may stand: musts, and what makes engagement thin.

        None before the plan starts or once it is closed: nobody could act on a flag then.
        """
        if self.is_closed or self.plan.starts_on > self.assessment.as_at:
            return {}
        return {
            criterion.key: (criterion, result)
            for criterion, result in self.computed.lines()
            if criterion.strength == Strength.MUST or criterion.key in THIN_ENGAGEMENT
        }

    def due(self) -> dict[str, Result]:
        """Criteria for which a flag is raised: a should only once the milestone is near."""
        near = self.urgency is not Urgency.NOTICE
        return {
            key: result
            for key, (criterion, result) in self.askable().items()
            if near or criterion.strength == Strength.MUST
        }
