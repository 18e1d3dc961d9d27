"""How comments of members become one response. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

COMMENT_LENGTH = 5_000
COMMENTS = 2_000
"""As many as one collation takes."""

RESPONSE_LENGTH = 50_000
STARTS_WITH = 40_000
"""Characters that the response starts with at most: room is left to write in."""

BETWEEN = "\n\n"


@dataclass(frozen=True, kw_only=True)
class Start:
    """The text that the lead edits, and how many comments found no room in it."""

    text: str
    left_over: int


def start_of(comments: Iterable[str]) -> Start:
    """The comments one below the other, without who wrote them: members were told that their
    names go no further than the lead."""
    pieces: list[str] = []
    left_over = length = 0
    for words in comments:
        length += len(words) + len(BETWEEN)
        if left_over or length > STARTS_WITH:
            left_over += 1
        else:
            pieces.append(words)
    return Start(text=BETWEEN.join(pieces), left_over=left_over)
