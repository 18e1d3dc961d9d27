"""What had been recorded by a moment: whatever is done afterwards, it is told as it was."""

import datetime as dt
import random

import pytest
from django.utils import timezone

from engagement.actions import (
    amend_event,
    close_planned_event,
    record_event,
    start_edit,
    withdraw_event,
)
from engagement.models import Answer, Attestation, Event, Resolution, Status
from engagement.rules.answers import OUTCOMES_BY_STATUS, REACHED
from engagement.rules.record import Attendance, Record
from plans.actions.papers import change_paper, withdraw_paper
from plans.actions.seats import end_arrangement, end_seat
from plans.models import Arrangement, BoardSeat, Capacity
from readiness.queries.facts import facts_for, members_of
from stakeholders.models import Category, Organisation
from tests.factories import accounts, engagement, papers, stakeholders
from tests.readiness.queries.scattered import DAY, footprint_of, scatter

pytestmark = pytest.mark.django_db

THEN = timezone.make_aware(dt.datetime(2016, 6, 1))
LATER = THEN + dt.timedelta(hours=3)


def record_of(event, **changes):
    """The event as it stands, with changes."""
    attendances = tuple(
        Attendance(
            organisation_id=one.organisation_id,
            person_id=one.person_id,
            capacity=one.capacity,
            outcome=one.outcome,
        )
        for one in event.participations.all()
    )
    facts = {
        "plan_ids": tuple(event.credits.order_by("plan").values_list("plan_id", flat=True)),
        "title": event.title,
        "held_on": event.held_on,
        "channel": event.channel,
        "status": event.status,
        "level": event.level,
        "cancel_reason": event.cancel_reason,
        "attendances": attendances,
    }
    return Record(**{**facts, **changes})


def amend(event, now=LATER, **changes):
    event = Event.objects.get(pk=event.pk)
    draft = start_edit(
        by=accounts.user(), event=event, seen_version=event.version, now=now, with_note=True
    )
    record = record_of(event, **changes)
    return amend_event(by=draft.owner, draft=draft, record=record, now=now, with_note=True)


def answer(event, organisation, given=Answer.DISPUTED, at=LATER):
    """The organisation's newest answer; it supersedes the one before."""
    there = Attestation.objects.filter(event=event, organisation=organisation)
    there.filter(superseded_at=None).update(superseded_at=at)
    return Attestation.objects.create(
        event=event,
        organisation=organisation,
        answer=given,
        words="We were not asked.",
        answered_at=at,
        answered_by=accounts.user(),
    )


def resolve(dispute, at=LATER):
    dispute.resolution, dispute.resolved_at = Resolution.UPHELD, at
    dispute.resolution_words = "Both accounts stand."
    dispute.resolved_by = accounts.user()
    dispute.save()


@pytest.fixture
def place():
    """A plan with a meeting that one of its two practices and its LMC took part in."""
    plan, ccg, lmc, surgeries = footprint_of(2)
    held = engagement.event(plan)
    for organisation in (surgeries[0], lmc):
        engagement.took_part(organisation, held, capacity=Capacity.REPRESENTATIVE)
    planned = engagement.event(plan, held_on=dt.date(2016, 8, 1), status=Status.PLANNED)
    Event.objects.filter(pk=planned.pk).update(recorded_at=held.recorded_at)
    engagement.took_part(surgeries[1], planned, outcome="invited")
    since = {"valid_from": dt.date(2016, 1, 15)}
    BoardSeat.objects.create(
        plan=plan, body="Board", title="GP", organisation=lmc, capacity="provider", **since
    )
    Arrangement.objects.create(plan=plan, organisation=ccg, description="Terms", **since)
    for kind in ("activity", "commitment", "consultation", "version"):
        papers.paper(kind, plan, on_day=DAY - dt.timedelta(9))
    return plan, lmc, surgeries, held, planned


def log_late(plan, lmc, surgeries, held, planned):
    attendance = Attendance(
        organisation_id=surgeries[1].pk, person_id=None, capacity="provider", outcome="attended"
    )
    record_event(
        by=accounts.user(),
        record=record_of(held, attendances=(attendance,)),
        now=LATER,
        draft_id=None,
    )


def withdraw(plan, lmc, surgeries, held, planned):
    withdraw_event(by=accounts.user(), event_id=held.pk, reason="Another plan's", now=LATER)


def move_the_date(plan, lmc, surgeries, held, planned):
    amend(held, held_on=DAY + dt.timedelta(9))


def remove_an_attendee(plan, lmc, surgeries, held, planned):
    amend(held, attendances=record_of(held).attendances[1:])


def exchange_an_attendee(plan, lmc, surgeries, held, planned):
    """One who is named nowhere else any more."""
    stranger = Attendance(
        organisation_id=stakeholders.organisation(Category.GP_FEDERATION).pk,
        person_id=None,
        capacity="provider",
        outcome="attended",
    )
    amend(held, attendances=(stranger,))


