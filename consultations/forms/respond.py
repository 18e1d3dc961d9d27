"""The public form: the questions of the consultation, and what a sender says of themselves."""

import re
import uuid
from collections.abc import Container, Iterable, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from consultations.actions.responses import Said
from consultations.models import Group, Question, QuestionKind, RespondentKind
from consultations.rules.groups import group_of
from consultations.rules.surveys import ANSWER_LENGTH, SCALE, wording
from stakeholders.models import Organisation
from ui.forms import CleanText, NhsForm, Radios, Text, Textarea, speak
from ui.keys import FormKey

GROUPS = (
    *((one.value, one.label) for one in Group if one != Group.UNKNOWN),
    (Group.UNKNOWN.value, "I would rather not say"),
)
SCALE_LABELS = {SCALE[0]: f"{SCALE[0]} (lowest)", SCALE[-1]: f"{SCALE[-1]} (highest)"}
NOBODY = "Answer one question at least"
CHANGED = "A question was changed since you began. Look at your answers once more, then go on"

TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the direction of writing: in a name they only hide what it says."""


class PlainName(CleanText):
    """A name, without characters that turn the direction of writing."""

    def to_python(self, value: object) -> str:
        """The name as it reads."""
        return TURNING.sub("", super().to_python(value)).strip()


class RespondForm(NhsForm):
    """The whole form. ``own``: organisations for which who is signed in may answer.

    ``saving``: what was typed so far is kept, so nothing is required yet.
    """

    submit_text = "Check your answers"

    kind = forms.ChoiceField(
        label="Do you answer for yourself or for an organisation?",
        error_messages={
            "required": "Choose whether you answer for yourself or for an organisation"
        },
    )
    organisation_name = PlainName(
        label="Name of the organisation",
        required=False,
        max_length=200,
        widget=Text({"autocomplete": "organization"}),
    )
    group = forms.ChoiceField(
        label="What are you, or what is the organisation?",
        choices=GROUPS,
        widget=Radios,
        required=False,
        help_text="So that it can be said who was heard",
    )
    name = PlainName(
        label="Your name (optional)",
        required=False,
        max_length=120,
        widget=Text({"autocomplete": "name"}),
        help_text="It is never published",
    )
    email = forms.EmailField(
        label="Your email address (optional)",
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        help_text="Only if you want to be told by email what becomes of your answer",
        error_messages={
            "invalid": "Enter an email address in the correct format, like name@example.com",
            "max_length": "Enter an email address of 254 characters or fewer",
        },
    )
    form_key = FormKey()
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Question],
        own: Sequence[Organisation] = (),
        saving: bool = False,
        **kwargs: Any,
    ) -> None:
        self.own = {f"own-{one.pk}": one for one in own}
        self.questions = {f"q{one.pk}": one for one in questions}
        super().__init__(*args, **kwargs)
        self.wording = wording((one.text, one.kind, one.choices) for one in questions)
        self.fields["seen"].initial = self.wording
        asked = {name: question_field(one) for name, one in self.questions.items()}
        self.fields = {**asked, **self.fields}
        for name, field in asked.items():
            speak(field, str(field.label))
            self.fields[name].label_size = "m"  # type: ignore[attr-defined]  # read by the template pack
        kind = self.fields["kind"]
        kind.widget = Radios(reveals={RespondentKind.ORGANISATION: "organisation_name"})
        kind.choices = [  # type: ignore[attr-defined]
            *((key, f"For {one.name}") for key, one in self.own.items()),
            (RespondentKind.INDIVIDUAL.value, RespondentKind.INDIVIDUAL.label),
            (
                RespondentKind.ORGANISATION.value,
                "For another organisation" if own else RespondentKind.ORGANISATION.label,
            ),
        ]
        if saving:
            for field in self.fields.values():
                field.required = False
        self.saving = saving

    def clean(self) -> dict[str, Any]:
        """An organisation has a name, everybody but one of the register says what they are, and
        something is answered."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.saving:
            return cleaned
        if cleaned.get("seen", self.wording) not in {"", self.wording}:
            self.add_error(None, CHANGED)
            self.data = {**{name: self.data[name] for name in self.data}, "seen": self.wording}
        kind = cleaned.get("kind")
        is_organisation = kind == RespondentKind.ORGANISATION
        if is_organisation and self._lacks("organisation_name", cleaned):
            self.add_error("organisation_name", "Enter the name of the organisation")
        if kind not in self.own and self._lacks("group", cleaned):
            what = "the organisation is" if is_organisation else "you are"
            self.add_error("group", f"Choose what {what}, or that you would rather not say")
        wrong = [name for name in self.questions if name in self.errors]
        if self.questions and not wrong and not self.answers(cleaned):
            self.add_error(next(iter(self.questions)), NOBODY)
        return cleaned

    def _lacks(self, name: str, cleaned: dict[str, Any]) -> bool:
        return not cleaned.get(name) and name not in self.errors

    def answers(self, cleaned: dict[str, Any] | None = None) -> list[Said]:
        """What was said to each question that was answered."""
        values = self.cleaned_data if cleaned is None else cleaned
        found = []
        for name, question in self.questions.items():
            value = values.get(name, "")
            if value:
                words = "text" if question.kind == QuestionKind.TEXT else "choice"
                found.append(Said(question_id=question.pk, **{words: value}))
        return found

    @property
    def asked(self) -> list[BoundField]:
        """The fields of the questions, in their order."""
        return [self[name] for name in self.questions]

    @property
    def about_you(self) -> list[BoundField]:
        """The other fields; the name of the organisation is drawn under its choice."""
        revealed = {"organisation_name"}
        return [self[name] for name in self.fields if name not in {*self.questions, *revealed}]

    @property
    def organisation(self) -> Organisation | None:
        """The organisation of the register for which the signed-in sender answers."""
        return self.own.get(self.cleaned_data.get("kind", ""))

    def sender(self) -> dict[str, Any]:
        """What they say of themselves, by the names of ``Sent``."""
        said, ours = self.cleaned_data, self.organisation
        if ours is not None:
            return {
                "kind": RespondentKind.ORGANISATION,
                "group": group_of(ours.category),
                "organisation": ours,
                "organisation_name": ours.name,
                "name": said["name"],
                "email": said["email"],
                "wants_news": True,
            }
        is_organisation = said["kind"] == RespondentKind.ORGANISATION
        return {
            "kind": said["kind"],
            "group": said["group"],
            "organisation_name": said["organisation_name"] if is_organisation else "",
            "name": said["name"],
            "email": said["email"],
            "wants_news": bool(said["email"]),
        }

    def typed(self) -> dict[str, str]:
        """Everything that was typed, to be shown or kept: as it came, by the name of its field."""
        known = (*self.fields, "form_key")
        return {name: str(self.data[name]) for name in known if self.data.get(name)}

    @property
    def key(self) -> uuid.UUID:
        """The key that makes the form, sent twice, one response."""
        found: uuid.UUID = self.cleaned_data["form_key"]
        return found


