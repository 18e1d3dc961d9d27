"""Decisions, conditions and exceptions as lines: of the list, of a plan's dossier, of their pages."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from readiness.models import Condition, CriterionException, CriterionResult, Decision
from readiness.presenters import addresses, plan_words
from readiness.presenters.decide import OUTCOME_WORDS
from ui.shapes import Link
from ui.words import day_span, nhs_date, nhs_datetime, plural

OUTCOME_COLOURS = {
    "agree": "green",
    "conditions": "aqua-green",
    "return": "yellow",
    "refuse": "red",
}
"""Beside the word, never instead of it."""


@dataclass(frozen=True, kw_only=True)
class Reader:
    """What the reader may do; ``is_own``: they may write about the footprint, and so not judge it."""

    may_decide: bool = False
    may_grant: bool = False
    is_own: bool = False

    @property
    def decides(self) -> bool:
        return self.may_decide and not self.is_own

    @property
    def grants(self) -> bool:
        return self.may_grant and not self.is_own


@dataclass(frozen=True, kw_only=True)
class ConditionLine:
    """One condition: what, by whom, until when, and whether it was met."""

    text: str
    owner: str
    due: str
    state: str
    colour: str
    met: str
    meet_url: str


@dataclass(frozen=True, kw_only=True)
class DecisionLine:
    """One decision on one plan."""

    number: int
    url: str
    plan: str
    plan_type: str
    plan_url: str
    outcome: str
    colour: str
    taken: str
    by: str
    summary: str
    conditions: str
    conditions_url: str


@dataclass(frozen=True, kw_only=True)
class ExceptionLine:
    """One exception: to what, by whom, until when, why."""

    title: str
    reason: str
    said: str
    state: str
    colour: str
    is_in_force: bool
    withdraw_url: str


@dataclass(frozen=True, kw_only=True)
class ConditionsPage:
    """The conditions of one decision."""

    title: str
    sentence: str
    lines: list[ConditionLine]
    decision_url: str
    crumbs: list[Link]


@dataclass(frozen=True, kw_only=True)
class DecisionsPanel:
    """What a dossier shows of decisions."""

    decisions: list[DecisionLine]
    open_conditions: list[ConditionLine]
    in_force: list[ExceptionLine]
    over: list[ExceptionLine]
    decide_url: str
    grant_url: str
    why_not: str


def decision_line(decision: Decision, *, today: dt.date) -> DecisionLine:
    """Its conditions are read already."""
    conditions = list(decision.conditions.all())
    return DecisionLine(
        number=decision.number,
        url=addresses.decision(decision.pk),
        plan=decision.plan.footprint.name,
        plan_type=plan_words.plan_type(decision.plan.plan_type),
        plan_url=addresses.dossier(decision.plan.code),
        outcome=OUTCOME_WORDS[decision.outcome],
        colour=OUTCOME_COLOURS[decision.outcome],
        taken=nhs_datetime(decision.decided_at),
        by=decision.decided_by.name,
        summary=decision.summary,
        conditions=_conditions_words(conditions, today),
        conditions_url=addresses.conditions(decision.pk) if conditions else "",
    )


def condition_line(condition: Condition, *, today: dt.date, may_meet: bool) -> ConditionLine:
    """Open, overdue or met."""
    state, colour = "Open", "blue"
    if condition.met_at is not None:
        state, colour = "Met", "green"
    elif condition.due_on < today:
        state, colour = "Overdue", "red"
    met = ""
    if condition.met_at is not None and condition.met_by is not None:
        met = f"{condition.met_how} {nhs_date(condition.met_at)}, {condition.met_by.name}"
    may = may_meet and condition.met_at is None
    return ConditionLine(
        text=condition.text,
        owner=condition.owner,
        due=f"{nhs_date(condition.due_on)}, {day_span(condition.due_on, today)}"
        if condition.met_at is None
        else nhs_date(condition.due_on),
        state=state,
        colour=colour,
        met=met,
        meet_url=reverse("readiness:condition-met", args=[condition.pk]) if may else "",
    )


def exception_line(
    exception: CriterionException,
    titles: Mapping[str, str],
    *,
    today: dt.date,
    may_withdraw: bool,
) -> ExceptionLine:
    """In force, expired or withdrawn."""
    approver = exception.recorded_by.name if exception.recorded_by else "nobody named"
    said = f"Granted by {approver} on {nhs_date(exception.starts_on)}, until {nhs_date(exception.expires_on)}."
    state, colour, in_force = "In force", "blue", True
    if exception.withdrawn_at is not None:
        state, colour, in_force = "Withdrawn", "grey", False
        by = f" by {exception.withdrawn_by.name}" if exception.withdrawn_by else ""
        said += (
            f" Withdrawn{by} on {nhs_date(exception.withdrawn_at)}: {exception.withdrawn_reason}"
        )
    elif exception.expires_on < today:
        state, colour, in_force = "Expired", "grey", False
    return ExceptionLine(
        title=titles.get(exception.key, exception.key.replace("_", " ")),
        reason=exception.reason,
        said=said,
        state=state,
        colour=colour,
        is_in_force=in_force,
        withdraw_url=addresses.withdraw_exception(exception.pk)
        if may_withdraw and in_force
        else "",
    )


def panel(
    decisions: Sequence[Decision],
    exceptions: Iterable[CriterionException],
    results: Sequence[CriterionResult],
    *,
    code: str,
    today: dt.date,
    reader: Reader,
) -> DecisionsPanel:
    """The decisions of a plan, newest first, its open conditions and its exceptions."""
    titles = {one.key: one.criterion.title for one in results}
    lines = [
        exception_line(one, titles, today=today, may_withdraw=reader.grants) for one in exceptions
    ]
    waiting = [
        condition_line(condition, today=today, may_meet=reader.decides)
        for decision in decisions[:1]
        for condition in decision.conditions.all()
        if condition.met_at is None
    ]
    return DecisionsPanel(
        decisions=[decision_line(one, today=today) for one in decisions],
        open_conditions=waiting,
        in_force=[one for one in lines if one.is_in_force],
        over=[one for one in lines if not one.is_in_force],
        decide_url=addresses.decide(code) if reader.decides else "",
        grant_url=addresses.grant_exception(code) if reader.grants else "",
        why_not=_why_not(reader),
    )


def conditions_page(
    decision: Decision, conditions: Sequence[Condition], *, today: dt.date, may_meet: bool
) -> ConditionsPage:
    """The list with its sentence."""
    return ConditionsPage(
        title=f"Conditions of decision {decision.number}",
        sentence=_conditions_words(conditions, today) or "This decision has no conditions.",
        lines=[condition_line(one, today=today, may_meet=may_meet) for one in conditions],
        decision_url=addresses.decision(decision.pk),
        crumbs=plan_words.crumbs(decision.plan),
    )


def sentence(number: int, outcome: str) -> str:
    """`12 decisions`, or of one kind."""
    which = f": {OUTCOME_WORDS[outcome].lower()}" if outcome else ""
    return f"{plural(number, 'decision')}{which}."


def stands_already(exception: CriterionException) -> str:
    """What to do where an exception is in force."""
    until = nhs_date(exception.expires_on)
    return f"An exception to this criterion is in force until {until}. Withdraw it first to grant another"


def exception_about(results: Sequence[CriterionResult], key: str) -> CriterionResult | None:
    """The result of the criterion that was asked for."""
    return next((one for one in results if one.key == key), None)


def _conditions_words(conditions: Sequence[Condition], today: dt.date) -> str:
    if not conditions:
        return ""
    met = sum(one.met_at is not None for one in conditions)
    overdue = sum(one.met_at is None and one.due_on < today for one in conditions)
    late = f", {overdue} overdue" if overdue else ""
    return f"{met} of {plural(len(conditions), 'condition')} met{late}."


def _why_not(reader: Reader) -> str:
    if reader.is_own:
        return "You can write about this footprint, so somebody else decides on its plan."
    return "" if reader.decides else "A reviewer of the board decides."
