"""The daily summary: one a person and day, of what is new; made good once; a storm is one mail."""

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions.sealing import seal
from accounts.models import RoleGrant, User
from accounts.queries.chain import head
from accounts.roles import Role
from engagement.models import Attestation, Claim, Question
from jobs.models import JobRun
from mail import actions as mail_actions
from mail.models import Message, Preference
from plans.models import FootprintGrant
from readiness import tasks
from readiness.actions import digest as digest_actions
from readiness.actions import sweep
from readiness.actions.digest import send_digests
from readiness.models import Assessment, CriterionException, Flag
from readiness.queries.digest import digest_slot, period_at, summaries
from readiness.rules.deciding import ConditionFacts
from readiness.rules.digest import SHOWN, Kind
from stakeholders.models import Representative
from tests.factories import accounts, engagement, papers, plans, readiness, stakeholders
from tests.readiness.country import TODAY, at, country
from tests.readiness.deciding import decided

MORNING = at(TODAY, 7)
NIGHT = MORNING - dt.timedelta(hours=8)
DAY = dt.timedelta(days=1)


def claim(plan, organisation, by, **facts):
    values = {
        "kind": "no_reply", "happened_on": TODAY, "channel": "email", "words": "We wrote twice.",
        "claimed_at": NIGHT, "claimed_by": by, "form_key": uuid.uuid4(),
    }  # fmt: skip
    return Claim.objects.create(plan=plan, organisation=organisation, **{**values, **facts})


def everything(somewhere, lead):
    """Something of every kind on the plan, all of it news on the morning."""
    plan, lmc = somewhere.plan, somewhere.lmc
    plan.submission_on = TODAY + 3 * DAY
    plan.save()
    then = readiness.assessment(
        plan, is_current=False, overall="not_met", computed_at=NIGHT - 2 * DAY
    )
    readiness.assessment(plan, overall="met", computed_at=NIGHT)
    raised = {"raised_by": then, "figure": "0"}
    readiness.flag(plan, "gp_breadth", raised_at=NIGHT, **raised)
    sharp = readiness.flag(plan, "lmc_reached", raised_at=NIGHT - 9 * DAY, **raised)
    Flag.objects.filter(pk=sharp.pk).update(
        severity="high", severity_since=NIGHT, owner=lead, action="Ring them",
        due_on=TODAY + 3 * DAY, acknowledged_at=NIGHT, acknowledged_by=lead,
    )  # fmt: skip
    held = somewhere.meeting(lmc, title="Practice forum", recorded_at=NIGHT)
    Question.objects.create(event=held, organisation=lmc, asked_at=NIGHT)
    answer = engagement.dispute(lmc, held)
    Attestation.objects.filter(pk=answer.pk).update(
        reply="We did", replied_at=NIGHT, replied_by=lead
    )
    claim(plan, lmc, lead, state="declined", reason="No", decided_at=NIGHT, decided_by=lead)
    somewhere.meeting(lmc, title="Gone by", held_on=TODAY - DAY, status="planned")
    papers.paper("activity", plan, due_on=TODAY + 3 * DAY, title="Visit Leigh")
    papers.paper("commitment", plan, due_on=TODAY + 3 * DAY, text="A named contact")
    held.points.create(text="canary of what was said", follow_up_by=TODAY + 3 * DAY)
    CriterionException.objects.create(
        plan=plan, key="gp_breadth", reason="Rural", starts_on=TODAY, expires_on=TODAY + 3 * DAY,
        recorded_at=NIGHT, recorded_by=lead,
    )  # fmt: skip


@pytest.fixture
def people(somewhere):
    """A manager, the lead of the LMC and a reviewer, and three to whom nothing is told."""
    told = {
        "manager": plans.manager(somewhere.plan.footprint),
        "lead": stakeholders.representative(somewhere.lmc),
        "reviewer": accounts.user(Role.REVIEWER),
    }
    ended = plans.manager(somewhere.plan.footprint)
    RoleGrant.objects.filter(user=ended).update(valid_to=TODAY - DAY)
    suspended = plans.manager(somewhere.plan.footprint)
    User.objects.filter(pk=suspended.pk).update(is_active=False)
    silent = plans.manager(somewhere.plan.footprint)
    Preference.objects.create(user=silent, digest=False, changed_at=NIGHT)
    plans.manager(plans.footprint())
    seated = accounts.user(Role.ADMINISTRATOR)  # the seats are left from roles that have ended
    facts = {"user": seated, "valid_from": accounts.LONG_AGO}
    FootprintGrant.objects.create(footprint=somewhere.plan.footprint, **facts)
    Representative.objects.create(organisation=somewhere.lmc, **facts)
    return told


