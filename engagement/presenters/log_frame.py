"""What stands around each step of logging: where one is, what it is about, what is kept."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from engagement.models import Channel, EventDraft
from engagement.queries.crediting import PlanChoice
from ui.shapes import Link
from ui.words import and_list, nhs_date, nhs_datetime

STEP_NAMES = {
    "what": "What and when",
    "who": "Who took part",
    "said": "What was said",
    "check": "Check your answers",
}
STATUS_WORDS = {
    "happened": "happened",
    "planned": "planned",
    "cancelled": "cancelled",
    "tried": "tried, did not happen",
}


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The frame of one step. ``about`` is what the event is, in two parts; empty on step 1."""

    caption: str
    action: str
    back: Link
    kept: str = ""
    event: str = ""
    about: str = ""
    change_url: str = ""
    discard_url: str = ""


def frame(draft: EventDraft, step: str, *, about: tuple[str, str] = ("", "")) -> Frame:
    """The frame of a step of a draft that exists."""
    names = list(STEP_NAMES)
    number = names.index(step)
    return Frame(
        caption=f"{'Edit the record' if draft.event_id else 'Log engagement'}, step {number + 1} of 4",
        action=step_url(draft, step),
        back=_back(draft, names[number - 1] if number else ""),
        kept=f"Draft saved {nhs_datetime(draft.updated_at)}",
        event=about[0],
        about=about[1],
        change_url=step_url(draft, "what"),
        discard_url=reverse("engagement:log-discard", args=[draft.pk]),
    )


def about_event(
    *, channel: str, day: dt.date, status: str, plans: Iterable[PlanChoice]
) -> tuple[str, str]:
    """``Meeting, Sunday 3 April 2016`` and ``happened. Greater Manchester STP (Drafting).``."""
    counted = [plan_and_phase(plan, day) for plan in plans]
    return (
        f"{Channel(channel).label}, {weekday_date(day)}",
        f"{STATUS_WORDS[status]}. {and_list(counted)}.",
    )


def plan_and_phase(plan: PlanChoice, day: dt.date) -> str:
    """The plan and the phase in which it was on that day."""
    phase = plan.phase_on(day)
    if phase:
        return f"{plan.title} ({phase})"
    if day < plan.starts_on:
        return f"{plan.title} (before it started)"
    return f"{plan.title} (after submission)" if day > plan.submission_on else plan.title


def weekday_date(day: dt.date) -> str:
    """``Sunday 3 April 2016``: the day of the week shows a mistyped date."""
    return f"{day:%A} {nhs_date(day)}"


def step_url(draft: EventDraft, step: str) -> str:
    return reverse("engagement:log-step", args=[draft.pk, step])


def draft_links(drafts: Iterable[EventDraft]) -> list[Link]:
    """Unfinished drafts, each named by what was typed and when it was kept last."""
    return [
        Link(_draft_name(draft), step_url(draft, _next_step(draft)), hidden=f"draft {number}")
        for number, draft in enumerate(drafts, start=1)
    ]


def _draft_name(draft: EventDraft) -> str:
    what = draft.content.get("what") or {}
    if draft.event is not None:
        return f"Changes to {draft.event.title}, kept {nhs_datetime(draft.updated_at)}"
    channel = what.get("channel")
    kind = Channel(channel).label if channel in Channel.values else "Event"
    when = f" of {what['held_on'][:30]}" if what.get("held_on") else ""
    return f"{kind}{when}, kept {nhs_datetime(draft.updated_at)}"


def _next_step(draft: EventDraft) -> str:
    """The step after the last one kept: those before it say what they lack when they are skipped."""
    names = list(STEP_NAMES)
    answered = [name for name in names if draft.content.get(name)]
    if "what" not in answered or not draft.content["what"].get("held_on"):
        return "what"
    return names[min(draft.step, len(names) - 1)]


def _back(draft: EventDraft, previous: str) -> Link:
    if previous:
        return Link(f"Back to {STEP_NAMES[previous].lower()}", step_url(draft, previous))
    if draft.event_id:
        return Link("Back to the record", reverse("engagement:event", args=[draft.event_id]))
    return Link("Back to events", reverse("engagement:events"))
