"""The verbs of consultations in words, for every history."""

VERBS: dict[str, str] = {
    "response received": "sent or typed in a response",
    "theme added": "added a theme",
    "theme renamed": "gave the theme another name",
    "theme decided": "decided what became of the theme",
    "theme merged": "merged the theme into another",
    "theme published": "published what became of the theme",
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
}
