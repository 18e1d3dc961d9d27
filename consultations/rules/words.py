"""The words of an answer, and what several words have in common. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from consultations.rules.theme_words import COMMON

WORD = re.compile(r"[^\W\d_](?:['\u2019]?[^\W\d_])+")
ENDINGS = ("ingly", "edly", "ings", "ing", "ed", "ly", "es", "s", "e")
SHORTEST_ROOT = 4

_SHORT = (
    "a all am an and any are as at be but by can did do etc few for get go got had has he her "
    "him his how i if in is it its let may me my no nor not now of off on one or our out own put "
    "say see she so the to too up us use was way we who why yet you"
)
EMPTY = COMMON | frozenset(_SHORT.split())
"""Words that say nothing about a subject."""


def words(text: str) -> Iterator[str]:
    """The words of the text as they are written, of two letters or more, in small letters."""
    for found in WORD.finditer(text.casefold()):
        yield found.group().replace("\u2019", "'")


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """What ``appointments`` and ``appointment`` have in common: a rough cut, which is enough to compare."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(letter for letter in plain if letter.isalpha())
    for ending in ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= SHORTEST_ROOT:
            return bare[: -len(ending)]
    return bare


def roots(text: str) -> list[str]:
    """The roots of all its words, in order."""
    return [root(word) for word in words(text)]


def bare(text: str) -> str:
    """The same for two texts that say the same in the same words."""
    return " ".join(roots(text))
