"""Which organisations answered a consultation, and which of them the record names for it."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Min

from consultations.models import Moderation, Response
from engagement.models import Credited
from stakeholders.models import Organisation


@dataclass(frozen=True, kw_only=True)
class Answered:
    """An organisation answered on a day; ``moderator_id`` cleared the response."""

    organisation_id: int
    received_on: dt.date
    moderator_id: int


@dataclass(kw_only=True)
class Due:
    """What the record does not say yet about one consultation, and what it says too much."""

    missing: list[Answered] = field(default_factory=list)
    over: list[Credited] = field(default_factory=list)


def due_by_consultation(consultation_id: int | None = None) -> dict[int, Due]:
    """Consultation -> what is to be put right, of one or of all; two statements.

    Counted are cleared responses to consultations that nobody has withdrawn, of respondents whom a
    person has matched with the register. Of several by one organisation the first counts.
    """
    found: dict[int, Due] = defaultdict(Due)
    standing = set()
    only = {} if consultation_id is None else {"consultation": consultation_id}
    rows = Credited.objects.filter(**only)
    credited = {(row.consultation_id, row.organisation_id): row for row in rows}
    for answered_id, one in _answered(only):
        key = answered_id, one.organisation_id
        standing.add(key)
        if key not in credited:
            found[answered_id].missing.append(one)
    for key in credited.keys() - standing:
        found[key[0]].over.append(credited[key])
    return dict(sorted(found.items()))


def categories_of(organisation_ids: set[int]) -> dict[int, str]:
    """Organisation -> category; one statement."""
    return dict(Organisation.objects.filter(pk__in=organisation_ids).values_list("pk", "category"))


def _answered(only: dict[str, int]) -> list[tuple[int, Answered]]:
    """Each organisation once for each consultation that it answered, on its first day."""
    responses = (
        Response.objects.filter(
            moderation=Moderation.CLEARED,
            moderated_by__isnull=False,
            respondent__organisation__isnull=False,
            consultation__withdrawn_at__isnull=True,
            **only,
        )
        .order_by()
        .values_list("consultation_id", "respondent__organisation_id")
        .annotate(first=Min("received_on"), moderator=Min("moderated_by_id"))
        .order_by("consultation_id", "first", "respondent__organisation_id")
    )
    return [
        (
            consultation_id,
            Answered(organisation_id=pk, received_on=first, moderator_id=moderator),
        )
        for consultation_id, pk, first, moderator in responses
    ]
