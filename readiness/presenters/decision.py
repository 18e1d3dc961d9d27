"""A decision as the board saw it: every word and figure out of the snapshot, and of nothing else."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from readiness.presenters import addresses
from readiness.presenters.decide import OUTCOME_KINDS, said_of_exception
from readiness.presenters.dossier_criteria import not_counted_words
from readiness.rules.facts import GP_PRACTICE, HEARD, LMC
from readiness.rules.snapshot import Snapshot
from readiness.rules.states import State, severity_rank
from ui.shapes import Link, Row
from ui.words import nhs_date, nhs_datetime, patients, plural

NOWHERE = "No locality is recorded"


@dataclass(frozen=True, kw_only=True)
class CriterionSeen:
    """One criterion as it stood."""

    title: str
    state: str
    figure: str
    reason: str
    clear: str
    target: str
    definition: str
    source: str
    exception: str
    not_counted: str


@dataclass(frozen=True, kw_only=True)
class PlaceMissing:
    """The practices of one locality that were not heard."""

    name: str
    heading: str
    practices: list[str]


@dataclass(frozen=True, kw_only=True)
class EventSeen:
    """One event behind the figures."""

    title: str
    held_on: str
    how: str
    who: str


@dataclass(frozen=True, kw_only=True)
class DisputeSeen:
    """An open dispute, with both sides' words."""

    heading: str
    words: str
    reply: str


@dataclass(frozen=True, kw_only=True)
class BoardPage:
    """The whole page."""

    title: str
    caption: str
    verdict: str
    kind: str
    summary: list[str]
    facts: list[Row]
    musts: list[CriterionSeen]
    shoulds: list[CriterionSeen]
    conditions: list[Row]
    exceptions: list[str]
    disputes: list[DisputeSeen]
    disputes_hidden: str
    stated: list[DisputeSeen]
    lmcs_missing: list[str]
    missing: list[PlaceMissing]
    missing_sentence: str
    events: list[EventSeen]
    events_sentence: str
    sha256: str
    json_url: str
    conditions_url: str
    crumbs: list[Link]


def board_page(snapshot: Snapshot, pk: int, sha256: str, *, sees_events: bool) -> BoardPage:
    """The snapshot in words. Who does not see every event sees neither titles nor disputes."""
    plan, decision = snapshot["plan"], snapshot["decision"]
    criteria = {one["key"]: one for one in snapshot["policy"]["criteria"]}
    seen = [(criteria[one["key"]], one) for one in snapshot["results"]]
    reasons = decision["reasons"]
    disputes = snapshot["disputes"]
    return BoardPage(
        title=f"{plan['footprint']}: {decision['outcome_name'].lower()}",
        caption=f"{plan['title']}, as the board saw it",
        verdict=(
            f"Decision {decision['number']}, taken by {decision['decided_by']} on "
            f"{nhs_datetime(dt.datetime.fromisoformat(snapshot['decided_at']))}"
        ),
        kind=OUTCOME_KINDS[decision["outcome"]],
        summary=[line for line in decision["summary"].splitlines() if line.strip()],
        facts=_facts(snapshot),
        musts=_criteria(seen, reasons, "must"),
        shoulds=_criteria(seen, reasons, "should"),
        conditions=[
            Row(key=f"By {_date(one['due_on'])}", value=f"{one['text']} ({one['owner']})")
            for one in sorted(decision["conditions"], key=lambda one: one["due_on"])
        ],
        exceptions=_exceptions(snapshot, criteria),
        disputes=[_dispute(one) for one in disputes] if sees_events else [],
        disputes_hidden=_hidden(len(disputes)) if not sees_events else "",
        stated=[_stated(one) for one in snapshot.get("disagreements", ())] if sees_events else [],
        lmcs_missing=[m["name"] for m in _unheard(snapshot, LMC)],
        missing=_places(_unheard(snapshot, GP_PRACTICE)),
        missing_sentence=_missing_sentence(snapshot),
        events=_events(snapshot) if sees_events else [],
        events_sentence=_events_sentence(snapshot),
        sha256=sha256,
        json_url=addresses.decision_json(pk) if sees_events else "",
        conditions_url=addresses.conditions(pk) if decision["conditions"] else "",
        crumbs=[
            Link("Home", addresses.home()),
            Link("Decisions", addresses.decisions()),
            Link(plan["footprint"], addresses.dossier(plan["code"])),
        ],
    )


def _excepted(snapshot: Snapshot) -> str:
    """How many musts an exception let pass; they are not met, and not unmet either."""
    strengths = {one["key"]: one["strength"] for one in snapshot["policy"]["criteria"]}
    number = sum(
        one["state"] == State.EXCEPTION and strengths[one["key"]] == "must"
        for one in snapshot["results"]
    )
    return f", {number:,} by exception" if number else ""


