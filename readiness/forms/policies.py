"""What is typed about a policy: its day, its reasons, and each criterion's words and thresholds."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from readiness.models import Criterion, Policy, Strength, Subject
from readiness.rules.catalogue import CRITERIA, MAXIMUM, SHARES, thresholds
from readiness.rules.flags import URGENCY_DAYS, flag_days_problem
from readiness.rules.wording import GROUP_NAMES
from stakeholders.models import Category
from ui.forms import Checkboxes, CleanText, NhsForm, PlainDateField, Radios, Select, Text, Textarea
from ui.words import nhs_date, sentence_case

THRESHOLD = "threshold_"
"""Before the name of a parameter, so that none is taken for a field of the criterion."""

LATEST = dt.timedelta(days=5 * 366)
FARTHEST = dt.date(2099, 12, 31)
"""A review may lie years ahead."""


class _Dated(NhsForm):
    """A form that says from which day on a policy is in force."""

    effective_from = PlainDateField(
        label="From which day is it in force?",
        called="The day from which it is in force",
        error_messages={"required": "Enter the day from which it is in force"},
    )
    note = CleanText(
        label="Why is it changed?",
        max_length=500,
        widget=Textarea,
        help_text="Who approves it reads this first, and so does anybody who asks later",
        error_messages={"required": "Enter why the policy is changed"},
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_effective_from(self) -> dt.date:
        """Today or later: what was judged stays judged."""
        day = self.cleaned_data["effective_from"]
        if not self.today <= day <= self.today + LATEST:
            message = (
                f"The day must be {nhs_date(self.today)} or later: what was assessed before stays"
                " as it was"
            )
            raise ValidationError(message, code="past")
        return day


class NewPolicyForm(_Dated):
    """From which version a new one starts."""

    submit_text = "Start a new version"

    based_on = forms.ModelChoiceField(
        queryset=Policy.objects.none(),
        label="Which policy is changed?",
        widget=Select,
        empty_label="Choose a policy",
        error_messages={"required": "Choose the policy that is changed"},
    )
    field_order = ("based_on", "effective_from", "note")

    def __init__(self, *args: Any, policies: QuerySet[Policy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["based_on"].queryset = policies  # type: ignore[attr-defined]


class PolicyForm(_Dated):
    """The facts of a draft."""

    submit_text = "Save"

    flag_days = CleanText(
        label="Days before submission at which a flag rises",
        max_length=40,
        help_text=f"{len(URGENCY_DAYS)} numbers, the largest first, such as 60, 30, 14",
        widget=Text(width=10),
        error_messages={"required": "Enter the days at which a flag rises, such as 60, 30, 14"},
    )
    field_order = ("effective_from", "flag_days", "note")

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        standing = {
            "effective_from": policy.effective_from,
            "flag_days": ", ".join(map(str, policy.flag_days)),
            "note": policy.note,
        }
        super().__init__(*args, initial=standing, **kwargs)

    def clean_flag_days(self) -> list[int]:
        """Whole numbers that fall."""
        parts = self.cleaned_data["flag_days"].replace(",", " ").split()
        if not all(part.isascii() and part.isdigit() for part in parts):
            message = "Enter whole numbers with commas between them, such as 60, 30, 14"
            raise ValidationError(message, code="numbers")
        days = [int(part[:6]) for part in parts]
        if problem := flag_days_problem(days):
            raise ValidationError(problem, code="days")
        return days


class CriterionForm(NhsForm):
    """One criterion of a draft; a field for each threshold that its rule knows."""

    submit_text = "Save the criterion"

    title = CleanText(label="Title", max_length=80)
    short_title = CleanText(
        label="Short title", max_length=24, help_text="It heads a column of the board"
    )
    strength = forms.ChoiceField(
        label="How strong is it?",
        choices=Strength.choices,
        widget=Radios(
            hints={
                "must": "A plan is not ready while it is not met",
                "should": "It is shown and does not hold a plan back",
            }
        ),
    )
    why = CleanText(label="Why it matters", max_length=400, widget=Textarea)
    definition = CleanText(label="What is counted", max_length=500, widget=Textarea)
    target = CleanText(label="Target, in words", max_length=200)
    source = CleanText(
        label="Source", max_length=300, widget=Textarea, help_text="Who said it, where and when"
    )
    official_threshold = forms.ChoiceField(
        label="Where does the number come from?",
        choices=(("no", "It is a choice of ours"), ("yes", "An official body set it")),
        widget=Radios(),
    )
    author = CleanText(label="Author", max_length=80)
    checker = CleanText(
        label="Checked by (optional)",
        max_length=80,
        required=False,
        help_text="A second person who agrees with the definition and the number",
    )
    last_reviewed_on = PlainDateField(
        label="Last reviewed (optional)", called="The last review", required=False, latest=FARTHEST
    )
    review_on = PlainDateField(label="Next review", called="The next review", latest=FARTHEST)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, criterion: Criterion, seen: str, **kwargs: Any) -> None:
        self.criterion = criterion
        used = {**CRITERIA[criterion.key].defaults, **criterion.parameters}
        words = {name: getattr(criterion, name) for name in self.base_fields if name != "seen"}
        words["official_threshold"] = "yes" if criterion.official_threshold else "no"
        values = {f"{THRESHOLD}{name}": value for name, value in used.items()}
        # Before the form is built, so that these fields speak in sentences as the others do.
        asked = {f"{THRESHOLD}{name}": _threshold_field(name, used[name]) for name in used}
        self.base_fields = {**type(self).base_fields, **asked}  # type: ignore[misc]
        super().__init__(*args, initial={**words, **values, "seen": seen}, **kwargs)
        last = ("author", "checker", "last_reviewed_on", "review_on", "seen")
        self.order_fields([name for name in self.fields if name not in last] + list(last))

    def clean(self) -> dict[str, Any]:
        """Thresholds that the rule can use."""
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                thresholds(self.criterion.key, self.parameters())
            except ValueError as problem:
                raise ValidationError(str(problem), code="thresholds") from problem
        return cleaned

    def parameters(self) -> dict[str, Any]:
        """The thresholds by name, once the form is valid."""
        return {
            name.removeprefix(THRESHOLD): value
            for name, value in self.cleaned_data.items()
            if name.startswith(THRESHOLD)
        }

    def only_numbers_moved(self) -> bool:
        """Whether a threshold is another one while the target in words is as it was."""
        moved = set(self.changed_data)
        return "target" not in moved and any(name.startswith(THRESHOLD) for name in moved)

    def values(self) -> dict[str, Any]:
        """What is to be written, once the form is valid."""
        plain = {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "seen" and not name.startswith(THRESHOLD)
        }
        plain["official_threshold"] = plain["official_threshold"] == "yes"
        return {**plain, "parameters": self.parameters()}


class SendBackForm(NhsForm):
    """Why a proposed policy is not approved as it is."""

    reason = CleanText(
        label="What has to change?",
        max_length=500,
        widget=Textarea,
        error_messages={"required": "Enter what has to change"},
    )


class PreviewForm(NhsForm):
    """The day on which a draft is tried."""

    as_at = PlainDateField(label="On which day?", called="The day", required=False)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_at"].latest = today  # type: ignore[attr-defined]


def _threshold_field(name: str, value: Any) -> forms.Field:
    label = sentence_case(name.replace("_", " "))
    if isinstance(value, int):
        most = 100 if name in SHARES else MAXIMUM
        return forms.IntegerField(
            label=f"Threshold: {label.lower()}", min_value=0, max_value=most, widget=Text(width=5)
        )
    return forms.MultipleChoiceField(
        label=f"Threshold: {label.lower()}",
        choices=_options(value),
        widget=Checkboxes(small=True),
        error_messages={"required": f"Choose one or more {label.lower()}"},
    )


def _options(value: Any) -> list[tuple[str, str]]:
    """What a list may hold: subjects of a judgement where it holds some, else categories."""
    known: Mapping[str, str] = dict(Subject.choices)
    if not set(value) <= set(known):
        known = dict(Category.choices)
    return [(key, GROUP_NAMES.get(key, words)) for key, words in known.items()]
