"""The words that stand for each group in the text of a plan: an administrator's list."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import require
from accounts.roles import Permission
from plans.actions import mentions as actions
from plans.forms.mentions import WordsForm
from plans.presenters import mentions as presenter
from plans.presenters.mention_words import group_label
from plans.queries import mentions as queries


@require_safe
@require(Permission.EDIT_MENTIONS)
def mentions(request: HttpRequest) -> HttpResponse:
    """Every group with its words, and what was changed of them."""
    lines = presenter.group_lines(queries.names_in_use(), queries.changes())
    return render(request, "plans/mentions.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.EDIT_MENTIONS)
def words(request: HttpRequest, category: str) -> HttpResponse:
    """Change the words of one group."""
    names = queries.names_in_use()
    if category not in names:
        message = "No group with this address."
        raise Http404(message)
    form = WordsForm(request.POST or None, category=category, names=names)
    if form.is_valid():
        changed = actions.change_names(
            category=category,
            names=form.cleaned_data["words"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        )
        (messages.success if changed else messages.info)(
            request, presenter.COUNTED_ANEW if changed else presenter.NOT_CHANGED
        )
        return redirect("plans:mentions")
    context = {"form": form, "label": group_label(category)}
    return render(request, "plans/mentions_form.html", context)
