"""The history in words: every verb has some, values are spoken, what was redacted says so."""

import ast
import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from accounts import audit
from accounts.models import AuditEntry
from accounts.presenters.history import lines
from accounts.presenters.words import collected, spoken, verb_words
from accounts.queries.history import history_of, page_of, without_others
from readiness.actions import ensure_policies
from tests.factories import accounts, engagement, plans, readiness, stakeholders
from tests.meta.verbs import verbs_written, words_in

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2016, 9, 30, 12, tzinfo=dt.UTC)
ROOT = Path(settings.BASE_DIR)


def test_every_verb_that_is_written_has_plain_words() -> None:
    written = verbs_written()
    assert len(written) > 50
    silent = {verb: where for verb, where in written.items() if verb not in collected("VERBS")}
    assert silent == {}, "Say them in presenters/verbs.py of the app."


def test_a_verb_that_nobody_can_tell_from_the_source_is_found() -> None:
    """The negative control: a verb made up at run time."""
    call = ast.parse("audit.record(verb='x' + y)").body[0].value

    assert words_in(call.keywords[0].value, ast.parse("")) is None


def recorded(**facts):
    made = facts.pop("obj")
    with transaction.atomic():
        audit.record(
            **{"by": accounts.user(), "verb": "event amended", "at": NOW, "obj": made} | facts
        )
    return AuditEntry.objects.latest("pk")


def told(entry) -> list[tuple[str, str, str]]:
    [line] = lines([entry])
    return [(one.label, one.was, one.now) for one in line.changes]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"held_on": "2016-04-03"}, {"held_on": "2016-04-04"}, ("Date", "3 April 2016", "4 April 2016")),
        ({"level": "inform"}, {"level": "consult"}, ("Level", "Inform", "Consult")),
        ({"channel": ""}, {"channel": "meeting"}, ("Channel", "nothing", "Meeting")),
        ({"attendances": [[1]]}, {"attendances": [[2]]}, ("Who took part", "", "")),
        ({"summary": "a"}, {"summary": "b"}, ("Notes", "", "")),
        ({"title": "a"}, {"title": "b" * 999}, ("Title", "a", "b" * 299 + "…")),
        ({}, {"words": "We were not there."}, ("In their words", "", "We were not there.")),
        ({"unheard_of": True}, {"unheard_of": False}, ("Unheard of", "yes", "no")),
        ({"unheard_of": {"a": 1}}, {"unheard_of": {"a": 2}}, ("Unheard of", "", "")),
        ({"recorded_by_id": 1}, {"recorded_by_id": 2}, ("Recorded by", "", "")),
    ],
)  # fmt: skip
def test_a_change_is_told_from_what_to_what_or_only_that_it_was(before, after, expected) -> None:
    assert told(recorded(obj=engagement.event(), before=before, after=after)) == [expected]


def test_what_did_not_change_and_what_says_nothing_is_left_out() -> None:
    same = {"held_on": "2016-04-03", "version": 3}
    assert told(recorded(obj=engagement.event(), before=same, after=same | {"version": 4})) == []


def test_what_was_redacted_says_so() -> None:
    entry = recorded(obj=engagement.event(), after={"words": "About Dr Lee"})
    entry.personal = {}
    assert told(entry) == [("In their words", "", "[redacted]")]


def test_who_it_was_for_whom_and_when_it_happened() -> None:
    lmc = stakeholders.lmc(name="Bolton LMC")
    plan = plans.plan(plans.footprint())
    happened = dt.datetime(2016, 4, 3, 9, tzinfo=dt.UTC)
    entries = [
        recorded(obj=plan, verb="opened", by=None),
        recorded(obj=plan, verb="opened", by=None, on_behalf_of=lmc),
        recorded(obj=plan, verb="opened", by=accounts.user(name="Jo Lee"), on_behalf_of=lmc, happened_at=happened),
        recorded(obj=plan, verb="opened", happened_at=NOW),
    ]  # fmt: skip

    shown = lines(entries, mixed=True)

    assert [(one.who, one.on_behalf_of) for one in shown[:3]] == [
        ("The service", ""), ("Somebody", str(lmc)), ("Jo Lee", str(lmc)),
    ]  # fmt: skip
    assert [one.happened for one in shown] == ["", "", "It happened on 3 April 2016", ""]
    assert shown[0].when == "30 September 2016, 1pm"
    assert shown[0].about == f"Plan: {plan}"
    assert verb_words("opened") == shown[0].said == "opened the plan"


def test_a_representative_reads_nothing_that_another_organisation_said_or_was_sent() -> None:
    event = engagement.event()
    ours, theirs = stakeholders.lmc(name="Ours"), stakeholders.lmc(name="Theirs")
    kept = [
        recorded(obj=event),
        recorded(obj=event, on_behalf_of=ours, after={"organisation": ours.code, "words": "a"}),
        recorded(obj=event, after={"organisation": ours.name, "reply": "b"}),
    ]
    recorded(obj=event, on_behalf_of=theirs, after={"organisation": theirs.code, "words": "c"})
    recorded(obj=event, on_behalf_of=theirs)
    recorded(obj=event, after={"organisation": theirs.name, "reply": "d"})

    found = without_others(history_of(event), ours=[ours.code, ours.name, str(ours)])
    assert list(found) == kept[::-1]
    assert list(without_others(history_of(event), ours=[])) == kept[:1]


@pytest.mark.parametrize("number", [3, 60])
def test_pages_end_where_the_history_ends_and_each_is_one_query(
    number, django_assert_num_queries
) -> None:
    event = engagement.event()
    by = accounts.user()
    made = [recorded(obj=event, by=by).pk for _ in range(number)]

    seen, before = [], 0
    while True:
        with django_assert_num_queries(1):
            page = page_of(history_of(event), before=before)
            lines(page.entries)
        seen += [one.pk for one in page.entries]
        assert page.is_newest == (before == 0)
        before = page.older
        if not before:
            break
    assert seen == made[::-1]


def test_what_is_told_says_nothing_twice_and_nothing_of_nothing() -> None:
    lmc = stakeholders.lmc()
    said = {"organisation": lmc.code, "words": "", "cancel_reason": None}
    assert told(recorded(obj=engagement.event(), after=said, on_behalf_of=lmc)) == []
    assert told(recorded(obj=engagement.event(), after=said)) == [("Organisation", "", lmc.code)]


def test_on_a_page_of_many_things_each_is_called_as_people_call_it() -> None:
    ensure_policies()
    plan = plans.plan(plans.footprint())
    flag = readiness.flag(plan)
    made = [
        recorded(obj=flag, verb="raised"),
        recorded(obj=engagement.event(title="Forum"), verb="event recorded"),
    ]
    about = [line.about for line in lines(made, mixed=True)]
    assert about[0].startswith("Flag: ")
    assert flag.key not in about[0]
    assert about[1] == "Event: Forum, 10 May 2016"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2016-04-03", "3 April 2016"),
        ("2016-04-03T09:00:00+00:00", "3 April 2016, 10am"),
        ("2016-13-99", "2016-13-99"),
        ("2016-04-03 is the day", "2016-04-03 is the day"),
        ("plain", "plain"),
    ],
)
def test_a_day_in_the_history_is_written_out(value, said) -> None:
    assert spoken("engagement.event", "unheard_of", value) == said
