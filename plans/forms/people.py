"""What an administrator types about people: who they are, what they may do, where and how long."""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest

from accounts.fields import EmailAddressField, NameField
from accounts.roles import Role
from accounts.rules.grants import Period
from plans.actions.grants import Scope
from plans.forms.seats import OrganisationField
from plans.models import Footprint, Region
from plans.queries.people import NO_ROLE, PeopleFilters, area_named
from ui import query
from ui.forms import CleanText, CountedTextarea, NhsForm, PlainDateField, Radios, Select
from ui.words import sentence_case

ROLES = [(role.value, sentence_case(role.label)) for role in Role]
ROLE_HINTS: dict[str, str] = {
    Role.MANAGER: "Logs engagement and keeps the record of footprints",
    Role.REVIEWER: "Reads every plan and decides on it",
    Role.REPRESENTATIVE: "Reads what is logged in the name of an organisation, and answers it",
    Role.ADMINISTRATOR: "Lets people in, and keeps the register and the criteria",
}
STATES = {"": "Active and suspended", "active": "Active", "suspended": "Suspended"}
LAST_DAY_FAR = dt.date(2099, 12, 31)


class PeopleForm(NhsForm):
    """The filters of the list."""

    q = forms.CharField(label="Name or email address", required=False)
    role = forms.ChoiceField(
        label="Role", choices=[("", "Every role"), *ROLES, (NO_ROLE, "No role")], required=False
    )
    state = forms.ChoiceField(label="State", choices=STATES.items(), required=False)


def read_filters(request: HttpRequest) -> tuple[PeopleFilters, list[str]]:
    """What was asked for, as it can be used, and what was wrong with it in sentences."""
    answers = {
        "words": query.text(request, "q", max_length=100),
        "role": query.choice(request, "role", [*Role, NO_ROLE]),
        "state": query.choice(request, "state", ("active", "suspended")),
    }
    filters = PeopleFilters(**{name: answer.value for name, answer in answers.items()})
    return filters, [answer.problem for answer in answers.values() if answer.problem]


def form_of(filters: PeopleFilters) -> PeopleForm:
    """The form, showing what was asked for."""
    asked = {"q": filters.words, "role": filters.role, "state": filters.state}
    return PeopleForm(initial=asked)


class ReasonForm(NhsForm):
    """Why something is done to somebody's access."""

    reason = CleanText(
        label="Why?",
        max_length=300,
        widget=CountedTextarea(limit=300),
        help_text="Kept in the history, with your name.",
        error_messages={"required": "Enter why"},
    )


