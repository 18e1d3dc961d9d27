"""One event as the organisation named in it reads it: on its ledger and on its own page."""

from dataclasses import dataclass

from django.urls import reverse

from engagement.models import Event, Participation
from engagement.presenters.answers import asked_lines
from engagement.presenters.standing import (
    WORDS,
    Words,
    best_standing,
    logged_in_words,
    part_in_words,
)
from engagement.queries.answers import Asked
from ui.words import and_list, nhs_date


@dataclass(frozen=True, kw_only=True)
class RecordCard:
    """When, how, who took part as what, whether it counts and why, who logged it when."""

    anchor: str
    date: str
    channel: str
    title: str
    url: str
    sentence: str
    counts: Words
    note: str
    answer: str = ""
    answer_url: str = ""
    answer_action: str = ""


def record_card(
    event: Event,
    parts: list[Participation],
    *,
    anchor: str,
    named: bool,
    more: str = "",
    asked: Asked | None = None,
) -> RecordCard:
    """The card of one event. ``parts`` are the organisation's own; ``more`` is added to the note.

    ``named`` says whether the reader may see the names of its people, ``asked`` in whose name they
    may answer.
    """
    counts = WORDS[best_standing(parts, event).why]
    who = and_list(part_in_words(part, named=named) for part in parts)
    notes = (f"{counts.sentence}.", more, f"{logged_in_words(event)}.")
    return RecordCard(
        anchor=anchor,
        date=nhs_date(event.held_on),
        channel=event.get_channel_display(),
        title=event.title,
        url=reverse("engagement:event", args=[event.pk]),
        sentence=f"{who}. Level: {event.get_level_display().lower()}.",
        counts=counts,
        note=" ".join(note for note in notes if note),
        **_answering(event, asked),
    )


def _answering(event: Event, asked: Asked | None) -> dict[str, str]:
    """What the reader has answered and may answer; nothing of a record that was taken back."""
    if asked is None or event.withdrawn_at is not None:
        return {}
    line = asked_lines(event, [asked])[0]
    said = line.said if asked.answer else ""
    return {"answer": said, "answer_url": line.url, "answer_action": line.action}
