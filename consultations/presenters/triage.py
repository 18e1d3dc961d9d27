"""The screen on which somebody works through responses: what stands on it, and under which key."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from consultations.models import Answer, Moderation, Response, Suggestion, Theme
from consultations.presenters.triage_words import (
    Tag,
    came,
    concern_words,
    sender,
    state_tags,
    title_of,
)
from consultations.queries.triage import Step
from consultations.rules.triage import NUMBER_KEYS
from consultations.rules.words import EMPTY, roots
from ui.words import plural


@dataclass(frozen=True, kw_only=True)
class ThemeButton:
    """One theme to give or to take off, with its number key where it has one."""

    name: str
    do: str
    key: str = ""
    is_on: bool = False
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class SuggestionLine:
    """A theme that the machine suggests for an answer, and the words by which it does."""

    name: str
    accept: str
    refuse: str
    words: str
    accept_key: str = ""
    refuse_key: str = ""


@dataclass(frozen=True, kw_only=True)
class AnswerPart:
    """One answer: what was asked and said, what it is about so far, and whether it is the one at hand."""

    pk: int
    question: str
    text: str
    choice: str
    url: str
    themes: list[str] = field(default_factory=list)
    is_chosen: bool = False
    can_be_themed: bool = False
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class ResponsePart:
    """The response at hand."""

    pk: int
    version: int
    title: str
    sender: str
    came: str
    tags: list[Tag]
    concerns: str
    alike: str
    is_cleared: bool
    answers: list[AnswerPart]
    chosen: AnswerPart | None
    buttons: list[ThemeButton]
    suggestions: list[SuggestionLine]


def response_part(
    response: Response, *, themes: Sequence[Theme], chosen: int, alike: int
) -> ResponsePart:
    """``chosen`` is the answer that was asked for; failing that, the first that can be themed.

    ``alike`` is how many others sent the same words.
    """
    answers = list(response.answers.all())
    at_hand = _at_hand(answers, chosen)
    cleared = response.moderation == Moderation.CLEARED
    return ResponsePart(
        pk=response.pk,
        version=response.version,
        title=title_of(response),
        sender=sender(response),
        came=came(response),
        tags=state_tags(response),
        concerns=concern_words(response.concerns),
        alike=_alike(alike),
        is_cleared=cleared,
        answers=_parts(answers, at_hand),
        chosen=_part(at_hand, at_hand) if at_hand else None,
        buttons=_buttons(at_hand, themes) if at_hand and cleared else [],
        suggestions=_suggestions(at_hand) if at_hand and cleared else [],
    )


def _at_hand(answers: Sequence[Answer], chosen: int) -> Answer | None:
    written = [one for one in answers if one.text]
    return next((one for one in written if one.pk == chosen), written[0] if written else None)


def _parts(answers: Sequence[Answer], at_hand: Answer | None) -> list[AnswerPart]:
    """With the keys that lead to the answer before and after the one at hand."""
    written = [one.pk for one in answers if one.text]
    place = written.index(at_hand.pk) if at_hand else 0
    keys = {}
    if place > 0:
        keys[written[place - 1]] = "k"
    if place + 1 < len(written):
        keys[written[place + 1]] = "j"
    return [_part(one, at_hand, key=keys.get(one.pk, "")) for one in answers]


def _part(answer: Answer, at_hand: Answer | None, *, key: str = "") -> AnswerPart:
    return AnswerPart(
        pk=answer.pk,
        question=answer.question.text,
        text=answer.text,
        choice=answer.choice,
        url=f"?answer={answer.pk}",
        themes=[coding.theme.name for coding in answer.standing],  # type: ignore[attr-defined]
        is_chosen=at_hand is not None and answer.pk == at_hand.pk,
        can_be_themed=bool(answer.text),
        key=key,
    )


def _buttons(answer: Answer, themes: Sequence[Theme]) -> list[ThemeButton]:
    on = {coding.theme_id: coding for coding in answer.standing}  # type: ignore[attr-defined]
    keys = dict(zip((theme.pk for theme in themes), NUMBER_KEYS, strict=False))
    return [
        ThemeButton(
            name=theme.name,
            do=f"off:{on[theme.pk].pk}" if theme.pk in on else f"theme:{theme.pk}",
            key=keys.get(theme.pk, ""),
            is_on=theme.pk in on,
        )
        for theme in themes
    ]


def _suggestions(answer: Answer) -> list[SuggestionLine]:
    """The strongest first; it alone has the keys."""
    on = {coding.theme_id for coding in answer.standing}  # type: ignore[attr-defined]
    suggested: list[Suggestion] = answer.suggested  # type: ignore[attr-defined]
    open_ones = [
        one for one in suggested if one.theme_id not in on and not one.theme.merged_into_id
    ]
    return [
        SuggestionLine(
            name=one.theme.name,
            accept=f"accept:{one.pk}",
            refuse=f"refuse:{one.pk}",
            words=", ".join(f"“{word}”" for word in one.words),
            accept_key="a" if place == 0 else "",
            refuse_key="x" if place == 0 else "",
        )
        for place, one in enumerate(open_ones)
    ]


def _alike(number: int) -> str:
    if not number:
        return ""
    return f"{plural(number, 'other response')} of this consultation {'says' if number == 1 else 'say'} the same in the same words."


def undone_words(step: Step) -> str:
    """What was taken back, said to who took it back."""
    what = {
        "coding": f"“{step.coding.theme.name}” is off again" if step.coding else "",
        "refused": f"“{step.suggestion.theme.name}” is suggested again" if step.suggestion else "",
        "done": "it is to be worked through again",
        "moderated": "it waits to be read again",
    }[step.kind]
    return f"Undone in response {step.response_id}: {what}."


@dataclass(frozen=True, kw_only=True)
class Key:
    """One key of the help, and what it does."""

    key: str
    does: str


KEYS = (
    Key(key="n", does="Take the next response"),
    Key(key="c", does="Clear it"),
    Key(key="h", does="Hold it back: choose the reason"),
    Key(key="1 to 9", does="Give or take off one of the first nine themes"),
    Key(key="t", does="Type the name of a theme, an old or a new one; Escape leaves the box"),
    Key(key="a", does="Accept the strongest suggestion"),
    Key(key="x", does="Refuse the strongest suggestion"),
    Key(key="e", does="Give it the themes of an earlier response with the same words"),
    Key(key="j", does="Go to the next answer of this response"),
    Key(key="k", does="Go to the answer before"),
    Key(key="d", does="Done: go to the next response"),
    Key(key="s", does="Skip it: go to the next response and leave this one for later"),
    Key(key="u", does="Undo your last step"),
    Key(key="q", does="Stop: let go of the response"),
    Key(key="?", does="Show or hide this list"),
)


def near(typed: str, themes: Sequence[Theme]) -> list[ThemeButton]:
    """Themes that share a word with a name that none has: perhaps one of them was meant."""
    meant = set(roots(typed))
    return [
        ThemeButton(name=theme.name, do=f"theme:{theme.pk}")
        for theme in themes
        if meant & set(roots(theme.name)) - EMPTY
    ]
