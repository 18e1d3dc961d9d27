"""The floor under every page, and two known mistakes that the harness has to catch."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import Context, Engine
from django.utils import timezone

from engagement.access import events_visible_to
from engagement.forms.filters import EventFilterForm
from engagement.presenters.events import event_rows
from engagement.queries.events import EventFilters, filtered, plans_credited, turnouts
from plans.models import Plan
from readiness.forms.board import BoardFilters, choices_of
from readiness.presenters import board as presenter
from readiness.queries.pages import board as queries
from readiness.queries.pages.board import ALL_TYPES, BoardChoice
from ui import keyset

ROWS = """{% load nhsuk %}{% for plan, states in rows %}
<tr><th><a href="{% url "readiness:dossier" plan.code %}">{{ plan.name }}</a></th>
{% for key, found in states %}<td>
<a href="{% url "readiness:dossier" plan.code %}#{{ key }}">{% state found %}</a></td>{% endfor %}
</tr>{% endfor %}"""


def floor(request: HttpRequest) -> HttpResponse:
    """A signed-in page through the whole middleware that reads one row by an index."""
    return HttpResponse(Plan.objects.get(code=request.GET["code"]).title)


def event_list_row_by_row(request: HttpRequest) -> HttpResponse:
    """A mistake: the event list that asks two questions for each of its fifty rows."""
    visible = events_visible_to(request.user, today=timezone.localdate())
    found = filtered(visible, EventFilters()).select_related("recorded_by")
    page = keyset.page(found, request, column="held_on", at=None, descending=True)
    rows = [
        row
        for one in page.rows
        for row in event_rows([one], plans=plans_credited([one]), turnouts=turnouts([one]))
    ]
    form = EventFilterForm(EventFilters(), plans={})
    return render(
        request, "engagement/events/list.html", {"form": form, "page": page, "rows": rows}
    )


def board_by_template(request: HttpRequest) -> HttpResponse:
    """A mistake: the board with its table drawn cell by cell in a template, anew for each reader."""
    today = timezone.localdate()
    found, asked = queries.board(request.user, today=today), BoardChoice(plan_type=ALL_TYPES)
    page = presenter.board_page(found, asked, today=today, national=True)
    cells = [(row, sorted(row.states.items())) for row in found.rows]
    rows = Engine.get_default().from_string(ROWS).render(Context({"rows": cells}))
    filters = BoardFilters(page.choice, choices_of(queries.regions_in_use(today=today)))
    context = {"page": replace(page, rows=rows), "filters": filters}
    return render(request, "readiness/_board.html", context)
