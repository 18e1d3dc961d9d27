"""The plan that somebody reads, and what they may read of its papers."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from accounts.roles import Permission
from plans import access
from plans.presenters.paper_lines import Reader
from plans.queries import papers as queries
from stakeholders.access import organisation_ids_represented_by

TEXT_REFUSED = (
    "You cannot read the text of this version. A confidential version is read by the plan's"
    " managers and the reviewers; one shared in confidence also by those it was shown to."
)


def plan_to_read(request: HttpRequest, code: str) -> tuple[dt.date, Any]:
    """Today and the plan: 404 outside the scope, 403 without the permission."""
    today = timezone.localdate()
    permission = Permission.READ_READINESS
    return today, access.plan_in_scope(request.user, code, permission=permission, today=today)


def reader_of(request: HttpRequest, plan: Any, today: dt.date) -> Reader:
    """What the signed-in person may read of the plan's papers."""
    if access.may_read_confidential(request.user, plan, today=today):
        may_edit = access.may_write(request.user, plan, today=today)
        return Reader(sees_all=True, may_edit=may_edit)
    ours = organisation_ids_represented_by(request.user, today=today)
    return Reader(sees_all=False, ours=ours, shown=queries.versions_shown_to(plan, ours))
