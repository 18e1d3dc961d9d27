"""The list of decisions, one as the board saw it, its frozen text, conditions and exceptions."""

import datetime as dt
import hashlib
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from config import protection
from engagement.models import Answer, Attestation, Event
from plans.models import FootprintGrant
from readiness.models import Assessment, CriterionException, CriterionResult, Decision, Policy
from stakeholders.models import Organisation
from tests.factories import accounts, plans, stakeholders
from tests.readiness.country import NOW, TODAY, country
from tests.readiness.deciding import decided
from tests.readiness.pages.conftest import signed_in, words


@pytest.fixture
def board(place):
    return accounts.user(Role.REVIEWER, name="Dr Reviewer")


@pytest.fixture
def decision(place, board) -> Decision:
    """An agreement with a condition, an open dispute and an exception behind it."""
    held = place.meeting(place.practices[1], place.practices[2], title="Evening forum")
    Attestation.objects.create(
        event=held, organisation=place.practices[2], answer=Answer.DISPUTED,
        words="We were <b>not</b> there", reply="The list says so", replied_at=NOW,
        replied_by=board, answered_at=NOW, answered_by=board,
    )  # fmt: skip
    CriterionException.objects.create(
        plan=place.plan, key="recent", reason="Elections", starts_on=TODAY,
        expires_on=TODAY + dt.timedelta(30), recorded_at=NOW, recorded_by=board,
    )  # fmt: skip
    return decided(place.plan, "conditions", by=board)


def text_of(client, url: str) -> str:
    return unescape(words(client.get(url)))


