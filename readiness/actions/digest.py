"""Post the daily summaries: one for each person to whom something is new, once a day."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from jobs import actions as jobs
from mail.actions import Post, Recipient, post_all
from readiness.queries.digest import DIGEST, digest_slot, period_at, summaries, wanting


def send_digests(*, now: dt.datetime) -> int | None:
    """Post the summaries of the newest slot that is due; how many, or None where that is done.

    Twice, late or at once: a slot has one run and a person one message in it. A missed day is made
    good by the next sweep and covers all since the last run, in one summary.
    """
    slot = digest_slot(timezone.localtime(now))
    run = jobs.begin_slot(kind=DIGEST, slot=slot, title="Daily summaries", now=now)
    if run is None:
        return None
    try:
        posted = _post(slot, now)
    except Exception as problem:
        jobs.fail(run_id=run.pk, reason=f"{type(problem).__name__}"[:500], now=now)
        raise
    jobs.finish(run_id=run.pk, now=now, counts={"summaries": posted})
    return posted


@transaction.atomic
def _post(slot: str, now: dt.datetime) -> int:
    """All or none. What each says is worked out again when it is sent, from the two moments."""
    period = period_at(now)
    found = summaries(period=period)
    moments = {"since": period.since.isoformat(), "until": period.until.isoformat()}
    return post_all(
        [
            Post(matter=f"digest:{slot}:u{user.pk}", to=Recipient(user=user), context=moments)
            for user in wanting(found.sections)
        ],
        kind="digest",
        now=now,
    )
