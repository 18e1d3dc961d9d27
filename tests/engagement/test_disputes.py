"""How a dispute ends: its author takes it back, or a reviewer without a part lets it stand."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry
from engagement.actions import answers, disputes
from engagement.models import Attestation
from engagement.presenters.letters import dispute_closed, dispute_raised, dispute_replied
from mail.models import Message
from plans.models import FootprintGrant
from readiness.actions import assess_plans, ensure_policies
from readiness.models import CriterionResult
from stakeholders.models import Representative
from tests.engagement.area import bolton, days_ago, today
from tests.factories import accounts, engagement, plans, stakeholders

pytestmark = pytest.mark.django_db
WORDS = "Nobody of ours was there."
WHY = "The list is signed, the chair says otherwise; both stand."
NOW = timezone.now()


@pytest.fixture
def area():
    return bolton()


@pytest.fixture
def lead(area):
    return stakeholders.representative(area.lmc)


@pytest.fixture
def event(area):
    held = engagement.event(area.plan, held_on=days_ago(30), recorded_by=area.manager)
    engagement.took_part(area.lmc, held, capacity="representative")
    engagement.took_part(area.practices[0], held)
    return held


@pytest.fixture
def reviewer():
    return accounts.user("reviewer")


@pytest.fixture
def dispute(area, event, lead):
    return answers.answer_record(
        event_id=event.pk, organisation=area.lmc, answer="disputed", words=WORDS, by=lead, now=NOW
    )


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(dispute, deed) -> str:
    return f"/events/{dispute.event_id}/disputes/{dispute.pk}/{deed}/"


def result(area, key):
    ensure_policies()
    assess_plans(plan_ids=[area.plan.pk], as_at=today(), now=timezone.now())
    return CriterionResult.objects.get(
        assessment__plan=area.plan, assessment__is_current=True, key=key
    )


def close(dispute, by, words=WHY):
    return disputes.uphold_dispute(attestation_id=dispute.pk, words=words, by=by, now=NOW)


def test_a_reviewer_lets_both_stand_and_the_figure_returns_with_the_disagreement_beside_it(
    area, event, lead, reviewer, dispute
):
    assert result(area, "lmc_reached").state == "disputed"
    theirs = browser(reviewer)
    assert url(dispute, "close") in theirs.get(f"/events/{event.pk}/").text
    assert "Enter why both stand" in theirs.post(url(dispute, "close"), {"words": " "}).text
    page = theirs.post(url(dispute, "close"), {"words": WHY}, follow=True).text

    dispute.refresh_from_db()
    assert (dispute.resolution, dispute.resolution_words) == ("upheld", WHY)
    assert (dispute.resolved_by, dispute.words, dispute.superseded_at) == (reviewer, WORDS, None)
    assert result(area, "lmc_reached").state == "met"
    attested = result(area, "attestation")
    assert "1 stated disagreement: Bolton LMC" in attested.figure
    assert attested.evidence["stated_disagreements"] == 1
    for who in (reviewer, area.manager, lead):
        page = browser(who).get(f"/events/{event.pk}/").text
        assert WORDS in page
        assert WHY in page
    dossier = browser(area.manager).get(f"/plans/{area.plan.code}/").text
    assert WORDS in dossier
    assert WHY in dossier
    assert "No dispute is open." in dossier


def test_a_practice_reads_that_the_lmc_disagreed_and_no_words(area, event, reviewer, dispute):
    close(dispute, reviewer)
    page = browser(stakeholders.representative(area.practices[0])).get(f"/events/{event.pk}/").text
    assert "Bolton LMC disagrees with the record" in page
    assert WORDS not in page
    assert WHY not in page


@pytest.mark.parametrize("part", ["grant", "organisation"])
def test_a_reviewer_who_has_a_part_in_it_closes_nothing(area, event, reviewer, dispute, part):
    if part == "grant":
        FootprintGrant.objects.create(
            user=reviewer, footprint=area.footprint, valid_from=accounts.LONG_AGO
        )
    else:
        Representative.objects.create(
            user=reviewer, organisation=area.practices[0], valid_from=accounts.LONG_AGO
        )
    theirs = browser(reviewer)
    assert url(dispute, "close") not in theirs.get(f"/events/{event.pk}/").text
    assert theirs.post(url(dispute, "close"), {"words": WHY}).status_code == 403
    with pytest.raises(disputes.OwnRecordError):
        close(dispute, reviewer)
    dispute.refresh_from_db()
    assert dispute.resolution == ""


@pytest.mark.parametrize("deed", ["close", "take-back"])
def test_the_manager_answers_and_never_closes(area, dispute, deed):
    ours = browser(area.manager)
    assert ours.post(url(dispute, deed), {"words": WHY}).status_code == 403
    page = ours.get(f"/events/{dispute.event_id}/").text
    assert url(dispute, "reply") in page
    assert url(dispute, deed) not in page


def test_its_author_takes_it_back_with_words_and_nobody_else_does(area, event, lead, dispute):
    assert result(area, "lmc_reached").state == "disputed"
    practice = browser(stakeholders.representative(area.practices[0]))
    assert practice.post(url(dispute, "take-back"), {"words": WHY}).status_code == 404
    other = stakeholders.representative(area.practices[1])
    with pytest.raises(disputes.NotNamedError):
        disputes.take_back_dispute(attestation_id=dispute.pk, words=WHY, by=other, now=NOW)

    theirs = browser(lead)
    assert url(dispute, "take-back") in theirs.get(f"/events/{event.pk}/").text
    assert "Enter why you take it back" in theirs.post(url(dispute, "take-back"), {}).text
    theirs.post(url(dispute, "take-back"), {"words": "We found the notes."})
    dispute.refresh_from_db()
    assert (dispute.resolution, dispute.words) == ("taken_back", WORDS)
    assert dispute.resolution_words == "We found the notes."
    entry = AuditEntry.objects.get(verb="dispute taken back")
    assert (entry.actor, entry.on_behalf_of) == (lead, str(area.lmc))
    assert result(area, "lmc_reached").state == "met"
    assert result(area, "attestation").figure == "1 of 1 LMC heard answered"


def test_a_dispute_ends_once(lead, reviewer, dispute):
    close(dispute, reviewer)
    late = {"attestation_id": dispute.pk, "now": NOW}
    with pytest.raises(disputes.DisputeOverError):
        close(dispute, reviewer)
    with pytest.raises(disputes.DisputeOverError):
        disputes.take_back_dispute(words="x", by=lead, **late)
    with pytest.raises(disputes.DisputeOverError):
        disputes.reply_to_dispute(reply="x", by=reviewer, **late)
    assert Attestation.objects.get().resolution == "upheld"


def test_it_ends_in_words_or_not_at_all(lead, reviewer, dispute):
    with pytest.raises(ValueError, match="why"):
        close(dispute, reviewer, words=" ")
    with pytest.raises(ValueError, match="why"):
        disputes.take_back_dispute(attestation_id=dispute.pk, words="", by=lead, now=NOW)


def test_who_was_closed_may_disagree_anew_in_other_words(area, event, lead, reviewer, dispute):
    close(dispute, reviewer)
    anew = answers.answer_record(
        event_id=event.pk, organisation=area.lmc, answer="disputed", words="New.", by=lead, now=NOW
    )
    assert answers.is_open(anew)
    dispute.refresh_from_db()
    assert (dispute.resolution, dispute.superseded_at) == ("upheld", NOW)


def test_the_decision_freezes_the_disagreement(area, event, reviewer, dispute):
    from readiness.queries.computed import computed
    from readiness.queries.snapshots import frozen

    ensure_policies()

    def snapshot():
        found = computed(plan_ids=[area.plan.pk], as_at=today())[area.plan.pk]
        return frozen(area.plan, found, as_at=today(), decided_at=NOW)

    before = snapshot()
    assert (len(before["disputes"]), "disagreements" in before) == (1, False)
    close(dispute, reviewer)
    after = snapshot()
    assert after["disputes"] == []
    assert [(one["words"], one["closed_words"]) for one in after["disagreements"]] == [(WORDS, WHY)]


# --- Messages ------------------------------------------------------------------------------------


def test_the_managers_hear_of_a_dispute_and_its_author_of_reply_and_end(
    area, event, lead, reviewer, dispute
):
    elsewhere = plans.manager(plans.footprint())
    raised = Message.objects.get(kind="dispute-raised")
    assert raised.user == area.manager
    assert WORDS in dispute_raised(raised, now=NOW).text

    disputes.reply_to_dispute(
        attestation_id=dispute.pk, reply="You signed.", by=area.manager, now=NOW
    )
    replied = Message.objects.get(kind="dispute-replied")
    assert (replied.user, "You signed." in dispute_replied(replied, now=NOW).html) == (lead, True)

    close(dispute, reviewer)
    closed = Message.objects.get(kind="dispute-closed")
    assert (closed.user, WHY in dispute_closed(closed, now=NOW).text) == (lead, True)
    assert dispute_raised(raised, now=NOW) is None, "it is over"
    assert not Message.objects.filter(user=elsewhere).exists()


def test_agreeing_tells_the_managers_nothing_at_once(area, event, lead):
    answers.answer_record(
        event_id=event.pk, organisation=area.lmc, answer="confirmed", words="", by=lead, now=NOW
    )
    assert not Message.objects.exists()
