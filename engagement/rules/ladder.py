"""How far one participation reaches an organisation: its rung on the ladder, and why.

Source: section 5 of the design ("the ladder"). Rungs 3, 5 and 6 need a document shared, an answer
given and a confirmation, which one participation cannot prove. Standard library only; the values
are those of ``engagement.models``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

NONE, INFORMED, ATTEMPTED, HEARD = 0, 1, 2, 4

GENERAL_PRACTICE = frozenset({"gp_practice", "pcn", "lmc", "gp_federation"})
OWN_VOICE = frozenset({"provider", "representative"})
TOOK_PART = frozenset({"attended", "responded"})
ASKED = frozenset({"invited", "attempted", "apologised", "no_show"})
ASKED_US = "asked_us"
"""They asked to be involved and nobody answered: no contact of ours, so it reaches no rung."""


class Why(StrEnum):
    """What decided the rung."""

    WITHDRAWN = "withdrawn"
    DISPUTED = "disputed"
    CANCELLED = "cancelled"
    PLANNED = "planned"
    TRIED = "tried"
    TOLD = "told"
    NOT_HEARD = "not_heard"
    BY_PROXY = "by_proxy"
    NOT_OWN_VOICE = "not_own_voice"
    UNANSWERED = "unanswered"
    HEARD = "heard"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The rung that one participation reaches and the reason for it."""

    rung: int
    why: Why

    @property
    def counts_as_heard(self) -> bool:
        return self.rung >= HEARD


@dataclass(frozen=True, kw_only=True)
class Part:
    """One participation, as the rules need it."""

    category: str
    capacity: str
    outcome: str
    level: str
    status: str
    withdrawn: bool = False
    disputed: bool = False


def standing(part: Part) -> Standing:
    """The rung of one participation. An event on its way or called off never hears anybody, and
    what the organisation disputes counts for nothing until that is over."""
    if part.withdrawn or part.disputed:
        return Standing(rung=NONE, why=Why.WITHDRAWN if part.withdrawn else Why.DISPUTED)
    if part.status == "cancelled":
        return Standing(rung=NONE, why=Why.CANCELLED)
    if part.category in GENERAL_PRACTICE and part.capacity not in OWN_VOICE:
        return Standing(rung=NONE, why=_whose_voice(part))
    if part.status == "planned":
        return Standing(rung=ATTEMPTED, why=Why.PLANNED)
    if part.status == "tried" or part.outcome == ASKED_US:
        return _of_what_was_tried(part)
    return _of_what_happened(part)


def _whose_voice(part: Part) -> Why:
    took_part = part.status == "happened" and part.outcome in TOOK_PART
    by_proxy = part.capacity == "commissioner" and took_part
    return Why.BY_PROXY if by_proxy else Why.NOT_OWN_VOICE


def _of_what_was_tried(part: Part) -> Standing:
    if part.outcome == ASKED_US:
        return Standing(rung=NONE, why=Why.UNANSWERED)
    return Standing(rung=ATTEMPTED if part.outcome in ASKED else NONE, why=Why.TRIED)


def _of_what_happened(part: Part) -> Standing:
    if part.outcome in ASKED:
        return Standing(rung=ATTEMPTED, why=Why.NOT_HEARD)
    if part.outcome == "informed" or part.level == "inform":
        return Standing(rung=INFORMED, why=Why.TOLD)
    return Standing(rung=HEARD, why=Why.HEARD)


def best(standings: Iterable[Standing]) -> Standing:
    """The standing that reaches furthest; of equals the first."""
    return max(standings, key=lambda standing: standing.rung)
