"""One criterion as a dossier shows it: name, state, figure, what clears it, target, source, links."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plans.models import Plan
from readiness.models import Criterion, CriterionResult
from readiness.presenters import addresses
from readiness.presenters.board_table import SETTLED
from readiness.presenters.flags import MISSING_FOR
from readiness.rules.states import State
from ui.shapes import Link
from ui.words import and_list, nhs_date, plural

RECORDED = {
    "gp_seat": "seats recorded",
    "system_partners": "arrangements recorded",
}
"""Criteria whose numbers come from what managers record, and not from events."""

NOT_COUNTED: Mapping[str, Callable[[int], str]] = {
    "inform_only": lambda n: f"{plural(n, 'contact')} that only informed",
    "commissioner_capacity": lambda n: f"{plural(n, 'contact')} with commissioners alone",
    "outside_period": lambda n: f"{plural(n, 'contact')} before the plan started",
    "outside_phases": lambda n: f"{plural(n, 'contact')} outside every phase",
    "disputed": lambda n: f"{plural(n, 'event')} that somebody named in the record disputes",
    "withdrawn": lambda n: f"{plural(n, 'event')} whose record was withdrawn",
    "other_capacity": lambda n: f"{plural(n, 'seat')} held by a GP for a commissioner",
}
"""Why a contact was seen and left out, by the rules' own reasons."""


@dataclass(frozen=True, kw_only=True)
class CriterionLine:
    """Everything about one criterion of one plan."""

    key: str
    title: str
    state: str
    figure: str
    clear: str
    target: str
    threshold: str
    not_counted: str
    source: str
    links: list[Link]


@dataclass(frozen=True, kw_only=True)
class Groups:
    """The criteria as they stand behind three tabs, with the words of each tab and its heading."""

    attention: list[CriterionLine]
    settled: list[CriterionLine]
    shoulds: list[CriterionLine]
    labels: dict[str, str]
    headings: dict[str, str]


def groups(plan: Plan, results: Sequence[CriterionResult]) -> Groups:
    """Musts that need attention, worst first; musts that are settled; shoulds."""
    musts = [one for one in results if one.criterion.strength == "must"]
    attention = [one for one in musts if one.state not in SETTLED]
    attention.sort(key=lambda one: one.state != State.NOT_MET)
    settled = [one for one in musts if one.state in SETTLED]
    shoulds = [one for one in results if one.criterion.strength != "must"]
    return Groups(
        attention=_lines(plan, attention),
        settled=_lines(plan, settled),
        shoulds=_lines(plan, shoulds),
        labels={
            "attention": f"Needs attention ({len(attention)})",
            "settled": f"Met or settled ({len(settled)})",
            "shoulds": f"Shoulds ({len(shoulds)})",
        },
        headings=_headings(len(attention), len(settled), shoulds),
    )


def criterion_line(plan: Plan, result: CriterionResult) -> CriterionLine:
    """One stored result in words."""
    criterion = result.criterion
    return CriterionLine(
        key=result.key,
        title=criterion.title,
        state=result.state,
        figure=result.figure,
        clear=result.would_clear,
        target=criterion.target,
        threshold=threshold_words(criterion),
        not_counted=not_counted_words(result.evidence.get("not_counted", {})),
        source=_source(result),
        links=_links(plan, result),
    )


def threshold_words(criterion: Criterion) -> str:
    """Whether anybody official set the number, and if not, who did and when it is looked at again."""
    review = f"review {nhs_date(criterion.review_on)}"
    if criterion.official_threshold:
        return f"The threshold is official; {review}."
    return f"No official threshold exists: this one is ours ({criterion.author}), {review}."


def not_counted_words(reasons: Mapping[str, int]) -> str:
    """What was seen and left out: `Not counted: 2 contacts that only informed.`"""
    said = [NOT_COUNTED[key](number) for key, number in reasons.items() if key in NOT_COUNTED]
    return f"Not counted: {and_list(said)}." if said else ""


def _lines(plan: Plan, results: Iterable[CriterionResult]) -> list[CriterionLine]:
    return [criterion_line(plan, one) for one in results]


def _headings(attention: int, settled: int, shoulds: Sequence[CriterionResult]) -> dict[str, str]:
    met = sum(one.state == State.MET for one in shoulds)
    needs = "needs" if attention == 1 else "need"
    return {
        "attention": f"{plural(attention, 'must')} {needs} attention"
        if attention
        else "No must needs attention",
        "settled": f"{plural(settled, 'must')} met or settled" if settled else "No must is met yet",
        "shoulds": f"{met} of {plural(len(shoulds), 'should')} met"
        if shoulds
        else "This policy has no shoulds",
    }


def _links(plan: Plan, result: CriterionResult) -> list[Link]:
    evidence = result.evidence
    links = [_missing_link(plan, result), _events_link(plan, evidence, result.criterion.title)]
    if result.key in {"gp_seat", "system_partners"}:
        words = "Seats on the board" if result.key == "gp_seat" else "Formal arrangements"
        links.append(Link(words, addresses.seats(plan.code), f"of {plan.footprint.name}"))
    policy = result.assessment.policy
    anchor = f"{policy.plan_type}-{policy.version}-{result.key}"
    how = Link("How it is worked out", addresses.criteria(anchor), f": {result.criterion.title}")
    return [*filter(None, links), how]


def _source(result: CriterionResult) -> str:
    """Where the numbers come from: `register as at 12 September 2016; 2 events`."""
    as_at = nhs_date(result.assessment.as_at)
    if result.key in RECORDED:
        return f"{RECORDED[result.key]} on {as_at}"
    number = _events_counted(result.evidence)
    events = plural(number, "event") if number else "no event"
    return f"register as at {as_at}; {events}"


def _events_counted(evidence: Mapping[str, Any]) -> int:
    return evidence.get("events_total", len(evidence.get("events", ())))


def _missing_link(plan: Plan, result: CriterionResult) -> Link | None:
    missing, group = len(result.evidence.get("missing", ())), MISSING_FOR.get(result.key)
    if not missing or group is None:
        return None
    category = "" if group == "practices" else group
    words = f"{missing:,} not heard" if group != "others" else f"{missing:,} without one"
    return Link(
        words, addresses.missing(plan.code, category=category), f"for {result.criterion.title}"
    )


def _events_link(plan: Plan, evidence: Mapping[str, Any], title: str) -> Link | None:
    number = _events_counted(evidence)
    if not number:
        return None
    return Link(
        f"{plural(number, 'event')} counted",
        addresses.events(plan=plan.code, status="happened"),
        f"for {title}",
    )
