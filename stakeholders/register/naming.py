"""Official names are in capitals; pages show them as people write them. Pure."""

import re
from itertools import pairwise

AS_THEY_ARE = frozenset(
    re.findall(
        r"\S+",
        "NHS CCG ICB STP PCN PCT LMC GP GPS UK OOH CIC LLP PLC HMP HMYOI YOI WIC UTC APMS PMS"
        " GMS MIU CATS CAMHS BME ICS II III IV USA",
    )
)
SMALL = frozenset(re.findall(r"\S+", "an and as at by for from in le of on or the to upon with"))
ALWAYS_WORDS = frozenset(re.findall(r"\S+", "DR DRS MR MRS MS ST STS LTD RD MT JNR SNR CTR"))
BREAKS = frozenset("-/:")
VOWELS = frozenset("AEIOUY")


def presentable(name: str) -> str:
    """A name in capitals as a reader would write it; a name that has small letters as it is.

    >>> presentable("NHS BOLTON CCG"), presentable("ST MARY'S SURGERY")
    ('NHS Bolton CCG', "St Mary's Surgery")
    """
    plain = " ".join(name.split())
    if any(letter.islower() for letter in plain):
        return plain
    before = ["-", *plain.split(" ")]
    return " ".join(_word(word, first=last in BREAKS) for last, word in pairwise(before))


def _word(word: str, *, first: bool) -> str:
    """One word, with the parts that hyphens, slashes, brackets, dots and ampersands join."""
    if word in AS_THEY_ARE:
        return word
    parts = re.split(r"([^A-Z0-9'\u2019]+)", word)
    return "".join(_part(part, number, first=first) for number, part in enumerate(parts))


def _part(part: str, number: int, *, first: bool) -> str:
    if part in AS_THEY_ARE or len(part) == 1:
        return part
    if any(letter.isdigit() for letter in part):
        return part.lower() if re.fullmatch(r"\d+(ST|ND|RD|TH)", part) else part
    if part.lower() in SMALL and not (first and number == 0):
        return part.lower()
    if _is_abbreviation(part):
        return part
    return _capital(part)


def _is_abbreviation(part: str) -> bool:
    """Up to four letters and no vowel among them: KMS, PHC; but not Dr or Ltd."""
    return part not in ALWAYS_WORDS and len(part) <= 4 and part.isalpha() and not VOWELS & set(part)


def _capital(part: str) -> str:
    """Patel, O'Brien, Mary's, McDonald."""
    pieces = re.split(r"(['\u2019])", part)
    words = [
        piece.lower() if number and len(piece) <= 2 else _mc(piece.capitalize())
        for number, piece in enumerate(pieces)
    ]
    return "".join(words)


def _mc(word: str) -> str:
    return f"Mc{word[2:].capitalize()}" if word.startswith("Mc") and len(word) > 4 else word
