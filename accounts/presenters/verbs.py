"""What was done to people and their access, in words for the history."""

from accounts.presenters.words import Field
from accounts.roles import ROLE_LABELS, Role

VERBS = {
    "access given": "gave access",
    "access changed": "changed how long access holds",
    "access ended": "ended access",
    "suspended": "suspended this person",
    "restored": "let this person in again",
    "sent a link to choose a password": "sent a new link to choose a password",
    "chose a first password": "chose a first password",
}


def _role(value: object) -> str:
    return ROLE_LABELS[Role(str(value))]


FIELDS = {
    "accounts.user.email": Field(label="Email address", is_told=True),
    "accounts.user.role": Field(label="Role", speak=_role, is_told=True),
    "accounts.user.footprint": Field(label="Footprint", is_told=True),
    "accounts.user.region": Field(label="Region", is_told=True),
    "accounts.user.organisation": Field(label="Organisation", is_told=True),
    "accounts.user.valid_from": Field(label="First day", is_told=True),
    "accounts.user.valid_to": Field(label="Last day", is_told=True),
    "accounts.user.granted_by": Field(label="On the word of", is_told=True),
    "accounts.user.reason": Field(label="Reason", is_told=True),
}

NOUNS = {"accounts.user": "Person"}
