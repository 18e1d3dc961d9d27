"""The filters of the board: junk gives everything and a sentence, never an error page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest

from readiness.queries.pages.board import ALL_TYPES, PLAN_TYPES, BoardChoice
from ui import query
from ui.forms import NhsForm

SHOWS = {
    "all": "All plans",
    "thin": "Thin GP engagement",
    "lmcs": "An LMC not heard",
    "four": "4 or more not met",
    "ready": "Ready to sign off",
    "flagged": "With open flags",
    "disputed": "With open disputes",
    "excepted": "With exceptions",
}
SORTS = {
    "worst": "Worst first",
    "name": "Name",
    "days": "Fewest days left",
    "flags": "Most open flags",
}


class BoardFilters(NhsForm):
    """Four selects on one line."""

    region = forms.ChoiceField(label="Region", required=False)
    type = forms.ChoiceField(label="Plan type", required=False)
    show = forms.ChoiceField(label="Show", choices=SHOWS.items(), required=False)
    sort = forms.ChoiceField(label="Sort by", choices=SORTS.items(), required=False)

    def __init__(self, choice: BoardChoice, choices: "Choices") -> None:
        asked = {
            "region": choice.region,
            "type": choice.plan_type,
            "show": choice.show,
            "sort": choice.sort,
        }
        super().__init__(initial=asked)
        self.fields["region"].choices = [("", "All regions"), *choices.regions.items()]  # type: ignore[attr-defined]
        self.fields["type"].choices = choices.types.items()  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What can be asked for: names by code."""

    regions: Mapping[str, str]
    types: Mapping[str, str]


def choices_of(regions: Mapping[str, str]) -> Choices:
    """The choices of a board in these regions."""
    return Choices(regions=regions, types={**PLAN_TYPES, ALL_TYPES: "All types"})


def board_choice(request: HttpRequest, choices: Choices) -> tuple[BoardChoice, list[str]]:
    """What was asked for, and a sentence about each part that could not be understood."""
    region = query.choice(request, "region", choices.regions)
    plan_type = query.choice(request, "type", choices.types)
    show = query.choice(request, "show", SHOWS, "all")
    sort = query.choice(request, "sort", SORTS, "worst")
    choice = BoardChoice(
        region=region.value,
        plan_type=ALL_TYPES if plan_type.problem else plan_type.value,
        show=show.value,
        sort=sort.value,
    )
    return choice, [one.problem for one in (region, plan_type, show, sort) if one.problem]
