"""What the register says about the organisations and people on a list, as at the day of the event."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from engagement.rules.answers import COMMISSIONERS, usual_capacity
from engagement.rules.attendees import Row, key, key_of
from stakeholders.models import Organisation, Person, Post


@dataclass(frozen=True, kw_only=True)
class Body:
    """An organisation as at a day. ``closed_on`` and ``opens_on`` say why it was not open then.

    ``closed_on`` is its last day before the day asked about, ``opens_on`` the first after it;
    ``successors`` took over from it, as name and code.
    """

    id: int
    code: str
    name: str
    category: str
    category_name: str
    postcode: str
    is_open: bool
    closed_on: dt.date | None = None
    opens_on: dt.date | None = None
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Attendee:
    """One line of the list with everything that is known about it.

    ``left_on`` is the last day of the person's last post at the organisation, when that was over
    by the day of the event. Somebody who never had a post there, or has it only since, is let be:
    nobody keeps a register of posts as complete as that of organisations.
    """

    key: str
    body: Body
    person_id: int | None = None
    person_name: str = ""
    also_at: tuple[str, ...] = ()
    capacity: str = ""
    left_on: dt.date | None = None

    @property
    def name(self) -> str:
        return self.person_name or self.body.name


def bodies_by_id(pks: Iterable[int], *, day: dt.date) -> dict[int, Body]:
    """These organisations as at ``day``; three queries."""
    return {one.id: one for one in _bodies(Organisation.objects.filter(pk__in=set(pks)), day)}


def bodies_by_code(codes: Iterable[str], *, day: dt.date) -> dict[str, Body]:
    """The organisations of these codes as at ``day``; three queries."""
    return {one.code: one for one in _bodies(Organisation.objects.filter(code__in=set(codes)), day)}


def bodies_of(organisations: QuerySet[Organisation], *, day: dt.date) -> list[Body]:
    """Any organisations as at ``day``, in their order; three queries."""
    return _bodies(organisations, day)


def attendees(rows: Iterable[Row], *, day: dt.date) -> dict[str, Attendee]:
    """What is known about each row, by its key; five queries for any number of rows.

    A row whose organisation or person does not exist has no entry.
    """
    rows = list(rows)
    bodies = bodies_by_id((row["organisation"] for row in rows), day=day)
    people = {row["person"] for row in rows if row["person"] is not None}
    names = dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))
    posts = _posts_of(people)
    return {
        key(row): _attendee(
            bodies[row["organisation"]],
            row["person"],
            name=names.get(row["person"] or 0, ""),
            posts=posts.get(row["person"] or 0, []),
            day=day,
        )
        for row in rows
        if row["organisation"] in bodies and (row["person"] is None or row["person"] in names)
    }


def _posts_of(person_ids: Iterable[int]) -> dict[int, list[Post]]:
    """Every post that each of these people has held; one query."""
    held: dict[int, list[Post]] = defaultdict(list)
    for post in Post.objects.filter(person__in=set(person_ids)).select_related("organisation"):
        held[post.person_id].append(post)
    return held


def _attendee(
    body: Body, person_id: int | None, *, name: str, posts: list[Post], day: dt.date
) -> Attendee:
    here = [post for post in posts if post.organisation_id == body.id]
    elsewhere = [
        post.organisation for post in posts if post.organisation_id != body.id and _holds(post, day)
    ]
    commissioning = any(one.category in COMMISSIONERS for one in elsewhere)
    return Attendee(
        key=key_of(body.id, person_id),
        body=body,
        person_id=person_id,
        person_name=name,
        also_at=tuple(dict.fromkeys(one.name for one in elsewhere)),
        capacity=usual_capacity(body.category, holds_commissioner_post=commissioning),
        left_on=_left_on(here, day),
    )


def _holds(post: Post, day: dt.date) -> bool:
    return post.valid_from <= day and (post.valid_to is None or post.valid_to >= day)


def _left_on(posts: list[Post], day: dt.date) -> dt.date | None:
    ends = [post.valid_to for post in posts if post.valid_to is not None and post.valid_to < day]
    return max(ends) if ends and len(ends) == len(posts) else None


def _bodies(organisations: QuerySet[Organisation], day: dt.date) -> list[Body]:
    found = organisations.prefetch_related("open_periods", "successions_from__successor")
    return [_body(one, day) for one in found]


def _body(organisation: Organisation, day: dt.date) -> Body:
    periods = list(organisation.open_periods.all())
    is_open = any(
        one.valid_from <= day and (one.valid_to is None or one.valid_to >= day) for one in periods
    )
    ended = [one.valid_to for one in periods if one.valid_to is not None and one.valid_to < day]
    ahead = [one.valid_from for one in periods if one.valid_from > day]
    return Body(
        id=organisation.pk,
        code=organisation.code,
        name=organisation.name,
        category=organisation.category,
        category_name=organisation.get_category_display(),
        postcode=organisation.postcode,
        is_open=is_open,
        closed_on=None if is_open else max(ended, default=None),
        opens_on=None if is_open else min(ahead, default=None),
        successors=tuple(str(one.successor) for one in organisation.successions_from.all()),
    )
