"""The scheduled work: what the sweep and the night do, and what they make good."""

import datetime as dt

from django.utils import timezone

from engagement.actions.responding import credit_responses
from jobs import actions as jobs
from readiness.actions.assess import Tally, assess_plans
from readiness.actions.checking import check_summary
from readiness.actions.digest import send_digests
from readiness.queries.assessments import (
    NIGHTLY,
    nightly_is_over,
    nightly_slot,
    plan_ids_to_assess_nightly,
    stale_plan_ids,
)
from readiness.queries.digest import digest_is_over, digest_slot


def sweep(*, now: dt.datetime) -> Tally:
    """Assess every plan that was written to since it was assessed; every 20 seconds.

    1. Name in the record whoever answered a consultation; that marks their plans.
    2. If the newest nightly slot that is due has not run (the machine was off, the message was
       lost, the database is new), do it now.
    3. Assess the stale plans by their mark in the database, whatever became of any message.
    4. If the newest day's summaries were not sent, send them now.
    """
    local = timezone.localtime(now)
    credit_responses(now=now)
    if not nightly_is_over(nightly_slot(local)):
        nightly(now=now)
    stale = stale_plan_ids()
    tally = assess_plans(plan_ids=stale, as_at=local.date(), now=now) if stale else Tally()
    if not digest_is_over(digest_slot(local)):
        send_digests(now=now)
    return tally


def nightly(*, now: dt.datetime) -> Tally | None:
    """Assess every plan once in each night's slot, because days pass even if nothing is written.

    Then compare the summary of reach, from which they were assessed, with the definition; rows that
    differ are named by the run.

    None where another worker does it or has done it. A try that fails is taken up again by the
    next sweep, three times at most; then the job log says that it waits for a person.
    """
    local = timezone.localtime(now)
    slot = nightly_slot(local)
    run = jobs.begin_slot(kind=NIGHTLY, slot=slot, title="Assess every plan", now=now)
    if run is None:
        return None
    try:
        plan_ids = plan_ids_to_assess_nightly(as_at=local.date())
        tally = assess_plans(plan_ids=plan_ids, as_at=local.date(), now=now)
        checked = check_summary(run=run, plan_ids=plan_ids, as_at=local.date(), now=now)
        jobs.record_row_errors(run_id=run.pk, problems=checked.problems)
    except Exception as problem:
        reason = f"{type(problem).__name__}: {problem}"[:500]
        jobs.fail(run_id=run.pk, reason=reason, now=now)
        raise
    jobs.finish(
        run_id=run.pk,
        now=now,
        counts=tally.counts() | {"summary differences": checked.differences},
        skipped=tally.skipped() | {"summaries not compared": checked.not_compared},
    )
    return tally
