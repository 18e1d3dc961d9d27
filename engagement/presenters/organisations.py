"""An organisation's page: who works there and the ledger of what it took part in."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from engagement.access import Sight
from engagement.models import Event, Participation
from engagement.presenters.standing import (
    WORDS,
    Words,
    best_standing,
    logged_in_words,
    part_in_words,
)
from plans.models import Footprint, Plan
from stakeholders.models import Organisation, Post
from ui.words import and_list


@dataclass(frozen=True, kw_only=True)
class LedgerEntry:
    """One event that names the organisation."""

    event: Event
    url: str
    parts: str
    counts: Words
    plans: str
    elsewhere: str
    logged: str


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """Somebody with a post at the organisation; ``contact`` only for those who may see it."""

    name: str
    title: str
    contact: str
    synthetic: bool


def ledger(
    events: Iterable[Event],
    *,
    organisation: Organisation,
    parts: dict[int, list[Participation]],
    plans: dict[int, list[Plan]],
    footprints: Iterable[Footprint],
    sight: Sight,
) -> list[LedgerEntry]:
    """The entries in the order of the events."""
    home = {footprint.pk for footprint in footprints}
    named = sight.covers(organisation.pk)
    return [
        LedgerEntry(
            event=event,
            url=reverse("engagement:event", args=[event.pk]),
            parts=and_list(part_in_words(part, named=named) for part in parts[event.pk]),
            counts=WORDS[best_standing(parts[event.pk], event).why],
            plans=and_list(plan.title for plan in plans[event.pk]),
            elsewhere=elsewhere_in_words(plans[event.pk], home),
            logged=logged_in_words(event),
        )
        for event in events
    ]


def elsewhere_in_words(plans: Iterable[Plan], home: set[int]) -> str:
    """For which of these plans nothing counts, because the organisation is not of their area."""
    away = [plan.title for plan in plans if plan.footprint_id not in home]
    return f"Not counted for {and_list(away)}: outside that area today." if away else ""


def colleagues(posts: Iterable[Post], *, with_contact: bool) -> list[Colleague]:
    """The people with a post, and how to reach them where the reader may know it."""
    return [
        Colleague(
            name=post.person.name,
            title=post.title,
            contact=" · ".join(filter(None, (post.person.email, post.person.phone)))
            if with_contact
            else "",
            synthetic=post.person.is_synthetic,
        )
        for post in posts
    ]


def empty_text(sight: Sight) -> str:
    """What an empty ledger means, and what to do next."""
    if sight.everybody:
        return "When you have been in contact with it, log it: the ledger shows it here."
    return "Events are shown here when they name your organisation too."
