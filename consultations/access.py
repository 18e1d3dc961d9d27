"""Who may see a consultation and what was answered in it.

A consultation is in scope with its plan (``plans.access``), and for everybody once it stands in the
public register. Responses are read by the plan's managers and the reviewers, and worked on by its
managers; who sent one follows it by the address on the receipt.
"""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from accounts.models import User
from accounts.permissions import has_permission, roles_of
from accounts.roles import Permission, Role
from consultations.models import Response, Theme
from plans.access import (
    managers_of,
    may_read_confidential,
    may_write,
    plan_in_scope,
    plans_visible_to,
)
from plans.models import Consultation, Plan


def consultations_visible_to(user: User | None, *, today: dt.date) -> QuerySet[Consultation]:
    """The consultations that ``user`` may know of; None is who has not signed in."""
    public = Q(published_at__isnull=False, withdrawn_at__isnull=True)
    if user is None or not user.is_authenticated:
        return Consultation.objects.filter(public)
    plans = plans_visible_to(user, today=today)
    return Consultation.objects.filter(public | Q(plan__in=plans.values("pk")))


def consultation_in_scope(
    user: User, pk: int, *, permission: Permission, today: dt.date
) -> Consultation:
    """The consultation, if its plan is in scope for ``user`` and ``user`` has ``permission`` there.

    Raises ``Http404`` outside the scope, also where it is public: what is asked for is more than the
    public reads. Raises ``PermissionDenied`` inside it without the permission, and for work on
    responses or points for everybody but the plan's managers.
    """
    plans = plans_visible_to(user, today=today)
    found = Consultation.objects.filter(pk=pk, plan__in=plans.values("pk"))
    consultation = found.select_related("plan__footprint").first()
    if consultation is None:
        message = "No consultation with this address."
        raise Http404(message)
    if not has_permission(user, permission, today=today):
        raise PermissionDenied(permission.refusal)
    if permission in MANAGERS_OWN and not may_write(user, consultation.plan, today=today):
        raise PermissionDenied(permission.refusal)
    if permission in READERS and not may_read_confidential(user, consultation.plan, today=today):
        raise PermissionDenied(permission.refusal)
    return consultation


def response_in_scope(user: User, pk: int, *, permission: Permission, today: dt.date) -> Response:
    """The response, on the terms of ``consultation_in_scope`` for the consultation that it answers."""
    found = Response.objects.filter(pk=pk).select_related(
        "consultation__plan__footprint", "respondent__organisation", "held_by", "moderated_by"
    )
    response = found.first()
    if response is None:
        message = "No consultation with this address."
        raise Http404(message)
    consultation_in_scope(user, response.consultation_id, permission=permission, today=today)
    return response


def plan_of_points(user: User, code: str, *, permission: Permission, today: dt.date) -> Plan:
    """The plan, if ``user`` may read everything that was said about it: its managers, the reviewers.

    Raises ``Http404`` outside the scope and ``PermissionDenied`` inside it for everybody else, and
    for a decision on what was said to everybody but the plan's managers.
    """
    plan = plan_in_scope(user, code, permission=permission, today=today)
    reads = permission not in MANAGERS_OWN and Role.REVIEWER in roles_of(user, today=today)
    if not reads and not may_write(user, plan, today=today):
        raise PermissionDenied(permission.refusal)
    return plan


def theme_in_scope(user: User, pk: int, *, permission: Permission, today: dt.date) -> Theme:
    """The theme with this number, under the same rule as everything that was said about its plan."""
    plans = plans_visible_to(user, today=today).values("pk")
    theme = (
        Theme.objects.filter(pk=pk, plan__in=plans)
        .select_related(
            "plan__footprint", "merged_into", "changed_in", "decided_by", "published_by"
        )
        .first()
    )
    if theme is None:
        message = "No theme with this address."
        raise Http404(message)
    plan_of_points(user, theme.plan.code, permission=permission, today=today)
    return theme


def second_readers(theme: Theme, *, today: dt.date) -> QuerySet[User]:
    """Who may take the second look at what the public would read of the theme: the managers of its
    plan, without whoever wrote those words last."""
    return managers_of(theme.plan, today=today).exclude(pk=theme.writer_id or 0)


MANAGERS_OWN = frozenset(
    {Permission.HANDLE_RESPONSES, Permission.DECIDE_POINTS, Permission.EDIT_PAPERS}
)
"""What only those do who manage the plan, wherever else they may read."""

READERS = frozenset({Permission.READ_RESPONSES})
"""Who manages another plan and represents an organisation in this one is no reader of responses."""
