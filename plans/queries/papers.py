"""What a plan has on paper, and among whom a manager chooses when recording it."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from accounts.models import AuditEntry
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
from plans.queries.moment import Moment
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

OWN_DAY: Mapping[str, str] = {
    "version": "dated_on",
    "sharing": "shown_on",
    "opinion": "given_on",
    "reason": "given_on",
    "advice": "needed_from",
    "triage": "decided_on",
    "consultation": "opens_on",
    "commitment": "made_on",
}
"""The day of a row, before which nobody could know of it. An activity is planned ahead."""

DEEDS = ("done_on", "public_on", "confided_on")
"""Days that tell of a deed: before them it was not done."""

OF_GENERAL_PRACTICE = (Category.LMC, Category.PCN, Category.GP_FEDERATION)
"""Whom something is promised to: the bodies of general practice, its practices being too many."""

Papers = Mapping[str, list[Any]]


def papers_of(plan: Plan) -> Papers:
    """Every row of every kind, withdrawn ones too, without the texts; one statement for each kind."""
    return {kind: list(_rows(plan, kind)) for kind in MODELS}


def papers_then(plan: Plan, moment: Moment) -> Papers:
    """The rows that stood at a moment, as they were: one statement more than ``papers_of``.

    Of a row that was brought up to date since then, the audit trail tells what it said. What was
    done after the day is not done.
    """
    replaced = _replaced_since(moment.known)
    return {
        kind: [
            _as_it_was(row, replaced.get((row._meta.label_lower, str(row.pk)), {}), moment.day)  # noqa: SLF001 - Django documents it
            for row in _rows(plan, kind).known(moment.known)
            if kind not in OWN_DAY or getattr(row, OWN_DAY[kind]) <= moment.day
        ]
        for kind in MODELS
    }


def paper_of(plan: Plan, kind: str, pk: int) -> Any:
    """The row of this kind with this id on the plan, withdrawn or not; None where there is none."""
    return _rows(plan, kind).filter(pk=pk).first()


def version_with_text(plan: Plan, pk: int) -> PlanVersion | None:
    """A version of the plan, withdrawn or not, with its text and its file."""
    found = PlanVersion.objects.select_related("file", "plan")
    return found.filter(plan=plan, pk=pk).first()


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


def _replaced_since(known: dt.datetime | None) -> Mapping[tuple[str, str], Any]:
    """Table and row -> what it said before its first change since ``known``; none for now."""
    if known is None:
        return {}
    tables = [model._meta.label_lower for model in MODELS.values()]  # noqa: SLF001
    changes = AuditEntry.objects.filter(
        recorded_at__gte=known, verb="changed", object_type__in=tables
    ).order_by("-recorded_at", "-pk")
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for change in changes:
        found.setdefault((change.object_type, change.object_key), {}).update(change.was)
    return found


def _as_it_was(row: Any, before: Mapping[str, Any], day: dt.date) -> Any:
    """The row with what it said then; never to be saved."""
    for name, value in before.items():
        if name in row.__dict__:
            setattr(row, name, row._meta.get_field(name).to_python(value))  # noqa: SLF001
    for name in DEEDS:
        if (getattr(row, name, None) or day) > day:
            setattr(row, name, None)
    row.withdrawn_at = None
    return row


def _rows(plan: Plan, kind: str) -> Any:
    found = MODELS[kind].objects.filter(plan=plan).select_related(*BESIDE.get(kind, ()))
    if kind == "version":
        return found.defer("text").order_by("-dated_on", "-pk")
    return found.defer("version__text") if kind == "sharing" else found
