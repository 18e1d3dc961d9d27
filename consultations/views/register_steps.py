"""What the managers of a plan do with a consultation: bring it up to date, name who must be asked,
publish it, give it up."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from consultations.access import consultation_in_scope
from consultations.actions import register as actions
from consultations.forms.register import NEED_NOT, AskedForm, DropForm, MustAskForm
from consultations.presenters import register as present
from consultations.presenters.register_asking import ask_line, name_of
from consultations.presenters.register_form import form_parts
from consultations.queries import register as queries
from consultations.queries.responses import has_responses
from plans.actions.papers import change_paper
from plans.forms.consultations import ConsultationForm
from plans.presenters.papers import changed_message

METHODS = ["GET", "HEAD", "POST"]
FOLLOWS = "The plan's figures follow within a minute."
WITHDRAWN = "This consultation was withdrawn, so nothing about it changes any more."
NO_SUMMARY = "Say what it is about first: that is what the public reads."


@require_http_methods(METHODS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a consultation up to date, as far as it may move."""
    row, today = _to_change(request, pk), timezone.localdate()
    if row.withdrawn_at:
        return _back(request, row, WITHDRAWN, written=False)
    counted = has_responses(row)
    form = ConsultationForm(
        request.POST or None, plan=row.plan, today=today, paper=row, counts_themes=counted
    )
    if form.is_valid():
        changed = change_paper(
            paper=row, facts=form.facts()[0], by=request.user, now=timezone.now()
        )
        said = changed_message("consultation", changed=changed)
        return _back(request, row, said, written=changed)
    context = {"parts": form_parts(form), "counts_themes": counted}
    return _page(request, row, "change", {"form": form, **context})


@require_http_methods(METHODS)
def must_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Who must be asked, whether they were, and one more."""
    row, today = _to_change(request, pk), timezone.localdate()
    if row.withdrawn_at:
        return _back(request, row, WITHDRAWN, written=False)
    form = MustAskForm(request.POST or None, day=today)
    if form.is_valid():
        added = actions.add_must_ask(
            consultation=row, **form.cleaned_data, by=request.user, now=timezone.now()
        )
        said = f"They are on the list. {FOLLOWS}" if added else "They are on the list already."
        (messages.success if added else messages.info)(request, said)
        return redirect("consultations:must-ask", row.pk)
    asking = queries.must_ask(row, today=today)
    lines = [ask_line(one, row, may_edit=True) for one in asking]
    return _page(request, row, "must_ask", {"form": form, "lines": lines})


@require_http_methods(METHODS)
def must_ask_one(request: HttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """When somebody was asked, or that they need not be."""
    row, today = _to_change(request, pk), timezone.localdate()
    asked = queries.must_ask_row(row, row_pk)
    if asked is None:
        message = "Nobody with this number must be asked in this consultation."
        raise Http404(message)
    form = AskedForm(request.POST or None, row=asked, consultation=row, today=today)
    if form.is_valid():
        said, now = form.cleaned_data, timezone.now()
        if said["what"] == NEED_NOT:
            done = actions.need_not_ask(row=asked, reason=said["reason"], by=request.user, now=now)
        else:
            done = actions.record_asked(
                row=asked, asked_on=said["asked_on"], by=request.user, now=now
            )
        words = f"It is saved. {FOLLOWS}" if done else "It says so already. Nothing was changed."
        (messages.success if done else messages.info)(request, words)
        return redirect("consultations:must-ask", row.pk)
    context = {"form": form, "name": name_of(asked)}
    return _page(request, row, "must_ask_one", context)


@require_http_methods(METHODS)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a consultation into the public register."""
    row = _to_change(request, pk)
    if request.method == "POST" or row.published_at or row.withdrawn_at:
        posted = request.method == "POST"
        done = posted and actions.publish(consultation=row, by=request.user, now=timezone.now())
        return _back(request, row, _published_words(row, done=done), written=done)
    today = timezone.localdate()
    context = {"page": present.public_part(row, today=today), "lacking": _lacking(row)}
    return _page(request, row, "publish", context)


@require_http_methods(METHODS)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a consultation does not go forward, and why."""
    row, today = _to_change(request, pk), timezone.localdate()
    if row.dropped_on or row.withdrawn_at:
        said = WITHDRAWN if row.withdrawn_at else "It had been given up before."
        return _back(request, row, said, written=False)
    form = DropForm(request.POST or None, today=today)
    if form.is_valid():
        done = actions.drop(
            consultation=row, **form.cleaned_data, by=request.user, now=timezone.now()
        )
        said = (
            f"It does not go forward. {FOLLOWS}"
            if done
            else "Somebody else changed it just now. Look at it and try again."
        )
        return _back(request, row, said, written=done)
    return _page(request, row, "drop", {"form": form})


def _published_words(row: Any, *, done: bool) -> str:
    if done:
        return "It is in the public register. Anybody can read this page without an account."
    if row.withdrawn_at:
        return WITHDRAWN
    return "It is in the public register already." if row.published_at else NO_SUMMARY


def _lacking(row: Any) -> str:
    return "" if row.summary else NO_SUMMARY


def _to_change(request: HttpRequest, pk: int) -> Any:
    """404 outside the scope, 403 for everybody but the managers of its plan."""
    return consultation_in_scope(
        request.user, pk, permission=Permission.EDIT_PAPERS, today=timezone.localdate()
    )


def _back(request: HttpRequest, row: Any, said: str, *, written: bool) -> HttpResponse:
    (messages.success if written else messages.info)(request, said)
    return redirect("consultations:consultation", row.pk)


def _page(request: HttpRequest, row: Any, name: str, context: dict[str, Any]) -> HttpResponse:
    shown = {"row": row, "back_url": present.page_url(row), **context}
    return render(request, f"consultations/register/{name}.html", shown)
