"""Grant an exception to a criterion, and take it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.reauthentication import fresh_sign_in
from accounts.roles import Permission
from readiness.actions import exceptions as actions
from readiness.forms.deciding import ExceptionForm, WithdrawForm, may_be_excepted
from readiness.presenters import addresses
from readiness.presenters import decisions as presenter
from readiness.queries.pages import decisions as queries
from readiness.views.decide import plan_to_judge, refuse_own
from ui.query import choice


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Let a criterion of the plan's policy pass until a day."""
    today = timezone.localdate()
    plan = plan_to_judge(request, code, Permission.GRANT_EXCEPTIONS, today)
    found = queries.standing(plan)
    excusable = [one for one in found.results if may_be_excepted(one)]
    asked = choice(request, "criterion", [one.key for one in excusable]).value
    form = ExceptionForm(
        request.POST or None, results=found.results, today=today, initial={"criterion": asked}
    )
    if form.is_valid():
        values = form.cleaned_data
        try:
            actions.grant_exception(
                plan=plan,
                key=values["criterion"],
                reason=values["reason"],
                expires_on=values["expires_on"],
                by=request.user,
                now=timezone.now(),
            )
        except actions.ExceptionStands as stands:
            form.add_error("criterion", presenter.stands_already(stands.exception))
        except actions.ExceptionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, "The exception is granted. The figures follow within a minute."
            )
            return redirect(addresses.dossier(plan.code, "decisions"))
    context = {
        "plan": plan,
        "form": form,
        "can_grant": bool(excusable),
        "back_url": addresses.dossier(plan.code),
        "about": presenter.exception_about(found.results, asked),
    }
    return render(request, "readiness/exception_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an exception back, with a reason."""
    today = timezone.localdate()
    exception = queries.exception_in_scope(
        request.user,
        pk,
        permission=Permission.GRANT_EXCEPTIONS,
        today=today,
    )
    refuse_own(request, exception.plan, today)
    back_url = addresses.dossier(exception.plan.code, "decisions")
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        withdrawn = actions.withdraw_exception(
            exception=exception,
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        )
        if withdrawn:
            messages.success(
                request, "The exception is withdrawn. The figures follow within a minute."
            )
        else:
            messages.info(
                request, "Somebody else withdrew this exception first. Nothing was changed."
            )
        return redirect(back_url)
    context = {
        "plan": exception.plan,
        "form": form,
        "exception": exception,
        "line": presenter.exception_line(exception, {}, today=today, may_withdraw=False),
        "back_url": back_url,
    }
    return render(request, "readiness/exception_withdraw.html", context)
