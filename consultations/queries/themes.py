"""The managed list of themes of a plan, and what carries each; only what was cleared counts."""

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from consultations.models import Answer, Coding, Moderation, Theme
from plans.models import Plan

CLEARED = Q(undone_at__isnull=True, answer__response__moderation=Moderation.CLEARED)
"""The codings that count: not taken back, and of a response that a person has cleared."""


def themes_of(plan: Plan) -> QuerySet[Theme]:
    """The themes of the plan by name, without those that turned out to be another one."""
    return Theme.objects.filter(plan=plan, merged_into__isnull=True)


def theme_named(plan: Plan, name: str) -> Theme | None:
    """The theme of this name in any case; None where there is none."""
    wanted = tidy(name).casefold()
    return next((one for one in themes_of(plan) if one.name.casefold() == wanted), None)


def tidy(name: str) -> str:
    """A name with single blanks between its words and none around."""
    return " ".join(name.split())


def codings_of(theme_ids: Iterable[int] | QuerySet) -> QuerySet[Coding]:
    """Where people found these themes, in cleared responses."""
    return Coding.objects.filter(CLEARED, theme__in=theme_ids)


def answers_by_theme(plan: Plan) -> dict[int, int]:
    """Theme -> how many cleared answers carry it; one statement."""
    found = codings_of(themes_of(plan).values("pk")).order_by().values_list("theme")
    return dict(found.annotate(number=Count("pk")))


def consultations_with(theme_ids: Iterable[int]) -> set[int]:
    """The consultations in whose answers these themes were ever found."""
    found = Coding.objects.filter(theme__in=theme_ids).order_by()
    return set(found.values_list("answer__response__consultation", flat=True).distinct())


def unthemed_texts(plan: Plan, *, limit: int = 2_000) -> list[str]:
    """The newest cleared answers of the plan's consultations that carry no theme; one statement."""
    found = Coding.objects.filter(answer=OuterRef("pk"), undone_at__isnull=True)
    texts = Answer.objects.filter(
        ~Exists(found),
        response__moderation=Moderation.CLEARED,
        response__consultation__plan=plan,
        text__gt="",
    )
    return list(texts.order_by("-pk").values_list("text", flat=True)[:limit])
