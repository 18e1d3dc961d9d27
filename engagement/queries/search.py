"""Search over every organisation and person: each word by its beginning, on either database."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from engagement.queries.attendees import Body, bodies_by_id, bodies_of
from engagement.rules.attendees import key_of
from stakeholders.models import Organisation, Person, Post, Relationship, RelationshipKind
from stakeholders.rules import search_text

LIMIT = 10
LONGEST = 80
WORDS = 8
MOST_RANKED = 3_000
"""Of more that match, the first by name are looked at: somebody who typed two letters types on."""


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

    Those in ``near``, the footprints' own, come first. At most twelve queries. Organisations that were not open on
    ``day`` are found too, so that the page can say so.
    """
    asked = asked[:LONGEST]
    words = search_text(asked).split()[:WORDS]
    if not words:
        return Findings(asked=asked)
    bodies = _bodies(_organisations(words, near)[: limit + 1], day)
    posts = _posts(words, day, near, number=limit + 1)
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
    found = _bodies(_organisations(words, near)[:limit], day)
    return [one for one in found if one.is_open]


def _bodies(pks: list[int], day: dt.date) -> list[Body]:
    found = bodies_by_id(pks, day=day)
    return [found[pk] for pk in pks]


def _organisations(words: list[str], near: Collection[int]) -> list[int]:
    """An exact code, the footprints' own, names that begin with the first word, the rest by name.

    Ranked here and not by the database: ``near`` may be thousands, and a statement that lists them
    takes longer to make and to read than these few columns.
    """
    found = Organisation.objects.all()
    for word in words:
        found = found.filter(search_text__contains=f" {word}")

    def rank(row: tuple[int, str, str]) -> int:
        pk, code, text = row
        if code.lower() == words[0]:
            return 0
        return 1 if pk in near else 2 if text.startswith(f" {words[0]}") else 3

    rows = found.order_by("name", "code").values_list("pk", "code", "search_text")
    return [row[0] for row in sorted(rows[:MOST_RANKED], key=rank)]


def _posts(words: list[str], day: dt.date, near: Collection[int], *, number: int) -> list[Post]:
    """Posts held on ``day`` by people with these words in their name, the footprints' own first."""
    named = Q()
    for word in words:
        named &= Q(person__name__istartswith=word) | Q(person__name__icontains=f" {word}")
    found = Post.objects.on(day).filter(named)
    rows = found.order_by("person__name", "person_id", "organisation__name", "pk")
    pairs = rows.values_list("pk", "organisation_id")[:MOST_RANKED]
    pks = [pk for pk, _ in sorted(pairs, key=lambda row: row[1] not in near)[:number]]
    posts = Post.objects.select_related("person", "organisation").in_bulk(pks)
    return [posts[pk] for pk in pks]


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
