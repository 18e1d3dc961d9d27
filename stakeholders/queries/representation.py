"""Who speaks for whom on a day."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.models import User
from stakeholders.access import organisation_ids_represented_by
from stakeholders.models import Category, Organisation, Relationship, RelationshipKind


def practices_spoken_for(
    organisation_ids: Iterable[int], *, day: dt.date
) -> QuerySet[Organisation]:
    """The practices, open on ``day``, that one of these organisations (LMCs) represents.

    A practice's own tie counts; where it has none, that of its commissioner.
    """
    ties = Relationship.objects.on(day).filter(partial=False)
    represented = ties.filter(kind=RelationshipKind.REPRESENTED_BY)
    sources = represented.filter(target__in=set(organisation_ids)).values("source")
    through = ties.filter(kind=RelationshipKind.COMMISSIONED_BY, target__in=sources)
    return (
        Organisation.objects.open_on(day)
        .filter(category=Category.GP_PRACTICE)
        .filter(
            Q(pk__in=sources)
            | (Q(pk__in=through.values("source")) & ~Q(pk__in=represented.values("source")))
        )
    )


def organisation_ids_answered_for(user: User, *, today: dt.date) -> frozenset[int]:
    """The organisations that ``user`` represents and the practices those speak for; two queries."""
    ours = organisation_ids_represented_by(user, today=today)
    if not ours:
        return ours
    return ours | set(practices_spoken_for(ours, day=today).values_list("pk", flat=True))
