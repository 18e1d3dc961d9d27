"""The themes of a plan: the managed list, one theme and what is done about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.permissions import has_permission
from accounts.roles import Permission
from consultations.access import plan_of_points, second_readers, theme_in_scope
from consultations.actions import themes as actions
from consultations.queries import themes as queries
from consultations.rules.theme_words import recurring
from engagement.actions import fates as fate_actions
from engagement.forms.fates import DecideThemeForm, MergeForm, NameForm, PublishForm, RenameForm
from engagement.presenters import themes as present
from engagement.presenters.fates import decided_line
from engagement.presenters.yousaid import public_theme
from engagement.queries import fates as of_points
from engagement.queries import voices as of_voices
from engagement.queries.voices import Voices
from plans.access import may_write
from ui.words import plural

METHODS = ["GET", "HEAD", "POST"]
CHANGED = "Somebody else changed this theme after you opened it. Look at it again."


def may_decide(request: HttpRequest, plan: Any) -> bool:
    """Whether the signed-in person decides what becomes of what was said about this plan."""
    today = timezone.localdate()
    has = has_permission(request.user, Permission.DECIDE_POINTS, today=today)
    return has and may_write(request.user, plan, today=today)


@require_http_methods(METHODS)
def themes(request: HttpRequest, code: str) -> HttpResponse:
    """The managed list of a plan's themes; words that recur are offered as further ones."""
    needed = Permission.DECIDE_POINTS if request.method == "POST" else Permission.READ_RESPONSES
    plan = plan_of_points(request.user, code, permission=needed, today=timezone.localdate())
    is_typed = request.method == "POST" and "word" not in request.POST
    form = NameForm(request.POST if is_typed else None)
    if request.method == "POST" and (done := _added(request, plan, form)):
        return done
    listed = list(queries.themes_of(plan))
    lines = present.theme_lines(
        listed, of_points.points_by_theme(plan), queries.answers_by_theme(plan)
    )
    decides = may_decide(request, plan)
    context = {
        "plan": plan,
        "crumbs": present.crumbs(plan),
        "lines": lines,
        "summary": present.summary(lines),
        "form": form,
        "may_decide": decides,
        "typed": present.typed_words(of_points.typed_words(plan)) if decides else [],
    }
    if decides and request.GET.get("suggest"):
        texts = [*of_points.unthemed_texts(plan), *queries.unthemed_texts(plan)]
        names = [one.name for one in listed]
        context["suggested"] = present.recurring_words(recurring(texts, names=names))
        context["texts_read"] = len(texts)
    return render(request, "engagement/themes/list.html", context)


def _added(request: HttpRequest, plan: Any, form: NameForm) -> HttpResponse | None:
    """The theme that was typed, or the word that was taken up; None while something is wrong."""
    by, now = request.user, timezone.now()
    if "word" in request.POST:
        offered = NameForm({"name": request.POST["word"]})
        if not offered.is_valid():
            messages.info(request, "That word cannot be a theme. Type a name instead.")
            return redirect("engagement:themes", plan.code)
        theme, points = fate_actions.take_up_word(
            plan=plan, word=offered.cleaned_data["name"], by=by, now=now
        )
        given = f" It is given to {plural(points, 'point')}." if points else ""
        messages.success(request, f"“{theme.name}” is a theme of this plan.{given}")
        return redirect("engagement:themes", plan.code)
    if not form.is_valid():
        return None
    theme = actions.add_theme(plan=plan, name=form.cleaned_data["name"], by=by, now=now)
    messages.success(request, f"“{theme.name}” is a theme of this plan.")
    return redirect("engagement:themes", plan.code)


@require_http_methods(METHODS)
def theme(request: HttpRequest, pk: int) -> HttpResponse:
    """One theme: what was said, who said it, and what is done about it."""
    needed = Permission.DECIDE_POINTS if request.method == "POST" else Permission.READ_RESPONSES
    found = _theme(request, pk, needed)
    if found.merged_into_id:
        return render(request, "engagement/themes/merged.html", _frame(found))
    plan, today = found.plan, timezone.localdate()
    versions = of_points.versions_of(plan)
    form = DecideThemeForm(request.POST or None, row=found, versions=versions, today=today)
    if form.is_valid():
        try:
            moved = actions.decide_theme(
                theme=found,
                seen_version=form.cleaned_data["seen"],
                decision=form.decision(),
                by=request.user,
                now=timezone.now(),
            )
        except actions.ThemeChangedError as changed:
            found = _theme(request, pk, needed)
            form.show_changed(changed.theme.version)
        else:
            said = "Saved. Those who said it read it under “Were we consulted?”."
            if found.published_at and moved:
                said += " If what the public reads has changed, it needs a second look again."
            messages.success(request, said if moved else "Nothing was changed.")
            return redirect("engagement:theme", found.pk)
    points = of_voices.newest_points(plan, found)
    fates = of_points.fates_in(plan, [one.pk for one in points])
    voices = of_voices.voices(plan, [found.pk]).get(found.pk, Voices())
    context = {
        **_frame(found),
        "form": form,
        "may_decide": (decides := may_decide(request, plan)),
        "look": _second_look(request, found) if decides and not found.published_at else None,
        "published": present.who_published(found) if found.published_at else "",
        "line": decided_line(of_points.decided(found)),
        "voices": present.voices_in_words(voices),
        "groups": present.groups(voices),
        "points": present.point_lines(plan, points, fates),
        "points_left": voices.points - len(points),
        "answers": (answers := present.answer_lines(of_voices.newest_answers(found))),
        "answers_left": voices.answers - len(answers),
    }
    return render(request, "engagement/themes/theme.html", context)


