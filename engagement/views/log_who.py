"""Step 2: who took part."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from engagement.actions import add_attendee, save_step
from engagement.forms.attendance import RowProblem
from engagement.forms.codes import CodesForm
from engagement.forms.entry import SAID, WHO, Entry
from engagement.forms.person import PersonForm
from engagement.forms.who import CONTINUE, LEAVE, SEARCH, WhoSubmission, kept
from engagement.presenters.log_frame import about_event, frame, step_url
from engagement.presenters.log_who import (
    list_rows,
    outcome_options,
    recent_picks,
    results,
    row_links,
    unheard_picks,
)
from engagement.queries.attendees import attendees
from engagement.queries.heard import unheard
from engagement.queries.recent import recent_attendees
from engagement.queries.search import findings
from engagement.rules.answers import usual_outcome
from engagement.rules.attendees import key, read_key, with_added
from engagement.views.log_draft import back_to_missing, entry_of, own_draft
from ui.shapes import Link

MOST_TICKED = 100


@own_draft
def who_step(request: HttpRequest, entry: Entry) -> HttpResponse:
    if missing := back_to_missing(entry, WHO):
        return missing
    if request.method == "POST":
        return _save(request, entry)
    problems = entry.row_problems if "unfinished" in request.GET else []
    return _page(request, entry, problems=problems)


@own_draft
def found(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The results alone, for the search box while somebody types."""
    if missing := back_to_missing(entry, WHO):
        return missing
    context = {"results": _results(request, entry, kept(request.GET.get("q", "")))}
    return render(request, "engagement/log/_results.html", context)


def _save(request: HttpRequest, entry: Entry) -> HttpResponse:
    sent = WhoSubmission(request.POST, entry)
    rows = sent.rows()
    if sent.adds_person and sent.person.is_valid():
        since = min(entry.day, entry.today)
        pair = add_attendee(by=request.user, person=sent.person.person(), since=since)
        rows = with_added(rows, [pair], outcome=sent.outcome_of_new)
    draft = save_step(
        by=request.user,
        draft_id=entry.draft.pk,
        step=WHO,
        answers={WHO: sent.answers(rows)},
        now=timezone.now(),
    )
    entry, problems = entry_of(request, draft), sent.problems()
    if sent.takes_in and (repeated := sent.codes.repeated()):
        messages.info(request, repeated)
    row_problems = entry.row_problems if sent.button == CONTINUE else []
    if problems or row_problems:
        return _page(request, entry, problems=row_problems, sent=sent, links=problems)
    return redirect(_next(sent.button, draft))


def _next(button: str, draft) -> str:
    if button == LEAVE:
        return "engagement:log"
    if button == CONTINUE:
        return step_url(draft, SAID)
    return f"{step_url(draft, WHO)}#{'results' if button == SEARCH else 'list'}"


def _page(
    request: HttpRequest,
    entry: Entry,
    *,
    problems: list[RowProblem],
    sent: WhoSubmission | None = None,
    links: list[Link] | None = None,
) -> HttpResponse:
    listed = {key(row) for row in entry.rows}
    plan_ids = [plan.id for plan in entry.plans]
    typed = entry.typed(WHO)
    about = about_event(
        channel=entry.channel, day=entry.day, status=entry.status, plans=entry.plans
    )
    context = {
        "frame": frame(entry.draft, WHO, about=about),
        "recent": recent_picks(
            recent_attendees(request.user, plan_ids=plan_ids, day=entry.day), listed
        ),
        "unheard": unheard_picks(unheard(entry.plans, entry.standing, day=entry.day), listed),
        "plans": entry.plans,
        "q": typed.get("q", ""),
        "found_url": reverse("engagement:log-found", args=[entry.draft.pk]),
        "results": _results(request, entry, typed.get("q", "")),
        "codes": sent.codes if links and sent else CodesForm(day=entry.day, initial=typed),
        "person": sent.person
        if links and sent and sent.adds_person
        else PersonForm(day=entry.day, initial=typed),
        "person_opened": any(typed.get(name) for name in ("new_name", "new_at")),
        "rows": list_rows(
            entry.rows,
            entry.known,
            status=entry.status,
            problems={(one.key, one.field): one.message for one in problems},
        ),
        "outcomes": outcome_options(
            entry.status, usual_outcome(status=entry.status, channel=entry.channel)
        ),
        "open_rows": sum(not row["outcome"] for row in entry.rows),
        "problems": [*row_links(problems), *(links or [])],
        "has_errors": bool(problems or links),
    }
    return render(request, "engagement/log/who.html", context)


def _results(request: HttpRequest, entry: Entry, asked: str):
    """What was searched for, and what was ticked before it was."""
    pairs = [read_key(text) for text in request.GET.getlist("found")[:MOST_TICKED]]
    ticked = attendees(with_added([], [pair for pair in pairs if pair]), day=entry.day)
    listed = {key(row) for row in entry.rows_as_typed}
    return results(
        findings(asked, day=entry.day, near=entry.near if asked.strip() else ()),
        listed=listed,
        ticked=ticked,
    )
