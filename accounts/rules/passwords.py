"""Passwords that anybody who knows the service would try first. Pure.

Source: ASVS 5 6.2 and NCSC (no rules about kinds of letters; a list of what is guessed first).
"""

from collections.abc import Iterable

SERVICE_WORDS = frozenset(
    [
        "nhs",
        "england",
        "wales",
        "lmc",
        "lmcs",
        "bma",
        "gp",
        "gps",
        "gpc",
        "gpdf",
        "pcn",
        "icb",
        "icbs",
        "ics",
        "stp",
        "stps",
        "ccg",
        "trust",
        "surgery",
        "practice",
        "practices",
        "doctor",
        "doctors",
        "nurse",
        "hospital",
        "clinic",
        "patient",
        "patients",
        "health",
        "healthcare",
        "care",
        "primary",
        "general",
        "integrated",
        "system",
        "board",
        "local",
        "medical",
        "committee",
        "committees",
        "national",
        "review",
        "reviewer",
        "manager",
        "administrator",
        "admin",
        "lead",
        "widen",
        "the",
        "tent",
        "engagement",
        "consult",
        "consultation",
        "plan",
        "plans",
        "sustainability",
        "transformation",
        "password",
        "passw0rd",
        "welcome",
        "letmein",
        "changeme",
        "qwerty",
        "secret",
        "login",
        "signin",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "spring",
        "summer",
        "autumn",
        "winter",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
"""What the service is about, and what people put beside it."""

ENOUGH = 6
"""Letters that must be left when the words are taken out."""

_AS_LETTERS = str.maketrans({"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s"})


def is_made_of(password: str, words: Iterable[str]) -> bool:
    """Whether ``words`` are in ``password`` and hardly anything is left without them, digits and signs.

    Digits that stand for letters (n0vember) count as those letters. Words of one or two letters
    other than "gp" are no words here: taking them out would eat up any password.
    """
    known = {word.casefold() for word in words if len(word) > 2 or word.casefold() == "gp"}
    plain = password.casefold()
    return any(_leaves_little(form, known) for form in (plain, plain.translate(_AS_LETTERS)))


def _leaves_little(text: str, words: Iterable[str]) -> bool:
    """The longest words are taken out first."""
    left = text
    for word in sorted(words, key=lambda word: (-len(word), word)):
        left = left.replace(word, " ")
    return left != text and sum(letter.isalpha() for letter in left) < ENOUGH
