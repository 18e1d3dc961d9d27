"""Members' comments as their lead reads them, and the page on which members write."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from engagement.models import Collation, Comment
from engagement.queries.collations import is_open
from engagement.rules.codes import as_shown
from ui.words import nhs_date, nhs_datetime, plural


@dataclass(frozen=True, kw_only=True)
class CollationLine:
    """One collation in the lead's list."""

    url: str
    plan: str
    question: str
    came: int
    state: str
    colour: str
    until: str


@dataclass(frozen=True, kw_only=True)
class CommentLine:
    """One comment, with its tick."""

    id: int
    who: str
    when: str
    words: str
    used: bool


def state_of(collation: Collation, *, today: dt.date) -> tuple[str, str]:
    """Where it stands in words, and the colour of the tag."""
    if collation.response_id is not None:
        return "Sent", "green"
    if is_open(collation, today=today):
        return "Open", "blue"
    return "Closed, not sent", "orange"


def about(collation: Collation) -> str:
    """The consultation and its plan, or the plan alone."""
    asked = collation.consultation
    return f"{asked.title}, {collation.plan.title}" if asked else collation.plan.title


def lines(collations: Iterable[Collation], *, today: dt.date) -> list[CollationLine]:
    """The lead's list; ``came`` has been counted."""
    made = []
    for one in collations:
        state, colour = state_of(one, today=today)
        made.append(
            CollationLine(
                url=reverse("engagement:collation", args=[one.pk]),
                plan=about(one),
                question=one.question,
                came=one.came,  # type: ignore[attr-defined]  # counted by the query
                state=state,
                colour=colour,
                until=f"until {nhs_date(one.closes_on)}" if is_open(one, today=today) else "",
            )
        )
    return made


def comment_lines(comments: Iterable[Comment]) -> list[CommentLine]:
    """Each comment with who wrote it, as far as they said."""
    return [
        CommentLine(
            id=one.pk,
            who=_who(one),
            when=nhs_datetime(one.written_at),
            words=one.words,
            used=one.left_out_at is None,
        )
        for one in comments
    ]


def _who(comment: Comment) -> str:
    practice = comment.practice.name if comment.practice else ""
    said = [one for one in (comment.name, practice) if one]
    return ", ".join(said) or "A member who gave no name"


def counted(comments: Iterable[Comment]) -> str:
    """``14 comments, 9 of them from 7 practices that gave their name, 2 left out``"""
    listed = list(comments)
    practices = {one.practice_id for one in listed if one.practice_id}
    named = sum(one.practice_id is not None for one in listed)
    out = sum(one.left_out_at is not None for one in listed)
    said = [plural(len(listed), "comment")]
    if named:
        said.append(f"{named} from {plural(len(practices), 'practice')} that gave a name")
    if out:
        said.append(f"{out} left out")
    return ", ".join(said)


def shared_code(collation: Collation) -> str:
    """As it is read out and printed."""
    return as_shown(collation.code)