def mails_by_name(people, mailoutbox):
    names = {person.email: name for name, person in people.items()}
    return {names[mail.to[0].split("<")[1][:-1]]: mail for mail in mailoutbox}


def test_each_gets_one_summary_of_all_that_concerns_them(somewhere, people, mailoutbox):
    everything(somewhere, people["lead"])

    assert send_digests(now=MORNING) == 3
    mail_actions.deliver(now=MORNING)

    mails = mails_by_name(people, mailoutbox)
    assert set(mails) == set(people)
    plan, lmc = f"{somewhere.plan.footprint.name} (STP 2016)", somewhere.lmc.name
    said = {
        "manager": [
            "New flags", f"{plan}: GP breadth (notice)", "Flags that became more urgent", "is now high",
            f"{lmc} disagrees with “Practice forum”",
            f"{lmc} about {plan}: we asked to be involved and heard nothing",
            f"{plan}: “Gone by” was planned for 30 June 2016",
            f"{plan}: submission on 4 July 2016, in 3 days",
            "Ring them", "by 4 July 2016, in 3 days", "Visit Leigh", "A named contact",
            f"{plan}: a reply to what was said at “Practice forum”", "Exceptions that run out",
        ],
        "lead": [
            f"{lmc} is named in “Practice forum”, asked on 30 June 2016",
            f"The managers replied to {lmc} about “Practice forum”",
            f"{somewhere.plan.title}: declined, for {lmc}",
        ],
        "reviewer": [
            f"{plan}: every must is met or let pass", f"{lmc} disagrees with “Practice forum” ({plan})",
            "Decisions that are due", "Exceptions that run out",
        ],
    }  # fmt: skip
    for name, lines in said.items():
        for line in lines:
            assert line in mails[name].body, f"{name}: {line}"
    for mail in mailoutbox:
        assert "canary" not in mail.body
        assert "We were not there" not in mail.body
        assert mail.extra_headers["List-Unsubscribe"]
        assert "http://testserver" not in mail.body
    assert mails["lead"].subject == (
        "Your summary of 1 July 2016: 1 question, 1 reply, 1 answer to what you added"
    )
    assert "New flags" not in mails["lead"].body + mails["reviewer"].body


def test_a_condition_of_the_newest_decision_is_due_to_managers_and_reviewers(somewhere, people):
    due = ConditionFacts(text="Hear Wigan", owner="Director", due_on=TODAY + 3 * DAY)
    decided(somewhere.plan, "conditions", conditions=[due])
    found = summaries(period=period_at(MORNING)).sections
    for name in ("manager", "reviewer"):
        assert Kind.CONDITION in [section.kind for section in found[people[name].pk]]
    assert people["lead"].pk not in found

    decided(somewhere.plan, now=at(TODAY, 13))
    assert people["reviewer"].pk not in summaries(period=period_at(MORNING)).sections


def test_nothing_new_sends_nothing(somewhere, people, mailoutbox):
    Assessment.objects.all().delete()
    assert send_digests(now=MORNING) == 0
    mail_actions.deliver(now=MORNING)
    assert mailoutbox == []


def test_what_was_told_is_not_told_again_and_late_and_twice_is_as_once(somewhere, people):
    everything(somewhere, people["lead"])
    assert [send_digests(now=MORNING + minutes * DAY / 1440) for minutes in (0, 1, 500)] == [
        3,
        None,
        None,
    ]

    assert send_digests(now=MORNING + DAY) == 0
    assert Message.objects.count() == 3


