"""The base of the forms by which a manager records what a plan has on paper.

The same form records a paper and brings it up to date later; then it asks only what may move
(``later``), and refuses to write over what somebody else changed since the page was drawn.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from plans.models import Plan, RecordedModel
from stakeholders.models import Category, Organisation
from ui.forms import CleanText, CountedTextarea, NhsForm, PlainDateField, Radios, Select
from ui.words import nhs_date, sentence_case

REASON_LIMIT = 300
CHANGED_MEANWHILE = (
    "Somebody else changed this after you opened it. Nothing was saved. Look at it in another"
    " window, check what you typed here, and save again"
)


class PaperForm(NhsForm):
    """A paper of one kind. Fields are named as in the model, or ``facts`` says otherwise."""

    later: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self,
        *args: Any,
        plan: Plan,
        today: dt.date,
        paper: RecordedModel | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.plan, self.today, self.paper = plan, today, paper
        self.lacking = ""
        for field in self.fields.values():
            if isinstance(field, PastDay):
                field.latest = today
        if paper is None:
            self.prepare()
        else:
            self._ask_only(self.later_of(paper))

    def later_of(self, paper: Any) -> tuple[str, ...]:
        """The fields of this paper that may still move."""
        return self.later

    def told(self, name: str) -> Any:
        """What the paper says in a field, as an answer to it would be read."""
        return getattr(self.paper, name)

    @property
    def helper(self) -> FormHelper:
        """Another word on the button where something is only brought up to date."""
        helper = super().helper
        if self.paper is not None:
            helper.submit_text = "Save"
        return helper

    def prepare(self) -> None:
        """Offer what the plan has. Where there is nothing to offer, ``lacking`` says what to do."""

    def check(self) -> None:
        """Whether the answers fit one another; errors go to their fields."""

    def facts(self) -> list[dict[str, Any]]:
        """What was typed as rows of the model, once the form is valid."""
        return [{name: self.cleaned_data[name] for name in self.fields if name != "seen"}]

    def clean(self) -> dict[str, Any]:
        """Answers that fit one another and, of a paper that is there, what the page had shown."""
        values = super().clean() or self.cleaned_data
        self.check()
        if self.paper is not None and not self.errors:
            self._refuse_to_write_over(values["seen"])
        return values

    def answer(self, name: str) -> Any:
        """What is typed in a field, or what the paper says where the field is not asked."""
        if name in self.fields:
            return self.cleaned_data.get(name)
        return getattr(self.paper, name, None)

    def not_before(self, name: str, first: str, because: str) -> None:
        """The day in ``name`` may not lie before that in ``first``, ``because`` of what happened then."""
        day, earliest = self.answer(name), self.answer(first)
        if day and earliest and day < earliest and name in self.fields:
            called = sentence_case(self.fields[name].called)  # type: ignore[attr-defined]
            message = f"{called} must be {nhs_date(earliest)} or later, because {because} then"
            self.add_error(name, ValidationError(message, code="order"))

    def _ask_only(self, names: tuple[str, ...]) -> None:
        self.fields = {name: self.fields[name] for name in names}
        self.initial = {**self.initial, **{name: _as_asked(self.told(name)) for name in names}}
        self.fields["seen"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=self._mark(names)
        )

    def _refuse_to_write_over(self, seen: str) -> None:
        asked = [name for name in self.fields if name != "seen"]
        now = self._mark(asked)
        moved = any(self.cleaned_data[name] != self.told(name) for name in asked)
        if moved and seen != now:
            self.data = {name: self.data.get(name) for name in self.data} | {"seen": now}
            raise ValidationError(CHANGED_MEANWHILE, code="changed")

    def _mark(self, names: Iterable[str]) -> str:
        """A short text that changes whenever one of these fields does."""
        told = "|".join(str(self.told(name)) for name in names)
        return hashlib.sha256(told.encode()).hexdigest()[:16]


class PastDay(PlainDateField):
    """A day that has come: a paper form sets its last day to today."""


class WithdrawForm(NhsForm):
    """Why a paper was wrong."""

    reason = CleanText(
        label="Why is it withdrawn?",
        max_length=REASON_LIMIT,
        widget=CountedTextarea(limit=REASON_LIMIT),
        help_text="For example, recorded for the wrong plan",
        error_messages={"required": "Enter why it is withdrawn"},
    )


class OneOf(forms.ChoiceField):
    """One organisation of those given to ``offer``: its row, or None where none was chosen."""

    widget = Select

    def offer(self, organisations: Iterable[Organisation], nothing: str = "Choose one") -> None:
        """Among whom to choose; those of several categories are grouped."""
        self.by_code = {one.code: one for one in organisations}
        groups: dict[str, list[tuple[str, str]]] = {}
        for one in self.by_code.values():
            groups.setdefault(Category(one.category).label, []).append((one.code, one.name))
        listed = list(groups.items()) if len(groups) > 1 else [*groups.values(), []][0]
        self.choices = [("", nothing), *listed]

    def clean(self, value: Any) -> Organisation | None:
        """The organisation; a code that was not offered is refused."""
        return self.by_code.get(super().clean(value))


def _as_asked(value: Any) -> Any:
    """A value of the model as a field begins with it: ``yes_or_no`` speaks in words."""
    return ("yes" if value else "no") if isinstance(value, bool) else value


def yes_or_no(
    label: str,
    *,
    required: str,
    answers: tuple[str, str] = ("Yes", "No"),
    hints: Mapping[str, str] | None = None,
    help_text: str = "",
) -> forms.TypedChoiceField:
    """A question that has to be answered, as True or False."""
    return forms.TypedChoiceField(
        label=label,
        choices=tuple(zip(("yes", "no"), answers, strict=True)),
        coerce=lambda value: value == "yes",
        widget=Radios(hints=hints, inline=not hints),
        help_text=help_text,
        error_messages={"required": required},
    )
