"""The tables of an analysis as files for a spreadsheet."""

from collections.abc import Iterator, Mapping, Sequence

from consultations.models import Group
from consultations.presenters.analysis import TABLES
from consultations.presenters.analysis_charts import decided, group_name, theme_name
from consultations.queries.analysis import Analysis, Split
from consultations.rules.analysis import Tally

COUNTED = ("Organisations", "People in words of their own", "Campaigns", "People only in campaigns")
HEADERS: Mapping[str, Sequence[str]] = {
    "themes": ("Theme", "About", *COUNTED, "What was decided", "Reason", *Group.labels),
    "questions": ("Question", "Asked about", "Answer or theme", *COUNTED, *Group.labels),
    "groups": ("Group", *COUNTED, "Responses"),
    "days": ("Day", "Organisations and people by their first answer"),
}
"""The headings of each file; those of groups count each organisation, person and campaign once."""


def name(found: Analysis, table: str) -> str:
    """`consultation-12-themes.csv`."""
    return f"consultation-{found.consultation.pk}-{table}.csv"


def rows(found: Analysis, table: str) -> Iterator[tuple[object, ...]]:
    """The lines of one of ``TABLES``."""
    makers = {"themes": _themes, "questions": _questions, "groups": _groups, "days": _days}
    assert makers.keys() == TABLES.keys() == HEADERS.keys()  # noqa: S101 - one list, in three places
    return makers[table](found)


def _themes(found: Analysis) -> Iterator[tuple[object, ...]]:
    for about, themes in (("the subject", found.themes), ("the process", found.process)):
        for theme, split in themes.items():
            row = found.names[theme]
            yield (
                theme_name(found.names, theme),
                about,
                *_tally(split.tally),
                decided(row),
                row.reason,
                *_by_group(split),
            )


def _questions(found: Analysis) -> Iterator[tuple[object, ...]]:
    for asked in found.asked:
        question = asked.question
        about = "the process" if question.is_about_process else "the subject"
        named = {theme_name(found.names, theme): split for theme, split in asked.themes.items()}
        for answer, split in (*asked.choices.items(), *named.items()):
            yield question.text, about, answer, *_tally(split.tally), *_by_group(split)


def _groups(found: Analysis) -> Iterator[tuple[object, ...]]:
    for group, tally in found.groups.items():
        yield group_name(group), *_tally(tally), tally.responses


def _days(found: Analysis) -> Iterator[tuple[object, ...]]:
    for day, number in found.days.items():
        yield day.isoformat(), number


def _tally(tally: Tally) -> tuple[int, ...]:
    return tally.organisations, tally.people, tally.campaigns, tally.in_campaigns


def _by_group(split: Split) -> tuple[int, ...]:
    return tuple(split.by_group.get(group, 0) for group in Group.values)
