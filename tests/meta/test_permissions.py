"""Who may open what: every address, every kind of person, every method, own and other.

The answers are data: ``matrix.csv`` has a line for each address, object and method, and a column
for each person. Y the page, R a redirect after it, L the sign-in page, 3 forbidden, 4 not found (the
same page for "outside your area" as for "does not exist"), 5 method not allowed, B bad request, U not well
(tests have no worker).
Every other method is refused for everybody, which needs no lines.
An address without a line fails: whoever adds a page decides who may open it.
"""

import copy
import csv
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.meta import world as worlds

pytestmark = pytest.mark.django_db
MATRIX = Path(__file__).with_name("matrix.csv")
REFUSED = ("PUT", "PATCH", "DELETE", "OPTIONS")
STATUS = {"Y": 200, "R": 302, "L": 302, "3": 403, "4": 404, "5": 405, "B": 400, "U": 503}


def lines() -> list[dict[str, str]]:
    """The matrix. ``objects`` are the values of the address: names of the world, or as they are."""
    with MATRIX.open(newline="") as file:
        return list(csv.DictReader(file))


def routes(patterns=None, namespace: str = "") -> Iterator[str]:
    """The name of every address that the service answers."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"{pattern} has no name"
            yield f"{namespace}{pattern.name}"


def places() -> dict[tuple[str, str], dict[str, str]]:
    """Each address with each of its objects once, by route and objects."""
    gets = [line for line in lines() if line["method"] == "GET"]
    return {(line["route"], line["objects"]): line for line in gets}


def methods_of(line: dict[str, str]) -> list[str]:
    """HEAD must answer as GET does, so it needs no line of its own."""
    return ["GET", "HEAD"] if line["method"] == "GET" else [line["method"]]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[worlds.World]:
    """One world for the whole walk: every answer takes back what it wrote."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def clients(world: worlds.World) -> dict[str, Client]:
    """A browser for each kind of person; the suspended one was signed in before."""
    opened = {name: Client(raise_request_exception=False) for name in worlds.PEOPLE}
    for name, person in world.people.items():
        opened[name].force_login(person)
    return opened


def values_of(line: dict[str, str], values: dict[str, object]) -> list[object]:
    """What stands in the address: the world's value of that name, or the word as it is."""
    return [values.get(name, name) for name in line["objects"].split()]


def address(line: dict[str, str], world: worlds.World) -> str:
    return reverse(line["route"], args=values_of(line, world.values))


def answer(client: Client, method: str, url: str) -> str:
    """What the person got, as a letter of the matrix; whatever was written is taken back."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        response = getattr(client, method.lower())(url)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    client.cookies = cookies
    return letter_of(response)


def letter_of(response: HttpResponseBase) -> str:
    """The letter of the matrix for an answer."""
    location = response.headers.get("Location", "")
    if response.status_code == 302:
        return "L" if location.startswith("/sign-in/") else "R"
    known = {status: letter for letter, status in STATUS.items() if letter not in "RL"}
    return known.get(response.status_code, str(response.status_code))


def test_every_address_has_lines_in_the_matrix():
    listed = {line["route"] for line in lines()}
    answered = set(routes())

    assert answered - listed == set(), "Add a line for each to tests/meta/matrix.csv."
    assert listed - answered == set(), "These are in the matrix and exist no more."


def test_every_line_of_the_matrix_knows_its_letters():
    for number, line in enumerate(lines(), start=2):
        unknown = {letter for person in worlds.PEOPLE for letter in line[person]} - set(STATUS)
        assert not unknown, f"line {number}"


def test_the_matrix_covers_every_person_and_method(record_property):
    methods = sum(len(methods_of(line)) for line in lines()) + len(REFUSED) * len(places())
    cases = methods * len(worlds.PEOPLE)
    record_property("counted", f"Permissions: {cases:,} cases, {len(set(routes()))} addresses")

    assert {line["method"] for line in lines()} == {"GET", "POST"}
    for route in set(routes()):
        answered = {line["method"] for line in lines() if line["route"] == route}
        assert answered == {"GET", "POST"}, route


@pytest.mark.parametrize(
    "line", lines(), ids=lambda line: f"{line['method']} {line['route']} {line['objects']}".strip()
)
def test_everybody_gets_what_the_matrix_says(line, world, clients):
    url = address(line, world)
    expected = {person: line[person] for person in worlds.PEOPLE}

    for method in methods_of(line):
        found = {person: answer(clients[person], method, url) for person in worlds.PEOPLE}
        assert found == expected, f"{method} {url}"


@pytest.mark.parametrize("person", worlds.PEOPLE)
def test_nobody_gets_anything_by_another_method(person, world, clients, django_assert_num_queries):
    """405 wherever one asks and whoever one is, before the database is asked anything."""
    for line in places().values():
        url = address(line, world)
        for method in REFUSED:
            with django_assert_num_queries(0):
                response = clients[person].generic(method, url)
            assert response.status_code == 405, f"{method} {url}"
            assert response.headers["Allow"] == "GET, HEAD, POST"


def test_outside_your_area_and_unknown_are_the_same_page(world, clients):
    """For each object of each address, whatever it is: the bytes differ in nothing but the token."""
    compared = set()
    for line in places().values():
        for name in world.objects & set(line["objects"].split()):
            missing = {**line, "objects": re.sub(rf"\b{name}\b", "missing", line["objects"])}
            unknown = {**world.values, "missing": _unknown(world.values[name])}
            for person in worlds.PEOPLE:
                if line[person] == "4":
                    url = reverse(line["route"], args=values_of(missing, unknown))
                    other = clients[person].get(address(line, world))
                    assert _bare(other) == _bare(clients[person].get(url)), f"{person} {url}"
                    compared.add(name)

    assert len(compared) > 20


def _unknown(value: object) -> object:
    """A value of the same kind that nothing has."""
    return {int: 10**9, uuid.UUID: uuid.UUID(int=7)}.get(type(value), "no-such-thing")


def _bare(response) -> str:
    assert response.status_code == 404
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.text)
