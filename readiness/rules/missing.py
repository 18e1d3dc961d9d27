"""Who is missing from a plan, and which of them was asked for.

Missing is subtraction: everybody who belongs to the footprint on the day, less those heard.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from readiness.rules.counting import patients_of
from readiness.rules.facts import ATTEMPTED, GP_PRACTICE, INFORMED, LMC, NO_RUNG, Member

GROUPS = ("practices", "lmcs", "others")
PRACTICES, LMCS, OTHERS = GROUPS
NO_LOCALITY = "none"
"""The code by which practices that lie in no locality are asked for."""

NETWORK = "pcn"
SIZES: Mapping[str, tuple[int, int]] = {
    "large": (10_000, 10**9),
    "middle": (5_000, 9_999),
    "small": (0, 4_999),
}
"""Registered patients, both ends inclusive."""

RUNGS: Mapping[str, int] = {"never": NO_RUNG, "informed": INFORMED, "tried": ATTEMPTED}


@dataclass(frozen=True, kw_only=True)
class MissingChoice:
    """What the reader asked for; empty asks for everything. Codes, not names."""

    category: str = PRACTICES
    locality: str = ""
    lmc: str = ""
    size: str = ""
    attempt: str = ""
    fewest: bool = False

    def query(self, **changes: str) -> dict[str, str]:
        """The values of the query string, without those that say nothing."""
        asked = {
            "category": "" if self.category == PRACTICES else self.category,
            "locality": self.locality,
            "lmc": self.lmc,
            "size": self.size,
            "attempt": self.attempt,
            "fewest": "1" if self.fewest else "",
        }
        return {name: value for name, value in (asked | changes).items() if value}


@dataclass(frozen=True, kw_only=True)
class Place:
    """One locality: how many of its practices, and of their patients, were heard."""

    code: str
    name: str
    practices: int
    heard: int
    patients: int
    patients_heard: int

    @property
    def share(self) -> float | None:
        """The share of patients whose practice was heard; None where no list is known."""
        return self.patients_heard / self.patients if self.patients else None


def group_of(member: Member) -> str:
    """Which of the three lists a member belongs to; networks stand behind their practices."""
    return {GP_PRACTICE: PRACTICES, LMC: LMCS, NETWORK: ""}.get(member.category, OTHERS)


def in_group(members: Sequence[Member], group: str) -> list[Member]:
    """Everybody of one of the three lists."""
    return [member for member in members if group_of(member) == group]


def not_heard(members: Sequence[Member], as_at: date) -> list[Member]:
    """Those not heard by the day, the longest lists first, then by name."""
    missing = [member for member in members if not member.heard_by(as_at)]
    return sorted(missing, key=lambda one: (-(one.patients or 0), one.name, one.code))


def narrowed(
    members: Sequence[Member],
    choice: MissingChoice,
    *,
    fewest: Collection[int] = (),
    hidden: Collection[int] = (),
) -> list[Member]:
    """Those of ``members`` who were asked for, in the same order; ``fewest`` are ids, and so are
    ``hidden``: of these nobody may learn by asking how far they were reached."""
    return [
        member
        for member in members
        if _in_place(member, choice)
        and _of_size(member, choice.size)
        and (not choice.attempt or _got_as_far(member, choice.attempt, hidden))
        and (not choice.fewest or member.id in fewest)
    ]


def _got_as_far(member: Member, attempt: str, hidden: Collection[int]) -> bool:
    return member.id not in hidden and member.rung == RUNGS[attempt]


def places(practices: Sequence[Member], as_at: date) -> list[Place]:
    """Each locality of these practices, the least heard first; the last has no locality."""
    codes = dict.fromkeys(practice.locality for practice in practices)
    found = [_place(code, practices, as_at) for code in codes]
    return sorted(
        found, key=lambda one: (one.code == NO_LOCALITY, one.share or 0.0, one.heard, one.name)
    )


def _place(code: str | None, practices: Sequence[Member], as_at: date) -> Place:
    inside = [practice for practice in practices if practice.locality == code]
    heard = [practice for practice in inside if practice.heard_by(as_at)]
    return Place(
        code=code or NO_LOCALITY,
        name=inside[0].locality_name or code or "",
        practices=len(inside),
        heard=len(heard),
        patients=patients_of(inside),
        patients_heard=patients_of(heard),
    )


def _in_place(member: Member, choice: MissingChoice) -> bool:
    place = member.locality or NO_LOCALITY
    return choice.locality in {"", place} and choice.lmc in {"", member.lmc}


def _of_size(member: Member, size: str) -> bool:
    if not size:
        return True
    if size not in SIZES:
        return member.patients is None
    low, high = SIZES[size]
    return member.patients is not None and low <= member.patients <= high
