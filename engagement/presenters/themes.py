"""The list of a plan's themes, one theme, and the list of points, as their pages show them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from consultations.models import Coding, Theme
from consultations.rules.concerns import CONCERNS, concerns
from consultations.rules.theme_words import Offered
from engagement.models import Point, PointFate
from engagement.presenters.fates import FateLine, decided_line, fate_line
from engagement.queries.fates import decided
from engagement.queries.voices import Voices
from engagement.rules.fates import Decided
from plans.models import Plan
from ui.shapes import Link
from ui.words import and_list, lower_first, nhs_date, plural

ANSWER_SHOWN = 400
"""Characters of an answer on the page of its theme; the response has the whole."""

NAMED = 3
"""People named who may take a second look; more are counted."""

OFFERED_WEEKS = 4
"""Weeks until something promised is due, where nobody says otherwise. Ours."""


@dataclass(frozen=True, kw_only=True)
class ThemeLine:
    """One theme in the list."""

    name: str
    url: str
    points: int
    answers: int
    fate: FateLine
    published: str


@dataclass(frozen=True, kw_only=True)
class OfferedWord:
    """A word that could be a theme, and why."""

    name: str
    why: str


@dataclass(frozen=True, kw_only=True)
class PointLine:
    """One point with who said it where, and where it stands."""

    pk: int
    text: str
    url: str
    event: str
    event_url: str
    who: str
    about: str
    fate: FateLine


@dataclass(frozen=True, kw_only=True)
class AnswerLine:
    """One cleared answer that carries the theme."""

    text: str
    quote: str
    who: str
    question: str


def crumbs(plan: Plan, *further: Link) -> list[Link]:
    """The way back from a page below what was said about a plan."""
    return [
        Link("Home", reverse("readiness:home")),
        Link(plan.footprint.name, reverse("readiness:dossier", args=[plan.code])),
        *further,
    ]


def themes_link(plan: Plan) -> Link:
    return Link("Themes", reverse("engagement:themes", args=[plan.code]))


def points_link(plan: Plan) -> Link:
    return Link("Points", reverse("engagement:points", args=[plan.code]))


def theme_lines(
    themes: Iterable[Theme], points: Mapping[int, int], answers: Mapping[int, int]
) -> list[ThemeLine]:
    """The themes, those first that nobody has decided, then those that most carry."""
    lines = [
        ThemeLine(
            name=one.name,
            url=reverse("engagement:theme", args=[one.pk]),
            points=points.get(one.pk, 0),
            answers=answers.get(one.pk, 0),
            fate=decided_line(decided(one)),
            published=_published(one),
        )
        for one in themes
    ]
    return sorted(
        lines, key=lambda one: (bool(one.fate.reason), -(one.points + one.answers), one.name)
    )


def _published(theme: Theme) -> str:
    if theme.published_at:
        return f"Since {nhs_date(theme.published_at)}"
    return "No"


def summary(lines: Iterable[ThemeLine]) -> str:
    """3 of 12 themes are not decided."""
    found = list(lines)
    left = sum(not one.fate.reason for one in found)
    if not left:
        return f"{plural(len(found), 'theme')}, all decided."
    return f"{left} of {plural(len(found), 'theme')} {'is' if left == 1 else 'are'} not decided."


@dataclass(frozen=True, kw_only=True)
class SecondLook:
    """Whether somebody may take it, and what is said about it."""

    may: bool = True
    words: str = ""


def second_look(theme: Theme, user: User, others: Iterable[User]) -> SecondLook:
    """``others`` are those who may take it beside whoever wrote what would be public."""
    if theme.writer_id != user.pk:
        return SecondLook()
    names = [one.name for one in others]
    if not names:
        return SecondLook(
            words="You wrote this yourself, and nobody else manages the plan who could look at it. You"
            " may publish it: the page of the theme and its history will say that the same person did"
            " both."
        )
    named = names if len(names) <= NAMED else [*names[:NAMED], plural(len(names) - NAMED, "other")]
    asked = and_list(named) if len(named) == 1 else f"one of {and_list(named)}"
    return SecondLook(
        may=False,
        words=f"You wrote this yourself, so somebody else takes the second look. Ask {asked}.",
    )


def who_published(theme: Theme) -> str:
    """Who took the second look, or that nobody did."""
    name = theme.published_by.name if theme.published_by else "somebody"
    if theme.is_published_by_its_writer:
        return f"{name} wrote it and published it: nobody else managed the plan, so nobody took a second look."
    return f"{name} took the second look."


def typed_words(words: Iterable[tuple[str, int]]) -> list[OfferedWord]:
    """Words typed beside points, with how many points each would be given to."""
    return [OfferedWord(name=word, why=f"typed beside {plural(n, 'point')}") for word, n in words]


def recurring_words(found: Iterable[Offered]) -> list[OfferedWord]:
    """Words that recur in the texts."""
    return [OfferedWord(name=one.words, why=f"in {plural(one.texts, 'text')}") for one in found]


def point_lines(
    plan: Plan, points: Iterable[Point], fates: Mapping[int, PointFate]
) -> list[PointLine]:
    """Points of the plan with where each stands in it."""
    return [
        PointLine(
            pk=one.pk,
            text=one.text,
            url=reverse("engagement:point", args=[plan.code, one.pk]),
            event=one.event.title,
            event_url=reverse("engagement:event", args=[one.event_id]),
            who=one.organisation.name if one.organisation else "Nobody in particular",
            about=_about(one, fate),
            fate=fate,
        )
        for one, fate in ((point, fate_line(fates.get(point.pk))) for point in points)
    ]


def _about(point: Point, fate: FateLine) -> str:
    said = [nhs_date(point.event.held_on)]
    if point.theme and point.theme.casefold() != fate.theme.casefold():
        said.append(f"typed as “{point.theme}”")
    if point.follow_up_by:
        said.append(f"to follow up by {nhs_date(point.follow_up_by)}")
    return ", ".join(said)


def answer_lines(codings: Iterable[Coding]) -> list[AnswerLine]:
    """Answers with who gave them, as far as a reader of responses may know."""
    lines = []
    for one in codings:
        respondent = one.answer.response.respondent
        named = respondent.organisation.name if respondent.organisation else ""
        text = one.answer.text
        lines.append(
            AnswerLine(
                text=f"{text[:ANSWER_SHOWN]}…" if len(text) > ANSWER_SHOWN else text,
                quote=one.answer.quote if one.answer.quoted_at else "",
                who=named or respondent.organisation_name or respondent.get_group_display(),
                question=one.answer.question.text,
            )
        )
    return lines


def voices_in_words(voices: Voices) -> str:
    """12 organisations and 340 people, in 15 points and 412 answers."""
    who = [
        plural(number, one, many)
        for number, one, many in (
            (voices.organisations, "organisation", "organisations"),
            (sum(voices.people.values()), "person", "people"),
        )
        if number
    ]
    said = [
        plural(number, one, many)
        for number, one, many in (
            (voices.points, "point", "points"),
            (voices.answers, "answer", "answers"),
        )
        if number
    ]
    if not said:
        return "Nothing carries it yet"
    heard = " and ".join(who) or "Nobody in particular"
    return f"{heard}, in {' and '.join(said)}"


def groups(voices: Voices) -> list[tuple[str, int]]:
    """Organisations and people together, by what they are, most first."""
    return sorted(voices.groups.items(), key=lambda one: (-one[1], one[0]))


def concerns_in(theme: Theme, quotes: Iterable[str]) -> list[str]:
    """What a machine found in the words that would be public, in sentences."""
    texts = {
        "The name": theme.name,
        "What people said": theme.said,
        "The reason": theme.reason,
        "The section": theme.section,
    }
    texts |= {f"Quotation {number}": quote for number, quote in enumerate(quotes, start=1)}
    return [
        f"{where}: {lower_first(CONCERNS[code])}."
        for where, text in texts.items()
        for code in concerns(text)
    ]


def promised(said: str, found: Decided | None) -> str:
    """What a commitment begins with: the reason of the decision, or else what was said."""
    return found.reason if found else f"Act on “{said}”"


def promise(text: str, *, owner: str, plan: Plan, today: dt.date) -> dict[str, object]:
    """What the form for a commitment begins with: in four weeks, or when the plan is due."""
    soon = today + dt.timedelta(weeks=OFFERED_WEEKS)
    due = min(soon, plan.submission_on) if plan.submission_on > today else soon
    return {"text": text[:300], "owner": owner[:120], "made_on": today, "due_on": due}
