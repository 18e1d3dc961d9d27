"""What a person chooses to receive."""

from django import forms

from ui.forms import NhsForm
from ui.widgets import Checkboxes

IMMEDIATE, DIGEST = "immediate", "digest"


class MessagesForm(NhsForm):
    """Which messages to send; none ticked sends none."""

    submit_text = "Save"

    wanted = forms.MultipleChoiceField(
        label="What shall we send you by email?",
        required=False,
        choices=(
            (IMMEDIATE, "A message when you are asked or answered"),
            (DIGEST, "A summary once a day"),
        ),
        widget=Checkboxes(
            hints={
                IMMEDIATE: "A record names your organisation, somebody answers you, or a plan of yours is decided on. Without it you see these when you sign in",
                DIGEST: "In the morning: what changed, what was answered and what is due. On days with nothing to say, nothing is sent",
            }
        ),
    )
