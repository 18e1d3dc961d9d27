"""Switches each permission check off and walks what reaches it (make mutate; not a test by itself).

Run by ``tools.mutate_checks`` with the plugin that puts the switches in. Every request of the matrix
and of the canaries is asked once and it is kept which checks it reached. Then one check after the
other is switched off and those requests are asked again, until one is answered otherwise than the
matrix says, or holds a word that is not the reader's: then the tests would have failed.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.db import transaction
from django.urls import resolve

from tests.meta import test_canary as canary
from tests.meta import test_permissions as matrix
from tests.meta import world as worlds
from tests.meta.test_canary import clients, log, scene  # noqa: F401 - fixtures
from tools.mutation.hook import HITS, SITES, Now

pytestmark = pytest.mark.django_db
MOST = 160
"""Requests asked of one mutant: of each address those that were denied first, address by address."""

Case = tuple[int, str, int]
"""A line of the matrix, a person, and which of the things that are sent."""


@pytest.fixture(scope="module")
def lines(scene: canary.Scene) -> list[dict[str, str]]:  # noqa: F811
    return matrix.lines()


def cases(lines: list[dict[str, str]], only: str) -> Iterator[Case]:
    for number, line in enumerate(lines):
        for person in worlds.PEOPLE:
            if line["route"].startswith(only):
                for which, _ in enumerate(canary.sent(line, person)):
                    yield number, person, which


def wrong(case: Case, lines, scene, clients) -> str:  # noqa: F811
    """What a test would have said of this request; empty where it is as it should be."""
    number, person, which = case
    line = lines[number]
    url, client = matrix.address(line, scene.world), clients[person]
    told = f"{line['method']} {line['route']} {line['objects']} as {person}"
    caches["pages"].clear()
    data = canary.sent(line, person)[which]
    response, text = canary.asked(client, line["method"], url, data)
    letter = matrix.letter_of(response)
    if which == 0 and letter != line[person]:
        return f"matrix: {told} is {letter}"
    leaked = scene.leaks(person, text, line["objects"])
    return f"canary: {told} reads {leaked[0]}" if leaked else ""


def test_each_check_is_needed(lines, scene, clients, pytestconfig, settings):  # noqa: F811
    settings.IDLE_MINUTES = 24 * 60  # who is not asked for a while must not be signed out meanwhile
    routes, part = (pytestconfig.getoption(f"--mutants-{one}") for one in ("routes", "in"))
    found = Path(pytestconfig.getoption("--mutants-found"))
    fit = []
    for case in cases(lines, routes):
        Now.case = case
        if not wrong(case, lines, scene, clients):
            fit.append(case)
    Now.case = None
    fit_set = set(fit)
    for place, site in sorted(SITES.items()):
        if part in place:
            asked = _by_turns(HITS[place] & fit_set, lines)
            by = _first_wrong(place, asked[:MOST], lines, scene, clients)
            _write(found, place=place, text=site.text, by=by, reached=len(asked))
    for route, case in _strangers(fit, lines).items():
        view = resolve(matrix.address(lines[case[0]], scene.world)).func
        if part in "sign-in" and getattr(view, "login_required", True):
            by = _first_open(view, case, lines, scene, clients)
            _write(found, place=f"sign-in:{route}", text="the sign-in", by=by, reached=1)


def _strangers(fit: list[Case], lines: list[dict[str, str]]) -> dict[str, Case]:
    """For each address that asks strangers to sign in, one who is asked."""
    asked = [one for one in fit if one[1] == "ANON" and lines[one[0]]["ANON"] == "L"]
    return {lines[one[0]]["route"]: one for one in reversed(asked)}


def _write(found: Path, **said: Any) -> None:
    with found.open("a") as file:
        file.write(json.dumps(said) + "\n")


def _by_turns(asked: set[Case], lines: list[dict[str, str]]) -> list[Case]:
    """Of each address the one that is soonest to notice, then of each the second, and so on: who
    was denied notices sooner than who was let in."""
    addresses: dict[str, list[Case]] = defaultdict(list)
    for case in sorted(asked, key=lambda one: (lines[one[0]][one[1]] not in "34L", one)):
        addresses[lines[case[0]]["route"]].append(case)
    turns = zip_longest(*addresses.values())
    return [case for turn in turns for case in turn if case is not None]


def _first_wrong(place, asked, lines, scene, clients) -> str:  # noqa: F811
    Now.off = place
    try:
        for case in asked:
            with transaction.atomic():
                said = wrong(case, lines, scene, clients)
                transaction.set_rollback(True)
            if said:
                return said
    except Exception as problem:
        return f"fault: {type(problem).__name__}"
    finally:
        Now.off = ""
    return ""


def _first_open(view, case: Case, lines, scene, clients) -> str:  # noqa: F811
    """What is noticed where an address asks nobody to sign in."""
    try:
        vars(view)["login_required"] = False
        return wrong(case, lines, scene, clients)
    except Exception as problem:
        return f"fault: {type(problem).__name__}"
    finally:
        vars(view)["login_required"] = True
