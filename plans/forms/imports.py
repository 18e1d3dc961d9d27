"""What an administrator may send to the importer."""

from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile

from files.fields import SentFile
from plans.register.kinds import KINDS
from plans.register.looking import Order
from stakeholders.register.reading import LARGEST
from ui.forms import NhsForm, PlainDateField, Radios, Select

CHOICES = [(kind.key, kind.label[:1].upper() + kind.label[1:]) for kind in KINDS.values()]


class UploadForm(NhsForm):
    """A file, what it holds and how it is to be read."""

    kind = forms.ChoiceField(
        label="What does the file hold?",
        choices=[("", "Choose"), *CHOICES],
        widget=Select(),
        error_messages={"required": "Choose what the file holds"},
    )
    file = SentFile(
        label="File",
        help_text="CSV, a packed .csv.gz or .xlsx, at most 25 MB. It is told by its content.",
        error_messages={"required": "Choose a file"},
    )
    as_at = PlainDateField(
        label="As at which day does it speak?",
        required=False,
        help_text="Leave it empty to take the day from the file or its name.",
    )
    as_history = forms.BooleanField(
        label="It is older than what is loaded: only fill gaps in the past", required=False
    )
    on_errors = forms.ChoiceField(
        label="If rows are wrong",
        choices=[("refuse", "Load nothing"), ("keep", "Load the good rows")],
        widget=Radios(hints={"keep": "The wrong ones are listed for you to mend"}),
        initial="refuse",
    )

    submit_text: ClassVar[str] = "See what it would change"

    def clean_file(self) -> UploadedFile:
        """A file within the limit; whether it can be read is for the worker to say."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            message = f"{file.name} is larger than 25 MB: no register file is. Choose another file"
            raise forms.ValidationError(message)
        return file

    def order(self) -> Order:
        """The cleaned answers as the importer takes them."""
        answers = self.cleaned_data
        return Order(
            kind=answers["kind"],
            file_name=answers["file"].name,
            data=answers["file"].read(),
            as_at=answers["as_at"],
            as_history=answers["as_history"],
            keep_good_rows=answers["on_errors"] == "keep",
        )


class ConfirmForm(NhsForm):
    """The last word before a file is loaded; asks only what the preview left open."""

    keep_good_rows = forms.BooleanField(required=True)
    accept_large_change = forms.BooleanField(required=True)

    submit_text: ClassVar[str] = "Load the file"

    def __init__(self, *args: Any, found: dict[str, Any], keeps: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wrong = found["wrong"]
        if wrong and not keeps:
            label = f"Load the good rows and leave out what is wrong ({wrong:,})"
            self._ask("keep_good_rows", label)
        else:
            del self.fields["keep_good_rows"]
        if found["large"]:
            self._ask("accept_large_change", "I have checked the file: accept this large change")
        else:
            del self.fields["accept_large_change"]

    def _ask(self, name: str, label: str) -> None:
        field = self.fields[name]
        field.label = label
        field.error_messages["required"] = f"Tick “{label}” to go on"