class _PeriodForm(ReasonForm):
    """From when to when, and why. Whether the days will do is for the action to say."""

    valid_from = PlainDateField(
        label="First day",
        called="The first day",
        latest=LAST_DAY_FAR,
        error_messages={"required": "Enter the first day"},
    )
    valid_to = PlainDateField(
        label="Last day (optional)",
        called="The last day",
        latest=LAST_DAY_FAR,
        required=False,
        help_text="Leave it empty if it has no end. For example, 31 March 2027",
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        initial = {"valid_from": today, **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)

    def period(self) -> Period:
        """The days, once the form is valid."""
        return Period(first=self.cleaned_data["valid_from"], last=self.cleaned_data["valid_to"])


class RoleForm(_PeriodForm):
    """What somebody may do."""

    submit_text = "Give the role"

    role = forms.ChoiceField(
        label="Role",
        choices=ROLES,
        widget=Radios(hints=ROLE_HINTS),
        error_messages={"required": "Choose a role"},
    )
    field_order = ("role", "valid_from", "valid_to", "reason")


class AreaForm(_PeriodForm):
    """Where a manager may write."""

    submit_text = "Give the area"

    area = forms.ChoiceField(
        label="Where?", widget=Select, error_messages={"required": "Choose a footprint or a region"}
    )
    field_order = ("area", "valid_from", "valid_to", "reason")

    def __init__(
        self, *args: Any, areas: tuple[list[Region], list[Footprint]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = area_choices(areas)  # type: ignore[attr-defined]


class OrganisationForm(_PeriodForm):
    """For whom somebody answers."""

    submit_text = "Let them answer for it"

    organisation = OrganisationField(
        label="Organisation",
        error_messages={"required": "Enter the organisation's code or name"},
    )
    field_order = ("organisation", "valid_from", "valid_to", "reason")

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["organisation"].day = today  # type: ignore[attr-defined]


class PersonForm(_PeriodForm):
    """Somebody new: who they are, one role and where it holds."""

    submit_text = "Add and send the link"

    name = NameField(error_messages={"required": "Enter the person's full name"})
    email = EmailAddressField(
        help_text="They sign in with it. A link to choose a password is sent there.",
        error_messages={"required": "Enter the person's email address"},
    )
    role = forms.ChoiceField(
        label="Role",
        choices=ROLES,
        widget=Radios(
            hints=ROLE_HINTS,
            reveals={Role.MANAGER: "area", Role.REPRESENTATIVE: "organisation"},
        ),
        error_messages={"required": "Choose a role"},
    )
    area = forms.ChoiceField(label="Where?", widget=Select, required=False)
    organisation = OrganisationField(label="For which organisation?", required=False)
    field_order = (
        "name", "email", "role", "area", "organisation", "valid_from", "valid_to", "reason",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        today: dt.date,
        areas: tuple[list[Region], list[Footprint]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["area"].choices = area_choices(areas)  # type: ignore[attr-defined]
        self.fields["organisation"].day = today  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A manager needs an area, a representative an organisation."""
        given = super().clean() or {}
        for role, field, sentence in (
            (Role.MANAGER, "area", "Choose a footprint or a region"),
            (Role.REPRESENTATIVE, "organisation", "Enter the organisation's code or name"),
        ):
            if given.get("role") != role:
                self.errors.pop(field, None)  # it is not in sight
            elif field not in self.errors and not given.get(field):
                self.add_error(field, sentence)
        return given

    def scope(self) -> Scope:
        """Where the role holds, once the form is valid; what another role would need is left out."""
        given = self.cleaned_data
        if given["role"] == Role.MANAGER:
            area = area_named(given["area"])
            code = (area.code,) if area else ()
            return Scope(regions=code) if isinstance(area, Region) else Scope(footprints=code)
        if given["role"] == Role.REPRESENTATIVE:
            return Scope(organisations=(given["organisation"].code,))
        return Scope()


NOW, ON_DAY, NEVER = "now", "on_day", "never"


class EndForm(ReasonForm):
    """When something that is held ends."""

    submit_text = "Save the end"

    ending = forms.ChoiceField(
        label="When does it end?",
        choices=[(NOW, "Now"), (ON_DAY, "At the end of a day"), (NEVER, "It has no end")],
        widget=Radios(
            hints={NOW: "With the person's next click, also in the middle of a form"},
            reveals={ON_DAY: "valid_to"},
        ),
        error_messages={"required": "Choose when it ends"},
    )
    valid_to = PlainDateField(
        label="Last day", called="The last day", latest=LAST_DAY_FAR, required=False
    )
    field_order = ("ending", "valid_to", "reason")

    def clean(self) -> dict[str, Any]:
        """A day, where one was announced."""
        given = super().clean() or {}
        if given.get("ending") != ON_DAY:
            self.errors.pop("valid_to", None)  # it is not in sight
        elif "valid_to" not in self.errors and not given.get("valid_to"):
            self.add_error("valid_to", "Enter the last day")
        return given

    @property
    def ends_now(self) -> bool:
        """Whether it ends at once."""
        return self.cleaned_data["ending"] == NOW

    @property
    def last_day(self) -> dt.date | None:
        """The last day; None for no end."""
        is_dated = self.cleaned_data["ending"] == ON_DAY
        return self.cleaned_data["valid_to"] if is_dated else None


def area_choices(areas: tuple[list[Region], list[Footprint]]) -> list[tuple[str, Any]]:
    """Regions, then footprints, under a heading each."""
    regions, footprints = areas
    return [
        ("", "Choose one"),
        ("Every footprint of a region", [(f"region:{one.code}", one.name) for one in regions]),
        ("One footprint", [(f"footprint:{one.code}", _footprint(one)) for one in footprints]),
    ]


def _footprint(one: Footprint) -> str:
    return f"{one.name} ({one.get_kind_display().lower()}, {one.code})"
