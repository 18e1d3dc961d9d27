"""One step of somebody who works through responses: what a button does, and what is said afterwards."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from consultations.actions.coding import (
    ChangedMeanwhileError,
    NotClearedError,
    add_coding,
    moderate,
    undo_coding,
)
from consultations.actions.suggestions import ask_when_due, refuse_suggestion
from consultations.actions.themes import add_theme
from consultations.actions.triage import echo, finish, release, take, take_next, undo_last
from consultations.forms.triage import (
    LEFT,
    WITHOUT_RESPONSE,
    Asked,
    HoldForm,
    NameForm,
    typed_in,
)
from consultations.presenters import triage_said as words
from consultations.presenters.triage import undone_words
from consultations.queries import triage as queries
from consultations.queries.themes import theme_named
from ui.words import plural


@dataclass(frozen=True, kw_only=True)
class Said:
    """What became of a step: said in ``words``, or in ``problem`` where nothing was saved.

    ``hold`` and ``name`` are forms to be shown again with what was typed; ``unknown`` is a name that
    no theme has yet. ``answer`` stays at hand.
    """

    words: str = ""
    problem: str = ""
    hold: HoldForm | None = None
    name: NameForm | None = None
    unknown: str = ""
    answer: int = 0

    @property
    def asks_again(self) -> bool:
        """Whether the page has to be shown at once, with what was typed."""
        return bool(self.hold or self.name or self.unknown)


@dataclass(frozen=True, kw_only=True)
class Work:
    """A step with everything that it works on."""

    consultation: Any
    asked: Asked
    sent: Any
    by: Any
    now: dt.datetime
    response: Any = None
    answer: Any = None


def do(consultation, asked: Asked | None, sent, *, by, now: dt.datetime) -> Said:
    """Do the step; what somebody else did meanwhile is said, and nothing of theirs is written over."""
    if asked is None:
        return Said(problem="Choose one of the buttons on the page.")
    work = Work(consultation=consultation, asked=asked, sent=sent, by=by, now=now)
    if asked.step in WITHOUT_RESPONSE:
        return STEPS[asked.step](work)
    response = queries.response_of(consultation, asked.response)
    if response is None:
        return Said(problem="That response is not one of this consultation. Take the next one.")
    return _with(replace(work, response=response))


def _with(work: Work) -> Said:
    """A step on a response, once it is known that nobody else works on it."""
    asked, response = work.asked, work.response
    if asked.step == "skip":
        return _skip(work)
    kept = typed_in(work.sent)
    if not take(response_id=response.pk, by=work.by, now=work.now):
        holder = queries.holder_of(response.pk)
        return Said(problem=words.in_other_hands(response, holder, kept=kept))
    answers = {one.pk: one for one in response.answers.all()}
    try:
        return STEPS[asked.step](replace(work, answer=answers.get(asked.answer)))
    except NotClearedError:
        return Said(problem=words.NOT_CLEARED, answer=asked.answer)
    except ChangedMeanwhileError as changed:
        changed_by = queries.last_changed_by(response)
        problem = words.changed(changed.response, changed_by, kept=kept)
        form = HoldForm(work.sent) if asked.step == "hold" else None
        return Said(problem=problem, hold=form, answer=asked.answer)


def _next(work: Work) -> Said:
    take_next(consultation=work.consultation, after=work.asked.response, by=work.by, now=work.now)
    return Said()


def _skip(work: Work) -> Said:
    _next(work)
    return Said(words=f"Response {work.asked.response} is left for later.")


def _stop(work: Work) -> Said:
    release(consultation=work.consultation, by=work.by, now=work.now)
    return Said(words="You have let go of the response. Somebody else may take it now.")


def _left(work: Work) -> Said:
    """They went to another page or closed this one: what they hold on another page stays theirs."""
    release(consultation=work.consultation, only=work.asked.response, by=work.by, now=work.now)
    return Said()


def _undo(work: Work) -> Said:
    undone = undo_last(consultation=work.consultation, by=work.by, now=work.now)
    if undone is None:
        return Said(problem=words.NOTHING_TO_UNDO)
    if undone.changed_by:
        said = words.undo_after_another(undone.step.response_id, undone.changed_by)
        return Said(problem=said)
    if undone.is_in_other_hands:
        holder = queries.holder_of(undone.step.response_id)
        return Said(problem=words.undo_in_other_hands(undone.step.response_id, holder))
    coding = undone.step.coding or undone.step.suggestion
    return Said(words=undone_words(undone.step), answer=coding.answer_id if coding else 0)


def _take(work: Work) -> Said:
    return Said()


def _clear(work: Work) -> Said:
    moderate(
        response=work.response,
        moderation="cleared",
        seen_version=work.asked.version,
        by=work.by,
        now=work.now,
    )
    return Said(words="Cleared. Now give it its themes.", answer=work.asked.answer)


def _hold(work: Work) -> Said:
    form = HoldForm(work.sent)
    if not form.is_valid():
        return Said(hold=form, answer=work.asked.answer)
    moderate(
        response=work.response,
        moderation="held",
        reason=form.reason,
        seen_version=work.asked.version,
        by=work.by,
        now=work.now,
    )
    return _on(work, f"Response {work.asked.response} is held back.")


def _done(work: Work) -> Said:
    finish(response=work.response, seen_version=work.asked.version, by=work.by, now=work.now)
    return _on(work, f"Response {work.asked.response} is worked through.")


def _on(work: Work, said: str) -> Said:
    ask_when_due(consultation=work.consultation, by=work.by, now=work.now)
    _next(work)
    return Said(words=said)


def _theme(work: Work) -> Said:
    theme = queries.theme_to_give(work.consultation, work.asked.number)
    if theme is None or work.answer is None:
        return Said(problem=words.GONE, answer=work.asked.answer)
    return _given(work, theme)


def _given(work: Work, theme, **how) -> Said:
    add_coding(answer=work.answer, theme=theme, by=work.by, now=work.now, **how)
    return Said(words=f"“{theme.name}” is given.", answer=work.answer.pk)


def _off(work: Work) -> Said:
    coding = queries.coding_of(work.response, work.asked.number)
    if coding is None:
        return Said(problem=words.GONE, answer=work.asked.answer)
    undo_coding(coding=coding, by=work.by, now=work.now)
    return Said(words=f"“{coding.theme.name}” is taken off.", answer=coding.answer_id)


def _name(work: Work) -> Said:
    """A theme by its name; one that is not there yet is asked about, since it may be a slip."""
    form = NameForm(work.sent)
    if not form.is_valid() or work.answer is None:
        return Said(name=form, answer=work.asked.answer)
    name = form.cleaned_data["name"]
    theme = theme_named(work.consultation.plan, name)
    if theme is None:
        return Said(unknown=name, name=form, answer=work.asked.answer)
    return _given(work, theme)


def _make(work: Work) -> Said:
    form = NameForm(work.sent)
    if not form.is_valid() or work.answer is None:
        return Said(name=form, answer=work.asked.answer)
    if work.response.moderation != "cleared":
        raise NotClearedError(work.response.pk)
    theme = add_theme(
        plan=work.consultation.plan, name=form.cleaned_data["name"], by=work.by, now=work.now
    )
    return _given(work, theme)


def _accept(work: Work) -> Said:
    suggestion = queries.suggestion_of(work.response, work.asked.number)
    if suggestion is None:
        return Said(problem=words.GONE, answer=work.asked.answer)
    return _given(replace(work, answer=suggestion.answer), suggestion.theme, suggestion=suggestion)


def _refuse(work: Work) -> Said:
    suggestion = queries.suggestion_of(work.response, work.asked.number)
    if suggestion is None:
        return Said(problem=words.GONE, answer=work.asked.answer)
    refuse_suggestion(suggestion=suggestion, by=work.by, now=work.now)
    said = f"“{suggestion.theme.name}” is refused. It will not be suggested here again."
    return Said(words=said, answer=suggestion.answer_id)


def _echo(work: Work) -> Said:
    given = echo(response=work.response, by=work.by, now=work.now)
    if not given:
        return Said(words=words.NOTHING_TO_ECHO, answer=work.asked.answer)
    said = f"{plural(given, 'theme')} taken over from a response with the same words."
    return Said(words=said, answer=work.asked.answer)


STEPS: dict[str, Callable[[Work], Said]] = {
    "next": _next,
    "stop": _stop,
    "undo": _undo,
    LEFT: _left,
    "take": _take,
    "clear": _clear,
    "hold": _hold,
    "done": _done,
    "theme": _theme,
    "off": _off,
    "name": _name,
    "make": _make,
    "accept": _accept,
    "refuse": _refuse,
    "echo": _echo,
}
"""Each step by the word that its button sends; ``skip`` needs nothing in hand."""
