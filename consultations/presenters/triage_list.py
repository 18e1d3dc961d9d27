"""The list of the responses to a consultation, and what stands beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from consultations.models import Response, ThemeReview
from consultations.presenters.analysis_words import who_words
from consultations.presenters.triage_words import (
    Tag,
    came,
    concern_words,
    sender,
    state_tags,
    title_of,
)
from consultations.queries.triage_list import ListFilters
from consultations.rules.respondents import Counted
from jobs.models import JobRun, RunState
from ui.words import nhs_datetime, plural, share

EXCERPT = 160


@dataclass(frozen=True, kw_only=True)
class Line:
    """One response in the list."""

    title: str
    url: str
    sender: str
    came: str
    excerpt: str
    tags: list[Tag]
    concerns: str
    themes: list[str]


def lines(responses: Iterable[Response]) -> list[Line]:
    """The lines of one page."""
    return [
        Line(
            title=title_of(one),
            url=reverse("consultations:response", args=[one.pk]),
            sender=sender(one),
            came=came(one),
            excerpt=_excerpt(one),
            tags=state_tags(one),
            concerns=concern_words(one.concerns),
            themes=_themes(one),
        )
        for one in responses
    ]


def _excerpt(response: Response) -> str:
    text = next((" ".join(one.text.split()) for one in response.answers.all()), "")
    return text if len(text) <= EXCERPT else f"{text[: EXCERPT - 1].rstrip()}…"


def _themes(response: Response) -> list[str]:
    found = {
        coding.theme.name: None
        for answer in response.answers.all()
        for coding in answer.standing  # type: ignore[attr-defined]
    }
    return list(found)


def headline(who: Counted) -> str:
    """`212 organisations and 1,830 people answered, in 4,048 responses.`"""
    if not who.responses:
        return "Nobody has answered yet."
    words = who_words(who.organisations, who.people)
    return f"{words} answered, in {plural(who.responses, 'response')}."


def honest_lines(who: Counted) -> list[str]:
    """How many of the responses are no further voice."""
    found = []
    if who.repeats:
        again = "is a further one" if who.repeats == 1 else "are further ones"
        found.append(
            f"{plural(who.repeats, 'response')} {again} of somebody who had answered. They are kept,"
            " and each organisation and person is counted once."
        )
    if who.campaigns:
        found.append(
            f"{plural(who.in_campaigns, 'response')} came with the same words as others, in"
            f" {plural(who.campaigns, 'campaign')}. Taken as one view each, people held"
            f" {plural(who.views, 'view')} of their own."
        )
    return found


def empty_text(filters: ListFilters) -> tuple[str, str]:
    """What to do when the list is empty."""
    if filters.any:
        return "No responses found", "Clear a filter or search for other words."
    return (
        "No responses yet",
        "They stand here as soon as somebody answers the form, a list is imported, or you type one in.",
    )


@dataclass(frozen=True, kw_only=True)
class Machine:
    """What the machine last made of the answers, for who decides on its suggestions."""

    sentences: list[str]
    is_underway: bool
    phrases: list[str]


def machine(review: ThemeReview | None, run: JobRun | None, decided: tuple[int, int]) -> Machine:
    """How well it agrees with people, and what became of its suggestions."""
    underway = run is not None and run.state in (RunState.QUEUED, RunState.RUNNING)
    phrases = [str(words) for words, _ in run.arguments.get("phrases", [])] if run else []
    return Machine(
        sentences=[one for one in _said(review, run, decided) if one],
        is_underway=underway,
        phrases=phrases if review and not review.learnt_from else [],
    )


def _said(review: ThemeReview | None, run: JobRun | None, decided: tuple[int, int]) -> list[str]:
    if review is None or review.made_at is None:
        failed = run is not None and run.state in (RunState.FAILED, RunState.QUARANTINED)
        return [str(run.message) if failed and run else NEVER]
    return [
        f"Read on {nhs_datetime(review.made_at)}.",
        _learnt(review),
        _agreement(review),
        _decided(*decided),
    ]


NEVER = (
    "The machine has not read these answers. It suggests themes, each with the words by which it does;"
    " a person accepts or refuses. It runs on this service and sends nothing anywhere."
)


def _learnt(review: ThemeReview) -> str:
    if not review.learnt_from:
        return "Nobody has given a theme yet, so it goes by the names of the themes."
    return f"It learnt from {plural(review.learnt_from, 'answer')} that people gave themes to."


def _agreement(review: ThemeReview) -> str:
    if review.agreement is None:
        return "Whether it agrees with people is measured from 20 such answers on."
    return (
        f"Asked about answers that it had not learnt from, its first suggestion was one that people"
        f" gave in {share(review.agreement)} of them."
    )


def _decided(accepted: int, refused: int) -> str:
    if not accepted and not refused:
        return ""
    return f"So far {plural(accepted, 'suggestion')} accepted and {refused:,} refused."
