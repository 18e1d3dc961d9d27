"""Step 3: what was said."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from engagement.actions import save_step
from engagement.forms.entry import CHECK, SAID, Entry
from engagement.forms.said import SaidForm, point_forms, typed_points
from engagement.forms.who import LEAVE, kept
from engagement.presenters.log_frame import about_event, frame, step_url
from engagement.queries.points import themes_used
from engagement.views.log_draft import back_to_missing, entry_of, own_draft
from ui.forms import error_links

ANOTHER = "another"


@own_draft
def said_step(request: HttpRequest, entry: Entry) -> HttpResponse:
    if missing := back_to_missing(entry, SAID):
        return missing
    if request.method == "POST":
        return _save(request, entry)
    return _page(request, entry, bound="unfinished" in request.GET)


def _save(request: HttpRequest, entry: Entry) -> HttpResponse:
    sent = {name: kept(value) for name, value in request.POST.items()}
    said: dict[str, Any] = {name: sent.get(name, "") for name in ("level", "summary")}
    said["points"] = typed_points(sent)
    if entry.with_note:
        said["restricted_note"] = sent.get("restricted_note", "")
        said["readers"] = [kept(pk) for pk in request.POST.getlist("readers")[:200]]
    draft = save_step(
        by=request.user,
        draft_id=entry.draft.pk,
        step=SAID,
        answers={SAID: said},
        now=timezone.now(),
    )
    entry, button = entry_of(request, draft), request.POST.get("action", "")
    if button == LEAVE:
        return redirect("engagement:log")
    if button == ANOTHER:
        return redirect(f"{step_url(draft, SAID)}#points")
    if entry.said_is_complete:
        return redirect(step_url(draft, CHECK))
    return _page(request, entry, bound=True)


def _page(request: HttpRequest, entry: Entry, *, bound: bool) -> HttpResponse:
    typed = entry.typed(SAID)
    about = about_event(
        channel=entry.channel, day=entry.day, status=entry.status, plans=entry.plans
    )
    form = (
        entry.said
        if bound
        else SaidForm(readers=entry.readers, with_note=entry.with_note, initial=typed)
    )
    points = point_forms(
        typed.get("points", []), organisations=entry.organisations, bound=bound, spare=1
    )
    problems = [link for one in (form, *points) for link in error_links(one)] if bound else []
    context = {
        "form": form,
        "points": points,
        "frame": frame(entry.draft, SAID, about=about),
        "themes": themes_used(plan_ids=[plan.id for plan in entry.plans]),
        "keeps_hidden_note": not entry.with_note,
        "problems": problems,
        "has_errors": bool(problems),
    }
    return render(request, "engagement/log/said.html", context)
