"""What is on paper about a plan, as the rules read it: as at the day, for one plan and for all."""

import datetime as dt

import pytest
from django.utils import timezone

from engagement.models import Answer, Attestation, Channel, Event, Level, Outcome, Status
from plans.models import Capacity, FootprintKind, OpinionKind, Plan, PlanType
from readiness.models import CriterionException, Judgement, Subject
from readiness.queries.facts import facts_for
from readiness.queries.papers import PACK
from readiness.rules.papers import Activity, Neighbour
from stakeholders.models import Category, RelationshipKind
from tests.factories import accounts, engagement, papers, plans, stakeholders
from tests.readiness.queries.scattered import DAY, footprint_of

pytestmark = pytest.mark.django_db

NEXT = DAY + dt.timedelta(1)
STATEMENTS = 28
"""The most that one call takes: every kind of paper, a dispute, a stranger and a neighbour."""


def facts_of(plan, as_at=DAY, **how):
    return facts_for([plan.pk], as_at=as_at, **how)[plan.pk]


def papers_of(plan, as_at=DAY, **how):
    return facts_of(plan, as_at, **how).papers


def at(day, hour=12):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


@pytest.fixture
def plan():
    return footprint_of(1)[0]


def judgement(plan, on_day, **facts):
    values = {"subject": Subject.GP_SUPPORT, "section": "4.2", "is_explicit": True}
    return Judgement.objects.create(
        plan=plan,
        judged_on=on_day,
        words="It says so.",
        recorded_at=at(on_day),
        **{**values, **facts},
    )


def exception(plan, on_day, expires_on=None, **facts):
    return CriterionException.objects.create(
        plan=plan,
        key="gp_breadth",
        reason="Two practices merge.",
        starts_on=on_day,
        expires_on=expires_on or on_day + dt.timedelta(30),
        recorded_at=at(on_day),
        **facts,
    )


def shown(plan, on_day):
    draft = papers.version(plan, on_day=DAY)
    papers.shown(draft, stakeholders.lmc(), on_day=on_day)


def opinion(plan, on_day):
    papers.opinion(
        plan, stakeholders.organisation(Category.HEALTH_AND_WELLBEING_BOARD), on_day=on_day
    )


def of_kind(kind):
    return lambda plan, on_day: papers.paper(kind, plan, on_day=on_day)


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("versions", of_kind("version")),
        ("shown", shown),
        ("opinions", opinion),
        ("group_reasons", of_kind("reason")),
        ("advice", of_kind("advice")),
        ("triages", of_kind("triage")),
        ("consultations", of_kind("consultation")),
        ("commitments", of_kind("commitment")),
        ("judgements", judgement),
        ("exceptions", exception),
    ],
)
@pytest.mark.parametrize(("on_day", "counts"), [(DAY, True), (NEXT, False)])
def test_what_is_dated_after_the_day_is_not_there_yet(plan, name, write, on_day, counts):
    other, *_ = footprint_of(1)
    write(plan, on_day)
    assert bool(getattr(papers_of(plan), name)) is counts
    assert getattr(papers_of(other), name) == ()


def test_what_was_withdrawn_is_gone_now_and_there_before(plan):
    row = papers.paper("triage", plan, on_day=DAY)
    row.withdrawn_at, row.withdrawn_reason = at(NEXT), "Another plan's"
    row.save()
    assert papers_of(plan).triages == ()
    assert len(papers_of(plan, known=at(NEXT)).triages) == 1
    assert papers_of(plan, known=at(DAY)).triages == ()


@pytest.mark.parametrize(("on_day", "is_done"), [(DAY, True), (NEXT, False), (None, False)])
def test_what_is_done_tomorrow_is_not_done(plan, on_day, is_done):
    due_on = DAY + dt.timedelta(9)
    papers.paper("activity", plan, title="Visits", due_on=due_on, done_on=on_day)
    papers.paper("commitment", plan, on_day=DAY, done_on=on_day)
    papers.version(plan, on_day=DAY, public_on=on_day)
    found, day = papers_of(plan), on_day if is_done else None
    assert found.activities == (Activity(title="Visits", due_on=due_on, done_on=day),)
    assert [one.done_on for one in found.commitments] == [day]
    assert [one.public_on for one in found.versions] == [day]


