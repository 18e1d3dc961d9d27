"""The administrator's pages: how delivery stands, and in the demonstration what arrived."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import require
from accounts.roles import Permission
from mail import actions, presenters, queries
from ui import query

PER_PAGE = 25


@require_safe
@require(Permission.READ_MAIL)
def mail(request: HttpRequest) -> HttpResponse:
    """The letter box in the demonstration; elsewhere the outbox, which keeps no words."""
    return _letter_box(request) if settings.DEMONSTRATION else _outbox(request)


@require_safe
@require(Permission.READ_MAIL)
def outbox(request: HttpRequest) -> HttpResponse:
    """How delivery stands, dead letters first."""
    return _outbox(request)


@require_safe
@require(Permission.READ_MAIL)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail of the demonstration, as text and as HTML."""
    found = queries.kept_mail(pk) if settings.DEMONSTRATION else None
    if found is None:
        raise Http404
    return render(request, "mail/letter.html", {"mail": found})


@require_POST
@require(Permission.READ_MAIL)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a dead letter for another 48 hours."""
    if actions.try_again(message_id=pk, by=request.user, now=timezone.now()):
        messages.success(request, "The message will be tried again within a minute.")
    else:
        messages.info(request, "That message is no dead letter any more.")
    return redirect("mail:outbox")


def _letter_box(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.kept_mails(), PER_PAGE).get_page(_page(request))
    context = {"lines": presenters.kept_lines(page), "page": page}
    return render(request, "mail/box.html", context)


def _outbox(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.outbox(dead=False), PER_PAGE).get_page(_page(request))
    dead = queries.outbox(dead=True)[:PER_PAGE]
    context = {
        "figures": presenters.figures(queries.counts_by_state()),
        "dead": presenters.message_lines(dead),
        "lines": presenters.message_lines(page),
        "page": page,
        "demonstration": settings.DEMONSTRATION,
    }
    return render(request, "mail/outbox.html", context)


def _page(request: HttpRequest) -> int:
    return query.integer(request, "page", 1, 1, 1_000_000).value
