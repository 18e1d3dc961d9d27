"""Single-purpose links: what their address says, and what they are good for now."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import RoleGrant, User
from accounts.roles import Role
from engagement.models import AnswerLink, Attestation, Participation, Point
from engagement.queries.answers import is_disputed
from engagement.rules.links import LinkFacts, LinkState, link_state, may_be_sent_again
from stakeholders.models import Representative

SALT = "engagement.answer-link"
LONGEST = 200
"""Letters of an address that is looked at; ours have some 90."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A link with what it is good for. ``link`` has its question, event, organisation and people."""

    link: AnswerLink
    state: LinkState

    @property
    def holder(self) -> str:
        """Whom it is for, by name."""
        return str(self.link.user or self.link.person)

    @property
    def may_be_sent_again(self) -> bool:
        """Whether the same person may have it once more, at the address that we know."""
        return may_be_sent_again(self.state, self.link.sends) and may_be_written_to(self.link)

    def is_for(self, user: User) -> bool:
        """Whether it is for this signed-in person; without an account, by the same address."""
        if self.link.person is not None:
            return self.link.person.email.casefold() == user.email.casefold()
        return self.link.user_id == user.pk


def token_of(link: AnswerLink) -> str:
    """What stands in the address: made of the link's nonce and the service's key, stored nowhere."""
    return _signer().sign(f"{link.pk}-{link.nonce}")


def path_of(link: AnswerLink) -> str:
    """The address of the link within the service."""
    return reverse("engagement:answer-link", args=[token_of(link)])


def opened(token: str, *, now: dt.datetime) -> Opened | None:
    """The link of this address; None for one that the service did not make. Two queries at most."""
    if len(token) > LONGEST:
        return None
    try:
        number, _, nonce = _signer().unsign(token).partition("-")
    except BadSignature:
        return None
    link = links().filter(pk=int(number)).first() if number.isdecimal() else None
    if link is None:
        return None
    return Opened(
        link=link,
        state=state_of(link, now=now, is_newest=constant_time_compare(nonce, link.nonce)),
    )


def links() -> QuerySet[AnswerLink]:
    """Links with everything that their state depends on."""
    return AnswerLink.objects.select_related(
        "question__event__recorded_by", "question__organisation", "user", "person", "revoked_by"
    )


def state_of(link: AnswerLink, *, now: dt.datetime, is_newest: bool = True) -> LinkState:
    """What the link is good for; one query where it is somebody's who signs in."""
    day = timezone.localtime(now).date()
    is_entitled = link.user is None or answers_for(
        link.user, link.question.organisation_id, day=day
    )
    return _state(link, now=now, is_newest=is_newest, is_entitled=is_entitled)


def open_ones(link_ids: Collection[int], *, now: dt.datetime) -> list[AnswerLink]:
    """Those of these links of one person by which they can answer now; two queries."""
    found = list(links().filter(pk__in=link_ids).order_by("question__event__held_on", "pk"))
    user = found[0].user if found else None
    ours: set[int] = set()
    if user is not None:
        ours = set(
            _held(user, timezone.localtime(now).date()).values_list("organisation", flat=True)
        )
    return [
        link
        for link in found
        if may_be_written_to(link)
        and _state(
            link,
            now=now,
            is_newest=True,
            is_entitled=user is None or link.question.organisation_id in ours,
        )
        == LinkState.OPEN
    ]


def _state(link: AnswerLink, *, now: dt.datetime, is_newest: bool, is_entitled: bool) -> LinkState:
    question = link.question
    facts = LinkFacts(
        expires_at=link.expires_at,
        sends=link.sends,
        is_newest=is_newest,
        is_used=link.used_at is not None,
        is_answered=question.answered_at is not None,
        is_revoked=link.revoked_at is not None,
        is_of_this_round=link.round == question.round,
        is_closed=question.closed_at is not None or question.event.withdrawn_at is not None,
        is_entitled=is_entitled,
    )
    return link_state(facts, now=now)


def answers_for(user: User, organisation_id: int, *, day: dt.date) -> bool:
    """Whether the user may sign in and answers for the organisation on ``day``; one query."""
    return _held(user, day).filter(organisation=organisation_id).exists()


def _held(user: User, day: dt.date) -> QuerySet[Representative]:
    roles = RoleGrant.objects.on(day).filter(user=OuterRef("user"), role=Role.REPRESENTATIVE)
    return Representative.objects.on(day).filter(Exists(roles), user__is_active=True, user=user)


def may_be_written_to(link: AnswerLink) -> bool:
    """Not where a person has no address, or asked not to be written to."""
    person = link.person
    return person is None or bool(person.email and person.contact_permitted)


def link_of_event(event_id: int, pk: int) -> AnswerLink | None:
    """The link with this id, if it is about this event."""
    return links().filter(question__event=event_id, pk=pk).first()


def parts_put(link: AnswerLink) -> list[Participation]:
    """What the record says of the part of the organisation that is asked; one query."""
    question = link.question
    parts = Participation.objects.filter(
        event=question.event_id, organisation=question.organisation_id
    )
    found = parts.annotate(is_disputed=is_disputed()).select_related("person", "organisation")
    return list(found.order_by("pk"))


def parts_put_by(links: Iterable[AnswerLink]) -> dict[int, list[Participation]]:
    """The same for each of these links, by its id; one query."""
    by_put = {(one.question.event_id, one.question.organisation_id): one.pk for one in links}
    events, organisations = {pair[0] for pair in by_put}, {pair[1] for pair in by_put}
    parts = Participation.objects.filter(event__in=events, organisation__in=organisations)
    found: dict[int, list[Participation]] = defaultdict(list)
    for part in parts.select_related("person").order_by("pk"):
        link = by_put.get((part.event_id, part.organisation_id))
        if link is not None:
            found[link].append(part)
    return found


def points_put(link: AnswerLink) -> list[Point]:
    """The points that stand in its name; one query."""
    question = link.question
    points = Point.objects.standing().filter(
        event=question.event_id, organisation=question.organisation_id
    )
    return list(points.order_by("pk"))


def answer_of(link: AnswerLink) -> Attestation | None:
    """What was answered by this link; one query."""
    return Attestation.objects.filter(link=link).first()


def _signer() -> Signer:
    return Signer(salt=SALT, sep=".")
