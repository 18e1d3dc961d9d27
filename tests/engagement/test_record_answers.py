"""An organisation named in a record agrees or disagrees; the managers answer and cannot remove it."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry
from engagement.actions import answers, disputes, withdraw_event
from engagement.models import Attestation, EventPlan, Reach
from engagement.queries.drafts import last_change
from plans.models import Plan
from readiness.actions import assess_plans, ensure_policies
from readiness.models import CriterionResult
from tests.engagement.area import bolton, days_ago, today
from tests.factories import accounts, engagement, stakeholders

WORDS = "Nobody of ours was there."


@pytest.fixture
def area(db):
    return bolton()


@pytest.fixture
def event(area):
    held = engagement.event(area.plan, held_on=days_ago(30), recorded_by=area.manager)
    engagement.took_part(area.lmc, held, capacity="representative")
    engagement.took_part(area.practices[0], held)
    return held


@pytest.fixture
def lead(area):
    return stakeholders.representative(area.lmc)


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def say(event, organisation, by, answer="disputed", words=WORDS):
    return answers.answer_record(
        event_id=event.pk,
        organisation=organisation,
        answer=answer,
        words=words,
        by=by,
        now=timezone.now(),
    )


def assessed(area, key="lmc_reached"):
    ensure_policies()
    assess_plans(plan_ids=[area.plan.pk], as_at=today(), now=timezone.now())
    return CriterionResult.objects.get(
        assessment__plan=area.plan, assessment__is_current=True, key=key
    )


def url(event, organisation):
    return f"/events/{event.pk}/answer/{organisation.code}/"


def test_a_dispute_takes_the_part_out_of_the_figures_until_it_is_over(area, event, lead):
    assert assessed(area).state == "met"

    say(event, area.lmc, lead)
    disputed = assessed(area)
    assert (disputed.state, disputed.figure) == ("disputed", "0 of 1 LMC")
    assert disputed.evidence["not_counted"]["disputed"] == 1

    say(event, area.lmc, lead, answer="confirmed", words="")
    assert assessed(area).state == "met"
    former = Attestation.objects.get(answer="disputed")
    assert (former.resolution, former.words, former.resolved_by) == ("taken_back", WORDS, lead)


def test_a_dispute_that_ends_after_the_record_was_changed_was_corrected(area, event, lead):
    say(event, area.lmc, lead)
    with transaction.atomic():
        AuditEntry.objects.create(
            recorded_at=timezone.now(),
            verb="event amended",
            object_type="engagement.event",
            object_key=str(event.pk),
        )
    say(event, area.lmc, lead, answer="confirmed", words="")

    assert Attestation.objects.get(answer="disputed").resolution == "corrected"


def test_the_plan_is_stale_and_the_summary_is_marked(area, event, lead):
    assessed(area)
    say(event, area.lmc, lead)

    plan = Plan.objects.get(pk=area.plan.pk)
    assert plan.change_no > plan.assessed_no
    assert EventPlan.objects.get(event=event).own is None
    assert Reach.objects.get(plan=plan, organisation=area.lmc).is_due


def test_the_same_answer_twice_is_one_answer(area, event, lead):
    assert say(event, area.lmc, lead) == say(event, area.lmc, lead)
    assert AuditEntry.objects.filter(verb="record disputed").count() == 1


def test_other_words_supersede_and_the_former_stay_as_they_were(area, event, lead):
    first = say(event, area.lmc, lead)
    second = say(event, area.lmc, lead, words="We were told, not asked.")

    first.refresh_from_db()
    assert first.superseded_at is not None
    assert (first.words, first.resolution) == (WORDS, "")
    assert answers.is_open(second)
    assert not answers.is_open(first)


@pytest.mark.parametrize("who", ["manager", "practice", "another lmc", "unnamed"])
def test_only_who_answers_for_a_named_organisation_speaks_for_it(area, event, lead, who):
    people = {
        "manager": (area.manager, area.lmc),
        "practice": (stakeholders.representative(area.practices[0]), area.lmc),
        "another lmc": (stakeholders.representative(stakeholders.lmc()), area.lmc),
        "unnamed": (
            stakeholders.representative(area.practices[1]),
            area.practices[1],
        ),
    }
    person, organisation = people[who]

    with pytest.raises(answers.NotNamedError):
        say(event, organisation, person)
    assert not Attestation.objects.exists()


def test_a_dispute_says_why_and_the_database_insists(area, event, lead):
    with pytest.raises(ValueError, match="what is wrong"):
        say(event, area.lmc, lead, words="  ")
    with pytest.raises(IntegrityError), transaction.atomic():
        Attestation.objects.create(
            event=event,
            organisation=area.lmc,
            answer="disputed",
            answered_at=timezone.now(),
            answered_by=lead,
        )


def test_a_withdrawn_record_is_not_answered(area, event, lead):
    withdraw_event(by=area.manager, event_id=event.pk, reason="Twice", now=timezone.now())
    with pytest.raises(answers.RecordWithdrawnError):
        say(event, area.lmc, lead)


def test_a_reply_stands_beside_an_open_dispute_only(area, event, lead):
    dispute = say(event, area.lmc, lead)
    words = {"attestation_id": dispute.pk, "by": area.manager, "now": timezone.now()}
    disputes.reply_to_dispute(reply="Your chair signed the list.", **words)

    dispute.refresh_from_db()
    assert (dispute.reply, dispute.words) == ("Your chair signed the list.", WORDS)
    assert assessed(area, "attestation").evidence["open_disputes"] == 1
    say(event, area.lmc, lead, answer="confirmed", words="")
    with pytest.raises(disputes.DisputeOverError):
        disputes.reply_to_dispute(reply="And again.", **words)


def test_the_lead_disagrees_from_the_page_and_the_manager_replies(area, event, lead):
    theirs, ours = browser(lead), browser(area.manager)
    page = theirs.get("/were-we-consulted/").content.decode()
    assert url(event, area.lmc) in page

    assert "Enter what is wrong with the record" in (
        theirs.post(url(event, area.lmc), {"answer": "disputed"}).content.decode()
    )
    answered = theirs.post(
        url(event, area.lmc), {"answer": "disputed", "words": WORDS}, follow=True
    ).content.decode()
    assert "Your answer is recorded." in answered
    assert WORDS in answered
    assert "You disagree with the record of" in theirs.get("/were-we-consulted/").content.decode()

    dispute = Attestation.objects.get()
    reply = f"/events/{event.pk}/disputes/{dispute.pk}/reply/"
    assert reply in ours.get(f"/events/{event.pk}/").content.decode()
    assert "Enter your reply" in ours.post(reply, {"reply": ""}).content.decode()
    ours.post(reply, {"reply": "Your chair signed the list."})
    assert "Your chair signed the list." in theirs.get(f"/events/{event.pk}/").content.decode()


def test_who_agrees_again_leaves_nothing_of_the_former_dispute_beside_the_answer(area, event, lead):
    theirs = browser(lead)
    theirs.post(url(event, area.lmc), {"answer": "disputed", "words": WORDS})

    page = theirs.post(
        url(event, area.lmc), {"answer": "confirmed", "words": WORDS}, follow=True
    ).content.decode()

    assert Attestation.objects.get(superseded_at=None).words == ""
    said = page[page.index("What they say of it") : page.index(">The record<")]
    assert WORDS not in said


def test_of_another_organisations_dispute_a_lead_reads_that_it_is_one_and_no_more(
    area, event, lead
):
    say(event, area.lmc, lead)
    practice = browser(stakeholders.representative(area.practices[0]))

    page = practice.get(f"/events/{event.pk}/").content.decode()
    assert "Bolton LMC disagrees with the record." in page
    assert WORDS not in page


def test_a_reviewer_reads_the_words(area, event, lead):
    say(event, area.lmc, lead)
    reviewer = browser(accounts.user("reviewer"))

    assert WORDS in reviewer.get(f"/events/{event.pk}/").content.decode()
    assert reviewer.get(url(event, area.lmc)).status_code == 403


def test_who_has_changed_a_record_last_is_not_who_answered_it(area, event, lead):
    before = last_change(event)
    say(event, area.lmc, lead)
    assert last_change(event) == before
