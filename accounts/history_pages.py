"""What a view gives to ``accounts/_history.html``."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import AuditEntry
from accounts.presenters.history import HistoryLine, lines
from accounts.queries.history import page_of
from ui import query

LARGEST = 2**62


@dataclass(frozen=True, kw_only=True)
class HistoryPage:
    """Lines, and the way to what is older and to the newest."""

    lines: list[HistoryLine]
    older_url: str
    newest_url: str


def history_page(
    request: HttpRequest, entries: QuerySet[AuditEntry], *, mixed: bool = False
) -> HistoryPage:
    """The part of the history that the address asks for (``?before=``); one statement."""
    before = query.integer(request, "before", 0, 0, LARGEST).value
    page = page_of(entries, before=before)
    return HistoryPage(
        lines=lines(page.entries, mixed=mixed),
        older_url=_address(request, page.older) if page.older else "",
        newest_url="" if page.is_newest else _address(request, 0),
    )


def _address(request: HttpRequest, before: int) -> str:
    rest = request.GET.copy()
    rest.pop("before", None)
    if before:
        rest["before"] = str(before)
    return f"{request.path}?{rest.urlencode()}#history" if rest else f"{request.path}#history"