def change_the_level(plan, lmc, surgeries, held, planned):
    amend(held, level="inform", title="Something else")


def change_the_plan(plan, lmc, surgeries, held, planned):
    other, *_ = footprint_of(1)
    amend(held, plan_ids=(other.pk,))


def amend_twice(plan, lmc, surgeries, held, planned):
    amend(held, level="inform")
    amend(held, now=LATER + dt.timedelta(hours=1), level="empower", held_on=DAY)


def call_off(plan, lmc, surgeries, held, planned):
    close_planned_event(
        by=accounts.user(), event_id=planned.pk, version=1, cancel_reason="by_us", now=LATER
    )


def call_off_and_amend(plan, lmc, surgeries, held, planned):
    call_off(plan, lmc, surgeries, held, planned)
    amend(planned, now=LATER + dt.timedelta(1), held_on=DAY)


def hold_what_was_planned(plan, lmc, surgeries, held, planned):
    amended = tuple(
        Attendance(
            organisation_id=one.organisation_id,
            person_id=None,
            capacity=one.capacity,
            outcome="attended",
        )
        for one in record_of(planned).attendances
    )
    amend(planned, status="happened", held_on=DAY, attendances=amended)


def dispute_it(plan, lmc, surgeries, held, planned):
    answer(held, lmc)


def fill_a_seat(plan, lmc, surgeries, held, planned):
    BoardSeat.objects.create(
        plan=plan,
        body="Programme board",
        title="LMC",
        organisation=lmc,
        capacity=Capacity.REPRESENTATIVE,
        valid_from=dt.date(2016, 5, 1),
        recorded_at=LATER,
    )


def record_an_arrangement(plan, lmc, surgeries, held, planned):
    Arrangement.objects.create(
        plan=plan,
        organisation=lmc,
        description="Memorandum",
        valid_from=dt.date(2016, 5, 1),
        recorded_at=LATER,
    )


def end_a_seat(plan, lmc, surgeries, held, planned):
    seat = plan.seats.get()
    end_seat(seat=seat, last_day=DAY - dt.timedelta(1), by=accounts.user(), now=LATER)


def end_an_arrangement(plan, lmc, surgeries, held, planned):
    """Said twice, since the first day was a slip."""
    arrangement = plan.arrangements.get()
    for days in (0, 1):
        last_day = DAY - dt.timedelta(days)
        by = accounts.user()
        assert end_arrangement(arrangement=arrangement, last_day=last_day, by=by, now=LATER)
        arrangement.refresh_from_db()


def change(paper, **facts):
    change_paper(paper=paper, facts=facts, by=accounts.user(), now=LATER)


def carry_out_an_activity(plan, lmc, surgeries, held, planned):
    change(plan.activities.get(), done_on=DAY)


def keep_a_promise(plan, lmc, surgeries, held, planned):
    change(plan.commitments.get(), done_on=DAY)


def publish_a_draft(plan, lmc, surgeries, held, planned):
    change(plan.versions.get(), public_on=DAY)


def report_on_a_consultation(plan, lmc, surgeries, held, planned):
    change(plan.consultations.get(), themes=3, themes_answered=2, report_on=DAY)
    change(plan.consultations.get(), themes=4, heard_on=DAY)


def withdraw_a_draft(plan, lmc, surgeries, held, planned):
    withdraw_paper(paper=plan.versions.get(), reason="Not ours", by=accounts.user(), now=LATER)


def write_a_paper(plan, lmc, surgeries, held, planned):
    papers.shown(papers.version(plan, on_day=DAY, recorded_at=LATER), lmc, recorded_at=LATER)


AFTERWARDS = (
    log_late,
    withdraw,
    move_the_date,
    remove_an_attendee,
    exchange_an_attendee,
    change_the_level,
    change_the_plan,
    amend_twice,
    call_off,
    call_off_and_amend,
    hold_what_was_planned,
    dispute_it,
    fill_a_seat,
    record_an_arrangement,
    write_a_paper,
    end_a_seat,
    end_an_arrangement,
    carry_out_an_activity,
    keep_a_promise,
    publish_a_draft,
    report_on_a_consultation,
    withdraw_a_draft,
)


@pytest.mark.parametrize("happens", AFTERWARDS, ids=lambda happens: happens.__name__)
def test_what_is_done_later_changes_now_and_not_then(place, happens):
    plan, *_ = place
    before = facts_for([plan.pk], as_at=DAY)[plan.pk]
    happens(*place)
    assert facts_for([plan.pk], as_at=DAY)[plan.pk] != before
    assert facts_for([plan.pk], as_at=DAY, known=THEN)[plan.pk] == before
    assert facts_for(None, as_at=DAY, known=THEN)[plan.pk] == before
    assert members_of(plan.pk, as_at=DAY, known=THEN) == list(before.members)


