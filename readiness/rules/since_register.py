"""What the register says otherwise of the day of a decision: who belonged, where, how large."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from readiness.rules.canonical import canonical
from readiness.rules.facts import GP_PRACTICE
from readiness.rules.snapshot import Snapshot
from readiness.rules.wording import count, day, listing

TIES = {
    "name": "name",
    "category": "kind",
    "locality": "locality",
    "lmc": "LMC",
}


def register_changes(then: Snapshot, now: Snapshot) -> Iterable[str]:
    """Sentences: files loaded since, members in and out, lists and ties that differ."""
    yield from _files(then["register"], now["register"])
    yield from _successions(then["register"], now["register"])
    old, new = ({one["id"]: one for one in each["facts"]["members"]} for each in (then, now))
    if gone := [old[pk] for pk in old.keys() - new.keys()]:
        yield f"No longer in the footprint on that day: {_named(gone)}."
    if added := [new[pk] for pk in new.keys() - old.keys()]:
        yield f"In the footprint on that day now, and not then: {_named(added)}."
    both = [(old[pk], new[pk]) for pk in sorted(old.keys() & new.keys())]
    yield from _lists(both)
    for field, called in TIES.items():
        differing = [after for before, after in both if before[field] != after[field]]
        if differing:
            yield f"Another {called} now: {_named(differing)}."


def _files(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterable[str]:
    known = {one["sha256"] for one in then["files"]}
    for one in now["files"]:
        if one["sha256"] not in known:
            as_at = day(date.fromisoformat(one["as_at"]))
            yield f"{one['name']}, the register as at {as_at}, was loaded since."


def _successions(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterable[str]:
    known = {canonical(one) for one in then["successions"]}
    for one in now["successions"]:
        if canonical(one) not in known:
            names = f"{one['from_name']} ({one['from']}) into {one['to_name']} ({one['to']})"
            yield f"Merged: {names} on {day(date.fromisoformat(one['on']))}."


def _lists(both: list[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> Iterable[str]:
    moved = [pair for pair in both if pair[0]["patients"] != pair[1]["patients"]]
    if not moved:
        return
    before, after = (
        sum(one[side]["patients"] or 0 for one in both if one[0]["category"] == GP_PRACTICE)
        for side in (0, 1)
    )
    noun = count(len(moved), "practice's list size differs", "practices' list sizes differ")
    yield f"{noun}: {before:,} patients then, {after:,} now, in the practices of both."


def _named(members: list[Mapping[str, Any]]) -> str:
    ordered = sorted(members, key=lambda one: str(one["code"]))
    return listing([f"{one['name']} ({one['code']})" for one in ordered])
