"""A version of a plan as a form, and who was shown it."""

import datetime as dt
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField

from files.actions import FileRefused, store
from files.fields import DOCUMENT_KINDS, DOCUMENT_LIMIT, DocumentFile
from files.rules.names import shown_name
from plans.forms.papers import PaperForm, PastDay, yes_or_no
from plans.forms.plan_text import PlanText
from plans.models import PlanVersion, Reading, Visibility
from plans.queries import papers as queries
from plans.queries.versions import has_stopped
from stakeholders.models import Category
from ui.forms import Checkboxes, CleanText, Radios, Select, speak
from ui.words import nhs_date

SHOWN_APART = (Category.GP_PRACTICE, Category.REGION)
"""Not offered when a version is shown: a footprint has hundreds of practices, and the region is ours."""

IN_SIGHT = (f"to_{Category.LMC.value}",)
"""The list that the page shows at once; the others are opened one by one."""


class VersionForm(PaperForm):
    """A version of the plan, with its text where somebody has it: as a file or pasted."""

    submit_text = "Record the version"
    later = ("visibility", "confided_on", "public_on")

    title = CleanText(
        label="What is it called?",
        max_length=120,
        help_text="For example, Draft 3, or the checkpoint submission",
        error_messages={"required": "Enter what the version is called"},
    )
    dated_on = PastDay(
        label="Date of the version",
        called="the date of the version",
    )
    is_final = yes_or_no(
        "Draft or final?",
        answers=("The final plan", "A draft"),
        required="Choose whether it is a draft or final",
    )
    visibility = forms.ChoiceField(
        label="Who may read it?",
        choices=Visibility.choices,
        widget=Radios(
            hints={
                Visibility.CONFIDENTIAL.value: "Its text is read by the footprint's managers and the reviewers only",
                Visibility.IN_CONFIDENCE.value: "Its text is also read by those it was shown to",
                Visibility.PUBLIC.value: "Its text is read by everybody who may read about this plan",
            },
            reveals={
                Visibility.IN_CONFIDENCE.value: "confided_on",
                Visibility.PUBLIC.value: "public_on",
            },
        ),
        error_messages={"required": "Choose who may read it"},
    )
    confided_on = PastDay(
        label="Shared in confidence since",
        called="the day since when it is shared in confidence",
        required=False,
    )
    public_on = PastDay(
        label="Public since",
        called="the day since when it is public",
        required=False,
    )
    file = DocumentFile(
        label="The document (optional)",
        required=False,
        help_text="PDF, Word (.docx) or plain text, at most 25 MB. The service reads its text and counts how often it names each group.",
    )
    text = PlanText(
        label="Or paste its text (optional)",
        required=False,
        help_text="Paste the whole text where you have no file. It is counted in the same way.",
    )

    def __init__(self, *args: Any, now: dt.datetime, **options: Any) -> None:
        self.now, self.file_name = now, ""
        super().__init__(*args, **options)

    def later_of(self, paper: Any) -> tuple[str, ...]:
        """A text may follow later and is never replaced: another text is another version.

        A file in which nothing was found, or that nobody will read any more, may be replaced, or its
        text pasted.
        """
        waits = paper.reading == Reading.WAITING and not has_stopped(paper)
        if paper.text or waits or paper.reading == Reading.READ:
            return self.later
        return (*self.later, "file", "text")

    def is_multipart(self) -> bool:
        """A long text takes half the room so."""
        return True

    def check(self) -> None:
        """Who reads it since when; two versions of one name and day could not be told apart."""
        self._ask_since_when()
        self._keep_file()
        if self.paper is None and not self.errors and self._is_taken():
            day = nhs_date(self.cleaned_data["dated_on"])
            message = f"A version of this name, dated {day}, is on paper already. Give this one another name, or withdraw that one first"
            self.add_error("title", ValidationError(message, code="taken"))

    def facts(self) -> list[dict[str, Any]]:
        """The answers, and what the file is called where one came."""
        [facts] = super().facts()
        if self.paper is None or self.file_name:
            facts["file_name"] = self.file_name
        return [facts]

    def _ask_since_when(self) -> None:
        """Each way of reading needs its day, and has no other."""
        visibility = self.answer("visibility")
        for value, name, message in SINCE_WHEN:
            if visibility != value:
                self.cleaned_data[name] = None
            elif name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, message)

    def _keep_file(self) -> None:
        """The bytes are kept as soon as all is well; a file of a form never sent is cleared away."""
        upload = self.cleaned_data.get("file")
        if not isinstance(upload, UploadedFile):
            return
        if self.cleaned_data.get("text"):
            self.add_error("text", "Send a file or paste the text, not both")
        elif not self.errors:
            try:
                stored = store(upload, allowed=DOCUMENT_KINDS, limit=DOCUMENT_LIMIT, now=self.now)
            except FileRefused as refused:
                self.add_error("file", str(refused))
                return
            self.cleaned_data["file"] = stored
            self.file_name = shown_name(upload.name or "")

    def _is_taken(self) -> bool:
        facts = self.facts()[0]
        alike = PlanVersion.objects.standing().filter(
            plan=self.plan, title=facts["title"], dated_on=facts["dated_on"]
        )
        return alike.exists() and not alike.filter(**facts).exists()


