"""What a reviewer types: the decision, an exception, how a condition was met."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from readiness.actions.decisions import Seen
from readiness.models import CriterionResult, DecisionOutcome
from readiness.rules.deciding import (
    MEANING,
    UNMET,
    ConditionFacts,
    Verdict,
    exception_ends_by,
    refusals,
)
from readiness.rules.states import State
from ui.forms import CleanText, CountedTextarea, NhsForm, PlainDateField, Radios, Textarea
from ui.words import nhs_date, sentence_case

LACKS = {
    State.NOT_MET.value: "is not met",
    State.DISPUTED.value: "is disputed",
    State.NO_DATA.value: "has no data",
}
ROWS, MOST_ROWS = 3, 20
LATEST = dt.timedelta(days=5 * 366)


def needs_reason(result: CriterionResult) -> bool:
    """Whether an agreement has to say why it stands although this is not met."""
    return result.criterion.strength == "must" and result.state in UNMET


def may_be_excepted(result: CriterionResult) -> bool:
    """Whether there is something to let pass; one that is excepted already says so when chosen."""
    return result.state in UNMET or result.state == State.EXCEPTION


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What the page that a form came from was drawn of; hidden in the form."""

    seen: Seen
    rows: int = ROWS


def drawn(data: Mapping[str, str]) -> Drawn:
    """Out of what was sent; junk gives what nobody ever saw, so that it is asked again."""
    key = data.get("form_key", "")
    seen = Seen(
        assessment_id=_number(data.get("assessment", "")),
        number=_number(data.get("number", "")),
        form_key=_key(key),
    )
    rows = min(max(_number(data.get("rows", "")), ROWS), MOST_ROWS)
    return Drawn(seen=seen, rows=rows)


@dataclass(frozen=True, kw_only=True)
class ConditionRow:
    """The three boxes of one condition."""

    number: int
    text: BoundField
    owner: BoundField
    due_on: BoundField


