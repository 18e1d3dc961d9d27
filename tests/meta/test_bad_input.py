"""Junk in the address bar: a page and a sentence, never a fault. Every list, on both databases."""

import pytest
from django.test import Client

from tests.meta import world as worlds

pytestmark = pytest.mark.django_db

LISTS = {
    "/events/": "MGR",
    "/events.csv": "MGR",
    "/organisations/": "MGR",
    "/organisations/{lmc-a}/": "MGR",
    "/board/": "REV",
    "/board.csv": "REV",
    "/flags/": "REV",
    "/criteria/": "REV",
    "/decisions/": "REV",
    "/plans/{plan-a}/decide/": "REV",
    "/plans/{plan-a}/exceptions/add/": "REV",
    "/missing/": "MGR",
    "/plans/{plan-a}/missing/": "MGR",
    "/plans/{plan-a}/missing.csv": "MGR",
    "/plans/{plan-a}/": "MGR",
    "/plans/{plan-a}/seats/": "MGR",
    "/plans/{plan-a}/papers/": "MGR",
    "/events/log/": "MGR",
    "/imports/": "ADM",
    "/jobs/": "ADM",
    "/mail/": "ADM",
    "/mail/outbox/": "ADM",
    "/account/messages/": "MGR",
    "/users/": "ADM",
    "/users/{somebody}/": "ADM",
    "/organisations/{lmc-a}/colleagues/": "LMC",
    "/were-we-consulted/": "LMC",
    "/collations/": "LMC",
    "/collations/{collation-a}/": "LMC",
    "/claims/{claim-a}/": "MGR",
    "/claims/{claim-a}/link/": "MGR",
    "/plans/{plan-a}/themes/": "MGR",
    "/plans/{plan-a}/points/": "MGR",
    "/plans/{plan-a}/points/{point-a}/": "MGR",
    "/plans/{plan-a}/you-said/": "MGR",
    "/themes/{theme-a}/": "MGR",
    "/themes/{theme-a}/publish/": "MGR",
    "/c/": "MGR",
    "/c/{code-a}/": "MGR",
    "/respond/{form-a}/": "MGR",
    "/respond/{form-a}/answer/": "LMC",
    "/respond/{form-a}/back/{saved-a}/": "MGR",
    "/receipts/{receipt-a}/": "MGR",
    "/consultations/": "MGR",
    "/consultations/{consultation-a}/": "MGR",
    "/consultations/{published-a}/": "NIL",
    "/plans/{plan-a}/shown/": "MGR",
    "/plans/{plan-a}/shown.csv": "LMC",
    "/consultations/{consultation-a}/questions/": "MGR",
    "/consultations/{consultation-a}/responses/add/": "MGR",
    "/consultations/{consultation-a}/responses/": "MGR",
    "/consultations/{consultation-a}/triage/": "MGR",
    "/responses/{response-a}/": "MGR",
    "/": "MGR",
}
"""Every page that reads its query string, and somebody who may open it."""

PARAMETERS = (
    *("q", "plan", "from", "to", "channel", "level", "status", "category", "organisation"),
    *(
        "state",
        "page",
        "outcome",
        "criterion",
        "sort",
        "show",
        "region",
        "type",
        "lmc",
        "locality",
        "next",
        "suggest",
        "theme",
    ),
)
CURSORS = ("after", "before")

JUNK = {
    "NUL": "\0",
    "NUL in a word": "castle\0surgery",
    "per cent": "%",
    "underscore and backslash": "_\\",
    "quotes": "'\"; drop table plans_plan; --",
    "10,000 characters": "x" * 10_000,
    "one letter": "a",
    "only blanks": "   ",
    "not in our alphabet": "健康 здоровье",
    "surrogate": "%ED%A0%80",
    "minus one": "-1",
    "a thousand million": str(10**9),
    "2 to the 64th": str(2**64),
    "not a number": "1e3",
    "a password": "password",
    "markup": "<script>alert(1)</script>",
    "a day that is none": "31/02/2016",
    "year 0": "0000-00-00",
}


