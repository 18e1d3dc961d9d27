"""What the dossier says of the papers of a plan: versions, the triage decision, consultations."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from plans.models import Plan
from plans.presenters.paper_lines import open_words, shown_to, triage_words
from plans.queries.papers import PanelPapers
from ui.words import nhs_date, plural

VERSIONS_SHOWN = 4


@dataclass(frozen=True, kw_only=True)
class PapersPanel:
    """Words for the panel; nothing in it is for managers and reviewers only, so all may share it."""

    versions: Sequence[tuple[str, str]]
    more: str
    triage: str
    consultations: Sequence[tuple[str, str]]
    url: str


def papers_panel(plan: Plan, papers: PanelPapers, *, today: dt.date) -> PapersPanel:
    """The newest versions with how many were shown each, and where consulting stands."""
    newest = papers.versions[:VERSIONS_SHOWN]
    left = len(papers.versions) - len(newest)
    triage = papers.triage
    return PapersPanel(
        versions=[
            (
                f"{one.title}{', final' if one.is_final else ''}",
                f"{nhs_date(one.dated_on)}. {shown_to(papers.shown.get(one.pk, 0))}",
            )
            for one in newest
        ],
        more=f"And {plural(left, 'earlier version')}." if left else "",
        triage=(
            f"{triage_words(triage)}, decided on {nhs_date(triage.decided_on)} by {triage.decided_by.rstrip('. ')}."
            if triage
            else "Nobody has decided whether a formal consultation is needed."
        ),
        consultations=[(one.title, f"{open_words(one, today)}.") for one in papers.consultations],
        url=reverse("plans:papers", args=[plan.code]),
    )
