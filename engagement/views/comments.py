"""Where members comment without an account: the code is all that they need.

An unknown, a mistyped and a closed code give the same page, so that nobody learns which codes there
are or were. Nothing that is typed here goes anywhere but to the lead who asks.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import throttle
from engagement.actions import collations as actions
from engagement.forms.collations import CodeForm, CommentForm
from engagement.queries import collations as queries
from engagement.rules.codes import as_stored
from engagement.rules.collations import COMMENT_LENGTH
from ui.clean import without_control_characters

METHODS = ["GET", "HEAD", "POST"]
DOOR = "collation"
FULL = (
    "This question has had 2,000 comments, which is as many as it takes. Yours was not sent: write"
    " to your LMC instead"
)


@login_not_required
@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """Where a code is typed that was read out or printed."""
    if not throttle.allow(request, DOOR):
        return throttle.refused(request)
    form = CodeForm(request.GET if "code" in request.GET else None)
    if not form.is_valid():
        return render(request, "engagement/collations/door.html", {"form": form})
    code = as_stored(form.cleaned_data["code"])
    return redirect("engagement:comment", code) if code else _nowhere(request)


@login_not_required
@require_http_methods(METHODS)
@sensitive_post_parameters("words", "name", "practice")
def comment(request: HttpRequest, code: str) -> HttpResponse:
    """The question, and the form to answer it."""
    if not throttle.allow(request, DOOR):
        return throttle.refused(request)
    today = timezone.localdate()
    found = queries.collation_of_code(code, today=today)
    if found is None:
        return _nowhere(request)
    members = queries.members_of(found, day=today) if request.method == "POST" else []
    asker = found.organisation.name
    form = CommentForm(request.POST or None, members=members, asker=asker)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.add_comment(
                collation_id=found.pk,
                practice_id=said["practice"],
                name=said["name"],
                words=said["words"],
                form_key=said["form_key"],
                now=timezone.now(),
            )
        except actions.CollationClosedError:
            return _nowhere(request)
        except actions.CollationFullError:
            form.add_error(None, FULL)
        else:
            return render(request, "engagement/collations/thanks.html", {"asker": asker})
    context = {"collation": found, "asker": asker, "form": form}
    return render(request, "engagement/collations/comment.html", context)


def _nowhere(request: HttpRequest) -> HttpResponse:
    """The one page for every code that leads to no open question; what was typed is shown, so that
    nobody loses it."""
    typed = without_control_characters(request.POST.get("words", ""))[: COMMENT_LENGTH * 2]
    context = {"form": CodeForm(), "typed": typed}
    return render(request, "engagement/collations/nowhere.html", context, status=404)