class DecideForm(NhsForm):
    """The decision, a reason for each must that is not met, and conditions.

    The boxes depend on the results that are shown, so the form is made of them.
    """

    outcome = forms.ChoiceField(
        label="What does the board decide?",
        choices=DecisionOutcome.choices,
        widget=Radios(hints=MEANING),
        error_messages={"required": "Choose what the board decides"},
    )
    summary = CleanText(
        label="The decision in a few sentences",
        max_length=2000,
        help_text="It opens the page that the footprint and the LMCs will read.",
        widget=CountedTextarea(limit=2000),
        error_messages={"required": "Enter the decision in a few sentences"},
    )

    def __init__(
        self, *args: Any, results: Sequence[CriterionResult], rows: int, today: dt.date, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.results, self.rows, self.today = results, rows, today
        self.asked = [one for one in results if needs_reason(one)]
        for result in self.asked:
            self._add(f"reason_{result.key}", _reason_field(result))
        for number in range(1, rows + 1):
            for name, field in _condition_fields(number, today).items():
                self._add(name, field)

    def _add(self, name: str, field: forms.Field) -> None:
        """Small labels for boxes that stand under a heading of their own."""
        field.label_size = ""  # type: ignore[attr-defined]
        self.fields[name] = field

    def reason(self, key: str) -> BoundField | None:
        """The box beside a must, where it needs one."""
        name = f"reason_{key}"
        return self[name] if name in self.fields else None

    def condition_rows(self) -> Iterator[ConditionRow]:
        """The boxes of the conditions, row by row."""
        for number in range(1, self.rows + 1):
            names = {
                part: self[f"condition_{number}_{part}"] for part in ("text", "owner", "due_on")
            }
            yield ConditionRow(number=number, **names)

    def verdict(self) -> Verdict:
        """The decision, as far as the form is valid."""
        values = self.cleaned_data
        return Verdict(
            outcome=values.get("outcome", ""),
            summary=values.get("summary", ""),
            reasons={one.key: values.get(f"reason_{one.key}", "") for one in self.asked},
            conditions=list(self._conditions(values)),
        )

    def clean(self) -> dict[str, Any]:
        """What an outcome needs, and that a condition is whole or not there at all."""
        values = super().clean() or self.cleaned_data
        self._refuse_halves(values)
        unmet = [one.key for one in self.asked]
        for name, sentence in refusals(self.verdict(), unmet, today=self.today).items():
            field = "condition_1_text" if name == "conditions" else name
            if field in self.fields and not self.has_error(field):
                self.add_error(field, self._named(name, sentence))
        return values

    def _named(self, name: str, sentence: str) -> str:
        """Which must it is about: the error summary stands far away from the box."""
        about = {f"reason_{one.key}": one for one in self.asked}
        return f"Enter {_although(about[name])}" if name in about else sentence

    def _refuse_halves(self, values: dict[str, Any]) -> None:
        wanted = {
            "text": "Enter what has to be done for condition {}",
            "owner": "Enter who has to meet condition {}",
            "due_on": "Enter by when condition {} has to be met",
        }
        for number in range(1, self.rows + 1):
            names = {part: f"condition_{number}_{part}" for part in wanted}
            typed = any(values.get(name) or self.has_error(name) for name in names.values())
            for part, name in names.items():
                if typed and not values.get(name) and not self.has_error(name):
                    self.add_error(name, wanted[part].format(number))

    def _conditions(self, values: dict[str, Any]) -> Iterator[ConditionFacts]:
        for number in range(1, self.rows + 1):
            parts = {
                part: values.get(f"condition_{number}_{part}")
                for part in ("text", "owner", "due_on")
            }
            if all(parts.values()):
                yield ConditionFacts(**parts)  # type: ignore[arg-type]


class ExceptionForm(NhsForm):
    """A criterion that is let pass: which, why, until when."""

    submit_text = "Grant the exception"

    criterion = forms.ChoiceField(
        label="Which criterion is let pass?",
        widget=forms.Select,
        error_messages={"required": "Choose the criterion"},
    )
    reason = CleanText(
        label="Why is it let pass?",
        max_length=500,
        help_text="It is shown with your name wherever the criterion is.",
        widget=Textarea,
        error_messages={"required": "Enter why the criterion is let pass"},
    )
    expires_on = PlainDateField(
        label="Until when?",
        called="The last day",
        error_messages={"required": "Enter the last day of the exception"},
    )

    def __init__(
        self, *args: Any, results: Sequence[CriterionResult], today: dt.date, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        choices = [(one.key, one.criterion.title) for one in results if may_be_excepted(one)]
        self.fields["criterion"].choices = [("", "Choose a criterion"), *choices]  # type: ignore[attr-defined]
        last, expires_on = exception_ends_by(today), self.fields["expires_on"]
        expires_on.help_text = f"At the latest {nhs_date(last)}, twelve months from today."
        expires_on.earliest, expires_on.latest = today + dt.timedelta(days=1), last  # type: ignore[attr-defined]


class WithdrawForm(NhsForm):
    """Why an exception is taken back."""

    reason = CleanText(
        label="Why is it withdrawn?",
        max_length=300,
        error_messages={"required": "Enter why the exception is withdrawn"},
    )


class MetForm(NhsForm):
    """How a condition was met."""

    submit_text = "Mark as met"

    how = CleanText(
        label="How was it met?",
        max_length=300,
        help_text="For example, the programme director showed the record of twelve visits",
        error_messages={"required": "Enter how the condition was met"},
    )


def _although(result: CriterionResult) -> str:
    """Why the plan can be agreed although “GP breadth” is not met"""
    return f"why the plan can be agreed although “{result.criterion.title}” {LACKS[result.state]}"


def _reason_field(result: CriterionResult) -> CleanText:
    return CleanText(
        label=sentence_case(_although(result)),
        required=False,
        max_length=500,
        widget=Textarea({"rows": 3}),
    )


def _condition_fields(number: int, today: dt.date) -> dict[str, forms.Field]:
    about = f"condition_{number}"
    return {
        f"{about}_text": CleanText(label="What has to be done", required=False, max_length=300),
        f"{about}_owner": CleanText(label="Who has to do it", required=False, max_length=120),
        f"{about}_due_on": PlainDateField(
            label="By when",
            required=False,
            called=f"The due date of condition {number}",
            earliest=today,
            latest=today + LATEST,
        ),
    }


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 12 else 0


def _key(typed: str) -> uuid.UUID:
    try:
        return uuid.UUID(typed)
    except ValueError:
        return uuid.uuid4()
