"""Two versions of a text, paragraph by paragraph: what was put in, taken out, or worded anew.

Lines that a PDF breaks are joined first, so that a word more does not make a whole page look new.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

ALIKE = 0.5
"""Share of words in common from which a paragraph is the other one worded anew."""

LOOK_AHEAD = 12
"""Paragraphs among which that is looked for which one became."""

LONG_LINE = 60
"""Characters from which a line without a full stop goes on in the next one."""

MOST_WORDS = 200
"""Words of one paragraph; comparing two takes the square of that."""

_ENDS = re.compile(r"[.:;?!]['\")\]\u201d\u2019]*$")
_BEGINS = re.compile(r"[\u2022\-\u2013*#|]|\(?\w{1,3}[.)]\s")
_SIMPLE = re.compile(r"\s+")


@dataclass(frozen=True)
class Part:
    """Some words of a paragraph; ``is_other`` where the other version does not have them."""

    text: str
    is_other: bool = False


@dataclass(frozen=True)
class Change:
    """A paragraph as it was and as it is now; one of the two is empty where it was put in or taken
    out. ``unchanged_before`` counts the paragraphs that are the same since the last change."""

    was: str
    now: str
    unchanged_before: int = 0


@dataclass(frozen=True)
class Comparison:
    """All changes in the order of the text, and how much of it is the same."""

    changes: tuple[Change, ...]
    same: int
    unchanged_after: int


def paragraphs(text: str) -> list[str]:
    """The text in paragraphs, each on one line. A line goes on in the next one unless it ends a
    sentence, is short, or the next begins like an item of a list."""
    made: list[str] = []
    is_open = False
    for line in text.splitlines():
        said = _SIMPLE.sub(" ", line).strip()
        if not said:
            is_open = False
            continue
        if is_open and not _BEGINS.match(said):
            made[-1] = f"{made[-1]} {said}"
        else:
            made.append(said)
        is_open = not _ENDS.search(said) and len(said) >= LONG_LINE
    return [part for paragraph in made for part in _of_bearable_length(paragraph)]


def compared(was: Sequence[str], now: Sequence[str]) -> Comparison:
    """What became of each paragraph."""
    changes: list[Change] = []
    same = since = 0
    matcher = SequenceMatcher(a=was, b=now)
    for tag, from_was, to_was, from_now, to_now in matcher.get_opcodes():
        if tag == "equal":
            since = to_was - from_was
            same += since
            continue
        for old, new in _paired(was[from_was:to_was], now[from_now:to_now]):
            changes.append(Change(old, new, since))
            since = 0
    return Comparison(tuple(changes), same, since)


def _paired(was: Sequence[str], now: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Paragraphs beside those that they became, in the order of the text; "" beside the others."""
    words_was = [frozenset(one.split()) for one in was]
    at, put_in = 0, []
    for new in now:
        words = frozenset(new.split())
        ahead = range(at, min(at + LOOK_AHEAD, len(was)))
        match = next((one for one in ahead if _alike(words_was[one], words)), None)
        if match is None:
            put_in.append(new)
            continue
        yield from ((old, "") for old in was[at:match])
        yield from (("", one) for one in put_in)
        yield was[match], new
        at, put_in = match + 1, []
    yield from ((old, "") for old in was[at:])
    yield from (("", one) for one in put_in)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return 2 * len(one & other) >= ALIKE * (len(one) + len(other))


def parts(change: Change) -> tuple[list[Part], list[Part]]:
    """Both sides of a change in parts. Without half of their words in common they are whole:
    one was taken out, the other put in."""
    words_was, words_now = change.was.split(), change.now.split()
    matcher = SequenceMatcher(a=words_was, b=words_now, autojunk=False)
    left: list[Part] = []
    right: list[Part] = []
    if matcher.quick_ratio() < ALIKE or matcher.ratio() < ALIKE:
        left += [Part(change.was, is_other=True)] if change.was else []
        right += [Part(change.now, is_other=True)] if change.now else []
        return left, right
    for tag, from_was, to_was, from_now, to_now in matcher.get_opcodes():
        for side, words in (
            (left, words_was[from_was:to_was]),
            (right, words_now[from_now:to_now]),
        ):
            if words:
                side.append(Part(" ".join(words), is_other=tag != "equal"))
    return left, right


def _of_bearable_length(paragraph: str) -> Iterator[str]:
    """A text without any end of line is one paragraph of a whole book; nobody could compare that."""
    words = paragraph.split(" ")
    for start in range(0, len(words), MOST_WORDS):
        yield " ".join(words[start : start + MOST_WORDS])