def test_a_version_without_a_text_mentions_nobody_knows_whom(plan):
    papers.version(plan, on_day=DAY - dt.timedelta(1))
    papers.version(plan, on_day=DAY, text="General practice and the hospital trust.", is_final=True)
    empty, told = papers_of(plan).versions
    assert (empty.mentions, empty.is_final) == (None, False)
    assert told.mentions[Category.GP_PRACTICE] > 0
    assert told.is_final


def test_a_showing_leaves_working_days_until_the_submission(plan):
    lmc = stakeholders.lmc()
    draft, wrong = papers.version(plan, on_day=DAY), papers.version(plan, on_day=DAY)
    papers.shown(draft, lmc, on_day=dt.date(2016, 10, 7))
    papers.shown(wrong, lmc, on_day=DAY)
    wrong.withdrawn_at, wrong.withdrawn_reason = at(NEXT), "Of another plan"
    wrong.save()
    (found,) = papers_of(plan, dt.date(2016, 10, 21)).shown
    assert (found.version_id, found.organisation_id, found.working_days) == (draft.pk, lmc.pk, 10)


def test_a_board_leads_or_has_an_opinion(plan):
    for kind in OpinionKind:
        board = stakeholders.organisation(Category.HEALTH_AND_WELLBEING_BOARD)
        given = papers.opinion(plan, board, on_day=DAY)
        given.kind = kind
        given.save()
    assert [one.leads for one in papers_of(plan).opinions] == [True, False]


def test_a_consultation_is_counted_in_working_days_and_lacks_what_was_not_given(plan):
    papers.paper(
        "consultation", plan, opens_on=dt.date(2019, 12, 23), closes_on=dt.date(2020, 1, 15)
    )
    papers.paper("consultation", plan, on_day=DAY, **dict.fromkeys(PACK, True))
    lacking = {"pack_options": True, "pack_costs": True, "pack_rejected": True}
    papers.paper("consultation", plan, on_day=NEXT, themes=3, themes_answered=2, **lacking)
    whole, partly, short = papers_of(plan, dt.date(2020, 1, 1)).consultations
    assert (whole.pack_lacking, short.working_days) == ((), 15)
    assert partly.pack_lacking == (
        "what each changes for patients and staff",
        "an equality impact assessment",
    )
    assert (partly.themes, partly.themes_answered, short.closes_on) == (3, 2, dt.date(2020, 1, 15))


def test_a_major_change_lacks_the_tests_that_nothing_shows(plan):
    shown = {"five_engagement": "Page 4", "five_clinical": "Page 5", "five_beds": "No beds close"}
    papers.paper("consultation", plan, on_day=DAY, is_major_change=True, **shown)
    papers.paper("consultation", plan, on_day=NEXT, dropped_on=NEXT, dropped_reason="Nobody came")
    major, other = papers_of(plan, NEXT).consultations
    assert (major.is_major_change, major.tests_lacking) == (
        True,
        ("choice", "support of commissioners"),
    )
    assert (other.is_major_change, other.tests_lacking) == (False, ())
    assert (other.is_dropped(DAY), other.is_dropped(NEXT)) == (False, True)


