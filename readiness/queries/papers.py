"""What is on paper about any number of plans, as at a day, in a fixed number of statements."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from plans.models import (
    Activity,
    Commitment,
    Consultation,
    GroupReason,
    Opinion,
    OpinionKind,
    Plan,
    PlanVersion,
    Reading,
    RecordedModel,
    Sharing,
    SpecialistAdvice,
    Triage,
)
from plans.working_days import working_days, working_days_after
from readiness.models import CriterionException, Judgement
from readiness.queries.asked import Asked
from readiness.queries.trail import day
from readiness.rules import papers as rules

PACK = {
    "pack_options": "the options",
    "pack_costs": "what each costs",
    "pack_impact": "what each changes for patients and staff",
    "pack_equality": "an equality impact assessment",
    "pack_rejected": "what was rejected and why",
}
"""What people who are consulted have to be given, by column."""

Papers = dict[str, Mapping[int, tuple[Any, ...]]]


def papers_of(plans: Mapping[int, Plan], asked: Asked) -> Papers:
    """Field of ``rules.Papers`` -> plan id -> the rows whose own day is the day or before it.

    Eleven statements. The college of a specialty comes without the day on which it was heard, and a
    consultation with the id of its row and without whoever must be asked in it.
    """
    versions = _versions(asked)
    return {
        "versions": versions,
        "shown": _shown(plans, versions, asked),
        "opinions": _opinions(asked),
        "group_reasons": _group_reasons(asked),
        "activities": _activities(asked),
        "advice": _advice(asked),
        "triages": _triages(asked),
        "consultations": _consultations(asked),
        "commitments": _commitments(asked),
        "judgements": _judgements(asked),
        "exceptions": _exceptions(asked),
    }


def _read(
    asked: Asked, rows: QuerySet[Any], columns: tuple[str, ...], made: Callable[..., Any]
) -> dict[int, tuple[Any, ...]]:
    """Plan id -> what ``made`` makes of the columns of each row; one statement."""
    found: dict[int, list[Any]] = defaultdict(list)
    for pk, plan_id, *now in rows.values_list("pk", "plan_id", *columns):
        was = asked.was(rows.model, pk)
        found[plan_id].append(
            made(*(_as_it_was(was, *one) for one in zip(columns, now, strict=True)))
        )
    return {plan_id: tuple(of) for plan_id, of in found.items()}


def _as_it_was(was: Mapping[str, Any], column: str, now: Any) -> Any:
    """What the column said then; whatever of a paper is brought up to date is a number or a day."""
    if column not in was:
        return now
    return day(was[column]) if column.endswith("_on") else was[column]


def _by_day(asked: Asked, model: type[RecordedModel], column: str) -> QuerySet[Any]:
    """The rows whose own day, given by its column, is by the day; oldest first."""
    rows = asked.recorded(model).filter(**{f"{column}__lte": asked.as_at})
    return rows.order_by("plan", column, "pk")


def _by(asked: Asked, done_on: dt.date | None) -> dt.date | None:
    """The day if it has come; what is done tomorrow is not done."""
    return done_on if done_on is not None and done_on <= asked.as_at else None


def _versions(asked: Asked) -> dict[int, tuple[Any, ...]]:
    columns = ("pk", "title", "dated_on", "is_final", "public_on", "mentions", "has_text")

    def version(*values: Any) -> rules.Version:
        row = dict(zip(columns, values, strict=True))
        return rules.Version(
            id=row["pk"],
            title=row["title"],
            dated_on=row["dated_on"],
            is_final=row["is_final"],
            public_on=_by(asked, row["public_on"]),
            mentions=row["mentions"] if row["has_text"] else None,
        )

    rows = _by_day(asked, PlanVersion, "dated_on").annotate(
        has_text=~Q(text="") | Q(reading=Reading.READ)
    )
    return _read(asked, rows, columns, version)


def _shown(
    plans: Mapping[int, Plan], versions: Mapping[int, tuple[Any, ...]], asked: Asked
) -> dict[int, tuple[Any, ...]]:
    """Showings of versions that stand; time runs to the submission of the plan."""
    known = {version.id for of_plan in versions.values() for version in of_plan}

    def shown(plan_id: int, version: int, organisation: int, on: dt.date) -> rules.Shown:
        left = working_days_after(on, plans[plan_id].submission_on)
        return rules.Shown(
            version_id=version, organisation_id=organisation, shown_on=on, working_days=left
        )

    rows = _by_day(asked, Sharing, "shown_on")
    found = _read(asked, rows, ("plan_id", "version_id", "organisation_id", "shown_on"), shown)
    return {
        plan_id: tuple(one for one in of_plan if one.version_id in known)
        for plan_id, of_plan in found.items()
    }


def _opinions(asked: Asked) -> dict[int, tuple[Any, ...]]:
    def opinion(organisation: int, kind: str, on: dt.date) -> rules.Opinion:
        return rules.Opinion(
            organisation_id=organisation, leads=kind == OpinionKind.LEADS, given_on=on
        )

    rows = _by_day(asked, Opinion, "given_on")
    return _read(asked, rows, ("organisation_id", "kind", "given_on"), opinion)


def _group_reasons(asked: Asked) -> dict[int, tuple[Any, ...]]:
    def reason(category: str, words: str) -> rules.GroupReason:
        return rules.GroupReason(category=category, reason=words)

    rows = _by_day(asked, GroupReason, "given_on")
    return _read(asked, rows, ("category", "reason"), reason)


def _activities(asked: Asked) -> dict[int, tuple[Any, ...]]:
    def activity(title: str, due_on: dt.date, done_on: dt.date | None) -> rules.Activity:
        return rules.Activity(title=title, due_on=due_on, done_on=_by(asked, done_on))

    rows = asked.recorded(Activity).order_by("plan", "due_on", "pk")
    return _read(asked, rows, ("title", "due_on", "done_on"), activity)


def _advice(asked: Asked) -> dict[int, tuple[Any, ...]]:
    def advice(specialty: str, college: int | None, name: str | None) -> rules.Advice:
        return rules.Advice(specialty=specialty, college_id=college, college_name=name or "")

    rows = _by_day(asked, SpecialistAdvice, "needed_from")
    return _read(asked, rows, ("specialty", "college_id", "college__name"), advice)


def _triages(asked: Asked) -> dict[int, tuple[Any, ...]]:
    def triage(on: dt.date, needed: bool, reason: str, by: str) -> rules.Triage:  # noqa: FBT001
        return rules.Triage(decided_on=on, formal_needed=needed, reason=reason, decided_by=by)

    columns = ("decided_on", "formal_needed", "reason", "decided_by")
    return _read(asked, _by_day(asked, Triage, "decided_on"), columns, triage)


_AS_THEY_ARE = (
    "title",
    "is_formal",
    "opens_on",
    "closes_on",
    "options_open",
    "time_reason",
    "themes",
    "themes_answered",
    "report_on",
    "heard_on",
    "decision_on",
    "is_major_change",
    "dropped_on",
)

FIVE = {
    "five_engagement": "engagement",
    "five_choice": "choice",
    "five_clinical": "clinical evidence",
    "five_commissioners": "support of commissioners",
    "five_beds": "beds",
}
"""The tests of a major service change in a word, by the column that says where each is shown."""

CONSULTATION = (*_AS_THEY_ARE, *PACK, *FIVE)
"""The columns that ``consultation_fact`` needs."""


def consultation_fact(row: Mapping[str, Any]) -> rules.Consultation:
    """One consultation as the rules read it, out of the columns ``CONSULTATION``."""
    lacking = [words for name, words in FIVE.items() if not row[name]]
    return rules.Consultation(
        **{name: row[name] for name in _AS_THEY_ARE},
        working_days=working_days(row["opens_on"], row["closes_on"]),
        pack_lacking=tuple(words for name, words in PACK.items() if not row[name]),
        tests_lacking=tuple(lacking) if row["is_major_change"] else (),
    )


def _consultations(asked: Asked) -> dict[int, tuple[Any, ...]]:
    def consultation(pk: int, *values: Any) -> tuple[int, rules.Consultation]:
        return pk, consultation_fact(dict(zip(CONSULTATION, values, strict=True)))

    rows = _by_day(asked, Consultation, "opens_on")
    return _read(asked, rows, ("pk", *CONSULTATION), consultation)


def _commitments(asked: Asked) -> dict[int, tuple[Any, ...]]:
    def commitment(text: str, due_on: dt.date, done_on: dt.date | None) -> rules.Commitment:
        return rules.Commitment(text=text, due_on=due_on, done_on=_by(asked, done_on))

    rows = _by_day(asked, Commitment, "made_on")
    return _read(asked, rows, ("text", "due_on", "done_on"), commitment)


def _judgements(asked: Asked) -> dict[int, tuple[Any, ...]]:
    """The newest judgement that stands on each subject."""

    def judgement(subject: str, section: str, is_explicit: bool) -> rules.Judgement:  # noqa: FBT001
        return rules.Judgement(subject=subject, section=section, is_explicit=is_explicit)

    rows = _by_day(asked, Judgement, "judged_on")
    found = _read(asked, rows, ("subject", "section", "is_explicit"), judgement)
    return {
        plan_id: tuple({one.subject: one for one in oldest_first}.values())
        for plan_id, oldest_first in found.items()
    }


def _exceptions(asked: Asked) -> dict[int, tuple[Any, ...]]:
    """Those in force on the day; whoever recorded one approved it."""

    def excepted(
        pk: int, key: str, reason: str, by: str | None, starts_on: dt.date, expires_on: dt.date
    ) -> rules.Excepted:
        return rules.Excepted(
            id=pk,
            key=key,
            reason=reason,
            approver=by or "",
            starts_on=starts_on,
            expires_on=expires_on,
        )

    rows = _by_day(asked, CriterionException, "starts_on").filter(expires_on__gte=asked.as_at)
    columns = ("pk", "key", "reason", "recorded_by__name", "starts_on", "expires_on")
    return _read(asked, rows, columns, excepted)