@require_http_methods(METHODS)
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a theme another name."""
    found = _theme(request, pk, Permission.DECIDE_POINTS)
    form = RenameForm(request.POST or None, initial={"name": found.name})
    if form.is_valid():
        try:
            actions.rename_theme(
                theme=found,
                name=form.cleaned_data["name"],
                seen_version=found.version,
                by=request.user,
                now=timezone.now(),
            )
        except actions.NameTakenError as taken:
            form.add_error(
                "name", f"“{taken.theme.name}” is a theme already. Merge the two if they are one"
            )
        except actions.ThemeChangedError:
            return _changed(request, pk)
        else:
            messages.success(request, "The theme has its new name.")
            return redirect("engagement:theme", pk)
    context = {**_frame(found), "form": form, "heading": f"Rename “{found.name}”"}
    return render(request, "engagement/themes/rename.html", context)


@require_http_methods(METHODS)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a theme is the same as another one."""
    found = _theme(request, pk, Permission.DECIDE_POINTS)
    others = list(queries.themes_of(found.plan).exclude(pk=found.pk))
    form = MergeForm(request.POST or None, themes=others)
    if form.is_valid():
        into = next(one for one in others if one.pk == form.cleaned_data["into"])
        try:
            fate_actions.merge_themes(
                theme=found,
                into=into,
                seen_version=found.version,
                by=request.user,
                now=timezone.now(),
            )
        except actions.ThemeChangedError:
            return _changed(request, pk)
        messages.success(request, f"What carried “{found.name}” carries “{into.name}” now.")
        return redirect("engagement:theme", into.pk)
    context = {**_frame(found), "form": form, "others": others}
    return render(request, "engagement/themes/merge.html", context)


@require_http_methods(METHODS)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The second look: exactly what the public would read, and the button that publishes it."""
    found = _theme(request, pk, Permission.DECIDE_POINTS)
    is_ready = bool(found.said and found.disposition and not found.merged_into_id)
    if not is_ready or found.published_at:
        return redirect("engagement:theme", pk)
    look = _second_look(request, found)
    form = PublishForm(request.POST or None, initial={"seen": found.version})
    if look.may and form.is_valid():
        try:
            actions.publish_theme(
                theme=found,
                seen_version=form.cleaned_data["seen"],
                by=request.user,
                now=timezone.now(),
            )
        except (actions.ThemeChangedError, actions.NotReadyError, actions.OwnWordsError):
            return _changed(request, pk)
        messages.success(request, f"“{found.name}” is public now.")
        return redirect("engagement:you-said", found.plan.code)
    voices = of_voices.voices(found.plan, [found.pk]).get(found.pk, Voices())
    quotes = of_voices.public_quotes([found.pk]).get(found.pk, [])
    shown = public_theme(found, voices, quotes, today=timezone.localdate())
    context = {
        **_frame(found),
        "form": form,
        "shown": shown,
        "look": look,
        "concerns": present.concerns_in(found, quotes),
    }
    return render(request, "engagement/themes/publish.html", context)


@require_http_methods(METHODS)
def unpublish(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a theme off the public page."""
    found = _theme(request, pk, Permission.DECIDE_POINTS)
    if not found.published_at:
        return redirect("engagement:theme", pk)
    if request.method == "POST":
        try:
            actions.unpublish_theme(
                theme=found, seen_version=found.version, by=request.user, now=timezone.now()
            )
        except actions.ThemeChangedError:
            return _changed(request, pk)
        messages.success(request, f"“{found.name}” is not public any more.")
        return redirect("engagement:theme", pk)
    return render(request, "engagement/themes/unpublish.html", _frame(found))


def _theme(request: HttpRequest, pk: int, permission: Permission) -> Any:
    return theme_in_scope(request.user, pk, permission=permission, today=timezone.localdate())


def _second_look(request: HttpRequest, found: Any) -> present.SecondLook:
    """Whether the signed-in person may publish the theme as it stands, and what is said about it."""
    others = second_readers(found, today=timezone.localdate())
    return present.second_look(found, request.user, others)


def _changed(request: HttpRequest, pk: int) -> HttpResponse:
    messages.info(request, CHANGED)
    return redirect("engagement:theme", pk)


def _frame(found: Any) -> dict[str, Any]:
    """What every page of a theme shows around it."""
    link = present.themes_link(found.plan)
    return {"theme": found, "plan": found.plan, "crumbs": present.crumbs(found.plan, link)}
