"""Everything the register says of one organisation on a day."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404

from stakeholders.models import (
    Category,
    ListSize,
    OpenPeriod,
    Organisation,
    Person,
    Post,
    Relationship,
    RelationshipKind,
    Succession,
)
from stakeholders.queries.representation import practices_spoken_for

LIST_SIZES_SHOWN = 5
PRACTICES_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the register says. ``ties`` hold on the day asked about, other lists go back in time."""

    organisation: Organisation
    open_periods: list[OpenPeriod]
    successions: list[Succession]
    ties: list[Relationship]
    list_sizes: list[ListSize]
    posts: list[Post]
    speaks_for: list[Organisation]
    speaks_for_count: int


def organisation_with_code(code: str) -> Organisation:
    """The organisation with this code, however its letters were typed; ``Http404`` if none."""
    found = Organisation.objects.filter(code=code.upper()).first()
    if found is None:
        message = "No organisation with this code."
        raise Http404(message)
    return found


def facts_of(organisation: Organisation, *, today: dt.date) -> Facts:
    """The register's facts in a fixed number of queries: seven, eight for an LMC."""
    practices = (
        practices_spoken_for([organisation.pk], day=today).distinct()
        if organisation.category == Category.LMC
        else Organisation.objects.none()
    )
    return Facts(
        organisation=organisation,
        open_periods=list(organisation.open_periods.order_by("valid_from")),
        successions=list(
            Succession.objects.filter(Q(predecessor=organisation) | Q(successor=organisation))
            .select_related("predecessor", "successor")
            .order_by("happened_on")
        ),
        ties=_ties_of(organisation, today),
        list_sizes=list(organisation.list_sizes.order_by("-as_at")[:LIST_SIZES_SHOWN]),
        posts=list(
            organisation.posts.on(today)
            .select_related("person")
            .order_by("title", "person__name", "pk")
        ),
        speaks_for=list(practices.order_by("name", "code")[:PRACTICES_SHOWN]),
        speaks_for_count=practices.count(),
    )


def person_at(organisation: Organisation, pk: int, *, today: dt.date) -> Person | None:
    """Somebody who holds a post there today, by number."""
    posts = organisation.posts.on(today).filter(person=pk).select_related("person")
    post = posts.first()
    return post.person if post else None


def _ties_of(organisation: Organisation, today: dt.date) -> list[Relationship]:
    """To whom it is tied today; a practice without an LMC of its own has that of its commissioner."""
    ties = Relationship.objects.on(today).select_related("target").order_by("kind", "target__name")
    own = list(ties.filter(source=organisation))
    commissioners = [
        tie.target_id
        for tie in own
        if tie.kind == RelationshipKind.COMMISSIONED_BY and not tie.partial
    ]
    if any(tie.kind == RelationshipKind.REPRESENTED_BY for tie in own) or not commissioners:
        return own
    theirs = ties.filter(
        source__in=commissioners, kind=RelationshipKind.REPRESENTED_BY, partial=False
    )
    return own + list(theirs)
