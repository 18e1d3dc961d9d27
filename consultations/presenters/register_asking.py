"""Who must be asked in a consultation, in words."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from consultations.queries.register import Asking
from plans.models import Consultation, MustAsk
from stakeholders.models import Category
from ui.words import lower_first, nhs_date, plural


@dataclass(frozen=True, kw_only=True)
class AskLine:
    """Somebody who must be asked."""

    name: str
    because: str
    state: str
    word: str
    how: str
    url: str = ""


def ask_line(one: Asking, row: Consultation, *, may_edit: bool) -> AskLine:
    """Somebody who must be asked, and by what it is known whether they were."""
    state, word = ("met", "Asked") if one.asked_on else ("not_met", "Not on record as asked")
    url = reverse("consultations:must-ask-one", args=[row.pk, one.row.pk]) if may_edit else ""
    return AskLine(
        name=name_of(one.row),
        because=one.row.because,
        state=state,
        word=word,
        how=_how_asked(one),
        url=url,
    )


def ask_lines(
    asking: Sequence[Asking], row: Consultation, *, sees_all: bool, may_edit: bool
) -> tuple[list[AskLine], str]:
    """The lines, and a note on those that are not shown: who does not see all of them reads what is
    said of their own organisations, also where everybody of a kind must be asked."""
    if sees_all:
        return [ask_line(one, row, may_edit=may_edit) for one in asking], ""
    own = [one for one in asking if one.own]
    lines = [
        _own_line(one) if one.row.category else ask_line(one, row, may_edit=False) for one in own
    ]
    return lines, _others(len(asking) - len(own), beside=bool(own))


def own_notes(asking: Sequence[Asking]) -> list[str]:
    """`Your LMC is among those who must be asked.`, once for each kind of the reader's organisations."""
    return list(dict.fromkeys(f"{_yours(one)}." for one in asking if one.own))


def _yours(one: Asking) -> str:
    kind = one.row.category or one.row.organisation.category  # type: ignore[union-attr]
    word, words = OURS.get(Category(kind), OURS_OTHERWISE)
    whose = f"Your {word} is" if len(one.own) == 1 else f"{len(one.own):,} of your {words} are"
    return f"{whose} among those who must be asked"


def _own_line(one: Asking) -> AskLine:
    """What is said of a kind to who answers for some of it."""
    asked = [part for part in one.own if part.asked_on]
    everybody = len(asked) == len(one.own)
    how = f"{len(asked):,} of {len(one.own):,} of yours on record as asked while it was open."
    if len(one.own) == 1:
        how = _on_record(one.own[0].how, one.own[0].asked_on)
    return AskLine(
        name=name_of(one.row),
        because=_yours(one),
        state="met" if everybody else "not_met",
        word="Asked" if everybody else "Not on record as asked",
        how=how,
    )


def _others(number: int, *, beside: bool) -> str:
    if not number:
        return ""
    said = f"And {plural(number, 'more line')}" if beside else plural(number, "line")
    return f"{said}, which the plan's managers and the reviewers read."


def name_of(row: MustAsk) -> str:
    """The organisation, or everybody of the category."""
    if row.organisation is not None:
        return row.organisation.name
    return f"Every {lower_name(Category(row.category))}"


def inside(row: MustAsk) -> str:
    """The same inside a sentence."""
    return name_of(row) if row.organisation is not None else lower_first(name_of(row))


def lower_name(category: Category) -> str:
    """A category inside a sentence: abbreviations and names keep their capitals."""
    first = category.label.split()[0]
    return category.label if first.isupper() or category in NAMES else lower_first(category.label)


NAMES = frozenset(
    {
        Category.LMC,
        Category.HEALTH_AND_WELLBEING_BOARD,
        Category.HEALTHWATCH,
        Category.ROYAL_COLLEGE,
    }
)


OURS = {
    Category.LMC: ("LMC", "LMCs"),
    Category.GP_PRACTICE: ("practice", "practices"),
    Category.PCN: ("network", "networks"),
}
OURS_OTHERWISE = ("organisation", "organisations")


def _how_asked(one: Asking) -> str:
    on = nhs_date(one.asked_on)
    if one.row.organisation_id is not None:
        return _on_record(one.how, one.asked_on)
    reached = f"{one.reached:,} of {one.number:,} on record as asked while it was open."
    return f"On {on}, as recorded by hand. {reached}" if one.row.asked_on else reached


def _on_record(how: str, asked_on: dt.date | None) -> str:
    """What says so of one organisation; without ``how`` somebody recorded the day by hand."""
    if asked_on is None:
        return ""
    on = nhs_date(asked_on)
    return f"{how} on {on}." if how else f"On {on}, as recorded by hand."
