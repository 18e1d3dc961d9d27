"""The history of the whole service, its chain, redactions and legal holds."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions import redactions as actions
from accounts.history_forms import ConfirmForm, HoldForm, RedactionForm, RefusalForm
from accounts.history_pages import history_page
from accounts.permissions import has_permission, require
from accounts.presenters import chain as presenter
from accounts.queries import chain, redactions
from accounts.queries.history import whole_history
from accounts.roles import Permission
from ui import query

LARGEST = 2**62


@require_safe
@require(Permission.READ_HISTORY)
def history(request: HttpRequest) -> HttpResponse:
    """Everything that was done, newest first, and where the chain ends."""
    today = timezone.localdate()
    found = whole_history()
    context = {
        "history": history_page(request, found, mixed=True),
        "head": presenter.head(chain.head()),
        "may_redact": has_permission(request.user, Permission.REDACT, today=today),
        "may_hold": has_permission(request.user, Permission.HOLD, today=today),
    }
    return render(request, "accounts/history/history.html", context)


@require_safe
@require(Permission.READ_HISTORY)
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The head of the chain as a line to keep elsewhere."""
    line = chain.head().checkpoint(timezone.now()).line()
    response = HttpResponse(f"{line}\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="history-checkpoint.txt"'
    return response


@require_safe
@require(Permission.REDACT)
def redaction_list(request: HttpRequest) -> HttpResponse:
    """What was asked to be taken out, and what became of it."""
    found = list(redactions.redactions()[:100])
    lines = [presenter.redaction_line(one, reader=request.user) for one in found]
    return render(request, "accounts/history/redactions.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.REDACT)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask that somebody's words be taken out of the history; a second person decides."""
    entry = redactions.entry(query.integer(request, "entry", 0, 0, LARGEST).value)
    about = presenter.about(entry) if entry else ""
    form = RedactionForm(request.POST or None, about=about)
    if form.is_valid():
        given = form.cleaned_data
        in_record = entry if given["where"] == "record" else None
        try:
            actions.ask_for_redaction(
                words=given["words"],
                reason=given["reason"],
                object_type=in_record.object_type if in_record else "",
                object_key=in_record.object_key if in_record else "",
                by=request.user,
                now=timezone.now(),
            )
        except actions.RedactionRefused as refused:
            form.add_error("words", str(refused))
        else:
            messages.success(request, "You have asked for it. A second person now decides.")
            return redirect("accounts:redactions")
    return render(request, "accounts/history/ask.html", {"form": form, "about": about})


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.REDACT)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be taken out; the second person does it or refuses."""
    asked = redactions.redaction(pk)
    if asked is None:
        raise Http404
    form = RefusalForm(request.POST if "reason" in request.POST else None)
    problem = ""
    try:
        if request.method == "POST" and "do" in request.POST:
            done = actions.do_redaction(redaction_id=pk, by=request.user, now=timezone.now())
            messages.success(request, presenter.taken_out(done))
            return redirect("accounts:redactions")
        if form.is_valid():
            actions.refuse_redaction(
                redaction_id=pk,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
            )
            messages.success(request, "The history stays as it is.")
            return redirect("accounts:redactions")
    except actions.RedactionRefused as refused:
        problem = str(refused)
    context = {
        "page": presenter.redaction_page(asked, reader=request.user),
        "form": form,
        "problem": problem,
    }
    return render(request, "accounts/history/decide.html", context)


@require_safe
@require(Permission.HOLD)
def hold_list(request: HttpRequest) -> HttpResponse:
    """Records of which nothing may be taken out."""
    lines = [presenter.hold_line(one) for one in redactions.holds()[:200]]
    return render(request, "accounts/history/holds.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.HOLD)
def place_hold(request: HttpRequest) -> HttpResponse:
    """Keep the history of a record as it is."""
    entry = redactions.entry(query.integer(request, "entry", 0, 0, LARGEST).value)
    initial = {"object_type": entry.object_type, "object_key": entry.object_key} if entry else {}
    form = HoldForm(request.POST or None, initial=initial, types=redactions.object_types())
    if form.is_valid():
        actions.place_hold(**form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, "The hold is in force.")
        return redirect("accounts:holds")
    return render(request, "accounts/history/place_hold.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.HOLD)
def lift_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Lift a hold, once the matter is over."""
    held = redactions.hold(pk)
    if held is None:
        raise Http404
    if request.method == "POST":
        lifted = actions.lift_hold(hold_id=pk, by=request.user, now=timezone.now())
        said = "The hold is lifted." if lifted else "Somebody else lifted this hold first."
        messages.info(request, said)
        return redirect("accounts:holds")
    context = {"line": presenter.hold_line(held), "form": ConfirmForm()}
    return render(request, "accounts/history/lift_hold.html", context)
