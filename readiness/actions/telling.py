"""Tell of a decision: those who manage the plan, and the leads of the LMCs in its area."""

import datetime as dt

from django.utils import timezone

from accounts.models import RoleGrant, User
from accounts.roles import Role
from engagement.queries.recipients import representatives_of
from mail.actions import Post, Recipient, post_all
from plans.access import grants_covering
from plans.membership import members
from plans.models import Plan
from readiness.models import Decision
from stakeholders.models import Category


def tell_of_decision(decision: Decision, plan: Plan, *, by: User, now: dt.datetime) -> None:
    """Post it to each of them once, in the transaction of the decision."""
    day = timezone.localtime(now).date()
    people = {one.pk: one for one in [*_managers(plan, day), *_leads(plan, day)] if one != by}
    posts = [
        Post(
            matter=f"decision-taken:{decision.pk}:u{pk}",
            to=Recipient(user=person),
            about=decision,
            context={"decision": decision.pk},
        )
        for pk, person in people.items()
    ]
    post_all(posts, kind="decision-taken", now=now)


def _managers(plan: Plan, day: dt.date) -> list[User]:
    managers = RoleGrant.objects.on(day).filter(role=Role.MANAGER)
    granted = grants_covering(plan, today=day).filter(user__in=managers.values("user"))
    return list(User.objects.filter(is_active=True, pk__in=granted.values("user")).order_by("pk"))


def _leads(plan: Plan, day: dt.date) -> list[User]:
    belonging = members(day=day, footprint_ids=[plan.footprint_id])
    lmcs = [one.organisation_id for one in belonging if one.category == Category.LMC]
    answering = representatives_of(lmcs, day=day)
    return [person for people in answering.values() for person in people]
