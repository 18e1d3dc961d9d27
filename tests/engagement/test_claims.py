"""You missed this: an organisation adds, the managers decide, and nothing is lost on the way."""

import uuid

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.roles import Role
from engagement.actions import claims as actions
from engagement.models import Claim, ClaimKind, Event, Evidence, Outcome
from engagement.presenters import letters_claims
from engagement.queries.consulted import records_of
from engagement.rules.claims import LONGEST, OUTCOME_BY_KIND, title_for
from engagement.rules.record import Attendance, Record
from mail.models import Message
from readiness.actions import assess_plans, ensure_policies
from readiness.models import CriterionResult
from stakeholders.models import Representative
from tests.engagement.area import bolton, days_ago, today
from tests.engagement.at_once import at_once
from tests.factories import accounts, claims, engagement, plans, stakeholders

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return bolton()


@pytest.fixture
def lead(area):
    return stakeholders.representative(area.lmc)


@pytest.fixture
def claim(area, lead):
    return claims.claim(area.lmc, area.plan, claimed_by=lead)


def url(area):
    return f"/were-we-consulted/{area.plan.code}/{area.lmc.code}/add/"


def filled(**differs):
    return {
        "kind": "met",
        "happened_on": days_ago(10).isoformat(),
        "channel": "meeting",
        "with_whom": "The programme director",
        "words": "We said that section 5 has no money.",
        "form_key": str(uuid.UUID(int=5)),
        **differs,
    }


def accepted(**differs):
    return {
        "held_on": days_ago(10).isoformat(),
        "channel": "meeting",
        "title": "Meeting with Bolton LMC",
        "level": "consult",
        "capacity": "representative",
        "outcome": "attended",
        **differs,
    }


def test_the_kinds_have_outcomes_that_there_are():
    assert set(OUTCOME_BY_KIND) == set(ClaimKind)
    assert set(OUTCOME_BY_KIND.values()) <= set(Outcome)


@pytest.mark.parametrize(
    ("kind", "organisation", "title"),
    [
        ("met", "Bolton LMC", "Meeting with Bolton LMC"),
        ("sent", "Bolton LMC", "Views of Bolton LMC"),
        ("no_reply", "Bolton LMC", "Bolton LMC asked to be involved"),
        ("met", "x" * 200, f"Meeting with {'x' * 146}…"),
    ],
)
def test_the_title_that_is_suggested(kind, organisation, title):
    assert title_for(kind, channel="Meeting", organisation=organisation) == title


# --- the organisation adds


def test_a_lead_adds_what_is_missing(client, area, lead):
    client.force_login(lead)
    answer = client.post(url(area), filled(links="https://example.org/minutes"), follow=True)

    claim = Claim.objects.get()
    assert answer.redirect_chain[-1][0] == f"/claims/{claim.pk}/"
    assert (claim.organisation, claim.plan, claim.state) == (area.lmc, area.plan, "open")
    assert "We said that section 5 has no money." in answer.text
    assert "Claimed by Bolton LMC" in answer.text
    assert Evidence.objects.get().url == "https://example.org/minutes"
    assert "https://example.org/minutes" in answer.text
    entry = AuditEntry.objects.get(verb="claim made")
    assert (entry.actor, entry.on_behalf_of) == (lead, str(area.lmc))
    assert entry.became["words"] == "We said that section 5 has no money."
    assert "section 5" not in str(entry.after)


def test_the_managers_of_the_plan_are_told_and_nobody_else(client, area, lead):
    second = plans.manager(area.footprint)
    plans.manager(plans.footprint())
    client.force_login(lead)
    client.post(url(area), filled())

    told = Message.objects.filter(kind="claim-made")
    assert {one.user for one in told} == {area.manager, second}


@pytest.mark.parametrize(
    ("differs", "sentence"),
    [
        ({"kind": ""}, "Choose what is missing"),
        ({"kind": "other"}, "must be one of the choices listed"),
        ({"happened_on": ""}, "Enter the date, like 3 April 2016"),
        ({"happened_on": "31/02/2016"}, "must be a real date"),
        ({"happened_on": "1/1/1999"}, "must be 1 January 2013 or later"),
        ({"happened_on": days_ago(-2).isoformat()}, "has not come yet. Add it when it has"),
        ({"channel": ""}, "Choose how it was"),
        ({"words": ""}, "Enter what happened, in your own words"),
        ({"words": "\u200b \u200b"}, "Enter what happened, in your own words"),
        ({"words": "a\0b"}, "holds characters that cannot be read"),
        ({"words": "x" * (LONGEST + 1)}, "must be 5,000 characters or fewer. It has 5,001"),
        ({"with_whom": "x" * 201}, "must be 200 characters or fewer"),
        ({"links": "javascript:alert(1)"}, "javascript:alert(1)"),
    ],
)
def test_what_cannot_be_added_is_said_and_what_was_typed_is_kept(
    client, area, lead, differs, sentence
):
    client.force_login(lead)
    answer = client.post(url(area), filled(**differs))

    assert answer.status_code == 200
    assert sentence in answer.text
    assert "The programme director" in answer.text or "with_whom" in differs
    assert not Claim.objects.exists()


