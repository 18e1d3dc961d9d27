"""The lead gathers members' comments on a plan and makes one response of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.permissions import require
from accounts.roles import Permission
from engagement.access import collation_in_scope
from engagement.actions import collations as actions
from engagement.forms.collations import ChooseForm, OpenForm, ResponseForm
from engagement.presenters import collations as present
from engagement.queries import collations as queries
from engagement.rules.collations import start_of
from mail.writing import address

METHODS = ["GET", "HEAD", "POST"]
SENT = "The response was sent, so this is over and cannot be changed any more."


@require_http_methods(METHODS)
@require(Permission.COLLATE)
def collations(request: HttpRequest) -> HttpResponse:
    """What was asked of members so far, and the form to ask."""
    today = timezone.localdate()
    subjects = queries.subjects(request.user, today=today)
    started = request.GET.get("about", "")
    initial = {"about": started} if started in subjects else None
    form = OpenForm(request.POST or None, initial=initial, subjects=subjects, today=today)
    if form.is_valid():
        organisation, plan, consultation = queries.asked_about(form.subject)
        made = actions.open_collation(
            organisation=organisation,
            plan=plan,
            consultation=consultation,
            question=form.cleaned_data["question"],
            closes_on=form.cleaned_data["closes_on"],
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, "It is open. Share the code or the address below with members.")
        return redirect("engagement:collation", made.pk)
    found = queries.collations_of(request.user, today=today)
    context = {
        "form": form,
        "may_open": bool(subjects),
        "lines": present.lines(found, today=today),
    }
    return render(request, "engagement/collations/list.html", context)


@require_http_methods(METHODS)
def collation(request: HttpRequest, pk: int) -> HttpResponse:
    """The code to share and the comments that came; a tick says which are used."""
    today = timezone.localdate()
    found = collation_in_scope(request.user, pk, today=today)
    comments = queries.comments_of(found)
    if request.method == "POST":
        return _chosen(request, found, ChooseForm(request.POST, comments=comments))
    state, colour = present.state_of(found, today=today)
    path = reverse("engagement:comment", args=[found.code])
    context = {
        "collation": found,
        "state": state,
        "colour": colour,
        "is_open": queries.is_open(found, today=today),
        "code": present.shared_code(found),
        "path": path,
        "address": address(path),
        "door": address(reverse("engagement:comment-door")),
        "counted": present.counted(comments),
        "comments": present.comment_lines(comments),
        "receipt": queries.receipt_path(found),
    }
    return render(request, "engagement/collations/collation.html", context)


@require_http_methods(METHODS)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Take no more comments."""
    found = collation_in_scope(request.user, pk, today=timezone.localdate())
    if request.method == "POST":
        actions.close_collation(collation_id=found.pk, by=request.user, now=timezone.now())
        messages.success(request, "No more comments come in. You can write the response now.")
        return redirect("engagement:collation", found.pk)
    context = {"collation": found, "came": len(queries.comments_of(found))}
    return render(request, "engagement/collations/close.html", context)


@require_http_methods(METHODS)
def response(request: HttpRequest, pk: int) -> HttpResponse:
    """The response: it starts from the comments, is edited, looked at once more, and sent."""
    today = timezone.localdate()
    found = collation_in_scope(request.user, pk, today=today)
    if found.response_id is not None:
        messages.info(request, SENT)
        return redirect("engagement:claim", found.response_id)
    if queries.is_open(found, today=today):
        messages.info(request, "Close it first: the response would leave out what comes next.")
        return redirect("engagement:collation", found.pk)
    used = [one for one in queries.comments_of(found) if one.left_out_at is None]
    start = start_of(one.words for one in used)
    form = ResponseForm(request.POST or None, initial={"words": start.text})
    step = request.POST.get("action", "")
    context: dict[str, Any] = {
        "collation": found, "form": form, "used": len(used), "left_over": start.left_over,
    }  # fmt: skip
    if not used:
        messages.info(request, "No comment is ticked: there is nothing to make a response of.")
        return redirect("engagement:collation", found.pk)
    if request.method != "POST" or step == "change" or not form.is_valid():
        return render(request, "engagement/collations/response.html", context)
    words = form.cleaned_data["words"]
    if step != "send":
        return render(request, "engagement/collations/preview.html", {**context, "words": words})
    return _sent(request, found, words)


def _sent(request: HttpRequest, found: Any, words: str) -> HttpResponse:
    try:
        claim = actions.send_response(
            collation_id=found.pk, words=words, by=request.user, now=timezone.now()
        )
    except actions.NothingGatheredError:
        messages.info(request, "Every comment was left out a moment ago, so nothing was sent.")
        return redirect("engagement:collation", found.pk)
    messages.success(
        request,
        "The response is sent. The managers of the plan take it into the record or say why.",
    )
    return redirect("engagement:claim", claim.pk)


def _chosen(request: HttpRequest, found: Any, form: ChooseForm) -> HttpResponse:
    if form.is_valid():
        try:
            actions.choose_comments(
                collation_id=found.pk,
                used=form.cleaned_data["used"],
                by=request.user,
                now=timezone.now(),
            )
        except actions.CollationClosedError:
            messages.info(request, SENT)
        else:
            messages.success(request, "Your choice is kept.")
    else:
        messages.error(request, "That choice could not be read. Tick the comments again.")
    return redirect("engagement:collation", found.pk)
