"""What a plan has on paper: read by all in scope, kept by its managers. The same for every kind."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from plans import access
from plans.actions import papers as actions
from plans.forms.moment import moment_of
from plans.forms.paper_kinds import FORMS
from plans.forms.papers import WithdrawForm
from plans.forms.versions import VersionForm
from plans.presenters import papers as presenter
from plans.presenters.moment import banner
from plans.presenters.paper_kinds import KINDS
from plans.presenters.seats import crumbs
from plans.presenters.versions import same_words
from plans.queries import papers as queries
from plans.queries.versions import same_file
from plans.views.reader import plan_to_read, reader_of

KEPT_ELSEWHERE = {"consultation": "consultations:change"}
"""Kinds that are brought up to date on a page of their own, by its address."""


@require_safe
def papers(request: HttpRequest, code: str) -> HttpResponse:
    """Everything on paper about a plan, a section for each kind."""
    today, plan = plan_to_read(request, code)
    moment, problems = moment_of(request, today=today, starts_on=plan.starts_on)
    reader = reader_of(request, plan, today)
    if moment.is_past:
        reader, found = replace(reader, may_edit=False), queries.papers_then(plan, moment)
    else:
        found = queries.papers_of(plan)
    context = {
        "plan": plan,
        "sections": presenter.sections(plan, found, reader, moment),
        "crumbs": crumbs(plan, **moment.query()),
        "moment_banner": banner(moment, url=reverse("plans:papers", args=[plan.code])),
        "moment_problems": problems,
    }
    return render(request, "plans/papers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Record a paper of one kind."""
    today, plan = _plan_to_edit(request, code)
    form = _form(request, kind, plan=plan, today=today)
    if not form.lacking and form.is_valid():
        asked = form.facts()
        recorded = actions.add_papers(
            plan=plan, kind=kind, several=asked, by=request.user, now=timezone.now()
        )
        if recorded and asked[0].get("file"):
            return _to_document(request, plan, recorded[0])
        said = presenter.recorded_message(kind, len(recorded), asked=len(asked))
        return _done(request, plan, kind, said, written=bool(recorded))
    return _form_page(request, plan, kind, {"form": form, "heading": KINDS[kind].add})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, code: str, kind: str, pk: int) -> HttpResponse:
    """Bring a paper up to date, as far as its kind may move."""
    today, plan = _plan_to_edit(request, code)
    form_of_kind = _form_of(kind)
    paper = _found(queries.paper_of(plan, kind, pk) if form_of_kind.later else None)
    if paper.withdrawn_at:
        said = presenter.withdrawn_message(kind, withdrawn=False)
        return _done(request, plan, kind, said, written=False)
    if kind in KEPT_ELSEWHERE:
        return redirect(KEPT_ELSEWHERE[kind], pk)
    form = _form(request, kind, plan=plan, today=today, paper=paper)
    if form.is_valid():
        changed = actions.change_paper(
            paper=paper, facts=form.facts()[0], by=request.user, now=timezone.now()
        )
        if changed and "file_name" in form.facts()[0]:
            return _to_document(request, plan, queries.paper_of(plan, kind, pk))
        said = presenter.changed_message(kind, changed=changed)
        return _done(request, plan, kind, said, written=changed)
    named = presenter.heading_of(kind, paper, today=today)
    heading = f"{presenter.change_words(kind, paper)}: {named}"
    return _form_page(request, plan, kind, {"form": form, "heading": heading})


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, code: str, kind: str, pk: int) -> HttpResponse:
    """Say that a paper was wrong, and why."""
    today, plan = _plan_to_edit(request, code)
    _form_of(kind)
    paper = _found(queries.paper_of(plan, kind, pk))
    form = WithdrawForm(request.POST or None)
    if paper.withdrawn_at or form.is_valid():
        withdrawn = not paper.withdrawn_at and actions.withdraw_paper(
            paper=paper, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
        )
        said = presenter.withdrawn_message(kind, withdrawn=withdrawn)
        return _done(request, plan, kind, said, written=withdrawn)
    context = {
        "plan": plan,
        "kind": KINDS[kind],
        "form": form,
        "named": presenter.heading_of(kind, paper, today=today),
        "takes_along": kind == "version",
        "back_url": _back(plan, kind),
    }
    return render(request, "plans/paper_withdraw.html", context)


def _plan_to_edit(request: HttpRequest, code: str) -> tuple[dt.date, Any]:
    """Today and the plan: 404 outside the scope, 403 for everybody but its managers."""
    today = timezone.localdate()
    plan = access.plan_in_scope(request.user, code, permission=Permission.EDIT_PAPERS, today=today)
    if not access.may_write(request.user, plan, today=today):
        message = f"Only a manager of {plan.footprint.name} can change what is on paper."
        raise PermissionDenied(message)
    return today, plan


def _form_of(kind: str) -> Any:
    if kind not in FORMS:
        message = "No kind of paper with this address."
        raise Http404(message)
    return FORMS[kind]


def _form(request: HttpRequest, kind: str, **options: Any) -> Any:
    """The form as it was sent, with its file where the kind takes one."""
    form = _form_of(kind)
    if issubclass(form, VersionForm):
        options |= {"files": request.FILES or None, "now": timezone.now()}
    return form(request.POST or None, **options)


def _found(one: Any) -> Any:
    if one is None:
        message = "Nothing with this number is on paper about this plan."
        raise Http404(message)
    return one


def _back(plan: Any, kind: str) -> str:
    return f"{reverse('plans:papers', args=[plan.code])}#{kind}"


def _form_page(request: HttpRequest, plan: Any, kind: str, context: dict[str, Any]) -> HttpResponse:
    shown = {"plan": plan, "back_url": _back(plan, kind), **context}
    return render(request, "plans/paper_form.html", shown)


def _to_document(request: HttpRequest, plan: Any, version: Any) -> HttpResponse:
    """The page of the version, which says how far its document is read."""
    said = presenter.document_message(version.file_name, same_words(same_file(version)))
    messages.success(request, said)
    return redirect("plans:paper-text", plan.code, version.pk)


def _done(request: HttpRequest, plan: Any, kind: str, said: str, *, written: bool) -> HttpResponse:
    (messages.success if written else messages.info)(request, said)
    return redirect(_back(plan, kind))
