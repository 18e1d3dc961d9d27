"""The verbs of consultations in words, for every history."""

VERBS: dict[str, str] = {}
