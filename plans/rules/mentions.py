"""How often a text names each group of stakeholders, by the words that documents use for them, and where.

Whole words only. An abbreviation counts as it is written ("GP" and "GPs", never "gp" or "GPS"),
other words in any case. Where two names begin at one place the longer is meant: the "Royal College
of General Practitioners" is a college and not general practice. Text copied from a PDF breaks words
at the end of a line: "gen-" and "eral practice" on the next are one mention, also where a page ends.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from plans.rules.mention_names import GENERAL_PRACTICE, NAMES, Names

__all__ = ["GENERAL_PRACTICE", "LIMIT", "NAMES", "Mention", "counted", "groups_named", "mentions"]

LIMIT = 400_000
"""Characters of a text that is pasted: about 150 printed pages, more than any plan of 2016."""

AROUND = 90
"""Characters shown before and after a mention, or a little fewer: no word is cut."""

CUT = "\u00ad"
"""The soft hyphen, which stands for every hyphen that only a line's end brought in."""

PAGE = "\f"
CUT_AT_PAGE = "\ufdd0"
"""A hyphen brought in by the end of a page; a character that no text may hold."""

CUTS = f"[{CUT}{CUT_AT_PAGE}]"
BROKEN = re.compile(rf"(?<=\w)[-\u2010{CUT}\ufffe][^\S\n]*\n\s*(?=\w)")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<![\w\-])\w+(?:-\w+){4,}")
"""A web address, or what a line's end left of one: five words or more joined by hyphens."""
HYPHEN = rf"[\-\u2010\u2011{CUT}{CUT_AT_PAGE}]"
GAP = r"[\s\-\u2010\u2011]+"
QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'"})
OPENED = str.maketrans({PAGE: "\n", "\v": "\n", CUT_AT_PAGE: " "})


@dataclass(frozen=True)
class Mention:
    """One place where a text names a group: with ``name`` of the list, written as ``found``."""

    group: str
    name: str
    page: int
    before: str
    found: str
    after: str


def counted(text: str | Sequence[str], names: Names = NAMES) -> dict[str, int]:
    """How often a text, or its pages, name each group; a group never named has 0."""
    counts = dict.fromkeys(names, 0)
    for group in groups_named(text, names):
        counts[group] += 1
    return counts


def groups_named(text: str | Sequence[str], names: Names = NAMES) -> Iterator[str]:
    """The group of each mention, in the order of the text; no word counts twice."""
    search = _search(_key(names))
    for found in search.pattern.finditer(_as_read(text)):
        yield search.meant[found.lastindex or 0][0]


def mentions(pages: Sequence[str], names: Names = NAMES) -> list[Mention]:
    """Each mention with its page, counted from 1, and the words around it."""
    text, search = _as_read(pages), _search(_key(names))
    made, page, read_to = [], 1, 0
    for found in search.pattern.finditer(text):
        page += _pages_in(text, read_to, found.start())
        read_to = found.start()
        group, name = search.meant[found.lastindex or 0]
        before = text[max(0, found.start() - AROUND) : found.start()]
        after = text[found.end() : found.end() + AROUND]
        if found.start() > AROUND:
            before = before.partition(" ")[2] or before
        if found.end() + AROUND < len(text):
            after = after.rpartition(" ")[0] or after
        made.append(Mention(group, name, page, _shown(before), _shown(found[0]), _shown(after)))
    return made


@dataclass(frozen=True)
class _Search:
    """All names as one expression; ``meant`` says for the number of its part which group and name."""

    pattern: re.Pattern[str]
    meant: dict[int, tuple[str, str]]


Key = tuple[tuple[str, tuple[str, ...]], ...]


def _key(names: Names) -> Key:
    return tuple((group, tuple(of)) for group, of in names.items())


@lru_cache(maxsize=8)
def _search(key: Key) -> _Search:
    """Names that begin with one letter stand together, which spares most of the work."""
    by_letter: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for group, of in key:
        for name in of:
            by_letter[name[0].lower()].append((group, name))
    meant: dict[int, tuple[str, str]] = {}
    alternatives = []
    for letter, pairs in by_letter.items():
        parts = []
        for group, name in sorted(pairs, key=lambda pair: (-len(pair[1]), pair[1])):
            meant[len(meant) + 1] = (group, name)
            parts.append(f"({_pattern_of(name)})")
        alternatives.append(f"(?=(?i:{re.escape(letter)}))(?:{'|'.join(parts)})")
    nothing = r"(?!)"
    return _Search(re.compile(rf"(?<!\w)(?:{'|'.join(alternatives) or nothing})(?!\w)"), meant)


def _as_read(text: str | Sequence[str]) -> str:
    """The text as a reader takes it in: without web addresses, ligatures opened, words mended.

    Pages are joined by a form feed, so that it can be told on which page something stands.
    """
    pages = [text] if isinstance(text, str) else text
    joined = f"\n{PAGE}".join(page.replace("\r\n", "\n").translate(OPENED) for page in pages)
    plain = unicodedata.normalize("NFKC", joined).translate(QUOTES)
    return BROKEN.sub(_mended, ADDRESS.sub(" ", plain))


def _mended(broken: re.Match[str]) -> str:
    """The mark of one cut; pages without any text between the halves keep their number."""
    ends = broken[0].count(PAGE)
    return CUT if not ends else CUT_AT_PAGE * ends


def _pages_in(text: str, start: int, end: int) -> int:
    return text.count(PAGE, start, end) + text.count(CUT_AT_PAGE, start, end)


def _shown(text: str) -> str:
    """As it is quoted: on one line, with cut words mended."""
    whole = text.replace(CUT, "").replace(CUT_AT_PAGE, "").replace(PAGE, " ")
    return re.sub(r"\s+", " ", whole)


def _pattern_of(name: str) -> str:
    """A name as an expression: any blank between its words, and perhaps a cut within each."""
    words = [f"{CUTS}*".join(map(_letter, word)) for word in name.split()]
    written = GAP.join(words)
    return written if is_written_so(name) else f"(?i:{written})"


def _letter(letter: str) -> str:
    return HYPHEN if letter == "-" else re.escape(letter)


def is_written_so(name: str) -> bool:
    """Whether the name is an abbreviation, which counts only as it is written."""
    return " " not in name and name != name.lower()
