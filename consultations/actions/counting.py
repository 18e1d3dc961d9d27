"""How many themes a consultation raised and how many of them were answered, counted from the answers."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, Q

from accounts.models import User
from consultations.models import Coding
from consultations.queries.themes import CLEARED
from plans.actions.papers import change_paper
from plans.models import Consultation


@transaction.atomic
def recount(*, consultation_ids: Iterable[int], by: User | None, now: dt.datetime) -> int:
    """Write the themes found in cleared responses, and those of them with a decision; how many moved.

    A consultation in whose answers no theme was ever found keeps the numbers that were typed. What
    is replaced stays in the history, as with any paper, and the plan is marked as changed.
    """
    held = Consultation.objects.standing().select_for_update().filter(pk__in=set(consultation_ids))
    rows = {one.pk: one for one in held.order_by("pk")}
    moved = 0
    for pk, (raised, answered) in _counts(rows).items():
        facts = {"themes": raised, "themes_answered": answered}
        moved += change_paper(paper=rows[pk], facts=facts, by=by, now=now)
    return moved


def _counts(ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Consultation -> its themes and those answered, where any was ever found; one statement."""
    raised = Count("theme", filter=CLEARED, distinct=True)
    answered = Count("theme", filter=CLEARED & ~Q(theme__disposition=""), distinct=True)
    found = Coding.objects.filter(answer__response__consultation__in=list(ids)).order_by()
    rows = found.values_list("answer__response__consultation").annotate(
        raised=raised, answered=answered
    )
    return {pk: (themes, of_them) for pk, themes, of_them in rows}
