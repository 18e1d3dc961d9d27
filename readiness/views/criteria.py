"""How every figure is worked out: open to everybody who can sign in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from readiness.presenters.criteria import policy_texts
from readiness.queries.pages.criteria import policies


@require_safe
def criteria(request: HttpRequest) -> HttpResponse:
    """Every criterion of each policy, with its definition, source and thresholds."""
    return render(request, "readiness/criteria.html", {"policies": policy_texts(policies())})
