"""Whom a record is put to: the organisations that it names, and again when what it says of them
has changed.

Pure. Commissioners are asked like everybody else: whoever is named may say that it was not so.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

ASKED_WHEN = frozenset({"happened", "tried"})
"""Statuses of an event of which there is something to agree with; what is planned is asked about
once it has happened, and nobody can say of a cancelled meeting how it was."""

Part = tuple[int | None, str, str]
"""Person (none where nobody is named), capacity and outcome."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a record says, as far as it is put to those whom it names; by organisation."""

    held_on: dt.date
    channel: str
    level: str
    status: str
    withdrawn: bool = False
    parts: Mapping[int, frozenset[Part]] = field(default_factory=dict)
    points: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def can_be_asked(self) -> bool:
        """Whether there is something to agree or disagree with."""
        return self.status in ASKED_WHEN and not self.withdrawn

    def of(self, organisation: int) -> tuple[object, ...]:
        """All that the organisation is asked to agree with."""
        return (
            self.held_on,
            self.channel,
            self.level,
            self.status,
            self.parts.get(organisation, frozenset()),
            self.points.get(organisation, ()),
        )


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Ids of the organisations asked for the first time, asked once more, and not asked any more."""

    first: frozenset[int]
    again: frozenset[int]
    over: frozenset[int]


def whom_to_ask(
    facts: Facts,
    *,
    before: Facts | None,
    asked: Mapping[int, bool],
    disputing: Collection[int] = (),
) -> Asking:
    """Who is asked about the record as it stands now.

    ``asked`` says of each organisation that was ever asked about it whether its question is still
    open; ``before`` is the record before it was changed, None where it was not. Who disputes the
    record is asked again after any change: perhaps it is right now, and only they can say so.
    """
    if facts.withdrawn:
        return Asking(first=frozenset(), again=frozenset(), over=_open(asked))
    named = frozenset(facts.parts)
    changed = {
        one
        for one in named
        if before is not None and (one in disputing or before.of(one) != facts.of(one))
    }
    if not facts.can_be_asked:
        named = frozenset(one for one in named if one in disputing)
    return Asking(
        first=named - asked.keys(),
        again=frozenset(one for one in named & asked.keys() if one in changed or not asked[one]),
        over=_open(asked) - named,
    )


def _open(asked: Mapping[int, bool]) -> frozenset[int]:
    return frozenset(one for one, is_open in asked.items() if is_open)
