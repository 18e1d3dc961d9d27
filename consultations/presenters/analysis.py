"""The analysis of a consultation in words and charts: who answered, and what each of them said."""

from collections.abc import Mapping

from django.urls import reverse

from consultations.models import Group
from consultations.presenters import analysis_charts as charts
from consultations.presenters.analysis_shapes import Page
from consultations.presenters.analysis_time import in_time
from consultations.presenters.analysis_words import (
    counted_lines,
    figure,
    headline,
)
from consultations.queries.analysis import Analysis, Quote
from consultations.rules.analysis import MANY, needs_analyst
from ui.shapes import Figure, Link
from ui.words import patients

CONTENTS = (
    Link("What stands behind these numbers", "#counted"),
    Link("Who answered", "#who"),
    Link("Themes", "#themes"),
    Link("Answers by question", "#questions"),
    Link("How they were asked", "#process"),
    Link("When they answered", "#days"),
    Link("Files to take away", "#files"),
)


def page(found: Analysis, *, handles: bool) -> Page:
    """Everything that the template places; ``handles`` for who works on responses."""
    consultation, received = found.consultation, found.received
    groups = list(found.groups)
    process = [one for one in found.asked if one.question.is_about_process]
    subject = [one for one in found.asked if not one.question.is_about_process]
    analyst = found.survey.analyst if found.survey else ""
    missing = needs_analyst(received.all, analyst)
    return Page(
        title=consultation.title,
        caption=consultation.plan.title,
        crumbs=_crumbs(found),
        contents=CONTENTS,
        links=_links(found, handles=handles),
        key=charts.KEY,
        headline=headline(found.counted),
        is_empty=not received.cleared,
        figures=_figures(found),
        lines=counted_lines(found),
        analyst=f"Independent analyst: {analyst}." if analyst else "",
        analyst_missing=(
            f"{patients(received.all)} responses came in, more than {MANY}, and no independent"
            " analyst is named. Ask somebody from outside to read them, and name them on the page"
            " of the questions."
            if missing
            else ""
        ),
        waiting=_waiting(found),
        waiting_url=_triage_url(found) if handles and received.waiting else "",
        empty=_empty(found, handles=handles),
        who=charts.who(found),
        themes=charts.themes_chart(found, found.themes, "Themes, the one most people raised first"),
        matrix=charts.matrix(found, groups),
        no_themes=_no_themes(found),
        questions=[charts.question(found, one, groups) for one in subject],
        process=[charts.question(found, one, groups) for one in process],
        process_themes=charts.themes_chart(
            found, found.process, "What was said about how people were asked"
        ),
        process_quotes=[
            (one.text, Group(one.group).label) for one in _once(found) if one.is_about_process
        ],
        days=in_time(found.days),
        tables=[
            Link(
                text, f"{reverse('consultations:analysis-csv', args=[consultation.pk])}?table={key}"
            )
            for key, text in TABLES.items()
        ],
        report_url=reverse("consultations:report", args=[consultation.pk]),
    )


TABLES: Mapping[str, str] = {
    "themes": "Themes by group",
    "questions": "Answers by question",
    "groups": "Who answered",
    "days": "Answers by day",
}
"""The tables that can be taken away as a file, by their key in the address."""


def _once(found: Analysis) -> list[Quote]:
    """Each quotation once, however many themes it carries."""
    seen: dict[str, Quote] = {}
    for one in found.quotes:
        seen.setdefault(one.text, one)
    return list(seen.values())


def _figures(found: Analysis) -> list[Figure]:
    who, decided_themes = (
        found.counted,
        [theme for theme in (*found.themes, *found.process) if found.names[theme].disposition],
    )
    raised = {*found.themes, *found.process}
    return [
        figure(who.organisations, "organisation", "organisations"),
        figure(who.people, "person", "people"),
        figure(found.received.waiting, "response waits to be read", "responses wait to be read"),
        Figure(
            number=f"{len(set(decided_themes))} of {len(raised)}", label="themes with a decision"
        ),
    ]


def _waiting(found: Analysis) -> str:
    """What is not counted here, and why."""
    received = found.received
    parts = []
    if received.waiting:
        waits = "waits" if received.waiting == 1 else "wait"
        parts.append(f"{patients(received.waiting)} {waits} to be read")
    if received.held:
        is_held = "is" if received.held == 1 else "are"
        parts.append(f"{patients(received.held)} {is_held} held back")
    if not parts:
        return ""
    return f"Not counted here: {' and '.join(parts)}. Only what a person has cleared is counted."


def _crumbs(found: Analysis) -> list[Link]:
    plan, row = found.consultation.plan, found.consultation
    return [
        Link(plan.footprint.name, reverse("readiness:dossier", args=[plan.code])),
        Link(row.title, reverse("consultations:consultation", args=[row.pk])),
    ]


def _links(found: Analysis, *, handles: bool) -> list[Link]:
    """Where the same is read one by one, and where it is decided."""
    row = found.consultation
    links = [
        Link("Responses", reverse("consultations:responses", args=[row.pk])),
        Link("Themes of the plan", reverse("engagement:themes", args=[row.plan.code])),
        Link("You said, we did", reverse("engagement:you-said", args=[row.plan.code])),
    ]
    if handles and found.survey:
        links.append(Link("Questions and form", reverse("consultations:questions", args=[row.pk])))
    return links


def _empty(found: Analysis, *, handles: bool) -> tuple[str, str, str, str]:
    """Title, text, and a link with its words, where nothing has been cleared yet."""
    back = reverse("consultations:consultation", args=[found.consultation.pk])
    title = "Nothing to count yet"
    if not found.received.all:
        return title, "No response has come in.", "Back to the consultation", back
    text = "Responses are counted here once a person has read and cleared them."
    if handles and found.received.waiting:
        return title, text, "Read the responses that wait", _triage_url(found)
    return title, text, "Back to the consultation", back


def _triage_url(found: Analysis) -> str:
    return reverse("consultations:triage", args=[found.consultation.pk])


def _no_themes(found: Analysis) -> str:
    """What to do where no theme was found yet."""
    if found.themes or not found.in_words:
        return ""
    return (
        "No theme has been found in the answers yet. They are themed one by one as they are read."
    )
