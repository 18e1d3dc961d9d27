"""The charts of an analysis, each with the table behind it."""

from collections.abc import Mapping, Sequence

from consultations.models import Disposition, Group, QuestionKind, Theme
from consultations.presenters.analysis_shapes import Chart, Matrix, QuestionPart, Table
from consultations.presenters.analysis_words import made_of, split_note
from consultations.queries.analysis import Analysis, Asked, Split
from consultations.rules.analysis import NOBODY, Tally
from consultations.rules.surveys import SCALE
from ui.shapes import BarRow, MatrixRow
from ui.words import patients, plural

KEY = ("Organisations", "People in words of their own", "Campaigns, each once")
BARS_SHOWN = 12
"""So many themes are drawn; all of them are in the table."""
THEMES_OF_A_QUESTION = 8

NOT_DECIDED = "Not decided yet"


def theme_name(names: Mapping[int, Theme], theme: int) -> str:
    """What a theme is called."""
    return names[theme].name


def group_name(group: str) -> str:
    """What a group of respondents is called; an unknown one is shown as it is stored."""
    return dict(Group.choices).get(group, group)


def decided(theme: Theme) -> str:
    """What was decided about a theme, in a word."""
    return Disposition(theme.disposition).label if theme.disposition else NOT_DECIDED


def who(found: Analysis) -> Chart:
    """Who answered, by group."""
    rows = sorted(found.groups.items(), key=lambda one: -one[1].once)
    return Chart(
        caption="Who answered, by what they are",
        bars=[_bar(group_name(group), tally) for group, tally in rows],
        table=Table(
            caption="Who answered",
            of="Group",
            headings=("Organisations", "People", "Of these only by a campaign", "Responses"),
            rows=[(group_name(group), _people_cells(tally)) for group, tally in rows],
        ),
    )


def _people_cells(tally: Tally) -> tuple[str, ...]:
    return (
        patients(tally.organisations),
        patients(tally.people + tally.in_campaigns),
        patients(tally.in_campaigns),
        patients(tally.responses),
    )


def _bar(name: str, tally: Tally, url: str = "") -> BarRow:
    parts = (tally.organisations, tally.people, tally.campaigns)
    return BarRow(name=name, parts=parts, note=made_of(tally), url=url)


def themes_chart(
    found: Analysis, themes: Mapping[int, Split], caption: str, shown: int = BARS_SHOWN
) -> Chart | None:
    """The themes that most raised, as bars, and all of them as a table; None where there is none."""
    if not themes:
        return None
    drawn = list(themes.items())[:shown]
    left_out = len(themes) - len(drawn)
    return Chart(
        caption=caption,
        bars=[_bar(theme_name(found.names, theme), split.tally) for theme, split in drawn],
        table=Table(
            caption=caption,
            of="Theme",
            headings=("Organisations", "People", "Campaigns", "What was decided"),
            rows=[
                (theme_name(found.names, theme), (*_once_cells(split), decided(found.names[theme])))
                for theme, split in themes.items()
            ],
        ),
        note=f"{plural(left_out, 'more is', 'more are')} in the table." if left_out else "",
    )


def _once_cells(split: Split) -> tuple[str, ...]:
    tally = split.tally
    return tuple(map(patients, (tally.organisations, tally.people, tally.campaigns)))


def matrix(found: Analysis, groups: Sequence[str]) -> Matrix | None:
    """Themes by groups; None where no theme was found."""
    if not found.themes:
        return None
    present = [group for group in Group.values if group in groups]
    return Matrix(
        rows=[
            MatrixRow(
                name=theme_name(found.names, theme),
                counts=[split.by_group.get(group, 0) for group in present],
                last=patients(split.tally.once),
            )
            for theme, split in found.themes.items()
        ],
        columns=[group_name(group) for group in present],
        caption="Themes by group: each organisation, person and campaign once",
    )


def question(found: Analysis, asked: Asked, groups: Sequence[str]) -> QuestionPart:
    """One question with a chart of the choices that were made and one of the themes that were found."""
    question = asked.question
    charts = []
    if question.kind != QuestionKind.TEXT or asked.choices:
        charts.append(_choices(asked, groups))
    themes = themes_chart(
        found, asked.themes, f"Themes in the answers to question {question.number}",
        THEMES_OF_A_QUESTION,
    )  # fmt: skip
    if themes:
        charts.append(themes)
    withdrawn = " It is no longer asked." if question.withdrawn_at else ""
    return QuestionPart(
        heading=f"{question.number}. {question.text}",
        note=split_note(asked.answered) + withdrawn,
        charts=charts,
        anchor=f"question-{question.pk}",
    )


def _choices(asked: Asked, groups: Sequence[str]) -> Chart:
    """Every choice that was offered, in its order, and any other that an import brought."""
    offered = [str(one) for one in asked.question.choices or ()]
    if asked.question.kind == QuestionKind.SCALE and not offered:
        offered = list(SCALE)
    order = [*offered, *(one for one in asked.choices if one not in offered)]
    nothing = Split(tally=NOBODY, by_group={})
    splits = [(choice, asked.choices.get(choice, nothing)) for choice in order]
    present = [group for group in Group.values if group in groups]
    caption = f"Answers to question {asked.question.number}"
    return Chart(
        caption=caption,
        bars=[_bar(choice, split.tally) for choice, split in splits],
        table=Table(
            caption=f"{caption}, by group: each organisation, person and campaign once",
            of="Answer",
            headings=(*map(group_name, present), "All"),
            rows=[
                (
                    choice,
                    (
                        *(patients(split.by_group.get(group, 0)) for group in present),
                        patients(split.tally.once),
                    ),
                )
                for choice, split in splits
            ],
        ),
    )
