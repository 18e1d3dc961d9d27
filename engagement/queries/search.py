"""Search over every organisation and person: each word by its beginning, on either database."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from engagement.queries.attendees import Body, bodies_of
from engagement.rules.attendees import key_of
from stakeholders.models import Organisation, Person, Post, Relationship, RelationshipKind
from stakeholders.rules import search_text

LIMIT = 10
LONGEST = 80
WORDS = 8


@dataclass(frozen=True, kw_only=True)
class Found:
    """One thing that can be put on the list. ``where`` tells namesakes apart."""

    key: str
    body: Body
    person_name: str = ""
    where: str = ""


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What a search found; ``more`` when there was more than is shown."""

    asked: str
    organisations: tuple[Found, ...] = ()
    people: tuple[Found, ...] = ()
    more: bool = False

    @property
    def nothing(self) -> bool:
        return not self.organisations and not self.people


def findings(
    asked: str, *, day: dt.date, near: Collection[int] = (), limit: int = LIMIT
) -> Findings:
    """Organisations and people whose names, codes or postcodes begin with the words of ``asked``.

    Those in ``near``, the footprints' own, come first. At most ten queries. Organisations that were not open on ``day`` are found too, so that the
    page can say so.
    """
    asked = asked[:LONGEST]
    words = search_text(asked).split()[:WORDS]
    if not words:
        return Findings(asked=asked)
    bodies = bodies_of(_organisations(words, near)[: limit + 1], day=day)
    posts = list(_posts(words, day, near)[: limit + 1])
    places = _localities([one.id for one in bodies], day)
    at = {one.pk: one for one in (post.organisation for post in posts)}
    employers = {
        one.id: one
        for one in (bodies_of(Organisation.objects.filter(pk__in=at), day=day) if at else ())
    }
    return Findings(
        asked=asked,
        organisations=tuple(
            Found(key=key_of(one.id, None), body=one, where=places.get(one.id, ""))
            for one in bodies[:limit]
        ),
        people=tuple(
            Found(
                key=key_of(post.organisation_id, post.person_id),
                body=employers[post.organisation_id],
                person_name=post.person.name,
                where=post.title,
            )
            for post in posts[:limit]
        ),
        more=len(bodies) > limit or len(posts) > limit,
    )


def organisations_named(
    text: str, *, day: dt.date, near: Collection[int] = (), limit: int = LIMIT
) -> list[Body]:
    """Organisations open on ``day`` whose name, code or postcode begins with these words.

    Those in ``near`` come first.
    """
    words = search_text(text[:LONGEST]).split()[:WORDS]
    if not words:
        return []
    found = bodies_of(_organisations(words, near)[:limit], day=day)
    return [one for one in found if one.is_open]


def _organisations(words: list[str], near: Collection[int]) -> QuerySet[Organisation]:
    """An exact code, the footprints' own, names that begin with the first word, the rest by name."""
    found = Organisation.objects.all()
    for word in words:
        found = found.filter(search_text__contains=f" {word}")
    rank = Case(
        When(code__iexact=words[0], then=Value(0)),
        When(pk__in=near, then=Value(1)),
        When(search_text__startswith=f" {words[0]}", then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return found.annotate(rank=rank).order_by("rank", "name", "code")


def _posts(words: list[str], day: dt.date, near: Collection[int]) -> QuerySet[Post]:
    """Posts held on ``day`` by people with these words in their name, the footprints' own first."""
    named = Q()
    for word in words:
        named &= Q(person__name__istartswith=word) | Q(person__name__icontains=f" {word}")
    return (
        Post.objects.on(day)
        .filter(named)
        .select_related("person", "organisation")
        .annotate(rank=Case(When(organisation__in=near, then=Value(0)), default=Value(1)))
        .order_by("rank", "person__name", "person_id", "organisation__name")
    )


def _localities(organisation_ids: list[int], day: dt.date) -> dict[int, str]:
    """Who commissions each of these on ``day``, by name: what tells two Castle Surgeries apart."""
    ties = Relationship.objects.on(day).filter(
        source__in=organisation_ids, kind=RelationshipKind.COMMISSIONED_BY
    )
    return dict(ties.values_list("source_id", "target__name"))


def people_at(organisation_id: int, *, day: dt.date) -> QuerySet[Person]:
    """People with a post at the organisation on ``day``."""
    return Person.objects.filter(
        pk__in=Post.objects.on(day).filter(organisation=organisation_id).values("person")
    )
