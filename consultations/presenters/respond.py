"""The public form in words: who asks, until when, what happens with the answers."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from consultations.models import Group, Question, SavedForm, Survey
from consultations.rules.surveys import LATE_FOR, FormState
from ui.clean import without_control_characters
from ui.shapes import Row
from ui.words import day_span, nhs_date, plural

NOTHING = "Not answered"
SHOWN = 20_000
"""Characters of what was typed that a page gives back where it could not be sent."""

HEADINGS = {
    FormState.NOT_YET: "You cannot answer yet",
    FormState.PAUSED: "Answers are not taken at the moment",
    FormState.CLOSED: "This consultation has closed",
    FormState.DROPPED: "This consultation does not go forward",
}


@dataclass(frozen=True, kw_only=True)
class StartPage:
    """The first page of the form, or why it takes no answers."""

    title: str
    plan: str
    footprint: str
    introduction: str
    heading: str
    state: str
    late: str
    rows: list[Row]


def start(survey: Survey, state: FormState, questions: int, *, today: dt.date) -> StartPage:
    """Who asks, about what, until when, and who reads it."""
    asked = survey.consultation
    plan = asked.plan
    rows = [
        Row(key="Who asks", value=f"Those who make the plan: {plan.title}"),
        Row(key="When", value=_when(survey, state, today)),
        Row(key="Who reads it", value=_readers(survey)),
    ]
    if state in {FormState.OPEN, FormState.LATE}:
        rows.insert(
            2, Row(key="How much it is", value=f"{plural(questions, 'question')} on one page")
        )
    return StartPage(
        title=asked.title,
        plan=plan.title,
        footprint=plan.footprint.name,
        introduction=survey.introduction or asked.summary,
        heading=HEADINGS.get(state, asked.title),
        state=_state_words(survey, state),
        late=_late_words(survey) if state == FormState.LATE else "",
        rows=rows,
    )


def _when(survey: Survey, state: FormState, today: dt.date) -> str:
    asked = survey.consultation
    days = f"{nhs_date(asked.opens_on)} to {nhs_date(asked.closes_on)}"
    if state == FormState.OPEN:
        left = day_span(asked.closes_on, today)
        return f"{days}. It closes {left}" if left != "today" else f"{days}. Today is the last day"
    return days


def _readers(survey: Survey) -> str:
    outside = f", {survey.analyst}" if survey.analyst else ""
    return f"The managers of the plan{outside} and the reviewers of the NHS board"


def _state_words(survey: Survey, state: FormState) -> str:
    asked = survey.consultation
    if state == FormState.NOT_YET:
        return (
            f"It opens on {nhs_date(asked.opens_on)}. Come back to this address from that day on."
        )
    if state == FormState.PAUSED:
        return (
            "The people who ask have stopped the form for the moment. Come back to this address"
            f" later: the last day is {nhs_date(asked.closes_on)}."
        )
    if state == FormState.CLOSED:
        return (
            f"The last day was {nhs_date(asked.closes_on)}. You can no longer answer here. If you"
            " have answered, the address of your receipt says what became of it."
        )
    if state == FormState.DROPPED:
        return "The people who asked have ended it. Nothing that you write here would be read."
    return ""


def _late_words(survey: Survey) -> str:
    asked = survey.consultation
    until = nhs_date(asked.closes_on + LATE_FOR)
    return (
        f"The last day was {nhs_date(asked.closes_on)}. You can still send an answer until the end"
        f" of {until}. It is kept and marked as late."
    )


def started(kind: str, own: Iterable[Any]) -> dict[str, str]:
    """What the form starts with: for whom a signed-in person said that they answer."""
    allowed = {f"own-{one.pk}" for one in own}
    return {"kind": kind} if kind in allowed else {}


def rows(form: Any) -> list[Row]:
    """Each question with what was answered, to be checked."""
    said = {one.question_id: one.text or one.choice for one in form.answers()}
    return [Row(key=one.text, value=said.get(one.pk, NOTHING)) for one in form.questions.values()]


def about(form: Any) -> list[Row]:
    """Who answers, to be checked."""
    sender = form.sender()
    group = Group(sender["group"] or Group.UNKNOWN)
    listed = [
        Row(key="You answer", value=_for_whom(sender)),
        Row(
            key="What you are",
            value="You would rather not say" if group == Group.UNKNOWN else group.label,
        ),
        Row(key="Your name", value=sender["name"] or "Not given"),
        Row(key="Your email address", value=sender["email"] or "Not given"),
    ]
    return [one for one in listed if not (sender.get("organisation") and one.key == "What you are")]


def _for_whom(sender: Mapping[str, Any]) -> str:
    return f"For {sender['organisation_name']}" if sender["organisation_name"] else "For yourself"


def typed(form: Any) -> list[Row]:
    """What was typed into a form that could not be sent, so that it can be copied."""
    values = form.typed()
    found = [(one.text, values.get(name, "")) for name, one in form.questions.items()]
    return [Row(key=text, value=_shown(value)) for text, value in found if value.strip()]


def typed_plain(posted: Mapping[str, Any]) -> list[Row]:
    """The same where nobody knows the questions any more."""
    names = sorted(name for name in posted if name[:1] == "q" and name[1:].isdecimal())
    return [
        Row(key=f"Answer {place}", value=_shown(str(posted[name])))
        for place, name in enumerate(names[:100], start=1)
        if str(posted[name]).strip()
    ]


def last_day(survey: Survey, saved: SavedForm) -> str:
    """Until when somebody can come back: 14 days, or the last day on which answers are taken."""
    until = timezone.localtime(saved.expires_at).date()
    return nhs_date(min(until, survey.consultation.closes_on))


def choice_words(question: Question, value: str) -> str:
    """What was chosen, as the form says it."""
    return f"{value} out of 5" if question.kind == "scale" else value


def _shown(text: str) -> str:
    return without_control_characters(text)[:SHOWN]
