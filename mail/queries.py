"""What lies in the outbox, how delivery stands on the page of a thing, what a person wants."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, Model, Q, QuerySet

from accounts.models import User
from mail.models import Delivery, KeptMail, Message, Preference

About = tuple[str, str]
"""Type and key of the object that a message is about, as the message has them."""


def about(obj: Model) -> About:
    """The key of the object among ``deliveries_about``."""
    return obj._meta.label_lower, str(obj.pk)  # noqa: SLF001 - Django documents it


def deliveries_about(objects: Iterable[Model]) -> dict[About, list[Message]]:
    """The messages about each of these, oldest first; one query, none for no objects."""
    keys: dict[str, set[str]] = defaultdict(set)
    for obj in objects:
        kind, key = about(obj)
        keys[kind].add(key)
    if not keys:
        return {}
    wanted = Q()
    for kind, some in keys.items():
        wanted |= Q(about_type=kind, about_key__in=some)
    found: dict[About, list[Message]] = defaultdict(list)
    for message in Message.objects.filter(wanted).select_related("user").order_by("pk"):
        found[message.about_type, message.about_key].append(message)
    return dict(found)


def outbox(*, dead: bool) -> QuerySet[Message]:
    """Dead letters, or everything else; newest first."""
    messages = Message.objects.select_related("user").order_by("-pk")
    return messages.filter(state=Delivery.DEAD) if dead else messages.exclude(state=Delivery.DEAD)


def counts_by_state() -> dict[str, int]:
    """How many messages are in each state that any is in; one query."""
    rows = Message.objects.order_by().values("state").annotate(number=Count("pk"))
    return {row["state"]: row["number"] for row in rows}


def dead_letters() -> int:
    """How many messages could not be delivered and wait for a person."""
    return Message.objects.filter(state=Delivery.DEAD).count()


def kept_mails() -> QuerySet[KeptMail]:
    """What arrived in the demonstration, newest first, without the words."""
    return KeptMail.objects.defer("text", "html", "headers").order_by("-pk")


def kept_mail(pk: int) -> KeptMail | None:
    """One of them whole, or None where the number is unknown."""
    return KeptMail.objects.filter(pk=pk).first()


def preference_of(user: User) -> Preference:
    """What the person wants to receive; everything, where they never said."""
    return Preference.objects.filter(user=user).first() or Preference(user=user)


def last_posted(*, kind: str, since: dt.datetime) -> dict[int, dt.datetime]:
    """User id -> when the person's newest message of this kind was posted, since then; one query."""
    rows = Message.objects.filter(kind=kind, posted_at__gte=since, user__isnull=False)
    return dict(rows.order_by("posted_at").values_list("user_id", "posted_at"))
