"""The verbs of consultations in words, for every history."""

VERBS: dict[str, str] = {
    "response received": "sent or typed in a response",
    "theme added": "added a theme",
    "theme renamed": "gave the theme another name",
    "theme decided": "decided what became of the theme",
    "theme merged": "merged the theme into another",
    "theme published": "published what became of the theme",
    "theme taken off": "took the theme off the public page",
}
