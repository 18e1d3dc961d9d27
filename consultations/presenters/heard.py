"""The draft of "What we heard": what stands in it, as parts that any kind of document can be made of.

Nothing in it is anybody's words that a person has not cleared: quotations are those cleared in the
responses. What the plan says of a theme and where it changed stands there once that was published,
and a version of the plan is named once it is public itself.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consultations.models import Disposition, Group, QuestionKind, Theme
from consultations.presenters.analysis_charts import group_name, theme_name
from consultations.presenters.analysis_words import (
    counted_lines,
    headline,
    made_of,
    split_note,
)
from consultations.presenters.receipts import changed_words
from consultations.queries.analysis import Analysis, Asked, Quote, Split
from consultations.rules.analysis import MANY, needs_analyst
from ui.words import nhs_date, patients, plural

QUOTES_OF_A_THEME = 5
NOT_CLEARED = (
    "What was said, and the reason for what was decided, stand here once they have been looked at a"
    " second time and published in “You said, we did”."
)


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading of the document; levels begin with 1 and are never skipped."""

    text: str
    level: int


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph; ``label`` stands before it in bold."""

    text: str
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Quotation:
    """Cleared words, and what their author is."""

    text: str
    author: str


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table with a caption, one line of headings and at least one row."""

    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


Part = Heading | Paragraph | Quotation | Grid


@dataclass(frozen=True, kw_only=True)
class Report:
    """The whole document."""

    title: str
    subtitle: str
    about: str
    file_name: str
    parts: Sequence[Part]


def report(found: Analysis, *, today: dt.date) -> Report:
    """What was heard, as far as it has been read and cleared by ``today``."""
    consultation = found.consultation
    return Report(
        title=f"What we heard: {consultation.title}",
        subtitle=consultation.plan.title,
        about=f"Draft of {nhs_date(today)}. Read it through and complete it before it is published.",
        file_name=f"what-we-heard-{consultation.pk}-{today.isoformat()}.docx",
        parts=list(_parts(found)),
    )


def _parts(found: Analysis) -> Iterator[Part]:
    yield Heading(text="In short", level=1)
    yield Paragraph(text=headline(found.counted))
    yield from _not_counted(found)
    yield from _what_was_said(found)
    yield from _by_question(found)
    yield from _process(found)
    yield from _who_answered(found)
    yield from _method(found)


def _not_counted(found: Analysis) -> Iterator[Part]:
    waiting, held = found.received.waiting, found.received.held
    if waiting:
        is_counted = "It is" if waiting == 1 else "They are"
        yield Paragraph(
            text=f"{plural(waiting, 'further response')} had not been read when this draft was made."
            f" {is_counted} not counted."
        )
    if held:
        back = "was held back. It is" if held == 1 else "were held back. They are"
        yield Paragraph(text=f"{plural(held, 'response')} {back} not counted.")


def _what_was_said(found: Analysis) -> Iterator[Part]:
    yield Heading(text="What people said and what was done", level=1)
    if not found.themes:
        yield Paragraph(text="No theme has been found in the answers yet.")
    else:
        yield Grid(
            caption="Themes, the one most people raised first",
            headings=("Theme", "Raised by", "What was decided"),
            rows=[
                (theme_name(found.names, theme), made_of(split.tally), _word(found.names[theme]))
                for theme, split in found.themes.items()
            ],
        )
    for theme, split in found.themes.items():
        yield from _theme(found, theme, split)


def _theme(found: Analysis, theme: int, split: Split) -> Iterator[Part]:
    row = found.names[theme]
    yield Heading(text=row.name, level=2)
    yield Paragraph(label="Raised by", text=f"{made_of(split.tally)}.")
    if row.published_at is not None:
        yield Paragraph(label="What people said", text=row.said)
    yield from _quotations(one for one in found.quotes if one.theme == theme)
    yield Paragraph(label="What was decided", text=f"{_word(row)}.")
    if row.published_at is not None:
        yield Paragraph(label="Why", text=row.reason)
        if where := changed_words(row):
            yield Paragraph(label="Where the plan changed", text=f"{where}.")
    if row.told_on is not None:
        yield Paragraph(label="Those who said it were told", text=f"{nhs_date(row.told_on)}.")
    if row.published_at is None:
        yield Paragraph(text=NOT_CLEARED)


