"""Who said something again and again: distinct organisations and people, never raw totals.

Points of records that stand and answers of cleared responses count, and nothing else.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from consultations.models import Coding, Group, RespondentKind, Theme
from consultations.queries.themes import codings_of
from consultations.rules.respondents import plain
from engagement.models import Point
from engagement.queries.fates import standing_fates
from plans.models import Plan
from stakeholders.models import Category

QUOTES_SHOWN = 3
ANSWERS_SHOWN = 10
POINTS_SHOWN = 10


@dataclass(kw_only=True)
class Voices:
    """Who said what one theme is about: organisations by who they are, people by number.

    ``matched`` are organisations of the register, by id, with name and kind in words, ``aliases`` the
    names that they typed; ``named`` those that nobody has matched, by name, or by respondent where
    there is none. ``people`` counts people by what they are.
    """

    points: int = 0
    answers: int = 0
    people: Counter[str] = field(default_factory=Counter)
    matched: dict[int, tuple[str, str]] = field(default_factory=dict)
    aliases: set[str] = field(default_factory=set)
    named: dict[str, str] = field(default_factory=dict)

    @property
    def organisations(self) -> int:
        """Distinct organisations: a name that one of the register bears or typed is that one."""
        return sum(self._bodies().values())

    @property
    def groups(self) -> Counter[str]:
        """Organisations and people together, by what they are."""
        return self._bodies() + self.people

    def _bodies(self) -> Counter[str]:
        known = self.aliases | {name for name, _ in self.matched.values()}
        others = [label for name, label in self.named.items() if name not in known]
        return Counter([*(label for _, label in self.matched.values()), *others])


def voices(plan: Plan, theme_ids: Collection[int]) -> dict[int, Voices]:
    """Theme -> who said it; four statements for any number of themes."""
    found: dict[int, Voices] = defaultdict(Voices)
    _from_points(plan, theme_ids, found)
    _from_answers(theme_ids, found)
    return found


def _from_points(plan: Plan, theme_ids: Collection[int], found: dict[int, Voices]) -> None:
    carried = standing_fates(plan).filter(theme__in=theme_ids).order_by()
    who = "point__organisation"
    rows = carried.values_list("theme", who, f"{who}__name", f"{who}__category")
    for theme, pk, name, category, number in rows.annotate(number=Count("pk")):
        found[theme].points += number
        if pk is not None:
            found[theme].matched[pk] = (plain(name), str(Category(category).label))


def _from_answers(theme_ids: Collection[int], found: dict[int, Voices]) -> None:
    codings = codings_of(theme_ids).order_by()
    who = "answer__response__respondent"
    for theme, number in codings.values_list("theme").annotate(number=Count("pk")):
        found[theme].answers = number
    people = codings.filter(**{f"{who}__kind": RespondentKind.INDIVIDUAL})
    rows = people.values_list("theme", f"{who}__group")
    for theme, group, number in rows.annotate(number=Count(who, distinct=True)):
        found[theme].people[str(Group(group).label)] += number
    bodies = codings.filter(**{f"{who}__kind": RespondentKind.ORGANISATION})
    body = f"{who}__organisation"
    columns = (
        who,
        f"{who}__group",
        f"{who}__organisation_name",
        body,
        f"{body}__name",
        f"{body}__category",
    )
    rows = bodies.values_list("theme", *columns).distinct()
    for theme, sender, group, typed, pk, name, category in rows:
        heard, said = found[theme], plain(typed)
        if pk is not None:
            heard.matched[pk] = (plain(name), str(Category(category).label))
            heard.aliases.add(said)
        else:
            heard.named[said or f"nameless {sender}"] = str(Group(group).label)


def public_quotes(theme_ids: Collection[int]) -> dict[int, list[str]]:
    """Theme -> the first words that a person has cleared to be published; one statement.

    Nothing else of a response is ever public, and nothing of one that is not cleared.
    """
    cleared = codings_of(theme_ids).filter(answer__quoted_at__isnull=False, answer__quote__gt="")
    ranked = cleared.annotate(
        place=Window(RowNumber(), partition_by=F("theme"), order_by=F("pk").asc())
    )
    found: dict[int, list[str]] = defaultdict(list)
    rows = ranked.filter(place__lte=QUOTES_SHOWN).order_by("theme", "pk")
    for theme, quote in rows.values_list("theme", "answer__quote"):
        if quote not in found[theme]:
            found[theme].append(quote)
    return found


def newest_points(plan: Plan, theme: Theme) -> list[Point]:
    """The newest points that carry the theme, with who said them and where; one statement."""
    carried = standing_fates(plan).filter(theme=theme).values("point")
    found = Point.objects.filter(pk__in=carried).select_related("event", "organisation")
    return list(found.order_by("-pk")[:POINTS_SHOWN])


def newest_answers(theme: Theme) -> list[Coding]:
    """The newest cleared answers that carry the theme, with question and respondent; one statement."""
    related = ("answer__question", "answer__response__respondent__organisation")
    return list(codings_of([theme.pk]).select_related(*related).order_by("-pk")[:ANSWERS_SHOWN])