def test_the_same_form_twice_adds_once_and_another_one_adds_again(client, area, lead):
    client.force_login(lead)
    for words in ("One", "One", "Another"):
        client.post(url(area), filled(words=words))

    assert sorted(Claim.objects.values_list("words", flat=True)) == ["Another", "One"]


def test_a_key_that_is_none_or_that_another_lead_used_loses_nothing(client, area, lead):
    practice = stakeholders.representative(area.practices[0])
    for person, code, key in (
        (lead, area.lmc.code, filled()["form_key"]),
        (practice, area.practices[0].code, filled()["form_key"]),
        (practice, area.practices[0].code, "no key"),
    ):
        client.force_login(person)
        made = client.post(f"/were-we-consulted/{area.plan.code}/{code}/add/", filled(form_key=key))
        assert made.status_code == 302

    assert Claim.objects.count() == 3


def test_a_plan_outside_the_area_and_somebody_elses_organisation_are_not_found(client, area, lead):
    elsewhere = plans.plan(plans.footprint(name="Elsewhere"))
    engagement.took_part(area.lmc, engagement.event(elsewhere))
    client.force_login(lead)

    for plan, code in (
        (elsewhere.code, area.lmc.code),
        (area.plan.code, area.practices[0].code),
        (area.plan.code, "NOBODY"),
        ("nowhere", area.lmc.code),
    ):
        path = f"/were-we-consulted/{plan}/{code}/add/"
        assert client.get(path).status_code == 404
        assert client.post(path, filled()).status_code == 404
    assert not Claim.objects.exists()


def test_what_is_claimed_is_taken_back_with_words_and_stays(client, area, lead, claim):
    client.force_login(lead)
    path = f"/claims/{claim.pk}/take-back/"
    assert "Enter why you take it back" in client.post(path, {"words": " "}).text
    page = client.post(path, {"words": "It was another plan."}, follow=True)

    claim.refresh_from_db()
    assert (claim.state, claim.reason, claim.decided_by) == (
        "taken_back", "It was another plan.", lead,
    )  # fmt: skip
    assert claim.words in page.text
    assert "It was another plan." in page.text
    assert not Message.objects.filter(kind="claim-decided").exists()


# --- the managers decide


def test_a_claim_moves_no_figure_and_what_is_made_of_it_does(client, area, claim):
    ensure_policies()

    def lmcs() -> str:
        assess_plans(plan_ids=[area.plan.pk], as_at=today(), now=timezone.now())
        return CriterionResult.objects.get(
            key="lmc_reached", assessment__is_current=True, assessment__plan=area.plan
        ).figure

    before = lmcs()
    assert before.startswith("0 of 1")
    client.force_login(area.manager)
    answer = client.post(f"/claims/{claim.pk}/accept/", accepted(), follow=True)

    event = Event.objects.get()
    assert answer.redirect_chain[-1][0] == f"/events/{event.pk}/"
    assert "Claimed by Bolton LMC" in answer.text
    part = event.participations.get()
    assert (part.organisation, part.capacity, part.outcome) == (
        area.lmc, "representative", "attended",
    )  # fmt: skip
    assert (event.status, event.level, event.channel) == ("happened", "consult", "meeting")
    assert lmcs().startswith("1 of 1")
    claim.refresh_from_db()
    assert (claim.state, claim.event, claim.decided_by) == ("accepted", event, area.manager)
    assert {one.verb for one in AuditEntry.objects.all()} >= {"event recorded", "claim accepted"}


