"""The letters of readiness: the daily summary, and that a decision was taken."""

import datetime as dt

from django.utils import timezone

from accounts.permissions import roles_of
from accounts.queries.chain import head
from accounts.roles import Role
from mail.access import unsubscribe_path
from mail.models import Message
from mail.writing import Letter, address, write
from readiness.presenters import addresses
from readiness.presenters import digest as words
from readiness.queries.digest import period, summaries
from readiness.queries.pages.decisions import decisions_visible_to
from ui.words import nhs_date, plural, sentence_case


def digest(message: Message, *, now: dt.datetime) -> Letter | None:
    """What was new in the message's period and still is, and what waits or is due now.

    None where nothing is left to say.
    """
    user = message.user
    if user is None:
        return None
    since, until = (dt.datetime.fromisoformat(message.context[end]) for end in ("since", "until"))
    asked = period(since=since, until=until)
    found = summaries(period=asked, user=user)
    own = found.sections.get(user.pk)
    if not own:
        return None
    reviews = Role.REVIEWER in roles_of(user, today=asked.today)
    return write(
        "digest",
        {
            "name": user.name,
            "why": "You get this once a day at most, when there is something new for you.",
            "unsubscribe": address(unsubscribe_path(user)),
            "sections": words.sections(own, found.plans, today=asked.today),
            "history": words.history(head()) if reviews else "",
        },
        subject=words.subject(own, today=asked.today),
        digest=True,
    )


def decision_taken(message: Message, *, now: dt.datetime) -> Letter | None:
    """What was decided on a plan, and where to read why; None for who may not see the plan any more.

    The reasons stay in the service.
    """
    user = message.user
    visible = decisions_visible_to(user, today=timezone.localtime(now).date()) if user else None
    decision = visible.filter(pk=message.context["decision"]).first() if visible else None
    if decision is None or user is None:
        return None
    day = timezone.localtime(decision.decided_at).date()
    conditions = len(decision.conditions.all())
    outcome = decision.get_outcome_display()
    return write(
        "decision",
        {
            "name": user.name,
            "why": "You get this because you manage this plan, or answer for an LMC in its area.",
            "plan": decision.plan.title,
            "outcome": outcome,
            "day": nhs_date(day),
            "conditions": plural(conditions, "condition") if conditions else "",
            "url": address(addresses.decision(decision.pk)),
        },
        subject=f"{decision.plan.title}: {sentence_case(outcome.lower())}",
    )
