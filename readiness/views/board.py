"""The national readiness board, and the same as a file."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import require, roles_of
from accounts.roles import Permission, Role
from readiness.forms.board import BoardFilters, board_choice, choices_of
from readiness.presenters import board as presenter
from readiness.presenters.board_file import csv_rows
from readiness.presenters.board_rows import of_one_round
from readiness.queries.pages import board as queries
from readiness.views import fresh
from ui.csvfile import csv_response


@require_safe
@require(Permission.READ_BOARD)
def board(request: HttpRequest) -> HttpResponseBase:
    """A row per plan in scope: stored results only, drawn once per assessment."""
    mark = queries.board_mark(request.user, today=timezone.localdate())
    return fresh.answer(request, mark, lambda: _board_page(request, mark))


def _board_page(request: HttpRequest, mark: str) -> HttpResponseBase:
    today = timezone.localdate()
    national = Role.REVIEWER in roles_of(request.user, today=today)
    choices = choices_of(queries.regions_in_use(today=today))
    choice, problems = board_choice(request, choices)

    def draw() -> str:
        found = queries.board(request.user, today=today)
        page = presenter.board_page(found, choice, today=today, national=national)
        filters = BoardFilters(page.choice, choices)
        return render_to_string("readiness/_board.html", {"page": page, "filters": filters})

    scope = "all" if national else request.user.pk
    content = fresh.fragment("board", f"{mark}|{scope}|{choice}", draw)
    heading = presenter.heading(national=national)
    context = {"heading": heading, "content": content, "problems": problems}
    return render(request, "readiness/board.html", context)


@require_safe
@require(Permission.READ_BOARD)
def board_csv(request: HttpRequest) -> HttpResponseBase:
    """The board as asked for, for a spreadsheet."""
    today = timezone.localdate()
    asked, _ = board_choice(request, choices_of(queries.regions_in_use(today=today)))
    found = queries.board(request.user, today=today)
    national = Role.REVIEWER in roles_of(request.user, today=today)
    choice = of_one_round(asked, found.rows, today=today, national=national)
    header, rows = csv_rows(found, choice, today=today)
    return csv_response(f"board-{today.isoformat()}.csv", header, rows)