def test_accepting_that_they_heard_nothing_raises_no_rung(client, area, lead):
    ensure_policies()
    claim = claims.claim(area.lmc, area.plan, kind="no_reply", claimed_by=lead)
    client.force_login(area.manager)
    page = client.get(f"/claims/{claim.pk}/accept/")
    assert "level" not in page.context["form"].fields
    answer = client.post(
        f"/claims/{claim.pk}/accept/", accepted(outcome="attended", level="empower"), follow=True
    )
    assess_plans(plan_ids=[area.plan.pk], as_at=today(), now=timezone.now())

    event = Event.objects.get()
    assert (event.status, event.level, event.cancel_reason) == ("tried", "inform", "no_response")
    assert event.participations.get().outcome == "asked_us"
    assert "Asked to be involved and heard nothing" in answer.text
    found = CriterionResult.objects.filter(assessment__is_current=True)
    assert found.get(key="lmc_reached").figure.startswith("0 of 1")
    [[record]] = records_of(lead, today=today()).values()
    assert [fact.why for fact in record.facts] == ["unanswered"]


@pytest.mark.parametrize(
    ("differs", "sentence"),
    [
        ({"held_on": ""}, "Enter"),
        ({"held_on": days_ago(-2).isoformat()}, "has not come yet"),
        ({"level": ""}, "Choose how far they could influence the plan"),
        ({"capacity": ""}, "Choose as what they spoke"),
        ({"outcome": "apologised"}, "must be one of the choices listed"),
        ({"title": ""}, "Enter the name of the record"),
        ({"title": "x" * 161}, "must be 160 characters or fewer"),
        ({"held_on": days_ago(300).isoformat()}, "Enter why it counts although"),
    ],
)
def test_what_cannot_be_accepted_is_said(client, area, claim, differs, sentence):
    client.force_login(area.manager)
    answer = client.post(f"/claims/{claim.pk}/accept/", accepted(**differs))

    assert answer.status_code == 200
    assert sentence in answer.text
    assert not Event.objects.exists()


def test_one_before_the_plan_began_is_accepted_with_the_reason(client, area, claim):
    client.force_login(area.manager)
    path = f"/claims/{claim.pk}/accept/"
    said = accepted(held_on=days_ago(300).isoformat(), period_reason="It led to the plan")

    assert client.post(path, said).status_code == 302
    assert Event.objects.get().period_reason == "It led to the plan"


def test_a_double_is_warned_of_and_made_only_on_purpose(client, area, claim):
    there = engagement.event(area.plan, held_on=days_ago(10), title="The same?")
    engagement.took_part(area.lmc, there)
    client.force_login(area.manager)
    path = f"/claims/{claim.pk}/accept/"

    assert "This may already be logged" in client.get(path).text
    refused = client.post(path, accepted())
    assert "Tick that it is another one, or link the claim" in refused.text
    assert Event.objects.count() == 1
    assert client.post(path, accepted(is_another="on")).status_code == 302
    assert Event.objects.count() == 2


def test_linking_offers_the_nearest_record_that_names_them(client, area, claim):
    far, near = (
        engagement.event(area.plan, held_on=days_ago(days), title=title)
        for days, title in ((40, "Far"), (12, "Near"))
    )
    for event in (far, near):
        engagement.took_part(area.lmc, event)
    unnamed = engagement.event(area.plan, held_on=days_ago(10), title="Names somebody else")
    gone = engagement.event(area.plan, held_on=days_ago(10), title="Long ago withdrawn")
    engagement.took_part(area.lmc, gone)
    Event.objects.filter(pk=gone.pk).update(
        withdrawn_at=timezone.now(), withdrawn_by=area.manager, withdrawn_reason="Twice"
    )
    client.force_login(area.manager)
    path = f"/claims/{claim.pk}/link/"
    page = client.get(path)

    offered = [pk for pk, _ in page.context["form"].fields["event"].choices]
    assert offered == [near.pk, far.pk]
    assert "Names somebody else" in page.text
    for wrong in (unnamed.pk, gone.pk, 10**9, "x", ""):
        assert client.post(path, {"event": wrong}).status_code == 200
    client.post(path, {"event": near.pk})
    claim.refresh_from_db()
    assert (claim.state, claim.event) == ("linked", near)


def test_without_a_record_near_the_page_says_what_to_do(client, area, claim):
    client.force_login(area.manager)

    assert "No record near that day names them" in client.get(f"/claims/{claim.pk}/link/").text


def test_declining_needs_a_reason_that_the_organisation_and_the_board_read(
    client, area, lead, claim
):
    client.force_login(area.manager)
    path = f"/claims/{claim.pk}/decline/"
    assert "Enter why it does not come" in client.post(path, {"reason": "\u200b"}).text
    client.post(path, {"reason": "We have no note of it."})

    assert {one.user for one in Message.objects.filter(kind="claim-decided")} == {lead}
    for reader in (lead, accounts.user(Role.REVIEWER), area.manager):
        client.force_login(reader)
        assert "We have no note of it." in client.get(f"/claims/{claim.pk}/").text
        if reader != lead:
            assert "We have no note of it." in client.get(f"/plans/{area.plan.code}/").text