def _facts(snapshot: Snapshot) -> list[Row]:
    policy, register = snapshot["policy"], snapshot["register"]
    assessment = snapshot["assessment"]
    applying = assessment["musts"]
    return [
        Row(key="Figures as at", value=_date(snapshot["as_at"])),
        Row(key="Submission", value=_date(snapshot["plan"]["submission_on"])),
        Row(key="Musts", value=f"{assessment['musts_met']} of {applying} met{_excepted(snapshot)}"),
        Row(
            key="Policy",
            value=f"{policy['title']}, version {policy['version']}, in force from {_date(policy['effective_from'])}",
        ),
        Row(
            key="Register",
            value=f"newest file as at {_date(register['as_at'])}"
            if register["as_at"]
            else "as recorded in the service; no register file had been loaded",
        ),
    ]


def _criteria(
    seen: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]],
    reasons: Mapping[str, str],
    strength: str,
) -> list[CriterionSeen]:
    """Worst first; within a state in the policy's order."""
    lines = [pair for pair in seen if pair[0]["strength"] == strength]
    lines.sort(key=lambda pair: severity_rank(State(pair[1]["state"])))
    return [_criterion(criterion, result, reasons) for criterion, result in lines]


def _criterion(
    criterion: Mapping[str, Any], result: Mapping[str, Any], reasons: Mapping[str, str]
) -> CriterionSeen:
    excepted = result["evidence"].get("exception")
    official = "" if criterion["official_threshold"] else " No official threshold existed."
    return CriterionSeen(
        title=criterion["title"],
        state=result["state"],
        figure=result["figure"],
        reason=reasons.get(result["key"], ""),
        clear=result["would_clear"],
        target=f"{criterion['target']}.{official}",
        definition=criterion["definition"],
        source=criterion["source"],
        exception=said_of_exception(excepted) if excepted else "",
        not_counted=not_counted_words(result["not_counted"]),
    )


def _exceptions(snapshot: Snapshot, criteria: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return [
        f"{criteria.get(one['key'], {'title': one['key']})['title']}. {said_of_exception(one)}"
        for one in snapshot["facts"]["papers"]["exceptions"]
    ]


def _dispute(one: Mapping[str, Any]) -> DisputeSeen:
    reply = one["reply"]
    return DisputeSeen(
        heading=f"{one['organisation_name']} on {one['event_title']}, {_date(one['held_on'])}",
        words=one["words"],
        reply=f"The managers replied: {reply}" if reply else "The managers had not replied.",
    )


def _stated(one: Mapping[str, Any]) -> DisputeSeen:
    """A disagreement that the board let stand beside a record that counts."""
    seen = _dispute(one)
    return replace(seen, reply=f"{seen.reply} {one['closed_by']} closed it: {one['closed_words']}")


def _hidden(number: int) -> str:
    if not number:
        return ""
    return f"{plural(number, 'dispute was', 'disputes were')} open. The organisations concerned see what was said."


def _unheard(snapshot: Snapshot, category: str) -> list[Mapping[str, Any]]:
    members = (m for m in snapshot["facts"]["members"] if m["category"] == category)
    return sorted(
        (member for member in members if member["rung"] < HEARD), key=lambda m: str(m["name"])
    )


def _places(practices: Sequence[Mapping[str, Any]]) -> list[PlaceMissing]:
    by_place: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for one in practices:
        by_place[one["locality_name"] or NOWHERE].append(one)
    return [
        PlaceMissing(
            name=name,
            heading=f"{name}: {plural(len(found), 'practice')}",
            practices=[_practice(one) for one in found],
        )
        for name, found in sorted(by_place.items())
    ]


def _practice(one: Mapping[str, Any]) -> str:
    size = f", {patients(one['patients'])} patients" if one["patients"] is not None else ""
    return f"{one['name']} ({one['code']}){size}"


def _missing_sentence(snapshot: Snapshot) -> str:
    everybody = [m for m in snapshot["facts"]["members"] if m["category"] == GP_PRACTICE]
    unheard = _unheard(snapshot, GP_PRACTICE)
    if not everybody:
        return "The register named no practice in this footprint."
    if not unheard:
        return f"All {plural(len(everybody), 'practice')} had been heard."
    return f"{len(unheard):,} of {plural(len(everybody), 'practice')} had not been heard."


def _events(snapshot: Snapshot) -> list[EventSeen]:
    took_part: dict[int, set[int]] = defaultdict(set)
    for part in snapshot["parts"]:
        if part["outcome"] in {"attended", "responded"}:
            took_part[part["event"]].add(part["organisation"])
    newest_first = sorted(
        snapshot["events"], key=lambda one: (one["held_on"], one["id"]), reverse=True
    )
    return [
        EventSeen(
            title=one["title"],
            held_on=_date(one["held_on"]),
            how=f"{one['channel'].replace('_', ' ')}, {one['level']}, {one['status']}",
            who=plural(len(took_part[one["id"]]), "organisation"),
        )
        for one in newest_first
    ]


def _events_sentence(snapshot: Snapshot) -> str:
    events, parts = len(snapshot["events"]), len(snapshot["parts"])
    return f"{plural(events, 'event')} and {plural(parts, 'participation')} were on record for this plan."


def _date(value: str) -> str:
    return nhs_date(dt.date.fromisoformat(value))