def bare(page: str) -> str:
    """Without the tokens, which are new each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_the_page_says_everything_that_the_board_saw(reviewer, place, decision):
    said = text_of(reviewer, f"/decisions/{decision.pk}/")
    assert "Decision 1, taken by Dr Reviewer on 1 July 2016, midday" in said
    assert "GP breadth" in said
    assert "2 of 5 practices; 40% of patients" in said
    for row in decision.assessment.results.all():
        assert row.figure in said
    for reason in decision.reasons.all():
        assert reason.reason in said
    assert "Hear the practices of Wigan (Programme director)" in said
    assert "Elections" in said
    assert f"{place.practices[2].name} on Evening forum, 1 July 2016" in said
    assert "The managers replied: The list says so" in said
    for practice in place.practices[2:]:
        assert f"{practice.name} ({practice.code}), 6,000 patients" in said
    assert f"{place.practices[0].name} ({place.practices[0].code})" not in said
    assert "3 of 5 practices had not been heard." in said
    assert decision.sha256 in said
    assert "&lt;b&gt;not&lt;/b&gt;" in reviewer.get(f"/decisions/{decision.pk}/").text


def test_the_page_is_drawn_of_the_snapshot_alone(reviewer, place, decision):
    """Whatever becomes of the rows behind it, the page is the same to the byte."""
    url = f"/decisions/{decision.pk}/"
    before = bare(reviewer.get(url).text)
    protection.remove()
    CriterionResult.objects.update(figure="changed", state="met")
    Organisation.objects.update(name="changed")
    Event.objects.update(title="changed")
    Policy.objects.update(title="changed")
    Assessment.objects.update(overall="met")
    decision.reasons.update(reason="changed")
    decision.conditions.update(text="changed")
    type(place.plan).objects.update(title="changed")
    type(place.plan.footprint).objects.update(name="changed")
    assert bare(reviewer.get(url).text) == before


def test_the_frozen_text_is_served_byte_for_byte(reviewer, decision):
    answer = reviewer.get(f"/decisions/{decision.pk}.json")
    assert answer.content == decision.snapshot.encode()
    assert hashlib.sha256(answer.content).hexdigest() == decision.sha256
    assert answer.headers["Content-Type"] == "application/json"


def test_an_lmc_lead_reads_the_verdicts_and_not_what_others_did(place, decision):
    lead = signed_in(stakeholders.representative(place.lmc))
    said = text_of(lead, f"/decisions/{decision.pk}/")
    assert "2 of 5 practices; 40% of patients" in said
    assert "1 dispute was open. The organisations concerned see what was said." in said
    assert "We were" not in said
    assert "Events on record for this plan" not in said
    assert ".json" not in said
    assert lead.get(f"/decisions/{decision.pk}.json").status_code == 403


@pytest.mark.parametrize("name", ["", "conditions/"])
def test_outside_the_footprint_there_is_no_decision(decision, name):
    elsewhere = signed_in(plans.manager(country(1).plan.footprint))
    assert elsewhere.get(f"/decisions/{decision.pk}/{name}").status_code == 404


def test_the_page_costs_the_same_at_any_size(reviewer, db):
    counts = []
    for practices in (3, 40):
        here = country(practices)
        for number in range(practices):
            here.meeting(here.practices[number], held_on=TODAY - dt.timedelta(number))
        made = decided(here.plan, "conditions")
        reviewer.get(f"/decisions/{made.pk}/")
        with CaptureQueriesContext(connection) as counted:
            reviewer.get(f"/decisions/{made.pk}/")
        counts.append(len(counted))
    assert counts == [counts[0]] * 2
    # Of these three are the history below and the head of its chain.
    assert counts[0] <= 8


def test_the_list_is_newest_first_and_can_be_narrowed(reviewer, place, decision):
    later = decided(place.plan, "refuse", now=NOW + dt.timedelta(hours=1))
    said = text_of(reviewer, "/decisions/")
    assert "2 decisions." in said
    assert said.index(f"/decisions/{later.pk}/") < said.index(f"/decisions/{decision.pk}/")
    assert "0 of 1 condition met." in said
    only = text_of(reviewer, "/decisions/?outcome=refuse")
    assert "1 decision: refuse." in only
    assert f"/decisions/{decision.pk}/" not in only
    assert "No decision of this kind" in text_of(reviewer, "/decisions/?outcome=return")
    assert "is not one of the choices" in text_of(reviewer, "/decisions/?outcome=maybe")


def test_the_list_holds_what_is_in_scope_and_says_what_to_do_when_empty(reviewer, place, decision):
    elsewhere = signed_in(plans.manager(country(1).plan.footprint))
    assert "No decision has been taken yet" in text_of(elsewhere, "/decisions/")
    assert f"/decisions/{decision.pk}/" in text_of(reviewer, "/decisions/")


def test_the_list_costs_the_same_at_any_length(reviewer, place, decision):
    counts = []
    for _ in range(2):
        for _ in range(4):
            decided(place.plan, "conditions")
        reviewer.get("/decisions/")
        with CaptureQueriesContext(connection) as counted:
            reviewer.get("/decisions/")
        counts.append(len(counted))
    assert counts == [counts[0]] * 2


def test_a_condition_is_marked_as_met_by_a_reviewer(reviewer, place, decision):
    condition = decision.conditions.get()
    page = f"/decisions/{decision.pk}/conditions/"
    assert "29 September 2016, in 90 days" in text_of(reviewer, page)
    url = f"/conditions/{condition.pk}/met/"
    assert url in text_of(reviewer, page)
    assert "Enter how the condition was met" in reviewer.post(url, {"how": " "}).text
    reviewer.post(url, {"how": "All were heard"})
    said = text_of(reviewer, page)
    assert "1 of 1 condition met." in said
    assert "All were heard 1 July 2016" in said
    assert url not in said
    reviewer.post(url, {"how": "Twice"})
    assert "Somebody else marked this condition first." in text_of(reviewer, page)


def test_an_overdue_condition_says_so(manager, decision):
    protection.remove()
    decision.conditions.update(due_on=TODAY - dt.timedelta(2))
    said = text_of(manager, f"/decisions/{decision.pk}/conditions/")
    assert "0 of 1 condition met, 1 overdue." in said
    assert "Overdue" in said
    assert "/met/" not in said


def test_an_exception_is_granted_on_the_criterion_that_was_asked_for(reviewer, place):
    url = f"/plans/{place.plan.code}/exceptions/add/"
    page = text_of(reviewer, f"{url}?criterion=gp_breadth")
    assert "1 of 5 practices; 20% of patients" in page
    assert '<option value="gp_breadth" selected>' in page
    assert 'value="lmc_reached"' not in page
    assert "At the latest 1 July 2017" in page
    typed = {"criterion": "gp_breadth", "reason": "Rural & remote", "expires_on": "1 July 2018"}
    again = unescape(words(reviewer.post(url, typed)))
    assert "The last day must be 1 July 2017 or earlier" in again
    assert "Rural & remote" in again
    done = reviewer.post(url, {**typed, "expires_on": "1 July 2017"})
    assert done.headers["Location"] == f"/plans/{place.plan.code}/#decisions"
    assert CriterionException.objects.get().expires_on == dt.date(2017, 7, 1)
    other = signed_in(accounts.user(Role.REVIEWER))
    stands = other.post(url, {**typed, "expires_on": "1 August 2016"})
    assert "is in force until 1 July 2017. Withdraw it first" in stands.text


def test_an_exception_is_withdrawn_with_a_reason(reviewer, place, decision):
    granted = CriterionException.objects.get()
    url = f"/exceptions/{granted.pk}/withdraw/"
    assert "Granted by Dr Reviewer on 1 July 2016, until 31 July 2016." in text_of(reviewer, url)
    assert "Enter why the exception is withdrawn" in reviewer.post(url, {"reason": ""}).text
    assert reviewer.post(url, {"reason": "Heard since"}).status_code == 302
    granted.refresh_from_db()
    assert granted.withdrawn_reason == "Heard since"
    reviewer.post(url, {"reason": "Twice"})
    assert CriterionException.objects.get().withdrawn_reason == "Heard since"


def test_an_exception_needs_an_assessment(reviewer):
    plan = plans.plan(plans.footprint())
    said = text_of(reviewer, f"/plans/{plan.code}/exceptions/add/")
    assert "Nothing can be let pass: this plan has not been assessed yet" in said


@pytest.mark.parametrize("name", ["conditions/{condition}/met", "exceptions/{exception}/withdraw"])
def test_who_may_write_there_is_told_why_they_cannot(place, decision, name):
    person = accounts.user(Role.REVIEWER)
    FootprintGrant.objects.create(user=person, footprint=place.plan.footprint, valid_from=TODAY)
    exception = CriterionException.objects.get().pk
    url = "/" + name.format(condition=decision.conditions.get().pk, exception=exception) + "/"
    answer = signed_in(person).post(url, {"how": "Done", "reason": "Done"})
    assert answer.status_code == 403
    assert "so another reviewer has to decide on it" in answer.text


def test_the_dossier_shows_decisions_conditions_and_exceptions(reviewer, manager, place, decision):
    expired = CriterionException.objects.create(
        plan=place.plan, key="gp_depth", reason="Winter", starts_on=TODAY - dt.timedelta(90),
        expires_on=TODAY - dt.timedelta(1), recorded_at=NOW, recorded_by=None,
    )  # fmt: skip
    url = f"/plans/{place.plan.code}/"
    said = text_of(reviewer, url)
    assert f"/decisions/{decision.pk}/" in said
    assert "Conditions still open" in said
    assert "Exceptions in force" in said
    assert "Granted by Dr Reviewer on 1 July 2016, until 31 July 2016." in said
    assert f"/exceptions/{expired.pk}/withdraw/" not in said
    assert "Expired" in said
    assert f"{url}decide/" in said
    theirs = text_of(manager, url)
    assert f"/decisions/{decision.pk}/" in theirs
    assert f"{url}decide/" not in theirs
    assert "A reviewer of the board decides." in theirs
    both = accounts.user(Role.REVIEWER)
    FootprintGrant.objects.create(user=both, footprint=place.plan.footprint, valid_from=TODAY)
    ours = text_of(signed_in(both), url)
    assert f"{url}decide/" not in ours
    assert "You can write about this footprint, so somebody else decides on its plan." in ours
