"""Any bytes on any field of the log form give a page or a redirect, keep the draft, and are shown as typed."""

import json
from urllib.parse import urlencode

import pytest
from django.test import Client

from engagement.models import Event, EventDraft
from tests.engagement.area import Area, Logging, bolton, key

pytestmark = pytest.mark.django_db

JUNK = [
    "\x00",
    "a\x00b",
    "\ud800",
    " ",
    "\u200b",
    "\u202egnp.exe",
    "👩‍👩‍👧‍👦 🎪",
    "a" + "\u0301" * 1000,
    "x" * 10_000,
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}{% load x %}",
    "%s${x}'; DROP TABLE engagement_event; --",
    "=1+1",
    "\r\nSet-Cookie: a=b",
    "1e3",
    str(2**64),
    "١٢٣",  # Arabic figures on purpose
    "[]",
    "null",
]
FIELDS = {
    "what": ["held_on", "status", "cancel_reason", "channel", "plans", "title", "action"],
    "who": [
        "action",
        "pick",
        "found",
        "q",
        "searched",
        "codes",
        "new_name",
        "new_title",
        "new_at",
        "new_at_choice",
        "new_kind",
        "outcome_of_new",
        "fill",
        "remove",
    ],
    "said": [
        "action",
        "level",
        "summary",
        "restricted_note",
        "readers",
        "point-0-text",
        "point-0-theme",
        "point-0-organisation",
        "point-0-follow_up_by",
    ],
    "check": ["action", "duplicate", "period_reason"],
}


@pytest.fixture
def area() -> Area:
    return bolton()


@pytest.fixture
def log(client: Client, area: Area) -> Logging:
    made = Logging(client, area)
    made.what()
    made.who(area.lmc)
    made.said()
    return made


def send(log: Logging, path: str, sent: dict[str, str]):
    """A form with any bytes in it, as a browser would encode them."""
    body = urlencode({name: text.encode("utf-8", "surrogatepass") for name, text in sent.items()})
    return log.client.post(path, body, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("junk", JUNK, ids=range(len(JUNK)))
@pytest.mark.parametrize("step", FIELDS)
def test_every_field_takes_anything(log: Logging, step: str, junk: str) -> None:
    for field in FIELDS[step]:
        answer = send(log, log.url(step), {"action": "continue", **_whole(step, log), field: junk})
        assert answer.status_code in {200, 302}, field
        assert b"<script>alert(1)" not in answer.content
        assert b'"><img' not in answer.content
    assert log.client.get(log.url(step)).status_code in {200, 302}
    assert log.client.get("/events/log/").status_code == 200


def _whole(step: str, log: Logging) -> dict[str, str]:
    if step == "what":
        plan = str(log.area.plan.pk)
        return {
            "held_on": "1/1/20",
            "status": "happened",
            "channel": "meeting",
            "plans": plan,
            "title": "",
        }
    return {"level": "consult"} if step == "said" else {}


@pytest.mark.parametrize("junk", JUNK, ids=range(len(JUNK)))
def test_the_search_box_takes_anything(log: Logging, junk: str) -> None:
    asked = urlencode(dict.fromkeys(("q", "found"), junk.encode("utf-8", "surrogatepass")))
    assert log.client.get(f"{log.url('found')}?{asked}").status_code == 200


@pytest.mark.parametrize("junk", JUNK, ids=range(len(JUNK)))
def test_the_start_takes_anything(log: Logging, junk: str) -> None:
    assert send(log, "/events/log/", {"plan": junk, "organisation": junk}).status_code == 302
    asked = urlencode({"plan": junk.encode("utf-8", "surrogatepass")})
    assert log.client.get(f"/events/log/?{asked}").status_code == 200


def test_a_thousand_and_one_fields_are_read_and_ignored(log: Logging, area: Area) -> None:
    sent = {f"capacity-{n}-0": "provider" for n in range(1001)}
    assert log.client.post(log.url("who"), {"action": "continue", **sent}).status_code == 302
    assert len(log.draft.content["who"]["rows"]) == 1


def test_repeated_fields_take_the_last(log: Logging, area: Area) -> None:
    name = f"outcome-{key(area.lmc)}"
    log.client.post(log.url("who"), {"action": "add", name: ["attended", "no_show"]})
    assert log.draft.content["who"]["rows"][0]["outcome"] == "no_show"


def test_what_no_database_stores_is_left_out_of_the_draft(log: Logging) -> None:
    send(log, log.url("said"), {"level": "consult", "summary": "a\x00b\ud83cc"})
    kept = log.draft.content["said"]["summary"]
    assert "\x00" not in kept
    assert kept.startswith("ab")
    json.dumps(kept).encode()


def test_text_is_kept_and_shown_as_typed(log: Logging) -> None:
    typed = "‘Curly’, =1+1, <b>José</b> 🎪"  # as people paste it
    log.said(**{"summary": typed, "point-0-text": typed})
    log.check()
    event = Event.objects.get()
    assert (event.summary, event.points.get().text) == (typed, typed)
    page = log.client.get(f"/events/{event.pk}/").content.decode()
    assert "&lt;b&gt;José&lt;/b&gt; 🎪" in page
    assert "<b>José" not in page


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "head"])
def test_other_methods_change_nothing(log: Logging, method: str) -> None:
    before = log.draft.content
    for step in FIELDS:
        assert getattr(log.client, method)(log.url(step)).status_code < 500
    assert log.draft.content == before


def test_a_very_long_list_of_keys_is_read_only_as_far_as_a_page_offers(log: Logging) -> None:
    found = [f"{n}-0" for n in range(1, 2000)]
    assert log.client.get(log.url("found"), {"q": "lmc", "found": found}).status_code == 200
    assert EventDraft.objects.count() == 1
