"""You said, we did: what the public reads of each theme, and what keeps the others off the page.

Public are the name of a published theme, what was said in the plan's own words, the decision with
its reason, the section that changed, numbers, and quotations that a person has cleared. Nothing else.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from consultations.models import Theme
from engagement.presenters.fates import decided_line, where_changed
from engagement.queries.fates import decided
from engagement.queries.voices import Voices
from ui.words import nhs_date, plural


@dataclass(frozen=True, kw_only=True)
class Published:
    """One theme as everybody reads it."""

    anchor: str
    name: str
    said: str
    word: str
    colour: str
    reason: str
    changed: str
    told: str
    voices: str
    quotes: list[str]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One theme that is not public, and why."""

    name: str
    url: str
    why: str


def published(
    themes: Iterable[Theme],
    voices: Mapping[int, Voices],
    quotes: Mapping[int, list[str]],
    *,
    today: dt.date,
) -> list[Published]:
    """The published themes in the order of their names."""
    return [
        public_theme(one, voices.get(one.pk, Voices()), quotes.get(one.pk, []), today=today)
        for one in themes
        if one.published_at
    ]


def public_theme(theme: Theme, voices: Voices, quotes: list[str], *, today: dt.date) -> Published:
    """What the public reads of a theme, once it is published."""
    line = decided_line(decided(theme))
    return Published(
        anchor=f"theme-{theme.pk}",
        name=theme.name,
        said=theme.said,
        word=line.word,
        colour=line.colour,
        reason=theme.reason,
        changed=_changed(theme, today),
        told=f"Those who said it were told on {nhs_date(theme.told_on)}." if theme.told_on else "",
        voices=_voices(voices),
        quotes=quotes,
    )


def waiting(themes: Iterable[Theme]) -> list[Waiting]:
    """The themes that are not public, those first that only need a second look."""
    lines = [
        Waiting(name=one.name, url=reverse("engagement:theme", args=[one.pk]), why=_why(one))
        for one in themes
        if not one.published_at
    ]
    return sorted(lines, key=lambda one: (one.why != NEEDS_LOOK, one.name.casefold()))


NEEDS_LOOK = "Ready for a second look."


def _why(theme: Theme) -> str:
    if not theme.disposition:
        return "Nothing is decided yet."
    if not theme.said:
        return "It does not say yet, in your words, what people said."
    return NEEDS_LOOK


def _changed(theme: Theme, today: dt.date) -> str:
    """Where the plan changed; a version that the public cannot read is not named."""
    line = decided(theme)
    if line is None or not line.section:
        return ""
    version = theme.changed_in
    if version and version.public_on and version.public_on <= today:
        return where_changed(line)
    return f"Changed in {line.section}."


def _voices(voices: Voices) -> str:
    people = sum(voices.people.values())
    parts = [plural(voices.organisations, "organisation")] if voices.organisations else []
    parts += [plural(people, "person", "people")] if people else []
    return f"Said by {' and '.join(parts)}." if parts else ""
