"""The mail to somebody who is asked about several records at once, as when a list brought them in."""

import datetime as dt
from typing import Any

from django.urls import reverse

from engagement.models import AnswerLink, Participation
from engagement.presenters.letters import about_one
from engagement.presenters.links import about
from engagement.presenters.standing import logged_in_words, part_in_words
from engagement.queries.links import open_ones, parts_put_by, path_of
from mail.models import Message
from mail.writing import Letter, address, write
from ui.words import nhs_date, plural

SHOWN = 10
"""Records with a link each in a mail to somebody who can see all of them by signing in."""


def records_named(message: Message, *, now: dt.datetime) -> Letter | None:
    """The questions that still wait, each with its link; None once nobody can answer any of them.

    Whoever has an account finds the rest on their own page. Anybody else has nothing but these
    links, and so gets all of them.
    """
    links = open_ones(message.context["links"], now=now)
    if not links:
        return None
    if len(links) == 1:
        return about_one(links[0])
    user = links[0].user
    shown = links[:SHOWN] if user else links
    parts = parts_put_by(shown)
    names = sorted({link.question.organisation.name for link in links})
    records = plural(len(links), "record")
    who = f"{names[0]} was" if len(names) == 1 else f"{len(names)} organisations were"
    context = {
        "name": str(user or links[0].person),
        "why": f"You get this because {_why(links[0], names)}.",
        "who": who,
        "records": records,
        "asked": [_asked(link, parts[link.pk], named=len(names) > 1) for link in shown],
        "rest": len(links) - len(shown),
        "expires": nhs_date(min(link.expires_at for link in links)),
        "has_account": user is not None,
        "page": address(reverse("engagement:consulted")) if user else "",
    }
    subject = f"Are these right? {who} named in {records}"
    return write("engagement/records_named", context, subject=subject)


def _why(link: AnswerLink, names: list[str]) -> str:
    if link.user is not None:
        return f"you answer for {names[0] if len(names) == 1 else f'{len(names)} organisations'}"
    return f"the records say that you took part for {' and '.join(names)}"


def _asked(link: AnswerLink, parts: list[Participation], *, named: bool) -> dict[str, Any]:
    event, organisation = link.question.event, link.question.organisation.name
    return {
        "about": f"{about(event)}, {organisation}" if named else about(event),
        "did": ", ".join(part_in_words(part, named=True) for part in parts),
        "logged": logged_in_words(event),
        "link": address(path_of(link)),
    }
