"""One consultation measured against the principles, for its page."""

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

from consultations.rules.register import Principle, Standing, Tested
from plans.models import Consultation
from readiness.queries.papers import CONSULTATION, consultation_fact
from readiness.queries.policies import policies_in_force
from readiness.rules.catalogue import thresholds
from readiness.rules.consulting import FORMAL, measures_of
from readiness.rules.gunning import Finding, Measures, applying, findings
from readiness.rules.gunning import tested as stages
from readiness.rules.papers import Consultation as Fact


def tested(
    *, consultation: Consultation, must_ask: int, not_asked: Collection[str], today: dt.date
) -> Tested:
    """Principle by principle as the criterion on formal consultations tests it, also for one that is
    not formal or has not opened; one query. Nothing is tested without a policy that has the criterion.
    """
    policy = policies_in_force(as_at=today).get(consultation.plan.plan_type)
    terms = {one.key: one.parameters for one in policy.terms()} if policy else {}
    if FORMAL not in terms:
        return Tested(short_below=None)
    row = {name: getattr(consultation, name) for name in CONSULTATION}
    fact = replace(consultation_fact(row), must_ask=must_ask, not_asked=tuple(not_asked))
    measures = measures_of(thresholds(FORMAL, terms[FORMAL]))
    return Tested(short_below=measures.short_below, principles=_principles(fact, measures, today))


def _principles(fact: Fact, measures: Measures, today: dt.date) -> tuple[Principle, ...]:
    wrong = {one.principle: one for one in findings(fact, measures, today)}
    come = stages(fact, measures, today)
    return tuple(
        _principle(key, wrong.get(key), has_come=key in come) for key in applying(fact, measures)
    )


def _principle(key: str, found: Finding | None, *, has_come: bool) -> Principle:
    if not has_come:
        return Principle(key=key, standing=Standing.NOT_YET)
    if found is None:
        return Principle(key=key, standing=Standing.MET)
    standing = Standing.NO_DATA if found.is_unknown else Standing.NOT_MET
    return Principle(key=key, standing=standing, fault=found.fault, remedy=found.remedy)
