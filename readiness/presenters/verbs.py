"""What the history says of flags, judgements, exceptions, decisions and policies."""

import json
from functools import cache
from pathlib import Path

from accounts.presenters.words import HIDDEN, Field
from readiness.presenters.plan_words import SEVERITY_WORDS

POLICIES = Path(__file__).resolve().parent.parent / "policies"

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


@cache
def _titles() -> dict[str, str]:
    """The short title of every criterion that a policy ever had."""
    files = sorted(POLICIES.glob("*.json"))
    policies = (json.loads(path.read_text()) for path in files)
    return {one["key"]: one["short_title"] for policy in policies for one in policy["criteria"]}


def _flag(label: str) -> str:
    """`LMCs heard, Greater Manchester plan`."""
    key, _, plan = label.partition(" on ")
    return f"{_titles().get(key, key)}, {plan}"


def _offer(label: str) -> str:
    what, between, flag = label.rpartition(" for ")
    return f"{what}{between}{_flag(flag)}"


def _exception(label: str) -> str:
    """The key alone would tell nobody which criterion is let pass."""
    key, between, plan = label.removeprefix("Exception to ").partition(" for ")
    return f"Exception to {_titles().get(key, key)}{between}{plan}"


LABELS = {
    "readiness.flag": _flag,
    "readiness.supportoffer": _offer,
    "readiness.criterionexception": _exception,
}

NOUNS = {
    "readiness.criterionexception": "exception",
    "readiness.supportoffer": "offer of support",
}
