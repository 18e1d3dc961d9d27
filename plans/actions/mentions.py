"""The list of words that stand for each group: changed by an administrator, then counted anew."""

import datetime as dt
from collections.abc import Callable, Sequence

from django.db import transaction

from accounts import audit
from accounts.models import User
from jobs import actions as jobs
from plans.actions.changes import mark_changed
from plans.models import MentionName, Plan, PlanVersion
from plans.queries.mentions import names_in_use, pages_of
from plans.rules.mention_names import NAMES
from plans.rules.mentions import counted

RECOUNT = "plans-recount-mentions"


@transaction.atomic
def change_names(
    *, category: str, names: Sequence[str], reason: str, by: User, now: dt.datetime
) -> bool:
    """Make ``names`` the words of a group; False when they are so already.

    The figures follow when a worker has counted every text anew.
    """
    # One at a time: two lists sent at once are one after the other.
    standing = list(MentionName.objects.select_for_update().filter(withdrawn_at=None))
    before = names_in_use()[category]
    wanted = set(names)
    if wanted == set(before):
        return False
    usual = set(NAMES[category])
    needed = {(name, False) for name in wanted - usual} | {(name, True) for name in usual - wanted}
    ours = [one for one in standing if one.category == category]
    over = [one for one in ours if (one.name, one.is_left_out) not in needed]
    MentionName.objects.filter(pk__in=[one.pk for one in over]).update(
        withdrawn_at=now, withdrawn_by=by, withdrawn_reason=reason
    )
    known = {(one.name, one.is_left_out) for one in ours}
    made = [
        MentionName(
            category=category, name=name, is_left_out=is_left_out, recorded_at=now, recorded_by=by
        )
        for name, is_left_out in sorted(needed - known)
    ]
    MentionName.objects.bulk_create(made)
    audit.record(
        by=by,
        verb="changed the words of a group",
        obj=[*made, *over][0],
        before={"group": category, "words_before": sorted(set(before) - wanted)},
        after={"group": category, "words_now": sorted(wanted - set(before)), "reason": reason},
        at=now,
    )
    jobs.queue(kind=RECOUNT, title="Count who is named in every plan anew", by=by, now=now)
    return True


def recount(*, run_id: int, now: dt.datetime, clock: Callable[[], dt.datetime]) -> None:
    """The worker's part: the counts of every version by the words of today."""
    run = jobs.start(run_id=run_id, now=now)
    if run is None:
        return
    versions = list(PlanVersion.objects.order_by("pk").values_list("pk", "plan_id"))
    moved = 0
    for done, (pk, plan_id) in enumerate(versions):
        moved += _recount_one(pk, plan_id, now)
        if not jobs.advance(run_id=run.pk, done=done + 1, total=len(versions), now=clock()):
            return
    jobs.finish(run_id=run.pk, now=now, counts={"versions counted": len(versions), "moved": moved})


@transaction.atomic
def _recount_one(pk: int, plan_id: int, now: dt.datetime) -> bool:
    """Count one version; what it said before stays in the history, for any question about that day."""
    Plan.objects.select_for_update().get(pk=plan_id)
    version = PlanVersion.objects.get(pk=pk)
    if not version.mentions:
        return False
    found = counted(pages_of(version), names_in_use())
    if found == version.mentions:
        return False
    PlanVersion.objects.filter(pk=pk).update(mentions=found)
    audit.record(
        by=None,
        verb="changed",
        obj=version,
        before={"mentions": version.mentions},
        after={"mentions": found},
        at=now,
    )
    if version.withdrawn_at is None:
        mark_changed(plan_ids=[plan_id], now=now)
    return True