def questions_to_show(questions: Iterable[Question], typed: Container[str]) -> list[Question]:
    """What is asked, and what was withdrawn after somebody had begun to answer it: ``typed`` are
    the names of the fields that came. Nobody has to answer what is asked no more."""
    shown = []
    for one in questions:
        if one.withdrawn_at is not None:
            if f"q{one.pk}" not in typed:
                continue
            one.is_required = False
        shown.append(one)
    return shown


def question_field(question: Question, *, limit: int = ANSWER_LENGTH) -> forms.Field:
    """The field in which a question is answered."""
    label = question.text if question.is_required else f"{question.text} (optional)"
    if question.kind == QuestionKind.TEXT:
        return CleanText(
            label=label,
            help_text=question.hint,
            required=question.is_required,
            max_length=limit,
            widget=Textarea,
            error_messages={"required": f"Answer “{question.text}”"},
        )
    return forms.ChoiceField(
        label=label,
        help_text=question.hint,
        required=question.is_required,
        choices=_choices(question),
        widget=Radios,
        error_messages={
            "required": f"Choose an answer to “{question.text}”",
            "invalid_choice": f"Choose one of the answers listed to “{question.text}”",
        },
    )


def _choices(question: Question) -> Iterable[tuple[str, str]]:
    if question.kind == QuestionKind.SCALE:
        return [(one, SCALE_LABELS.get(one, one)) for one in SCALE]
    return [(one, one) for one in question.choices]