def test_the_newest_judgement_that_stands_counts_for_its_subject(plan):
    judgement(plan, DAY - dt.timedelta(1), is_explicit=False)
    newest = judgement(plan, DAY, section="5")
    judgement(plan, DAY - dt.timedelta(5), is_explicit=False, section="0")
    judgement(plan, DAY, subject=Subject.GPFV_WORKFORCE, section="7")
    found = {one.subject: (one.section, one.is_explicit) for one in papers_of(plan).judgements}
    assert found == {Subject.GP_SUPPORT: ("5", True), Subject.GPFV_WORKFORCE: ("7", True)}
    newest.withdrawn_at, newest.withdrawn_reason = at(NEXT), "Wrong section"
    newest.save()
    found = {one.subject: one.section for one in papers_of(plan).judgements}
    assert found[Subject.GP_SUPPORT] == "4.2"


@pytest.mark.parametrize(("expires_on", "in_force"), [(DAY, True), (DAY - dt.timedelta(1), False)])
def test_an_exception_holds_on_its_last_day(plan, expires_on, in_force):
    approver = accounts.user(name="A reviewer")
    exception(plan, DAY - dt.timedelta(9), expires_on, recorded_by=approver)
    found = [(one.key, one.approver, one.expires_on) for one in papers_of(plan).exceptions]
    assert found == ([("gp_breadth", "A reviewer", expires_on)] if in_force else [])


HEARD_LATE = DAY - dt.timedelta(3)


@pytest.mark.parametrize(
    ("event", "part", "heard_on"),
    [
        ({}, {}, HEARD_LATE),
        ({}, {"capacity": Capacity.EXPERT, "outcome": Outcome.RESPONDED}, HEARD_LATE),
        ({}, {"outcome": Outcome.INVITED}, None),
        ({"level": Level.INFORM}, {}, None),
        ({"status": Status.PLANNED}, {}, None),
        ({"held_on": NEXT}, {}, None),
    ],
    ids=["heard", "as an expert", "invited", "informed", "planned", "ahead"],
)
def test_a_college_was_heard_when_it_took_part(plan, event, part, heard_on):
    """It need not belong to the footprint; a meeting of another plan is none of this one."""
    college = stakeholders.organisation(Category.ROYAL_COLLEGE)
    papers.paper("advice", plan, on_day=DAY, specialty="Stroke", college=college)
    papers.paper("advice", plan, on_day=DAY, specialty="Trauma")
    other, *_ = footprint_of(1)
    engagement.took_part(college, engagement.event(other, held_on=HEARD_LATE - dt.timedelta(9)))
    held = engagement.event(plan, **{"held_on": HEARD_LATE, **event})
    engagement.took_part(college, held, **part)
    for known in (None, at(DAY + dt.timedelta(300))):
        stroke, trauma = papers_of(plan, known=known).advice
        assert (stroke.heard_on, trauma.heard_on, trauma.college_id) == (heard_on, None, None)
        assert stroke.college_name == college.name


def test_a_college_that_disputes_was_not_heard(plan):
    college = stakeholders.organisation(Category.ROYAL_COLLEGE)
    papers.paper("advice", plan, on_day=DAY, college=college)
    first, second = (engagement.event(plan, held_on=HEARD_LATE - dt.timedelta(n)) for n in (4, 0))
    for held in (first, second):
        engagement.took_part(college, held)
    engagement.dispute(college, first)
    for known in (None, at(DAY + dt.timedelta(300))):
        assert [one.heard_on for one in papers_of(plan, known=known).advice] == [HEARD_LATE]


def beside(lmc, *more, plan_type=PlanType.STP_2016, **dates):
    """The plan of another footprint whose practices this LMC represents too."""
    ccg = stakeholders.commissioner()
    stakeholders.tie(ccg, RelationshipKind.REPRESENTED_BY, lmc)
    stakeholders.practice(ccg)
    return plans.plan(plans.footprint(ccg, *more), plan_type=plan_type, **dates)


