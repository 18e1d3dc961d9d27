"""The form on which a board decides: every must with its figure, and what an agreement needs."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from django.forms.boundfield import BoundField

from plans.models import Plan
from readiness.models import CriterionResult, DecisionOutcome
from readiness.presenters import addresses
from readiness.queries.pages.decisions import Standing
from readiness.rules.deciding import MEANING, Verdict
from readiness.rules.snapshot import differences
from readiness.rules.states import State
from ui.shapes import Row
from ui.words import nhs_date, nhs_datetime, plural

OUTCOME_WORDS = {key.value: key.label for key in DecisionOutcome}
OUTCOME_KINDS = {"agree": "good", "conditions": "good", "return": "neutral", "refuse": "bad"}


class Asking(Protocol):
    """As much of the form as its page shows."""

    asked: list[CriterionResult]
    rows: int

    def reason(self, key: str) -> BoundField | None: ...

    def verdict(self) -> Verdict: ...


@dataclass(frozen=True, kw_only=True)
class MustLine:
    """One must: its verdict, and the box for the reason where it needs one."""

    key: str
    title: str
    state: str
    figure: str
    target: str
    clear: str
    dossier_url: str
    exception: str
    exception_url: str
    reason: BoundField | None


@dataclass(frozen=True, kw_only=True)
class DecidePage:
    """Everything on the form but its boxes."""

    sentence: str
    as_at: str
    waits: str
    before: str
    musts: list[MustLine]
    settled: list[MustLine]
    dossier_url: str
    hidden: dict[str, object]


@dataclass(frozen=True, kw_only=True)
class CheckPage:
    """The answers as they will be saved."""

    decision: list[Row]
    reasons: list[Row]
    conditions: list[Row]


def decide_page(plan: Plan, found: Standing, form: Asking, form_key: uuid.UUID) -> DecidePage:
    """The page that the reviewer fills in."""
    musts = [one for one in found.results if one.criterion.strength == "must"]
    asked = {one.key for one in form.asked}
    assessment = found.assessment
    return DecidePage(
        sentence=_sentence(len(asked), sum(one.state != State.NOT_APPLICABLE for one in musts)),
        as_at=nhs_date(assessment.as_at) if assessment else "",
        waits=(
            "Something was recorded since these figures. They follow within a minute, and the "
            "decision can be saved then."
            if found.waits
            else ""
        ),
        before=_before(found),
        musts=[_must(plan, one, form) for one in musts if one.key in asked],
        settled=[_must(plan, one, form) for one in musts if one.key not in asked],
        dossier_url=addresses.dossier(plan.code),
        hidden=hidden(found, form_key, form.rows),
    )


def hidden(found: Standing, form_key: uuid.UUID, rows: int) -> dict[str, object]:
    """What the form carries along: of what it was drawn."""
    assessment = found.assessment
    return {
        "assessment": assessment.pk if assessment else 0,
        "number": found.number,
        "form_key": form_key,
        "rows": rows,
    }


def check_page(form: Asking) -> CheckPage:
    """The answers in words."""
    verdict = form.verdict()
    reasons = [
        Row(key=one.criterion.title, value=verdict.reason(one.key))
        for one in form.asked
        if verdict.reason(one.key)
    ]
    conditions = [
        Row(key=f"Condition {number}", value=f"{one.text} {one.owner}, by {nhs_date(one.due_on)}")
        for number, one in enumerate(_with_stops(verdict.conditions), start=1)
    ]
    decision = [
        Row(key="Decision", value=OUTCOME_WORDS[verdict.outcome]),
        Row(key="What it means", value=MEANING[verdict.outcome]),
        Row(key="In a few sentences", value=verdict.summary),
    ]
    return CheckPage(decision=decision, reasons=reasons, conditions=conditions)


def moved(before: Sequence[CriterionResult], now: Sequence[CriterionResult]) -> list[str]:
    """What the figures said when the page was drawn and what they say now, a sentence each."""
    return [one.words for one in differences(_as_snapshot(before), _as_snapshot(now))]


def decided_meanwhile(found: Standing) -> str:
    """Who was quicker, and with what."""
    newest = found.newest
    if newest is None:
        return ""
    return (
        f"{newest.decided_by.name} decided on {nhs_datetime(newest.decided_at)}: "
        f"{OUTCOME_WORDS[newest.outcome]}. That decision stands. Nothing of yours was saved."
    )


def exception_words(result: CriterionResult) -> str:
    """Who let it pass, why and until when; empty where nobody did."""
    excepted = result.evidence.get("exception") if result.state == State.EXCEPTION else None
    return said_of_exception(excepted) if excepted else ""


def said_of_exception(excepted: dict[str, Any]) -> str:
    """The same of the evidence of a result."""
    until = nhs_date(_day(excepted["expires_on"]))
    return f"Exception by {excepted['approver']} until {until}: {excepted['reason']}"


def _day(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _must(plan: Plan, result: CriterionResult, form: Asking) -> MustLine:
    reason = form.reason(result.key)
    return MustLine(
        key=result.key,
        title=result.criterion.title,
        state=result.state,
        figure=result.figure,
        target=result.criterion.target,
        clear=result.would_clear,
        dossier_url=addresses.dossier(plan.code, result.key),
        exception=exception_words(result),
        exception_url=addresses.grant_exception(plan.code, result.key) if reason else "",
        reason=reason,
    )


def _sentence(asked: int, musts: int) -> str:
    if not asked:
        return "Every must is met or settled: an agreement needs no reason."
    are = "is" if asked == 1 else "are"
    return f"{asked} of {plural(musts, 'must')} {are} not met, disputed or without data. An agreement needs a reason for each."


def _before(found: Standing) -> str:
    newest = found.newest
    if newest is None:
        return "No decision has been taken on this plan yet."
    taken = nhs_datetime(newest.decided_at)
    what = OUTCOME_WORDS[newest.outcome].lower()
    return f"Decision {newest.number}, by {newest.decided_by.name} on {taken}: {what}."


def _with_stops(conditions: Sequence[Any]) -> list[Any]:
    return [
        one if one.text.endswith((".", "!", "?")) else replace(one, text=f"{one.text}.")
        for one in conditions
    ]


def _as_snapshot(results: Sequence[CriterionResult]) -> dict[str, Any]:
    """As much of a snapshot as a comparison of figures needs."""
    return {
        "policy": {"criteria": [{"key": one.key, "title": one.criterion.title} for one in results]},
        "results": [{"key": one.key, "state": one.state, "figure": one.figure} for one in results],
    }
