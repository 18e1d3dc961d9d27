"""The verbs of consultations in words, for every history."""

from accounts.presenters.words import HIDDEN, Field

VERBS: dict[str, str] = {
    "consultation published": "put it into the public register",
    "must be asked": "named somebody who must be asked",
    "response received": "sent or typed in a response",
    "responses file sent": "sent a file of responses",
    "responses columns said": "said what the columns of a file of responses are",
    "responses file confirmed": "confirmed a file of responses",
    "responses imported": "added the responses of a file",
    "form made": "began a form for the public",
    "form described": "changed what the form says of itself",
    "form opened": "opened the form",
    "form paused": "paused the form",
    "form goes on": "let the form go on",
    "question added": "added a question",
    "question changed": "changed a question",
    "question moved": "moved a question",
    "question withdrawn": "withdrew a question",
    "theme added": "added a theme",
    "theme renamed": "gave the theme another name",
    "theme decided": "decided what became of the theme",
    "theme merged": "merged the theme into another",
    "theme published": "published what became of the theme",
    "theme published by its writer": (
        "published what became of the theme, having written it too: nobody else managed the plan"
    ),
    "theme taken off": "took the theme off the public page",
    "response cleared": "cleared the response",
    "response held back": "held the response back",
    "response put back": "put the response back to be read",
    "response worked through": "worked the response through",
    "response opened again": "put the response back among those to do",
    "theme found": "found a theme in it",
    "theme taken back": "took a theme off it",
    "respondent matched": "matched it with the register",
    "respondent not matched": "took the match with the register back",
    "quotation cleared": "cleared words of it for publication",
    "quotation taken back": "took back words of it that could be published",
    "suggestions made": "read the answers for themes",
    "suggestion refused": "refused a theme that the machine suggested",
    "refusal taken back": "put a theme that the machine suggested back to be decided",
}

FIELDS = {
    "consultations.response.theme": Field(label="Theme", is_told=True),
    "consultations.response.words": Field(label="Words that may be published", is_told=True),
    "consultations.response.suggested": HIDDEN,
    "consultations.response.consultation": HIDDEN,
    "consultations.respondent.organisation": Field(label="Organisation", is_told=True),
}