def test_a_neighbour_shares_an_lmc_or_a_trust():
    plan, _, lmc, _ = footprint_of(1)
    trust, ambulance = (stakeholders.organisation(Category.TRUST) for _ in range(2))
    council = stakeholders.organisation(Category.COUNCIL)
    for one in (trust, ambulance, council):
        plans.belong(one, plan.footprint)
    near, far = beside(lmc, trust), plans.plan(plans.footprint(ambulance))
    plans.plan(plans.footprint(council))
    joint = engagement.event(plan, near)
    engagement.event(plan, far, held_on=NEXT)
    engagement.event(plan, far, status=Status.PLANNED)
    engagement.event(near, far)
    gone = engagement.event(plan, near)
    gone.withdrawn_at, gone.withdrawn_reason = timezone.now(), "Twice"
    gone.withdrawn_by = accounts.user()
    gone.save()
    expected = {
        Neighbour(
            code=near.footprint.code,
            name=near.footprint.name,
            shared=tuple(sorted((lmc.name, trust.name))),
            joint_events=(joint.pk,),
        ),
        Neighbour(code=far.footprint.code, name=far.footprint.name, shared=(ambulance.name,)),
    }
    assert set(papers_of(plan).neighbours) == expected
    assert set(facts_for(None, as_at=DAY)[plan.pk].papers.neighbours) == expected
    assert set(papers_of(plan, known=at(DAY + dt.timedelta(1))).neighbours) == {
        Neighbour(
            code=one.code,
            name=one.name,
            shared=one.shared,
            joint_events=(joint.pk, gone.pk) if one.joint_events else (),
        )
        for one in expected
    }
    (back,) = [one for one in papers_of(near).neighbours if one.code == plan.footprint.code]
    assert back.joint_events == (joint.pk,)


@pytest.mark.parametrize(
    "apart",
    [
        {"plan_type": PlanType.NHP_2026},
        {"starts_on": NEXT},
        {"closed_on": DAY - dt.timedelta(1)},
        {"kind": FootprintKind.PLACE},
    ],
    ids=["another type", "not begun", "closed", "another kind of footprint"],
)
def test_a_plan_of_another_round_or_time_is_no_neighbour(apart):
    plan, _, lmc, _ = footprint_of(1)
    other = beside(lmc)
    assert len(papers_of(plan).neighbours) == 1
    if "kind" in apart:
        other.footprint.kind = apart["kind"]
        other.footprint.save()
    else:
        Plan.objects.filter(pk=other.pk).update(**apart)
    assert papers_of(plan).neighbours == ()
    assert facts_for(None, as_at=DAY)[plan.pk].papers.neighbours == ()


def answered(event, organisation, given, on_day, **facts):
    return Attestation.objects.create(
        event=event,
        organisation=organisation,
        answer=given,
        words="We say so.",
        answered_at=at(on_day),
        answered_by=accounts.user(),
        **facts,
    )


def test_an_answer_is_the_one_of_the_day():
    plan, _, lmc, _ = footprint_of(1)
    held = engagement.event(plan)
    early, late = DAY - dt.timedelta(2), DAY + dt.timedelta(3)
    answered(held, lmc, Answer.CONFIRMED, early, superseded_at=at(NEXT))
    replied = {"reply": "We were told.", "replied_at": at(late), "replied_by": accounts.user()}
    answered(held, lmc, Answer.DISPUTED, NEXT, **replied)
    days = (early - dt.timedelta(1), DAY, NEXT, late)
    found = [papers_of(plan, day).answers for day in days]
    assert [[(one.disputed, one.is_open, one.is_replied) for one in of] for of in found] == [
        [],
        [(False, False, False)],
        [(True, True, False)],
        [(True, True, True)],
    ]
    (one,) = found[-1]
    assert (one.event_id, one.event_title, one.answered_on) == (held.pk, held.title, NEXT)
    assert (one.organisation_id, one.organisation_name, one.category) == (lmc.pk, lmc.name, "lmc")
    assert papers_of(plan, late, known=at(NEXT, 13)).answers == found[2]


