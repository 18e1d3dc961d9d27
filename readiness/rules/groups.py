"""Every group that has to be engaged: heard, or accounted for by a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from readiness.rules.counting import contested, longest_lists_first
from readiness.rules.facts import Facts, Member
from readiness.rules.results import Parameters, Result
from readiness.rules.states import State
from readiness.rules.wording import GROUP_NAMES, count, everyone, listing

KEY = "required_groups"

HEARD, ACCOUNTED, NOT = "heard", "accounted", "not"

NOBODY_KNOWN = " (no organisation known)"


@dataclass(frozen=True, kw_only=True)
class Group:
    """One required group: its organisations in the footprint and what became of it.

    `state` is heard, accounted (nobody was heard and a reason is on record) or not.
    """

    category: str
    members: tuple[Member, ...]
    heard: int
    reason: str

    @property
    def state(self) -> str:
        if self.heard:
            return HEARD
        return ACCOUNTED if self.reason else NOT

    @property
    def name(self) -> str:
        return GROUP_NAMES.get(self.category, self.category)

    def evidence(self) -> dict[str, object]:
        return {
            "group": self.category,
            "state": self.state,
            "heard": self.heard,
            "organisations": len(self.members),
            "reason": self.reason,
        }


def required_groups(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when an organisation of every group was heard or a reason says why not. A group of which
    the register knows nobody here is still to engage: it is looked for, or a reason is given."""
    groups = [_group(category, facts, as_at) for category in parameters["groups"]]
    if not any(group.members or group.reason for group in groups):
        return Result(
            key=KEY,
            state=State.NO_DATA,
            figure="No organisation of any required group recorded for this footprint",
            would_clear="Import the organisations and the membership of this footprint.",
            evidence={"groups": len(groups), "by_group": [group.evidence() for group in groups]},
        )
    to_engage = [group for group in groups if group.state == NOT]
    return Result(
        key=KEY,
        state=State.NOT_MET if to_engage else State.MET,
        figure=_figure(groups, to_engage),
        would_clear=_remedy(to_engage),
        evidence=_evidence(groups),
        missing=tuple(member.id for group in to_engage for member in group.members),
        fewest=tuple(_first(group) for group in to_engage if group.members),
        not_counted=contested(facts, as_at, of=parameters["groups"]),
    )


def _group(category: str, facts: Facts, as_at: date) -> Group:
    members = facts.of_category(category)
    reasons = [row.reason for row in facts.papers.group_reasons if row.category == category]
    return Group(
        category=category,
        members=tuple(members),
        heard=sum(member.heard_by(as_at) for member in members),
        reason=min(reasons, default=""),
    )


def _first(group: Group) -> int:
    """Any one is enough; the longest list, or the first code, so that the answer is stable."""
    return longest_lists_first(group.members)[0].id


def _figure(groups: Sequence[Group], to_engage: Sequence[Group]) -> str:
    accounted = sum(group.state == ACCOUNTED for group in groups)
    figure = f"{len(groups) - len(to_engage)} of {count(len(groups), 'group')}"
    reasons = f" ({accounted} by a reason)" if accounted else ""
    names = listing([group.name + ("" if group.members else NOBODY_KNOWN) for group in to_engage])
    return figure + reasons + (f"; still to engage: {names}" if to_engage else "")


def _remedy(to_engage: Sequence[Group]) -> str:
    """The whole list of those still to engage: it is itself part of what is asked for."""
    if not to_engage:
        return ""
    known = everyone([group.name for group in to_engage if group.members])
    unknown = everyone([group.name for group in to_engage if not group.members])
    sentences = [
        f"Still to engage: {known}." if known else "",
        f"No organisation known: {unknown}." if unknown else "",
        f"Hear one{' of each' if len(to_engage) > 1 else ''}, or record why not.",
    ]
    return " ".join(filter(None, sentences))


def _evidence(groups: Sequence[Group]) -> dict[str, object]:
    states = [group.state for group in groups]
    return {
        "engaged": len(states) - states.count(NOT),
        "groups": len(states),
        "heard": states.count(HEARD),
        "accounted": states.count(ACCOUNTED),
        "by_group": [group.evidence() for group in groups],
    }
