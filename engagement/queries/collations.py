"""Collations as their lead sees them, and the one that a code leads to.

Only pages of the people who answer for the organisation may read comments; nothing here gives them
to anybody else.
"""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from consultations.queries.receipts import path_of, response_with_key
from consultations.queries.surveys import consultations_to_respond_to
from engagement.models import Collation, Comment
from engagement.rules.codes import as_stored
from plans.membership import belonging
from plans.models import Consultation, Plan
from stakeholders.access import organisation_ids_represented_by
from stakeholders.models import Category, Organisation
from stakeholders.queries.representation import practices_spoken_for
from ui.words import nhs_date


def collations_of(user: User, *, today: dt.date) -> QuerySet[Collation]:
    """Those of the organisations that ``user`` answers for, newest first, with ``came``."""
    ours = organisation_ids_represented_by(user, today=today)
    found = Collation.objects.filter(organisation__in=ours)
    return found.select_related("organisation", "plan", "consultation").annotate(
        came=Count("comments")
    )


def is_open(collation: Collation, *, today: dt.date) -> bool:
    """Whether members may still comment."""
    return collation.closed_at is None and today <= collation.closes_on


def collation_of_code(typed: str, *, today: dt.date) -> Collation | None:
    """The open collation with this code; None for one that is unknown, mistyped or closed."""
    code = as_stored(typed)
    if not code:
        return None
    whole = Collation.objects.select_related("organisation", "plan", "consultation")
    found = whole.filter(code=code).first()
    return found if found and is_open(found, today=today) else None


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What members may be asked about: a plan, or a consultation on it, in the name of whom.

    ``last_day`` is the consultation's own, after which a response would be late.
    """

    organisation_id: int
    plan_id: int
    name: str
    consultation_id: int = 0
    last_day: dt.date | None = None

    @property
    def key(self) -> str:
        """As a form sends it."""
        pair = f"{self.organisation_id}-{self.plan_id}"
        return f"{pair}-{self.consultation_id}" if self.consultation_id else pair


def subjects(user: User, *, today: dt.date) -> dict[str, Subject]:
    """What ``user`` may ask members about, by key: each open plan, and below it each consultation
    that is open and asks something in words; four statements."""
    pairs = plans_to_ask_about(user, today=today)
    open_now = defaultdict(list)
    for one in consultations_to_respond_to({plan for _, plan in pairs}, today=today):
        open_now[one.plan_id].append(one)
    found = []
    for (organisation, plan), name in pairs.items():
        found.append(Subject(organisation_id=organisation, plan_id=plan, name=name))
        found += [
            Subject(
                organisation_id=organisation,
                plan_id=plan,
                consultation_id=one.pk,
                name=f"{name}: the consultation “{one.title}”, until {nhs_date(one.closes_on)}",
                last_day=one.closes_on,
            )
            for one in open_now[plan]
        ]
    return {one.key: one for one in found}


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


def asked_about(subject: Subject) -> tuple[Organisation, Plan, Consultation | None]:
    """The organisation, the plan and the consultation behind what was chosen."""
    consultation = Consultation.objects.filter(pk=subject.consultation_id).first()
    return (
        Organisation.objects.get(pk=subject.organisation_id),
        Plan.objects.get(pk=subject.plan_id),
        consultation,
    )


def response_key(collation: Collation) -> uuid.UUID:
    """The key by which the response to a consultation that is made of a collation is one."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"response of collation {collation.pk}")


def receipt_path(collation: Collation) -> str:
    """Where the lead reads what became of the response to the consultation; empty without one."""
    if collation.consultation_id is None or collation.response_id is None:
        return ""
    response = response_with_key(response_key(collation))
    return path_of(response) if response else ""