def test_a_run_that_dies_before_its_end_posts_nobody_a_second_one(somewhere, people, monkeypatch):
    everything(somewhere, people["lead"])
    with monkeypatch.context() as patched:
        patched.setattr(digest_actions.jobs, "finish", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            send_digests(now=MORNING)
    assert Message.objects.count() == 3

    assert send_digests(now=MORNING + DAY / 24) == 0
    assert Message.objects.count() == 3


def test_a_run_that_fails_posts_nothing_says_so_and_is_taken_up_again(
    somewhere, people, monkeypatch
):
    everything(somewhere, people["lead"])
    with monkeypatch.context() as patched:
        patched.setattr(digest_actions, "wanting", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            send_digests(now=MORNING)
    assert not Message.objects.exists()
    assert JobRun.objects.get().message == "ZeroDivisionError"

    assert send_digests(now=MORNING + DAY / 24) == 3


@pytest.mark.parametrize(
    ("hour", "slot"), [(0, "2016-06-30"), (6, "2016-06-30"), (7, "2016-07-01"), (23, "2016-07-01")]
)
def test_the_slot_is_that_of_the_newest_seven_oclock(hour, slot):
    assert digest_slot(at(TODAY, hour)) == slot


def test_missed_days_are_made_good_once_by_the_sweep(somewhere, people):
    everything(somewhere, people["lead"])
    send_digests(now=MORNING - 4 * DAY)
    for hours in (5, 6, 7):
        sweep(now=MORNING + hours * DAY / 24)

    posted = Message.objects.filter(posted_at__gt=MORNING)
    assert {one.matter for one in posted} == {
        f"digest:2016-07-01:u{one.pk}" for one in people.values()
    }
    period = period_at(MORNING + DAY)
    assert period.since == JobRun.objects.get(kind="readiness.digest", slot="2016-07-01").started_at


def test_no_summary_goes_back_more_than_two_weeks(somewhere):
    send_digests(now=MORNING - 40 * DAY)
    assert period_at(MORNING).since == MORNING - 14 * DAY


def test_a_storm_of_500_flags_is_one_summary(somewhere, people, mailoutbox):
    found = readiness.assessment(somewhere.plan, computed_at=NIGHT)
    Flag.objects.bulk_create(
        Flag(
            plan=somewhere.plan, key=f"flag-{number}", severity="high", figure="0", raised_at=NIGHT,
            severity_since=NIGHT, raised_by=found,
        )
        for number in range(500)
    )  # fmt: skip
    assert send_digests(now=MORNING) == 1
    mail_actions.deliver(now=MORNING)

    [mail] = mailoutbox
    assert mail.subject == "Your summary of 1 July 2016: 500 new flags"
    assert "And 490 more" in mail.body
    assert mail.body.count("/flags/") == SHOWN + 1


def statements(somewhere_else, number):
    for _ in range(number):
        made = country()
        plans.manager(made.plan.footprint)
        everything(made, stakeholders.representative(made.lmc))
        accounts.user(Role.REVIEWER)
    with CaptureQueriesContext(connection) as asked:
        found = summaries(period=period_at(MORNING))
    return len(asked), len(found.sections)


def test_the_number_of_statements_depends_on_nothing(somewhere):
    few, people_few = statements(somewhere, 1)
    many, people_many = statements(somewhere, 4)
    assert (people_few, people_many) == (3, 15)
    assert few == many <= 26


def test_a_summary_is_worked_out_again_when_it_is_sent(somewhere, people, mailoutbox):
    somewhere.meeting(somewhere.lmc)
    flag = readiness.flag(somewhere.plan, raised_at=NIGHT)
    assert send_digests(now=MORNING) == 1
    readiness.cleared(flag)

    assert mail_actions.deliver(now=MORNING) == {"dropped": 1}
    assert mailoutbox == []


def test_the_reviewers_summary_carries_the_head_of_the_history(somewhere, people, mailoutbox):
    everything(somewhere, people["lead"])
    mail_actions.choose(immediate=True, digest=True, by=people["lead"], now=NIGHT)
    seal(now=MORNING, everything=True)
    send_digests(now=MORNING)
    mail_actions.deliver(now=MORNING)

    mails = mails_by_name(people, mailoutbox)
    assert f"number {head().sequence}, head {head().hash}" in mails["reviewer"].body
    assert "head " not in mails["manager"].body + mails["lead"].body


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_summary(mailoutbox):
    made = country()
    person = plans.manager(made.plan.footprint)
    readiness.flag(made.plan, raised_at=NIGHT)
    one_connection = connection.vendor == "sqlite"
    together = Barrier(1 if one_connection else 4)

    def work(_):
        together.wait(timeout=60)
        try:
            posted = send_digests(now=MORNING)
            mail_actions.deliver(now=MORNING)
            return posted
        finally:
            if not one_connection:
                connection.close()

    if one_connection:
        posted = [work(number) for number in range(4)]
    else:
        with ThreadPoolExecutor(4) as pool:
            posted = list(pool.map(work, range(4)))
    assert sorted(posted, key=str) == [1, None, None, None]
    assert [mail.to[0] for mail in mailoutbox] == [f"{person.name} <{person.email}>"]


def test_the_task_sends_what_is_due(db):
    tasks.digest()
    assert JobRun.objects.get().kind == "readiness.digest"
