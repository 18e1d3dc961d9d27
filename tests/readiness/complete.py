"""Everything that a plan needs on paper so that no must is left, beside having heard everybody."""

import datetime as dt

from engagement.models import Answer, Attestation, Event
from tests.factories import papers, readiness, stakeholders
from tests.factories.plans import belong
from tests.readiness.country import NOW, TODAY, Country

GROUPS = (
    *("gp_practice", "lmc", "commissioner", "trust", "council", "hwb", "healthwatch"),
    *("vcse", "patient_group", "social_care", "public_health"),
)
NAMES_ALL = (
    "General practices, the council, the hospital trust, the voluntary sector, social care,"
    " public health, Healthwatch, patient groups and the Health and Wellbeing Board."
)
SUBJECTS = (
    *("gp_support", "gpfv_delivery", "gpfv_sustainability", "gpfv_workforce", "gpfv_workload"),
)


def put_on_paper(made: Country, *, heard_at: Event) -> None:
    """Record all that the criteria beyond those of contact ask for, on or before ``TODAY``.

    The LMC confirms ``heard_at``, an event in which it took part.
    """
    plan = made.plan
    board = stakeholders.organisation("hwb")
    belong(board, plan.footprint)
    papers.opinion(plan, board)
    draft = papers.version(plan, text=NAMES_ALL, public_on=papers.ON_DAY)
    papers.shown(draft, made.lmc)
    for category in set(GROUPS) - {"gp_practice", "lmc"}:
        papers.paper("reason", plan, category=category)
    papers.paper("activity", plan, done_on=papers.ON_DAY)
    papers.paper("triage", plan)
    for subject in SUBJECTS:
        readiness.judgement(plan, subject=subject, judged_on=TODAY, recorded_at=NOW)
    Attestation.objects.create(
        event=heard_at,
        organisation=made.lmc,
        answer=Answer.CONFIRMED,
        answered_at=NOW - dt.timedelta(hours=1),
        answered_by=stakeholders.representative(made.lmc),
    )
