"""Take a decision on a plan: the form, "check your decision", and what happens when things moved."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.reauthentication import fresh_sign_in
from accounts.roles import Permission
from plans.access import has_grant_in, plan_in_scope
from readiness.actions.decisions import (
    AssessmentMoved,
    DecidedMeanwhile,
    DecisionRefused,
    HasGrant,
    Seen,
    SnapshotUnsound,
)
from readiness.actions.decisions import decide as take_decision
from readiness.forms.deciding import MOST_ROWS, ROWS, DecideForm, Drawn, drawn
from readiness.presenters import addresses, plan_words
from readiness.presenters import decide as presenter
from readiness.queries.pages import decisions as queries

UNSOUND = (
    "The figures do not follow from the records behind them, so nothing can be decided on them. "
    "Nothing was saved. Tell the administrator: manage.py assess shows which figure it is."
)
ON_THEIR_WAY = (
    "Something was recorded about this plan a moment ago. The figures follow within a minute. "
    "Nothing was saved, and what you typed is kept: check your decision again then."
)
MOVED = (
    "The figures moved since you opened this page. Nothing was saved, and what you typed is kept."
)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """Two steps on one address: the form, then the answers to be checked."""
    today = timezone.localdate()
    plan = plan_to_judge(request, code, Permission.DECIDE, today)
    found = queries.standing(plan)
    if found.assessment is None:
        return render(request, "readiness/decide_empty.html", _frame(plan))
    if request.method != "POST":
        fresh = Drawn(seen=_seen_now(found, uuid.uuid4()))
        form = DecideForm(results=found.results, rows=ROWS, today=today)
        return _form_page(request, plan, found, form, fresh)
    return _answered(request, plan, found, today)


def plan_to_judge(request: HttpRequest, code: str, permission: Permission, today: dt.date) -> Any:
    """The plan, for a reviewer who is no manager of it: 404 outside the scope, 403 otherwise."""
    plan = plan_in_scope(request.user, code, permission=permission, today=today)
    refuse_own(request, plan, today)
    return plan


def refuse_own(request: HttpRequest, plan: Any, today: dt.date) -> None:
    """403 for who may write about the plan's footprint: they are no judge of it."""
    if has_grant_in(request.user, plan, today=today):
        message = (
            f"You can write about {plan.footprint.name}, so another reviewer has to decide on it."
        )
        raise PermissionDenied(message)


def _answered(
    request: HttpRequest, plan: Any, found: queries.Standing, today: dt.date
) -> HttpResponse:
    sent, step = drawn(request.POST), request.POST.get("action", "check")
    if step in {"another", "change"}:
        more = 1 if step == "another" else 0
        return _typed_again(request, plan, found, sent, rows=min(sent.rows + more, MOST_ROWS))
    if said := _moved(plan, found, sent.seen):
        return _typed_again(request, plan, found, sent, banner=said)
    form = DecideForm(request.POST, results=found.results, rows=sent.rows, today=today)
    if not form.is_valid():
        return _form_page(request, plan, found, form, sent)
    if step != "save":
        return _check_page(request, plan, found, form, sent)
    return _saved(request, plan, found, form, sent)


def _saved(
    request: HttpRequest,
    plan: Any,
    found: queries.Standing,
    form: DecideForm,
    sent: Drawn,
) -> HttpResponse:
    try:
        decision = take_decision(
            plan=plan,
            verdict=form.verdict(),
            seen=sent.seen,
            by=request.user,
            now=timezone.now(),
        )
    except HasGrant:
        refuse_own(request, plan, timezone.localdate())
        raise
    except (AssessmentMoved, DecidedMeanwhile):
        anew = queries.standing(plan)
        said = _moved(plan, anew, sent.seen) or [ON_THEIR_WAY]
        return _typed_again(request, plan, anew, sent, banner=said)
    except SnapshotUnsound:
        return _typed_again(request, plan, found, sent, banner=[UNSOUND])
    except DecisionRefused as refused:
        for sentence in refused.problems.values():
            form.add_error(None, sentence)
        return _form_page(request, plan, found, form, sent)
    messages.success(
        request, f"Decision {decision.number} is saved, with everything it was based on."
    )
    return redirect("readiness:decision", decision.pk)


def _moved(plan: Any, found: queries.Standing, seen: Seen) -> list[str]:
    """Why the form has to be looked at again, in sentences; none where nothing moved."""
    if found.number != seen.number:
        return [presenter.decided_meanwhile(found)]
    assessment = found.assessment
    if assessment is not None and assessment.pk != seen.assessment_id:
        before = queries.results_seen(plan, seen.assessment_id)
        return [MOVED, *presenter.moved(before, found.results)] if before else [MOVED]
    return [ON_THEIR_WAY] if found.waits else []


def _typed_again(
    request: HttpRequest,
    plan: Any,
    found: queries.Standing,
    sent: Drawn,
    *,
    rows: int | None = None,
    banner: Sequence[str] = (),
) -> HttpResponse:
    """The form with what was typed and the figures of now, and no complaints yet."""
    sent = Drawn(seen=sent.seen, rows=rows or sent.rows)
    form = DecideForm(
        initial=request.POST.dict(),
        results=found.results,
        rows=sent.rows,
        today=timezone.localdate(),
    )
    return _form_page(request, plan, found, form, sent, banner)


def _form_page(
    request: HttpRequest,
    plan: Any,
    found: queries.Standing,
    form: DecideForm,
    sent: Drawn,
    banner: Sequence[str] = (),
) -> HttpResponse:
    page = presenter.decide_page(plan, found, form, sent.seen.form_key)
    context = {"form": form, "page": page, "banner": banner, **_frame(plan)}
    context["can_add"] = form.rows < MOST_ROWS
    return render(request, "readiness/decide.html", context)


def _check_page(
    request: HttpRequest,
    plan: Any,
    found: queries.Standing,
    form: DecideForm,
    sent: Drawn,
) -> HttpResponse:
    context = {
        "form": form,
        "page": presenter.check_page(form),
        "hidden": presenter.hidden(found, sent.seen.form_key, sent.rows),
        **_frame(plan),
    }
    return render(request, "readiness/decide_check.html", context)


def _seen_now(found: queries.Standing, form_key: uuid.UUID) -> Seen:
    assessment = found.assessment
    return Seen(
        assessment_id=assessment.pk if assessment else 0, number=found.number, form_key=form_key
    )


def _frame(plan: Any) -> dict[str, Any]:
    return {
        "plan": plan,
        "crumbs": plan_words.crumbs(plan),
        "dossier_url": addresses.dossier(plan.code),
    }
