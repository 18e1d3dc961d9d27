"""What the history says of flags, judgements, exceptions, decisions and policies."""

from accounts.presenters.words import HIDDEN, Field
from readiness.presenters.plan_words import SEVERITY_WORDS

VERBS = {
    "raised": "raised the flag",
    "escalated": "made the flag more urgent",
    "eased": "made the flag less urgent",
    "cleared": "cleared the flag",
    "taken on": "recorded who acts on the flag",
    "support offered": "offered support",
    "support closed": "closed the offer of support",
    "judged": "recorded a judgement",
    "withdrawn": "withdrew it",
    "exception granted": "granted the exception",
    "exception withdrawn": "withdrew the exception",
    "decided": "recorded the decision",
    "condition met": "recorded that the condition is met",
    "added": "added it",
    "drafted": "began the draft",
    "changed": "changed it",
    "left out": "left a criterion out",
    "taken in": "took a criterion in",
    "proposed": "put the policy forward for approval",
    "sent back": "sent the policy back",
    "approved": "approved the policy",
    "dropped": "dropped the draft",
    "summary differed": "found figures that did not follow from the record, and worked them out anew",
    "made for the demonstration": "made it up for the demonstration",
}


def _severity(value: str) -> str:
    return SEVERITY_WORDS.get(value, value)


FIELDS = {
    "severity": Field(label="Urgency", speak=_severity),
    "because": Field(label="Because", is_told=True),
    "action": Field(label="What is done", is_told=True),
    "due_on": Field(label="By", is_told=True),
    "what": Field(label="What is offered", is_told=True),
    "outcome": Field(label="What came of it", is_told=True),
    "how": Field(label="How", is_told=True),
    "note": Field(label="Note", is_told=True),
    "outcome_name": Field(label="Decision", is_told=True),
    "readiness.decision.outcome": HIDDEN,
    "readiness.decision.summary": Field(label="Summary", is_told=True),
    "effective_from": Field(label="In force from", is_told=True),
    "expires_on": Field(label="Ends on", is_told=True),
    "readiness.flag.event": HIDDEN,
    "reopens": HIDDEN,
    "parameters": Field(label="Numbers", is_named_only=True),
}

NOUNS = {
    "readiness.criterionexception": "exception",
    "readiness.supportoffer": "offer of support",
}
