"""The key by which a row of an export is known again, in the same file and in another one. Pure."""

import uuid

from consultations.rules.response_rows import Parsed

_SPACE = uuid.UUID("5b1f9a52-6a55-4c3c-9c0e-0c8f3f3a7b11")
"""Ours alone; any fixed value would do."""


def form_key(consultation_id: int, row: Parsed) -> uuid.UUID:
    """The same for the same respondent's number, or for the same words of the same respondent.

    The n-th of several equal rows is the n-th again, so that a campaign of three hundred equal
    letters is kept whole and a file that comes twice adds nothing.
    """
    return uuid.uuid5(_SPACE, f"{consultation_id}\n{row.same()}")
