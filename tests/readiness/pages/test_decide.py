"""Deciding: the form, the check, and what a reviewer is told when something moved meanwhile."""

import datetime as dt
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from plans.actions import mark_changed
from plans.models import FootprintGrant, Plan
from readiness.models import Assessment, Decision
from tests.factories import accounts, plans
from tests.readiness.country import NOW, TODAY, country
from tests.readiness.deciding import decided, unmet
from tests.readiness.pages.conftest import assessed, signed_in, words

SUMMARY = "The board has read the plan & agrees."


@pytest.fixture
def person(place):
    return accounts.user(Role.REVIEWER, name="Dr Reviewer")


@pytest.fixture
def board(person):
    return signed_in(person)


def url(place, page: str = "decide") -> str:
    return f"/plans/{place.plan.code}/{page}/"


def hidden(page) -> dict[str, str]:
    """What the form carries along."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text)
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def whole(place, outcome: str = "agree", **more) -> dict[str, str]:
    """A decision that lacks nothing, as it is typed."""
    current = Assessment.objects.get(plan=place.plan, is_current=True)
    reasons = {f"reason_{key}": f"Because of {key}" for key in unmet(current)}
    return {"outcome": outcome, "summary": SUMMARY, **reasons, **more}


CONDITION = {
    "condition_2_text": "Hear the practices of Wigan",
    "condition_2_owner": "Programme director",
    "condition_2_due_on": "1 October 2016",
}


def test_every_must_is_shown_and_each_that_is_not_met_has_a_box(board, place):
    page = board.get(url(place))
    current = Assessment.objects.get(plan=place.plan, is_current=True)
    for row in current.results.filter(criterion__strength="must"):
        assert f'id="{row.key}"' in page.text
        assert (f'name="reason_{row.key}"' in page.text) is (row.key in unmet(current))
    assert "1 of 5 practices; 20% of patients" in page.text
    assert url(place, "exceptions/add") + "?criterion=gp_breadth" in page.text
    assert "The plan is signed off as it stands" in page.text


def test_a_decision_is_checked_and_then_saved_once(board, place, person):
    page = board.get(url(place))
    sent = {**hidden(page), **whole(place, "conditions", **CONDITION)}
    check = board.post(url(place), {**sent, "action": "check"})
    assert not Decision.objects.exists()
    said = words(check)
    assert "Check your decision" in said
    assert "Hear the practices of Wigan. Programme director, by 1 October 2016" in said
    assert "Because of gp_breadth" in said
    assert SUMMARY.replace("&", "&amp;") in said

    carried = {**hidden(check), "action": "save"}
    saved = board.post(url(place), carried)
    made = Decision.objects.get()
    assert saved.headers["Location"] == f"/decisions/{made.pk}/"
    assert (made.outcome, made.summary, made.decided_by) == ("conditions", SUMMARY, person)
    assert made.conditions.get().due_on == dt.date(2016, 10, 1)
    assert set(made.reasons.values_list("key", flat=True)) == set(unmet(made.assessment))

    again = board.post(url(place), carried)
    assert "decided on" in again.text
    assert Decision.objects.count() == 1


def test_what_was_typed_comes_back_to_be_changed(board, place):
    sent = {**hidden(board.get(url(place))), **whole(place, **CONDITION)}
    page = board.post(url(place), {**sent, "action": "change"})
    assert "Because of gp_breadth" in page.text
    assert 'value="Hear the practices of Wigan"' in page.text
    assert "nhsuk-error-summary" not in page.text
    assert hidden(page) == {**hidden(page), "form_key": sent["form_key"], "rows": "3"}


def test_another_condition_can_be_added_and_nothing_typed_is_lost(board, place):
    sent = {**hidden(board.get(url(place))), **whole(place, "conditions", **CONDITION)}
    page = board.post(url(place), {**sent, "action": "another"})
    assert 'name="condition_4_text"' in page.text
    assert 'value="Hear the practices of Wigan"' in page.text
    many = board.post(url(place), {**sent, "rows": "20", "action": "another"})
    assert 'name="condition_21_text"' not in many.text
    assert "Add another condition" not in many.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"outcome": ""}, "Choose what the board decides"),
        ({"outcome": "maybe"}, "must be one of the choices listed"),
        ({"summary": "  "}, "Enter the decision in a few sentences"),
        ({"summary": "x" * 2001}, "must be 2,000 characters or fewer"),
        ({"reason_gp_breadth": ""}, "is not met"),
        ({"reason_gp_breadth": "x" * 501}, "must be 500 characters or fewer"),
        ({"outcome": "conditions"}, "Enter at least one condition"),
        (CONDITION, "Choose “Agree with conditions”, or clear the conditions"),
        (
            {"outcome": "conditions", **CONDITION, "condition_2_owner": ""},
            "Enter who has to meet condition 2",
        ),
        (
            {"outcome": "conditions", **CONDITION, "condition_2_due_on": "1 June 2016"},
            "The due date of condition 2 must be 1 July 2016 or later",
        ),
        (
            {"outcome": "conditions", **CONDITION, "condition_2_due_on": "soon"},
            "must be a real date",
        ),
    ],
)
def test_what_is_lacking_is_said_and_nothing_is_lost(board, place, changes, sentence):
    sent = {**hidden(board.get(url(place))), **whole(place), **changes, "action": "save"}
    page = board.post(url(place), sent)
    assert "nhsuk-error-summary" in page.text
    assert sentence in unescape(words(page))
    assert "Because of recent" in page.text or "Because of lmc" in page.text
    assert not Decision.objects.exists()


def test_to_return_a_plan_no_reason_is_asked(board, place):
    sent = {**hidden(board.get(url(place))), "outcome": "return", "summary": SUMMARY}
    board.post(url(place), {**sent, "action": "save"})
    assert Decision.objects.get().outcome == "return"


@pytest.mark.parametrize("step", ["check", "save"])
def test_when_the_figures_moved_it_says_which_and_asks_again(board, place, step):
    sent = {**hidden(board.get(url(place))), **whole(place), "action": step}
    place.meeting(place.practices[1], place.practices[2])
    assessed(place)
    page = board.post(url(place), sent)
    said = unescape(words(page))
    assert "The figures moved since you opened this page." in said
    assert "GP breadth: 1 of 5 practices; 20% of patients (not met) then, 3 of 5 practices" in said
    assert SUMMARY in said
    assert not Decision.objects.exists()
    assert hidden(page)["assessment"] != sent["assessment"]

    board.post(url(place), {**hidden(page), **whole(place), "action": "save"})
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("step", ["check", "save"])
def test_while_figures_are_on_their_way_nothing_is_saved(board, place, step):
    sent = {**hidden(board.get(url(place))), **whole(place), "action": step}
    mark_changed(plan_ids=[place.plan.pk], now=NOW)
    assert "Something was recorded since these figures." in board.get(url(place)).text
    page = board.post(url(place), sent)
    assert "The figures follow within a minute." in page.text
    assert "Because of gp_breadth" in page.text
    assert not Decision.objects.exists()


def test_who_was_slower_is_told_who_decided_what(board, place):
    sent = {**hidden(board.get(url(place))), **whole(place), "action": "save"}
    decided(place.plan, "refuse", by=accounts.user(Role.REVIEWER, name="Dr Quicker"))
    page = board.post(url(place), sent)
    said = unescape(words(page))
    assert "Dr Quicker decided on 1 July 2016, midday: Refuse. That decision stands." in said
    assert SUMMARY in said
    assert Decision.objects.get().outcome == "refuse"

    board.post(url(place), {**hidden(page), **whole(place), "action": "save"})
    assert Decision.objects.count() == 2


def test_figures_that_drifted_are_put_right_before_anything_is_saved(board, place):
    sent = {**hidden(board.get(url(place))), **whole(place), "action": "save"}
    place.meeting(place.practices[1])
    page = board.post(url(place), sent)
    assert "The figures follow within a minute." in page.text
    plan = Plan.objects.get(pk=place.plan.pk)
    assert plan.change_no > plan.assessed_no
    assert not Decision.objects.exists()


def test_records_that_do_not_bear_the_figures_out_stop_a_decision(board, place, monkeypatch):
    monkeypatch.setattr("readiness.queries.snapshots.parts_of", lambda *_, **__: [])
    sent = {**hidden(board.get(url(place))), **whole(place), "action": "save"}
    assert "do not follow from the records behind them" in board.post(url(place), sent).text
    assert not Decision.objects.exists()


@pytest.mark.parametrize("page", ["decide", "exceptions/add"])
def test_a_reviewer_who_may_write_there_is_told_why_they_cannot(board, place, person, page):
    footprint = place.plan.footprint
    FootprintGrant.objects.create(user=person, footprint=footprint, valid_from=TODAY)
    for answer in (board.get(url(place, page)), board.post(url(place, page), whole(place))):
        assert answer.status_code == 403
        assert f"You can write about {footprint.name}, so another reviewer" in unescape(answer.text)
    assert not Decision.objects.exists()


def test_junk_in_what_the_form_carries_is_asked_again(board, place):
    for junk in ("", "x", "-1", "9" * 30, "\0"):
        sent = {"assessment": junk, "number": junk, "form_key": junk, "rows": junk}
        page = board.post(url(place), {**whole(place), **sent, "action": "save"})
        assert page.status_code == 200
    assert not Decision.objects.exists()


def test_a_plan_that_was_never_assessed_cannot_be_decided_on(board):
    plan = plans.plan(plans.footprint())
    assert "This plan has not been assessed yet" in board.get(f"/plans/{plan.code}/decide/").text


def test_the_form_costs_the_same_at_any_size(board, db):
    counts = []
    for practices in (3, 40):
        place = country(practices)
        place.meeting(*place.practices[:2])
        assessed(place)
        board.get(url(place))
        with CaptureQueriesContext(
            connection,
        ) as counted:
            board.get(url(place))
        counts.append(len(counted))
    assert counts == [counts[0]] * 2
    assert counts[0] <= 12