SINCE_WHEN = (
    (
        Visibility.IN_CONFIDENCE,
        "confided_on",
        "Enter the day since when it is shared in confidence",
    ),
    (Visibility.PUBLIC, "public_on", "Enter the day since when it is public"),
)


class SharingForm(PaperForm):
    """A version was shown to organisations of the footprint, any number at once."""

    submit_text = "Record who was shown it"

    version = forms.TypedChoiceField(
        label="Which version?",
        coerce=int,
        widget=Select,
        error_messages={"required": "Choose the version"},
    )
    shown_on = PastDay(label="When was it shown?", called="the day on which it was shown")
    how = CleanText(
        label="How was it shown?",
        max_length=120,
        help_text="For example, sent by email, or handed out at the programme board",
        error_messages={"required": "Enter how it was shown"},
    )
    in_confidence = yes_or_no(
        "Was it shown in confidence?",
        required="Choose whether it was shown in confidence",
        help_text="Whoever is shown a version in confidence may not pass it on.",
    )

    def prepare(self) -> None:
        """The plan's versions, and the footprint's organisations as a list for each category."""
        self.versions = {one.pk: one for one in queries.standing_versions(self.plan)}
        self.offered = {
            one.code: one
            for one in queries.organisations_in(self.plan, day=self.today, without=SHOWN_APART)
        }
        if not self.versions:
            self.lacking = "No version of the plan is on paper yet. Add the version first, then who was shown it."
        elif not self.offered:
            self.lacking = "The register names no organisation in this footprint. An administrator can import it."
        self.fields["version"].choices = [  # type: ignore[attr-defined]
            ("", "Choose one"),
            *((pk, f"{one.title}, {nhs_date(one.dated_on)}") for pk, one in self.versions.items()),
        ]
        self._ask_by_category()

    def questions(self) -> list[BoundField]:
        """What is asked once, whoever was shown it."""
        return [self[name] for name in self.fields if name not in self.groups]

    def lists(self) -> list[tuple[BoundField, bool, bool]]:
        """Each list of organisations: whether it stands in sight, and is opened if it does not."""
        return [
            (self[name], name in IN_SIGHT, bool(self[name].value() or self[name].errors))
            for name in self.groups
        ]

    def check(self) -> None:
        """Somebody was shown it, and not before it was written."""
        if self.groups and not self._chosen():
            self.add_error(self.groups[0], "Choose at least one organisation")
        version = self.versions.get(self.cleaned_data.get("version", 0))
        shown_on = self.cleaned_data.get("shown_on")
        if version and shown_on and shown_on < version.dated_on:
            day = nhs_date(version.dated_on)
            message = f"The version is dated {day}, so it was shown then or later"
            self.add_error("shown_on", ValidationError(message, code="order"))

    def facts(self) -> list[dict[str, Any]]:
        """A row for each organisation."""
        same = {name: self.cleaned_data[name] for name in ("shown_on", "how", "in_confidence")}
        version = self.versions[self.cleaned_data["version"]]
        return [
            {"version": version, "organisation": self.offered[code], **same}
            for code in self._chosen()
        ]

    def _chosen(self) -> list[str]:
        return [code for name in self.groups for code in self.cleaned_data.get(name, ())]

    def _ask_by_category(self) -> None:
        self.groups: list[str] = []
        for category, found in groupby(self.offered.values(), key=lambda one: one.category):
            name, choices = f"to_{category}", [(one.code, one.name) for one in found]
            label = f"{Category(category).label} ({len(choices)})"
            field = forms.MultipleChoiceField(
                label=label, choices=choices, required=False, widget=Checkboxes(small=True)
            )
            speak(field, f"Shown to: {Category(category).label}")
            field.label_size = self.label_size  # type: ignore[attr-defined]  # read by the template pack
            self.fields[name] = field
            self.groups.append(name)
        self.groups.sort(key=lambda name: name not in IN_SIGHT)
