"""What the history says of plans, seats and papers."""

from accounts.presenters.words import Field
from plans.presenters.mention_words import group_label

VERBS = {
    "opened": "opened the plan",
    "added": "added it",
    "ended": "ended it",
    "recorded": "put it on paper",
    "changed": "changed it",
    "withdrew": "withdrew it",
    "changed the words of a group": "changed the words that are counted for a group",
    "changed by a file": "changed it by loading a register file",
    "loaded a register file": "loaded a register file",
}

FIELDS = {
    "withdrawn_reason": Field(label="Reason", is_told=True),
    "plans.planversion.text": Field(label="Length of the text"),
    "has_text": Field(label="Text", is_hidden=True),
    "plans.planversion.name": Field(label="File", is_told=True),
    "plans.planversion.reading": Field(label="Its text", is_told=True),
    "plans.planversion.pages": Field(label="Pages", is_told=True),
    "plans.planversion.mentions": Field(label="How often each group is named", is_named_only=True),
    "plans.mentionname.group": Field(label="Group", speak=group_label, is_told=True),
    "words_before": Field(label="Words taken off the list", is_told=True),
    "words_now": Field(label="Words put on the list", is_told=True),
}
