"""What became of a response, in words for who sent it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from consultations.models import (
    Disposition,
    Moderation,
    RespondentKind,
    Response,
    Route,
    Theme,
)
from consultations.presenters.respond import choice_words
from consultations.rules.concerns import CONCERNS
from plans.models import PlanVersion, Visibility
from ui.words import and_list, lower_first, nhs_date, plural

COLOURS = {
    Disposition.ACCEPTED: "green",
    Disposition.PARTLY: "green",
    Disposition.REJECTED: "orange",
    Disposition.OUT_OF_SCOPE: "grey",
    Disposition.LATER: "blue",
}
CONSIDERED = "Being considered"
REASON_TO_COME = "The reason, and what changed in the plan, stand here once they have been checked a second time."


@dataclass(frozen=True, kw_only=True)
class ThemeLine:
    """A theme that was found in an answer, and what became of it."""

    name: str
    word: str
    colour: str
    reason: str = ""
    changed: str = ""
    told: str = ""
    is_to_come: bool = False


@dataclass(frozen=True, kw_only=True)
class AnswerPart:
    """One answer with its themes; ``note`` where there are none."""

    question: str
    words: str
    themes: list[ThemeLine]
    note: str


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """The whole page: where the response stands, and each answer."""

    state: str
    colour: str
    sentence: str
    answers: list[AnswerPart]


def receipt(response: Response, answers: Iterable[Any]) -> Receipt:
    """Where the response stands and what became of each answer."""
    listed = list(answers)
    parts = [_part(response, one) for one in listed]
    themes = {theme.pk: theme for one in listed for theme in one.standing}
    state, colour, sentence = _state(response, list(themes.values()))
    return Receipt(state=state, colour=colour, sentence=sentence, answers=parts)


ROUTES = {
    Route.FORM: "by the public form",
    Route.EMAIL: "by email",
    Route.PAPER: "on paper",
    Route.IMPORT: "by a survey",
    Route.COLLATED: "gathered from members",
}


def facts(response: Response) -> list[str]:
    """When and how it came, in whose name, and whether its sender is told more."""
    who = response.respondent
    came = f"It came on {nhs_date(response.received_on)}, {ROUTES[Route(response.route)]}"
    news = (
        "You are told by email when something is decided about it."
        if who.wants_news
        else "Come back to this page to see whether something is decided about it."
    )
    return [f"{came}{_for_whom(response)}.", news]


def _for_whom(response: Response) -> str:
    who = response.respondent
    if who.kind != RespondentKind.ORGANISATION:
        return ""
    name = who.organisation.name if who.organisation else who.organisation_name
    return f", for {name}" if name else ", for an organisation"


HELD = (
    "Your response is kept and is not counted as it stands: something in it may name or attack a"
    " person, or say who a patient is. You can answer again without that while the consultation is"
    " open."
)
WAITS = (
    "A person reads every response before it is counted. Yours waits its turn. Nothing of it has"
    " been shown to anybody else."
)
READ = "Your response was read and is counted. It has not been sorted by theme yet."
SORTED = (
    "Your response was read and counted. What you said is sorted by theme below; nothing is decided"
    " yet."
)


def _state(response: Response, themes: list[Theme]) -> tuple[str, str, str]:
    if response.moderation == Moderation.HELD:
        return "Held back", "orange", HELD
    if response.moderation == Moderation.WAITING:
        return "Waiting to be read", "grey", WAITS
    if not themes:
        return "Read", "blue", READ
    decided = sum(bool(one.disposition) for one in themes)
    if decided == len(themes):
        return "Answered", "green", "Something was decided about all that you said."
    if not decided:
        return CONSIDERED, "blue", SORTED
    sentence = (
        f"Something was decided about {decided} of the {plural(len(themes), 'theme')} in what you"
        " said. The rest is being considered."
    )
    return "Partly answered", "blue", sentence


def _part(response: Response, answer: Any) -> AnswerPart:
    themes = [_line(one) for one in answer.standing]
    words = answer.text or choice_words(answer.question, answer.choice)
    note = ""
    if not themes and response.moderation == Moderation.CLEARED and answer.text:
        note = (
            "No theme was found in this answer." if response.done_at else "Not sorted by theme yet."
        )
    return AnswerPart(question=answer.question.text, words=words, themes=themes, note=note)


def _line(theme: Theme) -> ThemeLine:
    """The reason is shown once it is public, as everywhere else."""
    if not theme.disposition:
        return ThemeLine(name=theme.name, word=CONSIDERED, colour="grey")
    word = Disposition(theme.disposition)
    is_checked = theme.published_at is not None
    return ThemeLine(
        name=theme.name,
        word=word.label,
        colour=COLOURS[word],
        reason=theme.reason if is_checked else "",
        changed=changed_words(theme) if is_checked else "",
        told=f"Told on {nhs_date(theme.told_on)}" if theme.told_on else "",
        is_to_come=not is_checked,
    )


def changed_words(theme: Theme) -> str:
    """Where the plan changed; a version that is not public is not named."""
    if theme.changed_in is None:
        return theme.section
    where = _version(theme.changed_in)
    return f"{theme.section}, in {where}" if theme.section else f"In {where}"


def _version(version: PlanVersion) -> str:
    if version.visibility == Visibility.PUBLIC:
        return f"“{version.title}” of {nhs_date(version.dated_on)}"
    return "a later draft that is not public yet"


def kept_words(response: Response) -> str:
    """What staff are told who have typed a response in."""
    said = [f"Response {response.pk} is kept and waits to be read."]
    if response.is_late:
        said.append("It is marked as late.")
    if response.repeat_of_id:
        said.append("The same respondent has answered before: it is counted with that one, once.")
    if response.concerns:
        found = and_list(lower_first(CONCERNS[one]) for one in response.concerns)
        said.append(f"Look at it before it is cleared: it may hold {found}.")
    return " ".join(said)
