"""A response that came by e-mail or on paper, as staff type it in."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from consultations.actions.responses import Said, Sent
from consultations.forms.respond import GROUPS, NOBODY, PlainName, question_field
from consultations.models import Group, Question, QuestionKind, RespondentKind, Route
from consultations.rules.surveys import TYPED_LENGTH
from plans.models import Consultation
from ui.forms import Checkboxes, NhsForm, PlainDateField, Radios, Select, Text, speak
from ui.keys import FormKey
from ui.words import nhs_date

ROUTES = ((Route.EMAIL.value, "By email"), (Route.PAPER.value, "On paper"))
NEWS = "news"


class TypedForm(NhsForm):
    """What came, how, when and from whom; then what it says to each question."""

    route = forms.ChoiceField(label="How did it come?", choices=ROUTES, widget=Radios(inline=True))
    received_on = PlainDateField(
        label="When did it arrive?",
        called="the day it arrived",
        error_messages={"required": "Enter the day on which it arrived"},
    )
    kind = forms.ChoiceField(
        label="Who answers?",
        choices=(
            (RespondentKind.INDIVIDUAL.value, "Somebody for themselves"),
            (RespondentKind.ORGANISATION.value, "An organisation"),
        ),
        widget=Radios(reveals={RespondentKind.ORGANISATION: "organisation_name"}),
        error_messages={"required": "Choose who answers"},
    )
    organisation_name = PlainName(
        label="Name of the organisation",
        required=False,
        max_length=200,
        widget=Text,
        help_text="As it stands in the response. It is matched with the register afterwards",
    )
    group = forms.ChoiceField(
        label="What are they?",
        choices=((Group.UNKNOWN.value, Group.UNKNOWN.label), *GROUPS[:-1]),
        widget=Select,
    )
    name = PlainName(
        label="Name of who signed it (optional)",
        required=False,
        max_length=120,
        widget=Text,
        help_text="A further response of the same name or email address is marked as a repeat",
    )
    email = forms.EmailField(
        label="Their email address (optional)",
        required=False,
        max_length=254,
        widget=forms.EmailInput,
        error_messages={
            "invalid": "Enter an email address in the correct format, like name@example.com",
            "max_length": "Enter an email address of 254 characters or fewer",
        },
    )
    news = forms.MultipleChoiceField(
        label="Do they want to be told what becomes of it? (optional)",
        required=False,
        choices=((NEWS, "Yes, by email: send them the address of their receipt"),),
        widget=Checkboxes(small=True),
    )
    form_key = FormKey()

    def __init__(
        self,
        *args: Any,
        consultation: Consultation,
        questions: Sequence[Question],
        today: dt.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.consultation, self.today = consultation, today
        self.questions = {f"q{one.pk}": one for one in questions}
        for name, one in self.questions.items():
            field = question_field(one, limit=TYPED_LENGTH)
            field.required, field.label = False, f"{one.number}. {one.text}"
            speak(field, one.text)
            field.label_size = self.label_size  # type: ignore[attr-defined]  # read by the template pack
            self.fields[name] = field

    @property
    def about(self) -> list[BoundField]:
        """Who sent it, how and when."""
        hidden = {"organisation_name", *self.questions}
        return [self[name] for name in self.fields if name not in hidden]

    @property
    def asked(self) -> list[BoundField]:
        """What it says."""
        return [self[name] for name in self.questions]

    def clean_received_on(self) -> dt.date:
        """Neither before the consultation opened nor in the future."""
        day: dt.date = self.cleaned_data["received_on"]
        if day > self.today:
            raise forms.ValidationError("The day it arrived must be today or earlier")
        if day < self.consultation.opens_on:
            first = nhs_date(self.consultation.opens_on)
            message = f"The consultation opened on {first}, so it must have arrived then or later"
            raise forms.ValidationError(message)
        return day

    def clean(self) -> dict[str, Any]:
        """An organisation has a name, news need an address, and something is said."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") == RespondentKind.ORGANISATION and self._lacks("organisation_name"):
            self.add_error("organisation_name", "Enter the name of the organisation")
        if NEWS in cleaned.get("news", ()) and self._lacks("email"):
            self.add_error("email", "Enter the email address to which the news are sent")
        wrong = [name for name in self.questions if name in self.errors]
        if self.questions and not wrong and not self._said():
            self.add_error(next(iter(self.questions)), NOBODY)
        return cleaned

    def sent(self) -> Sent:
        """The response as it came."""
        said = self.cleaned_data
        is_organisation = said["kind"] == RespondentKind.ORGANISATION
        return Sent(
            route=said["route"],
            received_on=said["received_on"],
            form_key=said["form_key"],
            answers=self._said(),
            kind=said["kind"],
            group=said["group"],
            organisation_name=said["organisation_name"] if is_organisation else "",
            name=said["name"],
            email=said["email"],
            wants_news=NEWS in said["news"],
        )

    def _said(self) -> list[Said]:
        found = []
        for name, question in self.questions.items():
            if value := self.cleaned_data.get(name, ""):
                words = "text" if question.kind == QuestionKind.TEXT else "choice"
                found.append(Said(question_id=question.pk, **{words: value}))
        return found

    def _lacks(self, name: str) -> bool:
        return not self.cleaned_data.get(name) and name not in self.errors
