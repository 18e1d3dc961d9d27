"""The directory: find an organisation among tens of thousands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import require
from accounts.roles import Permission
from stakeholders.forms.directory import form_of, read_filters
from stakeholders.presenters.directory import empty_text, entries
from stakeholders.queries import directory as queries
from ui import keyset


@require_safe
@require(Permission.READ_DIRECTORY)
def directory(request: HttpRequest) -> HttpResponse:
    filters, problems = read_filters(request)
    at = keyset.cursor(request, keyset.text_key)
    found = queries.directory(filters, today=timezone.localdate())
    page = keyset.page(found, request, column="name", at=at, descending=False)
    context = {
        "form": form_of(filters),
        "problems": problems,
        "has_errors": bool(problems),
        "page": page,
        "entries": entries(page.rows),
        "count": keyset.count_in_words(keyset.bounded_count(found), "organisation"),
        "empty": empty_text(filters),
        "clear_url": reverse("stakeholders:directory") if filters.any or problems else "",
    }
    return render(request, "stakeholders/directory.html", context)