def test_a_resolved_dispute_is_told_and_no_longer_open():
    plan, _, lmc, _ = footprint_of(1)
    held = engagement.event(plan)
    dispute = answered(held, lmc, Answer.DISPUTED, DAY)
    dispute.resolution, dispute.resolved_at = "upheld", at(NEXT)
    dispute.resolution_words = "Both accounts stand."
    dispute.resolved_by = accounts.user()
    dispute.save()
    assert [papers_of(plan, day).answers[0].is_open for day in (DAY, NEXT)] == [True, False]


def test_answers_on_a_withdrawn_event_are_gone():
    plan, _, lmc, _ = footprint_of(1)
    held = engagement.event(plan)
    answered(held, lmc, Answer.DISPUTED, DAY)
    held.withdrawn_at, held.withdrawn_reason = at(NEXT), "Twice"
    held.withdrawn_by = accounts.user()
    held.save()
    assert (papers_of(plan).answers, facts_of(plan).disputed) == ((), ())
    assert len(papers_of(plan, known=at(NEXT)).answers) == 1


def test_what_is_disputed_is_named_with_all_its_parts():
    """Both people of a practice, in both plans; where its home is elsewhere it counts for no contact."""
    plan, _, _, (surgery,) = footprint_of(1)
    other, *_ = footprint_of(1)
    shared = engagement.event(plan, other)
    closed = stakeholders.practice(stakeholders.commissioner(), closed_on=DAY - dt.timedelta(9))
    for organisation in (surgery, surgery, closed):
        person = stakeholders.person("Dr A")
        engagement.took_part(organisation, shared, person=person)
    engagement.took_part(surgery, engagement.event(plan))
    engagement.dispute(surgery, shared)
    engagement.dispute(closed, shared)
    here, there = facts_of(plan).disputed, facts_of(other).disputed
    assert [(one.organisation_id, one.counted_here) for one in here] == [
        (surgery.pk, True),
        (surgery.pk, True),
        (closed.pk, True),
    ]
    assert [one.counted_here for one in there] == [False, False, True]
    assert {(one.event_id, one.recorded_on, one.capacity) for one in here} == {
        (shared.pk, engagement.HELD_ON, "provider")
    }


def test_withdrawn_events_held_by_the_day_are_counted(plan):
    for held_on in (DAY, NEXT):
        held = engagement.event(plan, held_on=held_on)
        held.withdrawn_at, held.withdrawn_reason = at(NEXT), "Twice"
        held.withdrawn_by = accounts.user()
        held.save()
    assert papers_of(plan).withdrawn == 1
    assert papers_of(plan, known=at(NEXT)).withdrawn == 0


def busy_plan(trust):
    """A plan with something of every kind, a dispute, and a meeting with everybody else."""
    plan, _, lmc, (surgery,) = footprint_of(1)
    plans.belong(trust, plan.footprint)
    college = stakeholders.organisation(Category.ROYAL_COLLEGE)
    papers.paper("advice", plan, on_day=DAY, college=college)
    shown(plan, DAY)
    for kind in ("activity", "commitment", "consultation", "reason", "triage"):
        papers.paper(kind, plan, on_day=DAY)
    judgement(plan, DAY)
    exception(plan, DAY)
    held = engagement.event(plan, channel=Channel.WORKSHOP)
    for organisation in (college, lmc, surgery):
        engagement.took_part(organisation, held)
    for organisation in (college, lmc):
        engagement.dispute(organisation, held)
    return plan


@pytest.mark.parametrize("number", [2, 5])
def test_the_number_of_statements_never_grows(number, django_assert_num_queries):
    trust = stakeholders.organisation(Category.TRUST)
    every_plan = [busy_plan(trust) for _ in range(number)]
    engagement.event(*every_plan)
    with django_assert_num_queries(STATEMENTS):
        found = facts_for([plan.pk for plan in every_plan], as_at=DAY)
    assert {len(one.papers.neighbours) for one in found.values()} == {number - 1}
    assert all(one.disputed and one.papers.advice for one in found.values())
    assert Event.objects.count() == number + 1
