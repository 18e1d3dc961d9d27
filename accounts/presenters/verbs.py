"""What the history says of people: what they may do, and how they sign in."""

from accounts.presenters.words import Field
from accounts.roles import ROLE_LABELS, Role

VERBS = {
    "signed in": "signed in",
    "was sent a sign-in code": "was sent a sign-in code",
    "was sent a link to a new password": "was sent a link to a new password",
    "changed their password": "changed the password",
    "was tied to the identity provider": "was tied to the identity provider",
    "ended a session": "ended a session",
    "ended other sessions": "ended every other session",
    "set up an authenticator app": "set up an authenticator app",
    "added a passkey": "added a passkey",
    "used a passkey": "used a passkey",
    "removed a passkey": "removed a passkey",
    "removed the app": "removed the authenticator app",
    "made recovery codes": "made recovery codes",
    "gave a code of the app": "gave a code of the app",
    "used a recovery code": "used a recovery code",
    "reset the second factor": "reset the second factor",
    "added": "added it",
    "access given": "gave access",
    "access accepted": "accepted access",
    "joined": "made their account",
    "access changed": "changed how long access holds",
    "access ended": "ended access",
    "suspended": "suspended this person",
    "restored": "let this person in again",
    "sent a link to choose a password": "sent a new link to choose a password",
    "chose a first password": "chose a first password",
    "redaction asked for": "asked to take personal details out of the history",
    "redaction done": "took personal details out of the history",
    "redaction refused": "refused to take personal details out of the history",
    "legal hold placed": "placed a legal hold",
    "legal hold lifted": "lifted a legal hold",
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

NOUNS = {"accounts.user": "person"}
