"""Were we consulted? The page of everybody who answers for an organisation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import require
from accounts.roles import Permission
from engagement.presenters.consulted import sections
from engagement.queries.consulted import records_of
from engagement.queries.questions import open_questions_of


@require_safe
@require(Permission.READ_OWN_RECORD)
def consulted(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    records = records_of(request.user, today=today)
    questions = open_questions_of(request.user, today=today)
    found = sections(records, questions, today=today)
    return render(request, "engagement/consulted/consulted.html", {"sections": found})
