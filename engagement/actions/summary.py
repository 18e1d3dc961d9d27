"""What every write to an event owes to the summary of reach: a mark, before anything else.

The summary itself is worked out by ``readiness.actions.summary``, before a plan is assessed. So a
write stays light, and what it marks cannot be forgotten: the mark is part of its transaction.
"""

from collections.abc import Iterable

from django.db.models import Q

from engagement.models import EventPlan, Participation, Reach

COUNTS = ("own", "practices", "lmcs", "proxy", "other", "told", "asked", "named")
"""The counts on ``EventPlan``."""


def mark_counts_due(*, event_id: int) -> None:
    """Say that what the summary holds of this event may be wrong once the transaction is committed.

    Call it first in the transaction of the write, before the event or anything of it is touched. It
    empties the counts of the event's credits, and so holds them until the write is over: a refresh
    has either written before, or leaves them out. Then it marks what the event has given to each
    plan and organisation as they stand now. What the write adds needs no mark: a credit that is
    not counted is merged into the summary when it is. A new event needs none at all.
    """
    empty_counts(Q(event=event_id))
    plans = EventPlan.objects.filter(event=event_id).values("plan")
    organisations = Participation.objects.filter(event=event_id).values("organisation")
    mark_reach_due(Q(plan__in=plans, organisation__in=organisations))


def empty_counts(which: Q, *, skip_locked: bool = False) -> None:
    """Empty the counts of these credits; rows are taken in one order, so nobody waits in a ring."""
    taken = EventPlan.objects.select_for_update(skip_locked=skip_locked)
    taken = taken.filter(which).order_by("pk")
    EventPlan.objects.filter(pk__in=taken.values("pk")).update(**dict.fromkeys(COUNTS))


def mark_reach_due(which: Q) -> None:
    """Mark these rows to be worked out anew, in the order in which a refresh writes them."""
    taken = Reach.objects.select_for_update().filter(which).order_by("plan_id", "organisation_id")
    Reach.objects.filter(pk__in=taken.values("pk")).update(is_due=True)


def name_due(pairs: Iterable[tuple[int, int]]) -> None:
    """Mark the rows of these plans and organisations, and those that are not there but should be."""
    Reach.objects.bulk_create(
        (
            Reach(plan_id=plan, organisation_id=organisation, is_due=True)
            for plan, organisation in sorted(set(pairs))
        ),
        update_conflicts=True,
        unique_fields=("plan", "organisation"),
        update_fields=("is_due",),
    )