@pytest.mark.parametrize("second", ["accept", "link", "decline", "take-back"])
def test_a_decided_claim_is_not_decided_again(client, area, lead, claim, second):
    actions.decline(claim_id=claim.pk, reason="No note.", by=area.manager, now=timezone.now())
    client.force_login(lead if second == "take-back" else area.manager)
    sent = {**accepted(), "reason": "Again", "words": "Again", "event": 1}

    for answer in (
        client.get(f"/claims/{claim.pk}/{second}/", follow=True),
        client.post(f"/claims/{claim.pk}/{second}/", sent, follow=True),
    ):
        assert f"{area.manager.name} was there before you" in answer.text
    claim.refresh_from_db()
    assert (claim.state, claim.reason) == ("declined", "No note.")
    assert not Event.objects.exists()


def test_who_answers_for_the_organisation_decides_nothing_even_as_manager(client, area, claim):
    Representative.objects.create(
        user=area.manager, organisation=area.lmc, valid_from=accounts.LONG_AGO
    )
    client.force_login(area.manager)

    answer = client.post(f"/claims/{claim.pk}/accept/", accepted())

    assert answer.status_code == 403
    assert "cannot decide on what it claims" in answer.text


def test_the_action_refuses_what_no_page_sends(area, claim):
    other = plans.plan(plans.footprint())
    unheard = claims.claim(area.lmc, area.plan, kind="no_reply")
    part = Attendance(
        organisation_id=area.lmc.pk, person_id=None, capacity="representative", outcome="attended"
    )
    good = Record(
        plan_ids=(area.plan.pk,), title="T", held_on=days_ago(3), channel="meeting",
        status="happened", level="consult", attendances=(part,),
    )  # fmt: skip
    elsewhere = Record(**{**_facts(good), "plan_ids": (other.pk,)})
    nobody = Record(**{**_facts(good), "attendances": ()})
    by, now = area.manager, timezone.now()

    for one, record in ((claim, elsewhere), (claim, nobody), (unheard, good)):
        with pytest.raises(actions.NotOfThePlanError):
            actions.accept(claim_id=one.pk, record=record, by=by, now=now)
    with pytest.raises(ValueError, match="reason"):
        actions.decline(claim_id=claim.pk, reason=" ", by=by, now=now)
    with pytest.raises(ValueError, match="take it back"):
        actions.take_back(claim_id=claim.pk, words="", by=by, now=now)
    with pytest.raises(ValueError, match="Say what happened"):
        actions.make_claim(
            plan=area.plan, organisation=area.lmc, form_key=uuid.uuid4(), by=by, now=now,
            said=actions.Said(kind="met", happened_on=days_ago(1), channel="phone", words=" "),
        )  # fmt: skip
    assert not Event.objects.exists()


def _facts(record):
    return {name: getattr(record, name) for name in record.__slots__}


# --- who sees it


def test_the_lead_of_another_lmc_sees_nothing_of_it(client, area, lead, claim):
    second = stakeholders.lmc(name="Bury LMC")
    stakeholders.practice(area.ccg, represented_by=second)
    client.force_login(area.manager)
    client.post(f"/claims/{claim.pk}/accept/", accepted())
    event = Event.objects.get()
    engagement.took_part(second, event)
    claims.claim(area.lmc, area.plan, words="canary that waits")
    client.force_login(stakeholders.representative(second))

    assert client.get(f"/claims/{claim.pk}/").status_code == 404
    record = client.get(f"/events/{event.pk}/")
    assert record.status_code == 200
    assert "Claimed by" not in record.text
    for path in (f"/plans/{area.plan.code}/", "/were-we-consulted/"):
        assert "What organisations added" not in client.get(path).text
        assert "canary" not in client.get(path).text


def test_what_waits_stands_on_the_managers_pages_until_it_is_decided(client, area, claim):
    claims.claim(stakeholders.lmc(), plans.plan(plans.footprint()))
    client.force_login(area.manager)

    for path in ("/", "/flags/"):
        page = client.get(path).text
        assert "1 claim waits for you" in page
        assert f"/claims/{claim.pk}/" in page
    actions.decline(claim_id=claim.pk, reason="No note.", by=area.manager, now=timezone.now())
    for path in ("/", "/flags/"):
        assert "for you" not in client.get(path).text


