"""What a plan has on paper, and among whom a manager chooses when recording it."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from plans.membership import members
from plans.models import (
    Activity,
    Commitment,
    Consultation,
    GroupReason,
    Opinion,
    Plan,
    PlanVersion,
    Sharing,
    SpecialistAdvice,
    Triage,
)
from stakeholders.models import Category, Organisation

MODELS: Mapping[str, Any] = {
    "version": PlanVersion,
    "sharing": Sharing,
    "opinion": Opinion,
    "reason": GroupReason,
    "activity": Activity,
    "advice": SpecialistAdvice,
    "triage": Triage,
    "consultation": Consultation,
    "commitment": Commitment,
}
"""The kinds of paper by the word that stands in their addresses, in the order of the page."""

BESIDE: Mapping[str, tuple[str, ...]] = {
    "sharing": ("version", "organisation"),
    "opinion": ("organisation",),
    "advice": ("college",),
    "commitment": ("organisation",),
}
"""What is read along with a row of a kind, because its line names it."""

OF_GENERAL_PRACTICE = (Category.LMC, Category.PCN, Category.GP_FEDERATION)
"""Whom something is promised to: the bodies of general practice, its practices being too many."""

Papers = Mapping[str, list[Any]]


def papers_of(plan: Plan) -> Papers:
    """Every row of every kind, withdrawn ones too, without the texts; one statement for each kind."""
    return {kind: list(_rows(plan, kind)) for kind in MODELS}


def paper_of(plan: Plan, kind: str, pk: int) -> Any:
    """The row of this kind with this id on the plan, withdrawn or not; None where there is none."""
    return _rows(plan, kind).filter(pk=pk).first()


def version_with_text(plan: Plan, pk: int) -> PlanVersion | None:
    """A version of the plan, withdrawn or not, with its text."""
    return PlanVersion.objects.filter(plan=plan, pk=pk).first()


def standing_versions(plan: Plan) -> list[PlanVersion]:
    """The versions that nobody has withdrawn, the newest first, without their texts."""
    found = PlanVersion.objects.standing().filter(plan=plan).defer("text")
    return list(found.order_by("-dated_on", "-pk"))


def versions_shown_to(plan: Plan, organisation_ids: Collection[int]) -> frozenset[int]:
    """Ids of the versions that any of these organisations was shown; one statement."""
    found = Sharing.objects.standing().filter(plan=plan, organisation__in=organisation_ids)
    return frozenset(found.values_list("version_id", flat=True))


def organisations_in(
    plan: Plan, *, day: dt.date, without: Collection[str] = (), of: Collection[str] = ()
) -> list[Organisation]:
    """Who belongs to the plan's footprint on ``day``, by category and name; two statements.

    Only those of the categories ``of`` where it is given, and none of the categories ``without``.
    """
    found = members(day=day, footprint_ids=[plan.footprint_id])
    ids = {
        one.organisation_id
        for one in found
        if one.category not in without and (not of or one.category in of)
    }
    chosen = Organisation.objects.filter(pk__in=ids)
    return sorted(chosen, key=lambda one: (Category.values.index(one.category), one.name, one.code))


def royal_colleges(*, day: dt.date) -> list[Organisation]:
    """The Royal Colleges open on ``day``; they belong to no footprint."""
    found = Organisation.objects.open_on(day).filter(category=Category.ROYAL_COLLEGE)
    return list(found.order_by("name").distinct())


@dataclass(frozen=True, kw_only=True)
class PanelPapers:
    """What the dossier shows of the papers of a plan on a day."""

    versions: list[PlanVersion]
    shown: Mapping[int, int]
    triage: Triage | None
    consultations: list[Consultation]


def panel_papers(plan: Plan, *, day: dt.date, known: dt.datetime | None = None) -> PanelPapers:
    """The papers dated on or before ``day``, as recorded before ``known`` (None: now).

    ``shown`` counts the organisations by version. Four statements.
    """
    versions = PlanVersion.objects.known(known).filter(plan=plan, dated_on__lte=day)
    shown = Sharing.objects.known(known).filter(plan=plan, shown_on__lte=day)
    counts = shown.order_by().values_list("version").annotate(Count("organisation", distinct=True))
    triages = Triage.objects.known(known).filter(plan=plan, decided_on__lte=day)
    consultations = Consultation.objects.known(known).filter(plan=plan, opens_on__lte=day)
    return PanelPapers(
        versions=list(versions.defer("text").order_by("-dated_on", "-pk")),
        shown=dict(counts),
        triage=triages.order_by("-decided_on", "-pk").first(),
        consultations=list(consultations.order_by("-opens_on", "-pk")),
    )


def _rows(plan: Plan, kind: str) -> Any:
    found = MODELS[kind].objects.filter(plan=plan).select_related(*BESIDE.get(kind, ()))
    if kind == "version":
        return found.defer("text").order_by("-dated_on", "-pk")
    return found.defer("version__text") if kind == "sharing" else found
