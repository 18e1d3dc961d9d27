"""A draft's criteria, and its way: asked for approval, approved, sent back or dropped."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.permissions import require
from accounts.roles import Permission
from readiness.actions import policy_drafts as actions
from readiness.forms.policies import CriterionForm, SendBackForm
from readiness.queries.pages import policies as queries
from readiness.views.policies import (
    TOO_LATE,
    check_either,
    draft_or_404,
    moved,
    policy_or_404,
)

METHODS = ["GET", "HEAD", "POST"]
OVERTAKEN = (
    "Somebody else changed this criterion since you opened it. Your words are still here: look at"
    " the policy, then save them again if they still hold."
)

NUMBERS_MOVED = (
    "A threshold changed and the target in words did not. Check that both still say the same."
)


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question before a policy moves."""

    heading: str
    body: str
    button: str
    is_warning: bool = False


@require_http_methods(METHODS)
@require(Permission.EDIT_POLICIES)
def criterion(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Words and thresholds of one criterion of a draft."""
    found = draft_or_404(pk)
    standing = queries.criterion_of(found, key)
    if standing is None:
        message = "This draft has no such criterion."
        raise Http404(message)
    mark = actions.mark_of(standing)
    form = CriterionForm(request.POST or None, criterion=standing, seen=mark)
    if form.is_valid():
        try:
            actions.change_criterion(
                policy_id=pk,
                key=key,
                seen=form.cleaned_data["seen"],
                values=form.values(),
                by=request.user,
                now=timezone.now(),
            )
        except actions.PolicyMovedError:
            typed = request.POST.copy()
            typed["seen"] = mark
            form = CriterionForm(typed, criterion=standing, seen=mark)
            form.add_error(None, OVERTAKEN)
        else:
            messages.success(request, "The criterion is saved.")
            if form.only_numbers_moved():
                messages.warning(request, NUMBERS_MOVED)
            return redirect("readiness:policy", pk=pk)
    context = {"form": form, "heading": standing.title, "policy": found}
    return render(request, "readiness/policies/form.html", context)


@require_http_methods(METHODS)
@require(Permission.EDIT_POLICIES)
def leave_out(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Take a criterion out of a draft."""
    found = draft_or_404(pk)
    standing = queries.criterion_of(found, key)
    if standing is None:
        message = "This draft has no such criterion."
        raise Http404(message)
    question = Question(
        heading=f"Leave out “{standing.title}”?",
        body="Plans will not be asked for it once this version is in force. Earlier versions keep it.",
        button="Leave it out",
        is_warning=True,
    )
    return _ask(
        request, found, question,
        lambda: actions.leave_out(policy_id=pk, key=key, by=request.user, now=timezone.now()),
    )  # fmt: skip


@require_http_methods(METHODS)
@require(Permission.EDIT_POLICIES)
def take_in(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Put a criterion that the rules know into a draft that lacks it."""
    found = draft_or_404(pk)
    offered = {one.key: one for one in queries.lacking(found)}
    if key not in offered:
        message = "This criterion cannot be added."
        raise Http404(message)
    chosen = offered[key]
    question = Question(
        heading=f"Add “{chosen.title}”?",
        body=f"{chosen.definition} Its words and thresholds are copied from {chosen.policy};"
        " you can change them afterwards.",
        button="Add it",
    )
    return _ask(
        request, found, question,
        lambda: actions.take_in(
            policy_id=pk, criterion=chosen, by=request.user, now=timezone.now()
        ),
    )  # fmt: skip


@require_http_methods(METHODS)
@require(Permission.EDIT_POLICIES)
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a second person to approve."""
    found = draft_or_404(pk)
    question = Question(
        heading=f"Ask for approval of {found}?",
        body="It cannot be changed while it waits. Another administrator or a board reviewer"
        " approves it or sends it back.",
        button="Ask for approval",
    )
    return _ask(
        request, found, question,
        lambda: actions.propose(policy_id=pk, by=request.user, now=timezone.now()),
    )  # fmt: skip


@require_http_methods(METHODS)
@require(Permission.EDIT_POLICIES)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft up."""
    found = draft_or_404(pk)
    question = Question(
        heading=f"Drop {found}?",
        body="It stays in the list as dropped, and cannot be taken up again.",
        button="Drop it",
        is_warning=True,
    )
    return _ask(
        request, found, question,
        lambda: actions.drop(policy_id=pk, by=request.user, now=timezone.now()),
    )  # fmt: skip


@require_http_methods(METHODS)
@require(Permission.APPROVE_POLICIES)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a policy in force that somebody else wrote."""
    found = _proposed_or_404(pk)
    if found.author_id == request.user.pk:
        refusal = "You wrote this policy. Somebody else has to approve it."
        raise PermissionDenied(refusal)
    question = Question(
        heading=f"Approve {found}?",
        body="Every plan of this type is judged by it from its day on. It cannot be changed"
        " afterwards, only followed by a new version. See what it would change first.",
        button="Approve",
    )
    return _ask(
        request, found, question,
        lambda: actions.approve(policy_id=pk, by=request.user, now=timezone.now()),
    )  # fmt: skip


@require_http_methods(METHODS)
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a proposed policy a draft again, with the reason."""
    check_either(request, Permission.APPROVE_POLICIES, Permission.EDIT_POLICIES)
    found = _proposed_or_404(pk)
    question = Question(
        heading=f"Send {found} back?",
        body="It becomes a draft again, so that it can be changed and proposed anew.",
        button="Send it back",
    )
    form = SendBackForm(request.POST or None)
    if request.method == "POST" and not form.is_valid():
        return _page(request, found, question, form)
    reason = form.cleaned_data["reason"] if form.is_bound else ""
    return _ask(
        request, found, question,
        lambda: actions.send_back(
            policy_id=pk, reason=reason, by=request.user, now=timezone.now()
        ),
        form,
    )  # fmt: skip


def _proposed_or_404(pk: int) -> Any:
    found = policy_or_404(pk)
    if found.status != "proposed":
        message = "This version does not wait for approval."
        raise Http404(message)
    return found


def _ask(
    request: HttpRequest,
    policy: Any,
    question: Question,
    do: Callable[[], object],
    form: SendBackForm | None = None,
) -> HttpResponse:
    """The question, and on its answer the deed and the way back to the policy."""
    if request.method != "POST":
        return _page(request, policy, question, form)
    try:
        do()
    except actions.TooLateError:
        return moved(request, policy.pk, TOO_LATE)
    except actions.PolicyMovedError:
        return moved(request, policy.pk)
    return redirect("readiness:policy", pk=policy.pk)


def _page(
    request: HttpRequest, policy: Any, question: Question, form: SendBackForm | None
) -> HttpResponse:
    context = {"policy": policy, "question": question, "form": form}
    return render(request, "readiness/policies/ask.html", context)
