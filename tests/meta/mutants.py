"""Switches each permission check off and walks what reaches it (make mutate; not a test by itself).

Run by ``tools.mutate_checks`` with the plugin that puts the switches in. Every request of the matrix
and of the canaries is asked once and it is kept which checks it reached. Then one check after the
other is switched off and those requests are asked again, until one is answered otherwise than the
matrix says, or holds a word that is not the reader's: then the tests would have failed.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.db import transaction

from tests.meta import test_canary as canary
from tests.meta import test_permissions as matrix
from tests.meta import world as worlds
from tests.meta.test_canary import clients, log, scene  # noqa: F401 - fixtures
from tools.mutation.hook import HITS, SITES, Now

pytestmark = pytest.mark.django_db
MOST = int(os.environ.get("MUTANT_CASES", "400"))
"""Requests asked of one mutant, those that were denied first."""

Case = tuple[int, str, int]
"""A line of the matrix, a person, and which of the things that are sent."""


@pytest.fixture(scope="module")
def lines(scene: canary.Scene) -> list[dict[str, str]]:  # noqa: F811
    return matrix.lines()


def cases(lines: list[dict[str, str]]) -> Iterator[Case]:
    only = os.environ.get("MUTANT_ROUTES", "")
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
    if which == 0:
        letter = matrix.answer(client, line["method"], url)
        if letter != line[person]:
            return f"matrix: {told} is {letter}"
    data = canary.sent(line, person)[which]
    text = canary.ask(client, line["method"], url, data)
    leaked = scene.leaks(person, text, line["objects"])
    return f"canary: {told} reads {leaked[0]}" if leaked else ""


def test_each_check_is_needed(lines, scene, clients):  # noqa: F811
    wanted = os.environ.get("MUTANT_PLACES", "")
    fit = []
    for case in cases(lines):
        Now.case = case
        if not wrong(case, lines, scene, clients):
            fit.append(case)
    Now.case = None
    fit_set = set(fit)
    reached: dict[str, list[Case]] = {
        place: sorted(
            (one for one in HITS[place] if one in fit_set), key=lambda one: _eagerness(one, lines)
        )
        for place in SITES
        if wanted in place
    }
    found: dict[str, Any] = {"walked": len(fit), "checks": {}}
    for place, asked in reached.items():
        found["checks"][place] = {
            "text": SITES[place].text,
            "by": _first_wrong(place, asked[:MOST], lines, scene, clients),
            "reached": len(asked),
        }
    Path(os.environ["MUTANTS_FOUND"]).write_text(json.dumps(found))


def _eagerness(case: Case, lines: list[dict[str, str]]) -> tuple[bool, str, int]:
    """Those who were denied first: they notice soonest."""
    number, person, which = case
    return lines[number][person] not in "34L", str(which), number


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
