"""The code under which members comment: read out on the telephone, typed from paper.

Pure but for the dice, which are the operating system's: nobody can guess the next code from others.
"""

import secrets

ALPHABET = "ACDEFGHJKMNPRTWXY34679"
"""Letters and digits that nobody mistakes for each other: no B or 8, I, L or 1, O, Q or 0, S or 5, U or V, Z or 2."""

LENGTH = 12
"""Twenty-two to the twelfth: a guesser with a thousand tries a second needs 400,000 years."""

GROUP = 4


def new_code() -> str:
    """A code that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def as_stored(typed: str) -> str:
    """What somebody typed as it would be stored, without regard to case, spaces and hyphens; empty
    when it cannot be a code."""
    bare = "".join(letter for letter in typed if not letter.isspace() and letter not in HYPHENS)
    code = bare.upper()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def as_shown(code: str) -> str:
    """In groups of four: ``ACDE-FGHJ-KMNP``."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2212"
"""The hyphen, and what word processors make of it."""
