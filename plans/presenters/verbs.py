"""What the history says of plans, seats and papers."""

from accounts.presenters.words import Field

VERBS = {
    "opened": "opened the plan",
    "added": "added it",
    "ended": "ended it",
    "recorded": "put it on paper",
    "changed": "changed it",
    "withdrew": "withdrew it",
    "changed by a file": "changed it by loading a register file",
    "loaded a register file": "loaded a register file",
}

FIELDS = {
    "withdrawn_reason": Field(label="Reason", is_told=True),
    "plans.planversion.text": Field(label="Length of the text"),
    "has_text": Field(label="Text", is_hidden=True),
}
