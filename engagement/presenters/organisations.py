"""An organisation's page: who works there and the ledger of what it took part in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.urls import reverse

from engagement.access import Sight
from engagement.models import Event, Participation
from engagement.presenters.records import RecordCard, record_card
from plans.models import Footprint, Plan
from stakeholders.models import Organisation, Post
from ui.words import and_list


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """Somebody with a post at the organisation; ``contact`` only for those who may see it."""

    name: str
    title: str
    contact: str
    synthetic: bool
    is_silent: bool
    contact_url: str


def ledger(  # noqa: PLR0913  (a ledger shows this many things)
    events: Iterable[Event],
    *,
    organisation: Organisation,
    parts: dict[int, list[Participation]],
    plans: dict[int, list[Plan]],
    footprints: Iterable[Footprint],
    sight: Sight,
    silent: Collection[int] = (),
) -> list[RecordCard]:
    """The entries in the order of the events; ``silent`` are those that wait for its answer."""
    home = {footprint.pk for footprint in footprints}
    return [
        record_card(
            event,
            parts[event.pk],
            anchor=f"event-{event.pk}",
            named=sight.covers(organisation.pk),
            more=" ".join(
                filter(
                    None,
                    (
                        plans_in_words(plans[event.pk], home),
                        "Asked whether it is right, no answer." if event.pk in silent else "",
                    ),
                )
            ),
        )
        for event in events
    ]


def plans_in_words(plans: Iterable[Plan], home: set[int]) -> str:
    """To which plans the event is credited, and for which of them the organisation cannot count."""
    near = [plan.title for plan in plans if plan.footprint_id in home]
    away = [plan.title for plan in plans if plan.footprint_id not in home]
    said = [f"For {and_list(near)}."] if near else []
    if away:
        said.append(f"Not counted for {and_list(away)}: outside that area today.")
    return " ".join(said)


def colleagues(posts: Iterable[Post], *, with_contact: bool, code: str = "") -> list[Colleague]:
    """The people with a post, and how to reach them where the reader may know it.

    ``code`` is the organisation's where the reader may say whether they may be written to.
    """
    return [
        Colleague(
            name=post.person.name,
            title=post.title,
            contact=" · ".join(filter(None, (post.person.email, post.person.phone)))
            if with_contact
            else "",
            synthetic=post.person.is_synthetic,
            is_silent=with_contact and not post.person.contact_permitted,
            contact_url=reverse("engagement:person-contact", args=[code, post.person.pk])
            if code
            else "",
        )
        for post in posts
    ]


def empty_text(sight: Sight) -> str:
    """What an empty ledger means, and what to do next."""
    if sight.everybody:
        return "When you have been in contact with it, log it: the ledger shows it here."
    return "Events are shown here when they name your organisation too."
