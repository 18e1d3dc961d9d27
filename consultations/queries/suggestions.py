"""What the machine reads to suggest themes, and what it last made of it."""

from typing import Any

from django.db.models import Count, Q

from consultations.models import Answer, Coding, Moderation, Suggestion, Theme, ThemeReview
from consultations.queries.themes import CLEARED, themes_of
from jobs.models import JobRun
from plans.models import Consultation

MOST_LEARNT = 3_000
"""The newest of them: more teach little that is new and take minutes."""

OPEN = Q(response__done_at__isnull=True) & ~Q(response__moderation=Moderation.HELD)
"""Answers that somebody has yet to work through, also those that wait to be cleared: whoever clears one
finds the suggestions there."""


def to_read(consultation: Consultation) -> dict[str, Any]:
    """Names of themes, what people coded in this plan, and what is to be read; three statements."""
    themes = dict(themes_of(consultation.plan).order_by("pk").values_list("pk", "name"))
    return {
        "themes": themes,
        "coded": _coded(consultation, themes),
        "open": [
            [pk, text]
            for pk, text in Answer.objects.filter(
                OPEN, response__consultation=consultation, text__gt=""
            )
            .order_by("pk")
            .values_list("pk", "text")
        ],
    }


def _coded(consultation: Consultation, themes: dict[int, str]) -> list[list[Any]]:
    """The words of each coded answer and its themes, the newest first."""
    found = Coding.objects.filter(CLEARED, theme__in=themes, answer__text__gt="")
    rows = found.order_by("-answer", "pk").values_list("answer", "answer__text", "theme")
    coded: dict[int, tuple[str, list[int]]] = {}
    for answer, text, theme in rows.iterator():
        if answer not in coded and len(coded) == MOST_LEARNT:
            break
        coded.setdefault(answer, (text, []))[1].append(theme)
    return [[text, given] for text, given in coded.values()]


def settled(consultation: Consultation) -> set[tuple[int, int]]:
    """Answer and theme of what a person has decided: a suggestion refused, or a theme found."""
    mine = Q(answer__response__consultation=consultation)
    decided = Suggestion.objects.filter(mine, decided_at__isnull=False).order_by()
    coded = Coding.objects.filter(mine, undone_at__isnull=True).order_by()
    pairs = ("answer_id", "theme_id")
    return {*decided.values_list(*pairs), *coded.values_list(*pairs)}


def review_of(consultation: Consultation) -> ThemeReview | None:
    """The last time that the machine read the answers; None where it never did."""
    return ThemeReview.objects.filter(consultation=consultation).first()


def run_of(review: ThemeReview | None) -> JobRun | None:
    """The run that reads or read them."""
    return JobRun.objects.filter(pk=review.run_id).first() if review and review.run_id else None


def standing_themes(ids: set[int]) -> set[int]:
    """Those of the themes that were not merged meanwhile."""
    rows = Theme.objects.filter(pk__in=ids, merged_into__isnull=True)
    return set(rows.values_list("pk", flat=True))


def decided_counts(consultation: Consultation) -> tuple[int, int]:
    """How many suggestions people accepted and how many they refused; one statement."""
    mine = Suggestion.objects.filter(answer__response__consultation=consultation)
    found = mine.aggregate(
        accepted=Count("pk", filter=Q(is_accepted=True)),
        refused=Count("pk", filter=Q(is_accepted=False)),
    )
    return found["accepted"], found["refused"]