def test_an_event_that_was_moved_here_later_belonged_elsewhere(place):
    plan, _, _, held, _ = place
    other, *_ = footprint_of(1)
    change = facts_for([plan.pk], as_at=DAY)[plan.pk].contacts
    amend(held, plan_ids=(other.pk,))
    assert facts_for([other.pk], as_at=DAY, known=THEN)[other.pk].contacts == ()
    assert facts_for([plan.pk], as_at=DAY, known=THEN)[plan.pk].contacts == change != ()


def test_a_dispute_that_ended_later_was_open(place):
    plan, lmc, _, held, _ = place
    resolve(answer(held, lmc, at=THEN - dt.timedelta(hours=1)))
    now = facts_for([plan.pk], as_at=DAY)[plan.pk]
    then = facts_for([plan.pk], as_at=DAY, known=THEN)[plan.pk]
    assert (now.disputed, now.contacts[0].lmcs) == ((), 1)
    assert [part.organisation_id for part in then.disputed] == [lmc.pk]
    assert then.contacts[0].lmcs == 0


def test_what_is_done_at_the_moment_itself_was_not_yet_known(place):
    plan, _, _, held, _ = place
    before = facts_for([plan.pk], as_at=DAY)[plan.pk]
    withdraw_event(by=accounts.user(), event_id=held.pk, reason="Wrong", now=THEN)
    second = dt.timedelta(seconds=1)
    assert facts_for([plan.pk], as_at=DAY, known=THEN)[plan.pk] == before
    assert facts_for([plan.pk], as_at=DAY, known=THEN + second)[plan.pk] != before


class Meddler:
    """Does at random, after a moment, what can be done to a record."""

    def __init__(self, dice, every_plan, now):
        self.dice, self.plans, self.now = dice, every_plan, now
        self.by = accounts.user()
        self.organisations = list(Organisation.objects.order_by("pk"))

    def attendances(self, status):
        chosen = self.dice.sample(self.organisations, self.dice.randint(1, 5))
        outcomes = OUTCOMES_BY_STATUS[status]
        found = [self.dice.choice(outcomes) for _ in chosen]
        if status == "happened" and not REACHED & set(found):
            found[0] = "attended"
        return tuple(
            Attendance(
                organisation_id=one.pk,
                person_id=None,
                capacity=self.dice.choice(Capacity.values),
                outcome=outcome,
            )
            for one, outcome in zip(chosen, found, strict=True)
        )

    def changes(self, status):
        some = self.dice.sample(self.plans, self.dice.randint(1, 3))
        every = {
            "held_on": DAY + dt.timedelta(self.dice.randint(-40, 20)),
            "level": self.dice.choice(("inform", "consult", "involve")),
            "plan_ids": tuple(plan.pk for plan in some),
            "title": f"Meeting {self.dice.random()}",
        }
        kept = {name: every[name] for name in self.dice.sample(sorted(every), 2)}
        return {**kept, "attendances": self.attendances(status)}

    def meddle(self):
        self.now += dt.timedelta(minutes=1)
        deed = self.dice.choice((self.amend, self.amend, self.withdraw, self.log, self.dispute))
        deed(self.dice.choice(Event.objects.filter(withdrawn_at=None).order_by("pk")))

    def amend(self, event):
        if event.status == Status.PLANNED and self.dice.random() < 0.5:
            close_planned_event(
                by=self.by,
                event_id=event.pk,
                version=event.version,
                cancel_reason=self.dice.choice(("by_us", "no_response")),
                now=self.now,
            )
        else:
            amend(event, now=self.now, **self.changes(event.status))

    def withdraw(self, event):
        withdraw_event(by=self.by, event_id=event.pk, reason="Wrong", now=self.now)

    def log(self, event):
        record = record_of(event, **self.changes(event.status))
        record_event(by=self.by, record=record, now=self.now, draft_id=None)

    def dispute(self, event):
        open_ones = Attestation.objects.filter(superseded_at=None, resolved_at=None)
        dispute = open_ones.filter(answer=Answer.DISPUTED).order_by("pk").first()
        if dispute and self.dice.random() < 0.5:
            resolve(dispute, at=self.now)
            return
        part = self.dice.choice(event.participations.order_by("pk"))
        answer(event, part.organisation, self.dice.choice(Answer.values), at=self.now)


@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_done_to_the_record_what_was_known_stays(seed):
    dice = random.Random(seed)  # noqa: S311 - a reproducible test
    every_plan = scatter(seed + 50)
    meddler = Meddler(dice, every_plan, timezone.now())
    for _ in range(12):
        meddler.meddle()
    known = meddler.now + dt.timedelta(hours=1)
    days = (DAY, DAY - dt.timedelta(20), known.date() + dt.timedelta(2))
    before = {day: facts_for(None, as_at=day) for day in days}
    meddler.now = known
    for _ in range(15):
        meddler.meddle()
    for day in days:
        assert facts_for(None, as_at=day) != before[day]
        then_known = facts_for([plan.pk for plan in every_plan], as_at=day, known=known)
        assert then_known == before[day]
