"""Collations as their lead sees them, and the one that a code leads to.

Only pages of the people who answer for the organisation may read comments; nothing here gives them
to anybody else.
"""

import datetime as dt
import uuid

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from engagement.models import Collation, Comment
from engagement.rules.codes import as_stored
from plans.membership import belonging
from plans.models import Plan
from stakeholders.access import organisation_ids_represented_by
from stakeholders.models import Category, Organisation
from stakeholders.queries.representation import practices_spoken_for


def collations_of(user: User, *, today: dt.date) -> QuerySet[Collation]:
    """Those of the organisations that ``user`` answers for, newest first, with ``came``."""
    ours = organisation_ids_represented_by(user, today=today)
    found = Collation.objects.filter(organisation__in=ours)
    return found.select_related("organisation", "plan").annotate(came=Count("comments"))


def is_open(collation: Collation, *, today: dt.date) -> bool:
    """Whether members may still comment."""
    return collation.closed_at is None and today <= collation.closes_on


def collation_of_code(typed: str, *, today: dt.date) -> Collation | None:
    """The open collation with this code; None for one that is unknown, mistyped or closed."""
    code = as_stored(typed)
    if not code:
        return None
    found = Collation.objects.select_related("organisation", "plan").filter(code=code).first()
    return found if found and is_open(found, today=today) else None


def plans_to_ask_about(user: User, *, today: dt.date) -> dict[tuple[int, int], str]:
    """Organisation and open plan that covers it, with what to call the pair; three statements.

    Organisations are those that ``user`` answers for and that speak for members: LMCs.
    """
    ours = {
        one.pk: one
        for one in Organisation.objects.filter(
            pk__in=organisation_ids_represented_by(user, today=today), category=Category.LMC
        )
    }
    pairs = belonging(organisation_ids=ours, day=today)
    still_open = Q(closed_on__isnull=True) | Q(closed_on__gte=today)
    plans = Plan.objects.filter(still_open, footprint__in={one for one, _ in pairs})
    found = {
        (organisation, plan.pk): plan.title
        for plan in plans.order_by("title", "pk")
        for footprint, organisation in sorted(pairs)
        if footprint == plan.footprint_id
    }
    if len(ours) < 2:
        return found
    return {key: f"{title}, for {ours[key[0]].name}" for key, title in found.items()}


def members_of(collation: Collation, *, day: dt.date) -> list[tuple[int, str, str]]:
    """Id, code and name of the practices that the organisation speaks for, by name."""
    found = practices_spoken_for([collation.organisation_id], day=day)
    return list(found.order_by("name", "code").values_list("pk", "code", "name"))


def comments_of(collation: Collation) -> list[Comment]:
    """Every comment in the order in which they came, with its practice; one statement."""
    found = Comment.objects.filter(collation=collation).select_related("practice")
    return list(found.order_by("written_at", "pk"))


def comment_with_key(key: uuid.UUID) -> Comment | None:
    """The comment that this form has made already."""
    return Comment.objects.filter(form_key=key).first()


def pair_of(chosen: str) -> tuple[Organisation, Plan]:
    """The organisation and the plan behind a choice of ``plans_to_ask_about``."""
    organisation, _, plan = chosen.partition("-")
    return Organisation.objects.get(pk=organisation), Plan.objects.get(pk=plan)
