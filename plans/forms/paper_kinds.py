"""The nine papers of a plan as forms: what is asked of each, and which answers fit one another."""

from collections.abc import Mapping

from django import forms

from plans.forms.consultations import ConsultationForm
from plans.forms.papers import REASON_LIMIT, OneOf, PaperForm, PastDay, yes_or_no
from plans.forms.versions import SharingForm, VersionForm
from plans.models import OpinionKind
from plans.queries import papers as queries
from stakeholders.models import Category
from ui.forms import (
    CleanText,
    CountedTextarea,
    PlainDateField,
    Radios,
    Select,
)

GROUPS = tuple(choice for choice in Category.choices if choice[0] != Category.OTHER)


class OpinionForm(PaperForm):
    """What a Health and Wellbeing Board has to do with the plan."""

    submit_text = "Record the board's part"

    organisation = OneOf(
        label="Health and Wellbeing Board", error_messages={"required": "Choose the board"}
    )
    kind = forms.ChoiceField(
        label="What is its part?",
        choices=OpinionKind.choices,
        widget=Radios(),
        error_messages={"required": "Choose what the board's part is"},
    )
    given_on = PastDay(label="Since when, or given when?", called="the day")
    reference = CleanText(
        label="Where does it say so?",
        max_length=200,
        help_text="For example, minutes of 14 June 2016, item 7",
        error_messages={"required": "Enter where it says so"},
    )

    def prepare(self) -> None:
        """The boards of the footprint."""
        category = Category.HEALTH_AND_WELLBEING_BOARD
        boards = queries.organisations_in(self.plan, day=self.today, of=(category,))
        self.fields["organisation"].offer(boards)  # type: ignore[attr-defined]
        if not boards:
            self.lacking = "The register names no Health and Wellbeing Board in this footprint. An administrator can import them."


class ReasonForm(PaperForm):
    """Why a group that is required was not engaged."""

    submit_text = "Record the reason"

    category = forms.ChoiceField(
        label="Group",
        choices=(("", "Choose one"), *GROUPS),
        widget=Select,
        help_text="It is then accounted for, and still not heard.",
        error_messages={"required": "Choose the group"},
    )
    reason = CleanText(
        label="Why was it not engaged?",
        max_length=REASON_LIMIT,
        widget=CountedTextarea(limit=REASON_LIMIT),
        error_messages={"required": "Enter why it was not engaged"},
    )
    given_on = PastDay(label="When was the reason given?", called="the day of the reason")


class ActivityForm(PaperForm):
    """One line of the engagement plan."""

    submit_text = "Add the activity"
    later = ("done_on",)

    title = CleanText(
        label="What will be done?",
        max_length=160,
        help_text="For example, visit each locality's GP forum",
        error_messages={"required": "Enter what will be done"},
    )
    category = forms.ChoiceField(
        label="With which group? (optional)",
        choices=(("", "No single group"), *GROUPS),
        widget=Select,
        required=False,
    )
    owner = CleanText(
        label="Who sees to it?",
        max_length=120,
        help_text="A role, such as the programme director",
        error_messages={"required": "Enter who sees to it"},
    )
    due_on = PlainDateField(label="Due by", called="the due date")
    done_on = PastDay(
        label="Done on (optional)",
        called="the day on which it was done",
        required=False,
    )


class AdviceForm(PaperForm):
    """A field in which the plan needs specialist advice."""

    submit_text = "Add the field"

    specialty = CleanText(
        label="Field", max_length=80, help_text="For example, psychiatry or maternity care"
    )
    college = OneOf(
        label="Which Royal College speaks for it? (optional)",
        required=False,
        help_text="Without a college the criterion stays open.",
    )
    needed_from = PlainDateField(label="Needed from", called="the first day")

    def prepare(self) -> None:
        """All Royal Colleges: they belong to no footprint."""
        colleges = queries.royal_colleges(day=self.today)
        self.fields["college"].offer(colleges, "Not known yet")  # type: ignore[attr-defined]


class TriageForm(PaperForm):
    """The decision whether a formal consultation is needed."""

    submit_text = "Record the decision"

    formal_needed = yes_or_no(
        "Is a formal consultation needed?",
        required="Choose whether a formal consultation is needed",
    )
    decided_on = PastDay(label="When was it decided?", called="the day of the decision")
    decided_by = CleanText(
        label="Who decided?",
        max_length=120,
        help_text="A body or a role, such as the programme board",
        error_messages={"required": "Enter who decided"},
    )
    reason = CleanText(
        label="Why?",
        max_length=REASON_LIMIT,
        widget=CountedTextarea(limit=REASON_LIMIT),
        error_messages={"required": "Enter why it was decided so"},
    )


class CommitmentForm(PaperForm):
    """Something promised to general practice."""

    submit_text = "Add the commitment"
    later = ("done_on",)

    text = CleanText(
        label="What was promised?",
        max_length=REASON_LIMIT,
        widget=CountedTextarea(limit=REASON_LIMIT),
        error_messages={"required": "Enter what was promised"},
    )
    organisation = OneOf(label="To whom? (optional)", required=False)
    owner = CleanText(
        label="Who keeps it?",
        max_length=120,
        help_text="A role, such as the programme director",
        error_messages={"required": "Enter who keeps it"},
    )
    made_on = PastDay(label="When was it made?", called="the day on which it was made")
    due_on = PlainDateField(label="Due by", called="the due date")
    done_on = PastDay(
        label="Kept on (optional)",
        called="the day on which it was kept",
        required=False,
    )

    def prepare(self) -> None:
        """The bodies of general practice in the footprint."""
        bodies = queries.organisations_in(self.plan, day=self.today, of=queries.OF_GENERAL_PRACTICE)
        self.fields["organisation"].offer(bodies, "General practice as a whole")  # type: ignore[attr-defined]

    def check(self) -> None:
        """Nothing is due or kept before it was promised."""
        for name in ("due_on", "done_on"):
            self.not_before(name, "made_on", "it was made")


FORMS: Mapping[str, type[PaperForm]] = {
    "version": VersionForm,
    "sharing": SharingForm,
    "opinion": OpinionForm,
    "reason": ReasonForm,
    "activity": ActivityForm,
    "advice": AdviceForm,
    "triage": TriageForm,
    "consultation": ConsultationForm,
    "commitment": CommitmentForm,
}
"""The form of each kind of paper (``plans.queries.papers.MODELS``)."""
