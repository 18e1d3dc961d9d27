"""What may stand as a quotation: the words that somebody wrote, with what was left out shown. Pure."""

import re

LEFT_OUT = re.compile(r"\u2026|\.\.\.|\[[^\][]{0,60}\]")
"""Three dots for what was left out; square brackets for what stands in its place, such as [a name]."""

QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})


def is_quoted_from(answer: str, quote: str) -> bool:
    """Whether every part of the quotation stands in the answer, in the same order.

    Blanks, kinds of inverted commas and the case of letters make no difference. A quotation without
    a single word is none.
    """
    text, place = _bare(answer), 0
    parts = [part for part in (_bare(one) for one in LEFT_OUT.split(quote)) if part]
    for part in parts:
        found = text.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return any(any(letter.isalnum() for letter in part) for part in parts)


def _bare(text: str) -> str:
    return " ".join(text.translate(QUOTES).casefold().split())