@pytest.fixture(scope="module")
def clients(django_db_setup, django_db_blocker):
    """One world and its people for all the junk; nothing here writes."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        world = worlds.build()
        opened = {name: Client() for name in world.people}
        for name in set(LISTS.values()):
            opened[name].force_login(world.people[name])
        yield world, opened
        transaction.set_rollback(True)


def address(path: str, world: worlds.World) -> str:
    return path.format_map({name: str(value) for name, value in world.values.items()})


@pytest.mark.parametrize("path", LISTS)
def test_junk_in_every_parameter_at_once_gives_a_page(path, clients):
    world, opened = clients
    url = address(path, world)
    for kind, value in JUNK.items():
        answer = opened[LISTS[path]].get(url, dict.fromkeys(PARAMETERS, value))
        assert answer.status_code == 200, f"{url}: {kind}"


@pytest.mark.parametrize("path", LISTS)
def test_junk_in_one_parameter_alone_gives_a_page(path, clients):
    """The two kinds that a database refuses; a list of no cursors does not look at one."""
    world, opened = clients
    url = address(path, world)
    for value in ("\0", str(2**64)):
        for parameter in (*PARAMETERS, *CURSORS):
            answer = opened[LISTS[path]].get(url, {parameter: value})
            allowed = {200, 400} if parameter in CURSORS else {200}
            assert answer.status_code in allowed, f"{url} {parameter}"


@pytest.mark.parametrize("path", LISTS)
def test_a_query_string_of_200_filters_gives_a_page(path, clients):
    world, opened = clients
    many = {f"unknown{number}": "x" for number in range(200)} | {"q": ["a"] * 200}

    assert opened[LISTS[path]].get(address(path, world), many).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/events/{}/",
        "/organisations/{}/",
        "/plans/{}/",
        "/plans/{}/missing/",
        "/plans/{}/papers/",
        "/plans/{}/papers/activity/add/",
        "/jobs/{}/",
        "/mail/{}/",
        "/imports/{}/",
        "/claims/{}/",
        "/claims/{}/accept/",
        "/collations/{}/",
        "/c/{}/",
        "/respond/{}/",
        "/respond/{}/answer/",
        "/receipts/{}/",
        "/consultations/{}/questions/",
        "/consultations/{}/questions/add/",
        "/consultations/{}/responses/add/",
        "/users/{}/",
        "/users/{}/suspend/",
        "/users/{}/roles/add/",
        "/organisations/{}/colleagues/",
        "/invitations/{}/",
        "/first-password/{}/",
        "/decisions/{}/",
        "/exceptions/{}/withdraw/",
        "/conditions/{}/met/",
        "/events/log/{}/what/",
    ],
)
@pytest.mark.parametrize(
    "junk",
    ["0", "x", "-1", "+1", str(2**64), "9" * 400, "%00", "a%00b", "..%2f", "1.", "1%2f2",
     "x" * 10_000, "%C3%28", "%E5%81%A5", "00000000-0000-4000-8000-000000000000",
     "00000000-0000-4000-8000-00000000000A"],
)  # fmt: skip
def test_junk_in_the_address_itself_is_not_found(path, junk, clients):
    _, opened = clients
    for person in ("MGR", "REV", "LMC", "ADM"):
        answer = opened[person].get(path.format(junk))
        assert answer.status_code in {400, 403, 404}, f"{person} {path} {junk[:40]}"


@pytest.mark.parametrize(
    "cursor",
    ["forged", "2016-05-10", "_", "_1", "2016-13-40_1", "2016-05-10_x", "2016-05-10_-1",
     f"2016-05-10_{2**64}", "2016-05-10_1\0", "9" * 500 + "_1"],
)  # fmt: skip
@pytest.mark.parametrize("direction", ["after", "before"])
def test_a_cursor_that_the_service_did_not_make_is_a_bad_request(cursor, direction, clients):
    _, opened = clients

    answer = opened["MGR"].get("/events/", {direction: cursor})

    assert answer.status_code == 400
    assert "We could not read that" in answer.text


def test_reading_past_either_end_is_the_page_at_that_end(clients):
    _, opened = clients

    beyond = opened["MGR"].get("/events/", {"after": "2000-01-01_1"})
    before = opened["MGR"].get("/events/", {"before": "2999-01-01_1"})

    assert "Alpha forum" in beyond.text
    assert "Alpha forum" in before.text


def test_what_was_wrong_is_said_and_what_was_typed_is_kept(clients):
    _, opened = clients

    answer = opened["MGR"].get("/events/", {"from": "31/02/2016", "q": "forum"})

    assert "“31/02/2016” is not a date. Write it like 3 April 2016 or 3/4/2016." in answer.text
    assert 'value="forum"' in answer.text
