"""Words that recur in what people said, offered as names of themes; a person decides. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise

MOST_OFFERED = 12
FEWEST_TEXTS = 3
"""Texts in which a word must stand before it is offered. Ours."""

SHORTEST = 4
WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")

_COMMON = """
    able about above according account across actually added after again against agree agreed ahead
    almost alone along already also although always among another answer answered anything appear
    area areas around asked away back based because become been before being below best better between
    both bring call cannot case cause certain change changed changes clear clearly come coming concern
    concerned concerns consultation could currently decision detail different does doing done down draft
    during each either else enough ensure especially even every everyone example expect fact feel felt
    find first follow form from full further general getting give given gives goes going good great
    greater group happen hard have having hear heard help here high hope however idea impact important
    improve include included including indeed instead into issue issues itself just keep kind know known
    lack large last least less level like likely list little local long look lost made main make making
    many matter mean means meet meeting might more most move much must name near need needed needs never
    next none nothing number often once only open opinion order other others ought over overall part
    particular people perhaps place plan planned planning plans please point points possible practical
    present problem problems proper proposal proposals proposed provide provided put question quite
    raised rather read real really reason receive regard regarding remain response result right role said
    same says section seem seems seen several shall should show side simply since small some someone
    something soon sort start stated statement still strong such suggest support sure system take taken
    take tell than that thank thanks their theirs them themselves then there therefore these they thing
    things think this those though through throughout time times today together told total towards true
    under understand unless until upon used useful using usually various very view views want wanted
    well were what whatever when where whether which while whole whom whose will wish with within without
    word words work worked working works would year years your yours
"""
COMMON = frozenset(_COMMON.split())
"""Words that say nothing of what a text is about."""


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A word, or two that stand together, and in how many texts it stands."""

    words: str
    texts: int


def recurring(texts: Iterable[str], *, names: Collection[str] = ()) -> list[Offered]:
    """The words that stand in most texts, without those that ``names`` of themes already hold.

    Each text counts once, however often it says a word. Two words that always stand together are
    offered as one.
    """
    singles: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for text in texts:
        one, two = _of_text(text)
        singles.update(one)
        pairs.update(two)
    taken = {word for name in names for word in _words(name)}
    found = [
        (words, number)
        for words, number in [*pairs.items(), *singles.items()]
        if number >= FEWEST_TEXTS and not taken.intersection(words.split())
    ]
    found.sort(key=lambda one: (-one[1], -len(one[0].split()), one[0]))
    return _without_parts(found)


def _without_parts(found: Iterable[tuple[str, int]]) -> list[Offered]:
    """A single word that mostly stands in a pair which is offered says nothing more, nor the
    other way round."""
    chosen: list[Offered] = []
    for words, number in found:
        mine = set(words.split())
        if any(
            mine & set(other.words.casefold().split())
            and min(number, other.texts) * 2 > max(number, other.texts)
            for other in chosen
        ):
            continue
        chosen.append(Offered(words=words.capitalize(), texts=number))
        if len(chosen) == MOST_OFFERED:
            break
    return chosen


def _of_text(text: str) -> tuple[set[str], set[str]]:
    """Its telling words, and the pairs of them that stand side by side."""
    row = WORD.findall(text.casefold())
    telling = {word for word in row if _tells(word)}
    pairs = {
        f"{first} {second}"
        for first, second in pairwise(row)
        if first in telling and second in telling
    }
    return telling, pairs


def _words(name: str) -> list[str]:
    return [word for word in WORD.findall(name.casefold()) if _tells(word)]


def _tells(word: str) -> bool:
    return len(word) >= SHORTEST and word not in COMMON
