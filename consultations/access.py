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
from accounts.permissions import has_permission
from accounts.roles import Permission
from plans.access import may_write, plans_visible_to
from plans.models import Consultation


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
    return consultation


MANAGERS_OWN = frozenset(
    {Permission.HANDLE_RESPONSES, Permission.DECIDE_POINTS, Permission.EDIT_PAPERS}
)
"""What only those do who manage the plan, wherever else they may read."""
