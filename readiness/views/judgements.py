"""What reviewers judge by reading a plan."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import has_permission
from accounts.roles import Permission
from plans import access
from plans.forms.moment import moment_of
from plans.presenters.moment import banner
from plans.queries.versions import readable
from plans.views.reader import reader_of
from readiness.actions import judgements as actions
from readiness.forms.judgements import JudgementForm, WithdrawJudgementForm
from readiness.presenters import judgements as presenter
from readiness.presenters.plan_words import crumbs
from readiness.queries.pages import judgements as queries

OWN = "You may write in this footprint, so somebody else has to judge its plan."


@require_safe
def judgements(request: HttpRequest, code: str) -> HttpResponse:
    """What counts, what is still to be read, and what was said before."""
    today = timezone.localdate()
    plan = access.plan_in_scope(
        request.user, code, permission=Permission.READ_READINESS, today=today
    )
    moment, problems = moment_of(request, today=today, starts_on=plan.starts_on)
    page = presenter.judgements_page(
        plan,
        queries.subjects_of(plan),
        queries.judgements_of(plan, moment),
        may_judge=not moment.is_past
        and has_permission(request.user, Permission.JUDGE, today=today)
        and not access.has_grant_in(request.user, plan, today=today),
        versions=readable(plan, reader_of(request, plan, today).may_read),
    )
    context = {
        "plan": plan,
        "page": page,
        "crumbs": crumbs(plan, **moment.query()),
        "moment_banner": banner(moment, url=request.path),
        "moment_problems": problems,
    }
    return render(request, "readiness/judgements.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Record a judgement."""
    plan = _plan_to_judge(request, code, timezone.localdate())
    form = JudgementForm(
        request.POST or None,
        subjects=queries.subjects_of(plan),
        initial={"subject": request.GET.get("subject", "")[:20]},
    )
    if form.is_valid():
        actions.judge(plan=plan, by=request.user, now=timezone.now(), **form.values())
        return _done(
            request, plan, "The judgement is recorded. The figures follow within a minute."
        )
    return _form(request, plan, form, "Judge what the plan says")


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a judgement back, with a reason."""
    plan = _plan_to_judge(request, code, timezone.localdate())
    judgement = queries.standing_judgement(plan, pk)
    if judgement is None:
        message = "No judgement with this address."
        raise Http404(message)
    form = WithdrawJudgementForm(request.POST or None)
    if form.is_valid():
        try:
            actions.withdraw_judgement(
                judgement_id=pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except actions.WithdrawnError:
            return _done(request, plan, "Somebody else withdrew the judgement first.", well=False)
        return _done(request, plan, "The judgement is withdrawn.")
    return _form(request, plan, form, "Withdraw a judgement")


def _plan_to_judge(request: HttpRequest, code: str, today: dt.date) -> Any:
    """The plan, for reviewers without a grant in its footprint."""
    plan = access.plan_in_scope(request.user, code, permission=Permission.JUDGE, today=today)
    if access.has_grant_in(request.user, plan, today=today):
        raise PermissionDenied(OWN)
    return plan


def _form(request: HttpRequest, plan: Any, form: Any, heading: str) -> HttpResponse:
    context = {"plan": plan, "form": form, "heading": heading}
    return render(request, "readiness/judgement_form.html", context)


def _done(request: HttpRequest, plan: Any, words: str, *, well: bool = True) -> HttpResponse:
    (messages.success if well else messages.warning)(request, words)
    return redirect("readiness:judgements", code=plan.code)
