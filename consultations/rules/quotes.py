"""What may stand as a quotation: the words that somebody wrote, with what was left out shown. Pure."""

import re

LEFT_OUT = re.compile(r"\u2026|\.\.\.|\[[^\][]{0,60}\]")
"""Three dots for what was left out; square brackets for what stands in its place, such as [a name]."""

BEGINS = r"(?:(?<!\w)(?<!\w['\-\u2010\u2011])|(?!\w))"
ENDS = r"(?:(?!\w)(?!['\-\u2010\u2011]\w)|(?<!\w))"
"""The edge of a word: "can" is not the end of anything in "can't", nor "compliant" in "non-compliant"."""

QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})


def is_quoted_from(answer: str, quote: str) -> bool:
    """Whether every part of the quotation stands in the answer, in whole words and the same order.

    A word cut in two may say the contrary: "acceptable" is no quotation from "unacceptable". Blanks, kinds of inverted commas and the case of letters make no difference. A quotation without
    a single word is none.
    """
    text, place = _bare(answer), 0
    parts = [part for part in (_bare(one) for one in LEFT_OUT.split(quote)) if part]
    for part in parts:
        found = _place_of(part, text, place)
        if found < 0:
            return False
        place = found + len(part)
    return any(any(letter.isalnum() for letter in part) for part in parts)


def _place_of(part: str, text: str, start: int) -> int:
    """Where the part stands from ``start`` on without a word cut at either end; -1 for nowhere."""
    found = re.compile(f"{BEGINS}{re.escape(part)}{ENDS}").search(text, start)
    return found.start() if found else -1


def _bare(text: str) -> str:
    return " ".join(text.translate(QUOTES).casefold().split())
