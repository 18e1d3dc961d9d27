"""What a manager types about seats and arrangements."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from plans.actions.seats import ArrangementFacts, SeatFacts
from plans.models import Arrangement, BoardSeat, Capacity
from plans.queries.seats import NAMES_OFFERED, organisations_named
from plans.rules.seats import full_name
from stakeholders.models import Organisation
from ui.forms import CleanText, NhsForm, PlainDateField, Radios
from ui.words import and_list, nhs_date

BODY_LENGTH = 120
CAPACITY_HINTS = {
    Capacity.PROVIDER: "Speaks for those who give care, such as a GP partner or a federation",
    Capacity.REPRESENTATIVE: "Speaks for a profession or a group, such as an LMC",
    Capacity.COMMISSIONER: "Speaks for the body that buys care, even if the person is a GP",
}


class OrganisationField(CleanText):
    """A code or a name typed by hand, resolved to one organisation open on ``day``."""

    day: dt.date

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "A code such as LMC012, or the name")
        super().__init__(max_length=200, **options)

    def clean(self, value: object) -> Organisation | None:
        """The organisation; what is unknown or could mean several is said with the way out."""
        text = super().clean(value)
        if not text:
            return None
        found = organisations_named(text, day=self.day)
        if not found:
            message = f"“{text[:60]}” is not an organisation open on {nhs_date(self.day)}. Check the code in Organisations."
            raise ValidationError(message, code="unknown")
        if len(found) > 1:
            raise ValidationError(_which_of(text, found), code="several")
        return found[0]


def _which_of(text: str, found: list[Organisation]) -> str:
    names = and_list(f"{one.name} ({one.code})" for one in found[: NAMES_OFFERED - 1])
    more = " and others" if len(found) == NAMES_OFFERED else ""
    return f"“{text[:60]}” could be {names}{more}. Enter the code of the one you mean."


class _OnADay(NhsForm):
    """A form whose organisation must be open, and whose first day must have come, by ``day``."""

    def __init__(self, *args: Any, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].day = day  # type: ignore[attr-defined]
        self.fields["valid_from"].latest = day  # type: ignore[attr-defined]


class SeatForm(_OnADay):
    """A seat on one of the plan's bodies."""

    submit_text = "Add the seat"

    body = CleanText(
        label="Board or body", max_length=BODY_LENGTH, help_text="For example, programme board"
    )
    title = CleanText(label="Seat", max_length=120, help_text="For example, GP provider member")
    organisation = OrganisationField(
        label="Organisation (optional)",
        required=False,
        help_text="A code such as LMC012, or the name. Leave it empty if the seat is vacant.",
    )
    capacity = forms.ChoiceField(
        label="In which capacity does the member sit?",
        choices=Capacity.choices,
        widget=Radios(hints={key.value: hint for key, hint in CAPACITY_HINTS.items()}),
        error_messages={"required": "Choose the capacity in which the member sits"},
    )
    voting = forms.ChoiceField(
        label="Does the member vote?",
        choices=(("yes", "Yes"), ("no", "No")),
        initial="yes",
        widget=Radios(inline=True),
        error_messages={"required": "Choose whether the member votes"},
    )
    valid_from = PlainDateField(
        label="Since when?",
        called="The first day",
        error_messages={"required": "Enter the first day"},
    )

    def clean_body(self) -> str:
        """By the name by which the criterion on seats knows a Health and Wellbeing Board."""
        return full_name(self.cleaned_data["body"])[:BODY_LENGTH]

    def facts(self) -> SeatFacts:
        """The seat, once the form is valid."""
        values = dict(self.cleaned_data)
        return SeatFacts(**{**values, "voting": values["voting"] == "yes"})


class FillForm(SeatForm):
    """Who holds a seat that is vacant; it keeps its body and its name."""

    submit_text = "Fill the seat"

    def __init__(self, *args: Any, seat: BoardSeat, **kwargs: Any) -> None:
        initial = {"capacity": seat.capacity, "voting": "yes" if seat.voting else "no"}
        super().__init__(*args, initial=initial, **kwargs)
        self.seat = seat
        for name in ("body", "title"):
            del self.fields[name]
        who, since = self.fields["organisation"], self.fields["valid_from"]
        who.label, who.required = "Organisation", True
        who.help_text = "A code such as LMC012, or the name"
        vacant = seat.valid_to + dt.timedelta(1) if seat.valid_to else seat.valid_from
        since.earliest = vacant  # type: ignore[attr-defined]

    def facts(self) -> SeatFacts:
        """The seat with its holder, once the form is valid."""
        self.cleaned_data |= {"body": self.seat.body, "title": self.seat.title}
        return super().facts()


class ArrangementForm(_OnADay):
    """A formal arrangement with a partner."""

    submit_text = "Add the arrangement"

    organisation = OrganisationField(
        label="Partner", error_messages={"required": "Enter the partner's code or name"}
    )
    description = CleanText(
        label="What was agreed?",
        max_length=200,
        help_text="For example, memorandum of understanding, signed by both",
        error_messages={"required": "Enter what was agreed"},
    )
    valid_from = PlainDateField(
        label="Since when?",
        called="The first day",
        error_messages={"required": "Enter the first day"},
    )

    def facts(self) -> ArrangementFacts:
        """The arrangement, once the form is valid."""
        return ArrangementFacts(**self.cleaned_data)


class EndForm(NhsForm):
    """The last day of a seat or an arrangement."""

    submit_text = "Save the last day"

    last_day = PlainDateField(
        label="Last day",
        called="The last day",
        error_messages={"required": "Enter the last day"},
    )

    def __init__(
        self, *args: Any, dated: BoardSeat | Arrangement, day: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial={"last_day": day}, **kwargs)
        self.dated = dated
        self.fields["last_day"].latest = day  # type: ignore[attr-defined]

    def clean_last_day(self) -> dt.date:
        """Not before it began."""
        last_day = self.cleaned_data["last_day"]
        if last_day < self.dated.valid_from:
            began = nhs_date(self.dated.valid_from)
            message = f"The last day must be {began} or later, because it began then"
            raise ValidationError(message, code="before_start")
        return last_day
