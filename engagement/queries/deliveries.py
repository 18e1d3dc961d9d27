"""How the mails fared that carried the links of a record."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q

from engagement.models import AnswerLink
from mail.models import Message
from mail.queries import About, about, deliveries_about


def deliveries_of(links: Collection[AnswerLink]) -> dict[About, list[Message]]:
    """The messages that carried each link, oldest first: one query, or three where some came
    together with links about other records and so are in a message about the first of them."""
    found = deliveries_about(links)
    missing = [link for link in links if len(found.get(about(link), ())) < link.sends]
    if not missing:
        return found
    together = Q()
    for link in missing:
        together |= Q(user=link.user_id, person=link.person_id, made_at=link.made_at)
    carried: dict[int, list[Message]] = defaultdict(list)
    for messages in deliveries_about(AnswerLink.objects.filter(together)).values():
        for message in messages:
            for pk in message.context.get("links", ()):
                carried[pk].append(message)
    return {
        **found,
        **{about(link): [*carried[link.pk], *found.get(about(link), ())] for link in missing},
    }