def test_the_dossier_says_how_many_wait_are_in_and_were_declined(client, area, claim):
    for state, event in (
        ("accepted", engagement.event(area.plan)),
        ("declined", None),
        ("taken_back", None),
    ):
        claims.claim(area.lmc, area.plan, **claims.over(state, reason="Why", event=event))
    client.force_login(accounts.user(Role.REVIEWER))
    page = client.get(f"/plans/{area.plan.code}/").text

    assert (
        "Organisations added 4 contacts that the record did not have: 1 waiting for the managers, 1"
        " in the record now, 1 declined, 1 taken back. None counts for a figure by itself." in page
    )


@pytest.mark.parametrize("number", [1, 30])
def test_the_pages_ask_as_often_however_much_was_claimed(
    client, area, lead, claim, number, django_assert_num_queries
):
    for _ in range(number):
        engagement.took_part(area.lmc, engagement.event(area.plan, held_on=days_ago(10)))
        claims.claim(area.lmc, area.plan)
    client.force_login(area.manager)

    with django_assert_num_queries(9):
        client.get(f"/claims/{claim.pk}/")
    with django_assert_num_queries(8):
        client.get(f"/claims/{claim.pk}/link/")
    with django_assert_num_queries(7):
        client.get(f"/claims/{claim.pk}/accept/")


# --- what is told


def test_the_letters_say_what_waits_and_what_became_of_it(area, lead, claim):
    now = timezone.now()
    actions.decline(claim_id=claim.pk, reason="<b>No</b> note.", by=area.manager, now=now)
    waiting = claims.claim(area.lmc, area.plan)
    made = Message(kind="claim-made", user=area.manager, context={"claim": waiting.pk})
    decided = Message(kind="claim-decided", user=lead, context={"claim": claim.pk})

    first = letters_claims.claim_made(made, now=now)
    second = letters_claims.claim_decided(decided, now=now)

    assert first.subject == "Bolton LMC says that the record misses something"
    assert f"/claims/{waiting.pk}/" in first.text
    assert waiting.words not in first.text + first.html
    assert second.subject == "What you added to Bolton plan was declined"
    assert "<b>No</b> note." in second.text
    assert "&lt;b&gt;No&lt;/b&gt; note." in second.html


def test_a_letter_that_has_become_pointless_is_not_written(area, lead, claim):
    now, stranger = timezone.now(), accounts.user(Role.MANAGER)
    told = {"context": {"claim": claim.pk}}

    assert letters_claims.claim_decided(Message(user=lead, **told), now=now) is None
    assert letters_claims.claim_made(Message(user=stranger, **told), now=now) is None
    actions.decline(claim_id=claim.pk, reason="No note.", by=area.manager, now=now)
    assert letters_claims.claim_made(Message(user=area.manager, **told), now=now) is None
    assert letters_claims.claim_decided(Message(user=stranger, **told), now=now) is None
    assert letters_claims.claim_made(
        Message(user=area.manager, context={"claim": 0}), now=now
    ) is None  # fmt: skip


# --- at the same moment


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_one_stands_and_the_other_is_told():
    area = bolton()
    second = plans.manager(area.footprint)
    part = Attendance(
        organisation_id=area.lmc.pk, person_id=None, capacity="representative", outcome="attended"
    )
    record = Record(
        plan_ids=(area.plan.pk,), title="T", held_on=days_ago(3), channel="meeting",
        status="happened", level="consult", attendances=(part,),
    )  # fmt: skip
    claim = claims.claim(area.lmc, area.plan)

    def accept():
        return actions.accept(claim_id=claim.pk, record=record, by=area.manager, now=timezone.now())

    def decline():
        return actions.decline(claim_id=claim.pk, reason="No note.", by=second, now=timezone.now())

    found = at_once(accept, decline, accept, decline, told=actions.ClaimDecidedError)
    told = [one for one in found if isinstance(one, actions.ClaimDecidedError)]
    claim.refresh_from_db()

    assert len(told) == 3
    assert {one.claim.state for one in told} == {claim.state}
    assert Event.objects.count() == (claim.state == "accepted")


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_eight_times_at_once_adds_one():
    area, key = bolton(), uuid.uuid4()
    lead = stakeholders.representative(area.lmc)
    said = actions.Said(kind="met", happened_on=days_ago(3), channel="phone", words="We rang.")

    def add():
        return actions.make_claim(
            plan=area.plan, organisation=area.lmc, said=said, form_key=key, by=lead,
            now=timezone.now(),
        ).pk  # fmt: skip

    found = at_once(*[add] * 8)

    assert set(found) == {Claim.objects.get().pk}
    assert Message.objects.filter(kind="claim-made").count() == 1
