"""The floor under every page, and two known mistakes that the harness has to catch."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import Context, Engine
from django.utils import timezone

from engagement.access import events_visible_to
from engagement.forms.filters import EventFilterForm
from engagement.presenters.events import event_rows
from engagement.queries.events import EventFilters, filtered, plans_credited, turnouts
from plans.models import Plan
from readiness.queries.pages.board import board
from ui import keyset

TABLE = """{% load nhsuk %}<table>{% for plan, states in rows %}
<tr><th><a href="{% url "readiness:dossier" plan.code %}">{{ plan.name }}</a></th>
{% for key, found in states %}<td>
<a href="{% url "readiness:dossier" plan.code %}#{{ key }}">{% state found %}</a></td>{% endfor %}
</tr>{% endfor %}</table>"""


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
    """A mistake: the table of the board drawn cell by cell in a template, again for each reader."""
    rows = board(request.user, today=timezone.localdate()).rows
    states = [(row, sorted(row.states.items())) for row in rows]
    template = Engine.get_default().from_string(TABLE)
    return HttpResponse(template.render(Context({"rows": states})))
