"""What a button on the page of one response does."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from consultations.actions.coding import (
    ChangedMeanwhileError,
    MatchedMeanwhileError,
    NotClearedError,
    match_organisation,
    moderate,
)
from consultations.actions.moderation import NotTheirWordsError, clear_quote
from consultations.actions.triage import reopen
from consultations.forms.moderation import QuoteForm
from consultations.forms.triage import HoldForm, typed_in, whole
from consultations.presenters import triage_said as words
from consultations.queries import moderation as queries
from consultations.queries.triage import last_changed_by


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What is said afterwards; ``forms`` are shown again with what was typed, by the answer or "hold"."""

    words: str = ""
    is_problem: bool = False
    anchor: str = ""
    forms: dict[Any, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Work:
    """A step with everything that it works on."""

    sent: Any
    response: Any
    number: int
    version: int
    by: Any
    now: dt.datetime
    today: dt.date


def do(sent, response, *, by, now: dt.datetime, today: dt.date) -> Outcome:
    """Do the step; what somebody else did meanwhile is said, and nothing of theirs is written over."""
    step, _, number = sent.get("do", "").partition(":")
    work = Work(
        sent=sent,
        response=response,
        number=whole(number),
        version=whole(sent.get("version", "")),
        by=by,
        now=now,
        today=today,
    )
    if step not in STEPS:
        return _problem("Choose one of the buttons on the page.")
    try:
        return STEPS[step](work)
    except NotClearedError:
        return _problem("Clear the response first: only words of what was cleared are published.")
    except ChangedMeanwhileError as changed:
        said = words.changed(changed.response, last_changed_by(response), kept=typed_in(sent))
        return replace(_problem(said), forms=_typed(step, work))


def _typed(step: str, work: Work) -> dict[Any, Any]:
    """The forms as they were sent, so that nothing has to be typed twice."""
    if step == "hold":
        return {"hold": HoldForm(work.sent)}
    answer = queries.answer_of(work.response, work.number) if step == "quote" else None
    return {answer.pk: _quote_form(work, answer)} if answer else {}


def _quote_form(work: Work, answer) -> QuoteForm:
    return QuoteForm(work.sent, text=answer.text, prefix=f"a{answer.pk}")


def _problem(said: str) -> Outcome:
    return Outcome(words=said, is_problem=True)


def _clear(work: Work) -> Outcome:
    return _moderated(work, "cleared", "The response is cleared.")


def _back(work: Work) -> Outcome:
    return _moderated(work, "waiting", "The response waits to be read again.")


def _moderated(work: Work, moderation: str, said: str, reason: str = "") -> Outcome:
    moderate(
        response=work.response,
        moderation=moderation,
        reason=reason,
        seen_version=work.version,
        by=work.by,
        now=work.now,
    )
    return Outcome(words=said)


def _hold(work: Work) -> Outcome:
    form = HoldForm(work.sent)
    if not form.is_valid():
        return Outcome(forms={"hold": form})
    return _moderated(work, "held", "The response is held back.", reason=form.reason)


def _reopen(work: Work) -> Outcome:
    reopen(response=work.response, by=work.by, now=work.now)
    return Outcome(words="The response is among those to work through again.")


def _quote(work: Work) -> Outcome:
    answer = queries.answer_of(work.response, work.number)
    if answer is None:
        return _problem(words.GONE)
    form = _quote_form(work, answer)
    if not form.is_valid():
        return Outcome(forms={answer.pk: form})
    quoted = form.cleaned_data["words"]
    try:
        clear_quote(
            answer=answer, words=quoted, seen_version=work.version, by=work.by, now=work.now
        )
    except NotTheirWordsError:
        return _problem("These words do not stand so in the answer. Copy them from it.")
    said = "The words may be published." if quoted else "No words of this answer are published."
    return Outcome(words=said, anchor=f"#answer-{answer.pk}")


def _match(work: Work) -> Outcome:
    organisation = queries.organisation_by_code(work.sent.get("organisation", "")[:20])
    if organisation is None:
        return _problem("No organisation has that code. Search the register and choose one.")
    if not queries.was_open(organisation, on_day=work.response.received_on):
        return _problem(
            f"{organisation.name} was not open on the day on which this response came. Choose the"
            " one that was."
        )
    return _matched(work, organisation, f"The response is from {organisation.name}.")


def _unmatch(work: Work) -> Outcome:
    return _matched(work, None, "The response is matched with no organisation.")


def _matched(work: Work, organisation: Any, said: str) -> Outcome:
    try:
        match_organisation(
            respondent=work.response.respondent,
            organisation=organisation,
            seen_code=work.sent.get("matched", "")[:20],
            by=work.by,
            now=work.now,
        )
    except MatchedMeanwhileError as meanwhile:
        return _problem(words.matched_meanwhile(meanwhile.organisation))
    return Outcome(words=said, anchor="#who")


STEPS: dict[str, Callable[[Work], Outcome]] = {
    "clear": _clear,
    "back": _back,
    "hold": _hold,
    "reopen": _reopen,
    "quote": _quote,
    "match": _match,
    "unmatch": _unmatch,
}
"""Each step by the word that its button sends."""
