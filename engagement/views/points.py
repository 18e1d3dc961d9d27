"""The points of a plan: the list with its filter, one point, and what is promised because of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from consultations.access import plan_of_points, theme_in_scope
from consultations.queries import themes as themes_queries
from engagement.actions import fates as actions
from engagement.forms.fates import BulkForm, DecidePointForm, PointFilterForm, read_filters
from engagement.presenters import themes as present
from engagement.queries import fates as queries
from engagement.views.themes import METHODS, may_decide
from plans.actions.papers import add_papers
from plans.forms.paper_kinds import CommitmentForm
from ui import keyset
from ui.words import plural


@require_http_methods(METHODS)
def points(request: HttpRequest, code: str) -> HttpResponse:
    """Every point of the plan's events, newest first; several at once are given a theme."""
    needed = Permission.DECIDE_POINTS if request.method == "POST" else Permission.READ_RESPONSES
    plan = plan_of_points(request.user, code, permission=needed, today=timezone.localdate())
    themes = list(themes_queries.themes_of(plan))
    filters, problems = read_filters(request, themes=themes)
    found = queries.filtered(plan, filters)
    at = keyset.cursor(request, _number_key)
    page = keyset.page(found, request, column="pk", at=at, descending=True)
    chosen: list[str] = []
    if request.method == "POST":
        problem = _give(request, plan, themes)
        if not problem:
            return redirect(request.get_full_path())
        problems.append(problem)
        chosen = request.POST.getlist("point")
    fates = queries.fates_in(plan, [one.pk for one in page.rows])
    base = reverse("engagement:points", args=[plan.code])
    context = {
        "plan": plan,
        "crumbs": present.crumbs(plan, present.themes_link(plan)),
        "form": PointFilterForm(filters, themes=themes),
        "themes": themes,
        "problems": problems,
        "has_errors": bool(problems),
        "page": page,
        "lines": present.point_lines(plan, page.rows, fates),
        "chosen": {int(one) for one in chosen if one.isascii() and one.isdigit()},
        "count": keyset.count_in_words(keyset.bounded_count(found), "point"),
        "clear_url": base if filters.any or problems else "",
        "may_decide": may_decide(request, plan),
    }
    return render(request, "engagement/points/list.html", context)


def _give(request: HttpRequest, plan: Any, themes: list[Any]) -> str:
    """Give the ticked points their theme; a sentence where that cannot be done."""
    ticked = [int(one) for one in request.POST.getlist("point")[:500] if _is_number(one)]
    form = BulkForm(request.POST, points=ticked, themes=themes)
    if problem := form.problem():
        return problem
    to = form.cleaned_data["to"]
    theme = next((one for one in themes if one.pk == to), None)
    number = actions.give_theme(
        plan=plan,
        point_ids=form.cleaned_data["point"],
        theme=theme,
        by=request.user,
        now=timezone.now(),
    )
    said = f"{plural(number, 'point')} now {'carries' if number == 1 else 'carry'}"
    what = f"“{theme.name}”" if theme else "no theme"
    messages.success(request, f"{said} {what}." if number else "They carried it already.")
    return ""


@require_http_methods(METHODS)
def point(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One point: its theme, and a decision of its own where it differs."""
    needed = Permission.DECIDE_POINTS if request.method == "POST" else Permission.READ_RESPONSES
    plan, found = _point(request, code, pk, needed)
    fates = queries.fates_in(plan, [found.pk])
    form = DecidePointForm(
        request.POST or None,
        row=fates.get(found.pk),
        versions=queries.versions_of(plan),
        themes=list(themes_queries.themes_of(plan)),
        today=timezone.localdate(),
    )
    if form.is_valid():
        theme = form.cleaned_data["theme"]
        try:
            moved = actions.decide_point(
                plan=plan,
                point=found,
                theme=themes_queries.themes_of(plan).get(pk=theme) if theme else None,
                decision=form.decision(),
                seen_version=form.cleaned_data["seen"],
                by=request.user,
                now=timezone.now(),
            )
        except actions.FateChangedError as changed:
            fates = queries.fates_in(plan, [found.pk])
            form.show_changed(changed.fate.version if changed.fate else 0)
        else:
            messages.success(request, "Saved." if moved else "Nothing was changed.")
            return redirect("engagement:point", plan.code, found.pk)
    [line] = present.point_lines(plan, [found], fates)
    context = {
        "plan": plan,
        "crumbs": present.crumbs(plan, present.points_link(plan)),
        "form": form,
        "line": line,
        "may_decide": may_decide(request, plan),
    }
    return render(request, "engagement/points/point.html", context)


@require_http_methods(METHODS)
def point_commitment(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Promise something because of a point, to the organisation that made it."""
    plan, found = _point(request, code, pk, Permission.DECIDE_POINTS)
    to = found.organisation.code if found.organisation else ""
    back = reverse("engagement:point", args=[plan.code, found.pk])
    fate = queries.where_it_stands(queries.fates_in(plan, [found.pk]).get(found.pk))
    begun = present.promised(found.text, fate.decided)
    return _promise(request, plan, found.text, begun, to=to, back=back)


@require_http_methods(METHODS)
def theme_commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """Promise something because of a theme."""
    today = timezone.localdate()
    found = theme_in_scope(request.user, pk, permission=Permission.DECIDE_POINTS, today=today)
    back = reverse("engagement:theme", args=[found.pk])
    said = found.said or found.name
    begun = present.promised(said, queries.decided(found))
    return _promise(request, found.plan, said, begun, back=back)


def _promise(
    request: HttpRequest, plan: Any, said: str, text: str, *, back: str, to: str = ""
) -> HttpResponse:
    """The form of a commitment, filled in as far as is known: who keeps it, until when."""
    today = timezone.localdate()
    owner = getattr(request.user, "name", "")
    begun = present.promise(text, owner=owner, plan=plan, today=today)
    form = CommitmentForm(
        request.POST or None, plan=plan, today=today, initial={**begun, "organisation": to}
    )
    del form.fields["done_on"]
    if form.is_valid():
        add_papers(
            plan=plan, kind="commitment", several=form.facts(), by=request.user, now=timezone.now()
        )
        messages.success(request, "The commitment is on paper, and counts until it is kept.")
        return redirect(back)
    context = {"plan": plan, "form": form, "back_url": back, "about": said}
    return render(request, "engagement/points/commitment.html", context)


def _point(request: HttpRequest, code: str, pk: int, permission: Permission) -> tuple[Any, Any]:
    plan = plan_of_points(request.user, code, permission=permission, today=timezone.localdate())
    found = queries.point_of_plan(plan, pk)
    if found is None:
        message = "No point with this address."
        raise Http404(message)
    return plan, found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _number_key(text: str) -> int:
    if not _is_number(text):
        raise ValueError(text)
    return int(text)
