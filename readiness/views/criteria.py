"""How every figure is worked out: open to everybody who can sign in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import roles_of
from accounts.roles import Permission, permissions_of
from readiness.presenters import criteria as presenter
from readiness.queries.pages import criteria as queries
from ui import query

OF_POLICIES = {Permission.EDIT_POLICIES, Permission.APPROVE_POLICIES}


@require_safe
def criteria(request: HttpRequest) -> HttpResponse:
    """Every criterion of one policy, with its definition, source and thresholds."""
    today = timezone.localdate()
    policies = {presenter.anchor_of(one): one for one in queries.approved_policies()}
    in_force = queries.in_force(list(policies.values()), today=today)
    unasked = presenter.anchor_of(in_force[0]) if in_force else next(iter(policies), "")
    asked = query.choice(request, "policy", policies, unasked)
    policy = policies.get(asked.value)
    may = permissions_of(roles_of(request.user, today=today))
    context = {
        "problems": [asked.problem] if asked.problem else [],
        "policies": presenter.policy_links(policies.values(), in_force, policy),
        "policy": presenter.policy_text(policy, queries.criteria_of(policy)) if policy else None,
        "may_edit": bool(may & OF_POLICIES),
    }
    return render(request, "readiness/criteria.html", context)
