"""Who must be asked in a consultation, in words."""

from dataclasses import dataclass

from django.urls import reverse

from consultations.queries.register import Asking
from plans.models import Consultation, MustAsk
from stakeholders.models import Category
from ui.words import lower_first, nhs_date


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


def _how_asked(one: Asking) -> str:
    on = nhs_date(one.asked_on)
    if one.row.organisation_id is not None:
        if one.row.asked_on:
            return f"On {on}, as recorded by hand."
        return f"{one.how} on {on}." if one.asked_on else ""
    reached = f"{one.reached:,} of {one.number:,} on record as asked while it was open."
    return f"On {on}, as recorded by hand. {reached}" if one.row.asked_on else reached