def _word(theme: Theme) -> str:
    return Disposition(theme.disposition).label if theme.disposition else "Not decided yet"


def _quotations(quotes: Iterator[Quote]) -> Iterator[Part]:
    said: dict[str, Quote] = {}
    for one in quotes:
        said.setdefault(one.text, one)
    for one in list(said.values())[:QUOTES_OF_A_THEME]:
        yield Quotation(text=one.text, author=Group(one.group).label)


def _by_question(found: Analysis) -> Iterator[Part]:
    subject = [one for one in found.asked if not one.question.is_about_process]
    if subject:
        yield Heading(text="Answers by question", level=1)
    for asked in subject:
        yield from _question(found, asked)


def _question(found: Analysis, asked: Asked) -> Iterator[Part]:
    question = asked.question
    yield Heading(text=f"{question.number}. {question.text}", level=2)
    yield Paragraph(text=split_note(asked.answered))
    if asked.choices:
        offered = [str(one) for one in question.choices or ()]
        order = [*offered, *sorted(one for one in asked.choices if one not in offered)]
        kind = "Each answer" if question.kind != QuestionKind.SCALE else "Each point of the scale"
        yield Grid(
            caption=f"{kind} to question {question.number}, and who gave it",
            headings=("Answer", "Given by"),
            rows=[
                (one, made_of(asked.choices[one].tally) if one in asked.choices else "nobody")
                for one in order
            ],
        )
    if asked.themes:
        yield Grid(
            caption=f"Themes in the answers to question {question.number}",
            headings=("Theme", "Raised by"),
            rows=[
                (theme_name(found.names, theme), made_of(split.tally))
                for theme, split in asked.themes.items()
            ],
        )


def _process(found: Analysis) -> Iterator[Part]:
    """What was said about how people were asked: apart from what they were asked about."""
    yield Heading(text="What people said about how they were asked", level=1)
    asked = [one for one in found.asked if one.question.is_about_process]
    if not asked:
        yield Paragraph(text="No question was asked about it.")
    for one in asked:
        yield from _question(found, one)
    yield from _quotations(one for one in found.quotes if one.is_about_process)


def _who_answered(found: Analysis) -> Iterator[Part]:
    yield Heading(text="Who answered", level=1)
    if not found.groups:
        yield Paragraph(text="No response has been cleared yet.")
        return
    yield Grid(
        caption="Who answered, by what they are",
        headings=("Group", "Organisations", "People", "Of these only by a campaign"),
        rows=[
            (
                group_name(group),
                patients(tally.organisations),
                patients(tally.people + tally.in_campaigns),
                patients(tally.in_campaigns),
            )
            for group, tally in sorted(found.groups.items(), key=lambda one: -one[1].once)
        ],
    )


def _method(found: Analysis) -> Iterator[Part]:
    consultation = found.consultation
    yield Heading(text="Method and dates", level=1)
    for line in counted_lines(found):
        yield Paragraph(text=line)
    yield Paragraph(
        text="Every response was read by a person before it was counted. Each organisation and each"
        " person counts once, however often they answered; the same words sent by several people are"
        " one campaign, which counts once. A person gave each answer its themes; where the service"
        " suggested a theme, a person accepted or refused it."
    )
    analyst = found.survey.analyst if found.survey else ""
    if analyst:
        yield Paragraph(label="Independent analyst", text=f"{analyst}.")
    elif needs_analyst(found.received.all, analyst):
        yield Paragraph(
            label="Independent analyst",
            text=f"None is named, although more than {MANY} responses came in.",
        )
    dates = (
        ("First day", consultation.opens_on),
        ("Last day", consultation.closes_on),
        ("Report to those who decide", consultation.report_on),
        ("Decision", consultation.decision_on),
        ("What we heard published", consultation.heard_on),
    )
    rows = [(name, nhs_date(day) if day else "Not yet") for name, day in dates]
    yield Grid(caption="Dates", headings=("What", "When"), rows=rows)
