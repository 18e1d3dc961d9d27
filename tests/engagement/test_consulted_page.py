"""Were we consulted? The page; the rule behind it has its own table of cases."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import RoleGrant
from engagement.models import Attestation, Event, EventPlan, Point, Question, Status
from plans.models import BoardSeat, Capacity, FootprintGrant, PlanType
from plans.working_days import working_days_after
from stakeholders.models import RelationshipKind, Representative
from tests.factories import accounts, claims, engagement, papers, plans, stakeholders
from ui.words import nhs_date

pytestmark = pytest.mark.django_db

NEVER = "No record of consultation with Bolton LMC"


@pytest.fixture
def lmc():
    return stakeholders.lmc(name="Bolton LMC", code="LMC901")


@pytest.fixture
def ccg(lmc):
    made = stakeholders.commissioner()
    stakeholders.tie(made, RelationshipKind.REPRESENTED_BY, lmc)
    return made


@pytest.fixture
def plan(ccg):
    """A plan that is due in 39 days and had its first draft 10 days ago."""
    stakeholders.practice(ccg)
    return plan_of(plans.footprint(ccg, name="Alpha"))


def plan_of(footprint, **more):
    today = timezone.localdate()
    return plans.plan(
        footprint,
        starts_on=today - dt.timedelta(200),
        first_draft_on=today - dt.timedelta(10),
        submission_on=today + dt.timedelta(39),
        **more,
    )


def ago(days):
    return timezone.localdate() - dt.timedelta(days)


def meet(lmc, plan, days, **more):
    event = engagement.event(plan, held_on=ago(days), **more)
    engagement.took_part(lmc, event, capacity=Capacity.REPRESENTATIVE)
    return event


def question(lmc, event):
    return Question.objects.create(event=event, organisation=lmc, asked_at=timezone.now())


@pytest.fixture
def lead(client, lmc):
    client.force_login(stakeholders.representative(lmc))
    return client


def answers(lead):
    page = lead.get("/were-we-consulted/")
    assert page.status_code == 200
    return [answer for section in page.context["sections"] for answer in section.answers]


def test_never_consulted_says_so_and_names_whom_to_ask(lead, plan):
    manager = plans.manager(plan.footprint)

    page = lead.get("/were-we-consulted/").text

    assert f"{NEVER}: nothing is logged in your name. The board sees this too." in page
    assert f"add it: the regional manager, {manager.name}, must answer." in page
    assert f"/were-we-consulted/{plan.code}/LMC901/add/" in page
    assert "in 39 days" in page
    assert "wt-answer--no" in page
    assert "0 of the 1 practice in your area heard" in page


def test_managers_by_region_are_named_and_former_ones_are_not(lead, ccg):
    region = plans.region()
    stakeholders.practice(ccg)
    plan_of(plans.footprint(ccg, in_region=region))
    now, then = plans.manager(in_region=region), plans.manager(in_region=region)
    moved = plans.manager(in_region=region)
    RoleGrant.objects.filter(user=then).update(valid_to=ago(1))
    FootprintGrant.objects.filter(user=moved).update(valid_to=ago(1))

    [answer] = answers(lead)

    assert f"add it: the regional manager, {now.name}, must answer." in answer.what_to_do


def test_a_meeting_changes_the_answer_and_is_listed(lead, lmc, plan):
    event = meet(lmc, plan, 50, title="Liaison")
    Point.objects.create(event=event, organisation=lmc, text="No money behind it")

    [answer] = answers(lead)
    page = lead.get("/were-we-consulted/").text

    assert answer.answer.verdict == "yes"
    assert answer.answer.sentence.startswith("Logged: 1 meeting, on ")
    assert [record.title for record in answer.records] == ["Liaison"]
    assert NEVER not in page
    assert "1 point of yours recorded." in page
    assert "No money behind it" in page


def test_after_the_draft_by_proxy_and_planned_are_told_apart(lead, lmc, ccg):
    late, proxy, ahead = (
        plan_of(plans.footprint(ccg, name=name)) for name in ("Late", "Proxy", "Ahead")
    )
    meet(lmc, late, 5)
    event = engagement.event(proxy, held_on=ago(90))
    engagement.took_part(lmc, event, capacity=Capacity.COMMISSIONER)
    meet(lmc, ahead, -20, status=Status.PLANNED)

    found = {answer.title: answer.answer for answer in answers(lead)}

    assert found["Late plan"].verdict == "partly"
    assert found["Proxy plan"].verdict == "no"
    assert "met by proxy only" in found["Proxy plan"].sentence
    assert found["Ahead plan"].verdict == "no"
    assert "Planned: 1 meeting" in found["Ahead plan"].sentence
    assert [answer.answer.verdict for answer in answers(lead)] == ["no", "no", "partly"]


def test_the_practices_of_the_area_are_counted_for_each_plan(lead, lmc, ccg, plan):
    heard, told, proxy = (stakeholders.practice(ccg) for _ in range(3))
    stakeholders.practice(ccg, represented_by=stakeholders.lmc())
    event = engagement.event(plan, held_on=ago(30))
    engagement.took_part(heard, event)
    engagement.took_part(told, event, outcome="informed")
    engagement.took_part(proxy, event, capacity=Capacity.COMMISSIONER)

    [answer] = answers(lead)

    assert answer.area == "1 of the 4 practices in your area heard"
    assert answer.area_url == f"/plans/{plan.code}/missing/?lmc={lmc.code}"


def test_the_seats_held_are_listed(lead, lmc, plan):
    BoardSeat.objects.create(
        plan=plan, body="Programme board", title="LMC member", organisation=lmc,
        capacity=Capacity.REPRESENTATIVE, voting=True, valid_from=ago(100),
    )  # fmt: skip

    assert "Alpha plan: LMC member on Programme board, voting." in (
        lead.get("/were-we-consulted/").text
    )


def test_what_it_was_shown_is_listed_and_what_others_were_shown_is_not(lead, lmc, ccg, plan):
    assert "No version is on record as shown to you." in lead.get("/were-we-consulted/").text
    for number, organisation in enumerate((lmc, stakeholders.practice(ccg))):
        version = papers.version(plan, title=f"Draft {number + 1}", dated_on=ago(20))
        papers.shown(version, organisation, shown_on=ago(10), how="By email", in_confidence=True)

    page = lead.get("/were-we-consulted/").text

    days = working_days_after(ago(10), plan.submission_on)
    assert (
        f"Draft 1, on {nhs_date(ago(10))}, by email, in confidence: {days} working days before the"
        " submission"
    ) in page
    assert "Draft 2" not in page
    assert "No version is on record" not in page


def test_a_practice_and_a_charity_get_the_same_page(client, ccg, plan):
    practice = stakeholders.practice(ccg, name="Castle Surgery")
    charity = stakeholders.organisation(name="Carers' Network")
    plans.belong(charity, plan.footprint)
    for organisation in (practice, charity):
        client.force_login(stakeholders.representative(organisation))
        [answer] = answers(client)
        assert answer.answer.sentence.startswith("No record of consultation with ")
        assert answer.area == ""


def test_each_organisation_has_its_section(lead, lmc, plan, client):
    other = stakeholders.lmc(name="Bury LMC")
    Representative.objects.create(
        user=Representative.objects.get(organisation=lmc).user,
        organisation=other,
        valid_from=accounts.LONG_AGO,
    )

    page = lead.get("/were-we-consulted/")

    assert {section.name for section in page.context["sections"]} == {"Bolton LMC", "Bury LMC"}
    assert "No plan covers your organisation" in page.text


def test_a_plan_that_names_us_outside_our_area_is_listed_too(lead, lmc):
    elsewhere = plan_of(plans.footprint(name="Beta"))
    meet(lmc, elsewhere, 50)

    [answer] = answers(lead)

    assert answer.title == "Beta plan"
    assert answer.plan_url == ""


def test_a_closed_plan_is_listed_only_when_it_names_us(lead, lmc, ccg):
    plan = plan_of(plans.footprint(ccg))
    type(plan).objects.update(closed_on=ago(1))

    assert answers(lead) == []
    meet(lmc, plan, 50)
    assert answers(lead)[0].due.startswith("Closed on ")


@pytest.mark.parametrize(("days", "listed"), [(366, True), (367, False)])
def test_a_plan_closed_for_more_than_a_year_is_left_to_the_ledger(lead, lmc, ccg, days, listed):
    closed = plan_of(plans.footprint(name="Beta"))
    type(closed).objects.update(closed_on=ago(days))
    meet(lmc, closed, 190)

    assert bool(answers(lead)) is listed


def test_a_representative_of_nobody_is_told_what_to_do(lead):
    Representative.objects.all().delete()

    assert "You do not answer for an organisation yet" in lead.get("/were-we-consulted/").text


@pytest.mark.parametrize("number", [1, 30])
def test_the_queries_are_as_many_however_much_was_logged(
    lead, lmc, ccg, number, django_assert_num_queries
):
    for index in range(number):
        kind = PlanType.STP_2016 if index % 2 else PlanType.NHP_2026
        plan = plan_of(plans.footprint(ccg), plan_type=kind)
        event = meet(lmc, plan, 50)
        Point.objects.create(event=event, organisation=lmc, text="A point")
        engagement.took_part(stakeholders.practice(ccg), event)
        claims.claim(lmc, plan)
        question(lmc, event)

    with django_assert_num_queries(23):  # 2 of them say where points stand
        lead.get("/were-we-consulted/")


def test_what_waits_for_an_answer_stands_first(lead, lmc, plan):
    event = meet(lmc, plan, 50, title="Liaison")
    question(lmc, event)

    [section] = lead.get("/were-we-consulted/").context["sections"]

    assert section.waiting_heading == "1 record waits for your answer"
    assert [(line.title, line.url) for line in section.waiting] == [
        ("Liaison", f"/events/{event.pk}/answer/LMC901/")
    ]


def test_more_questions_than_ten_are_counted(lead, lmc, plan):
    for _ in range(12):
        question(lmc, meet(lmc, plan, 50))

    [section] = lead.get("/were-we-consulted/").context["sections"]

    assert section.waiting_heading == "12 records wait for your answer"
    assert len(section.waiting) == 10
    assert section.waiting_more == "2 more: they come up here as you answer."


def test_what_was_added_stands_with_its_state_and_moves_no_verdict(lead, lmc, plan):
    waiting = claims.claim(lmc, plan)
    claims.claim(lmc, plan, **claims.over("declined", reason="We have no note of it."))
    claims.claim(stakeholders.lmc(), plan, words="canary of another LMC")

    [answer] = answers(lead)
    page = lead.get("/were-we-consulted/").text

    assert answer.answer.verdict == "no"
    assert "waiting for the managers, and not counted." in answer.answer.sentence
    assert "The managers declined what you added for " in answer.answer.sentence
    assert [line.state for line in answer.claims] == ["Declined", "Waiting for the managers"]
    assert f"/claims/{waiting.pk}/" in page
    assert "We have no note of it." in page
    assert "canary" not in page


def test_points_are_counted_under_recent_plans_and_in_records_that_stand(lead, lmc, ccg, plan):
    event = meet(lmc, plan, 50)
    old = plan_of(plans.footprint(ccg, name="Old"), plan_type=PlanType.NHP_2026)
    type(old).objects.filter(pk=old.pk).update(closed_on=ago(400))
    EventPlan.objects.create(event=event, plan=old, held_on=event.held_on)
    for text in ("One", "Two"):
        Point.objects.create(event=event, organisation=lmc, text=text)
    gone = meet(lmc, plan, 40)
    Point.objects.create(event=gone, organisation=lmc, text="Three")
    Event.objects.filter(pk=gone.pk).update(
        withdrawn_at=timezone.now(), withdrawn_by=gone.recorded_by, withdrawn_reason="Twice"
    )

    [answer] = [one for one in answers(lead) if one.title == "Alpha plan"]

    assert "No reply to your 2 points." in answer.answer.sentence


def test_a_stated_disagreement_is_told_beside_what_counts(lead, lmc, plan):
    event = meet(lmc, plan, 50)
    dispute = engagement.dispute(lmc, event)
    Attestation.objects.filter(pk=dispute.pk).update(
        resolution="upheld", resolution_words="Two notes say so.", resolved_at=timezone.now()
    )

    [answer] = answers(lead)

    assert answer.answer.verdict == "partly"
    assert "the board lets it count, and your disagreement stands beside." in answer.answer.sentence


def test_twenty_records_are_shown_and_the_rest_linked(lead, lmc, plan):
    for _ in range(21):
        meet(lmc, plan, 50)

    [answer] = answers(lead)

    assert len(answer.records) == 20
    assert answer.more == "21 events"
    assert lead.get(answer.more_url).status_code == 200
