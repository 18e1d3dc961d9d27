"""Recording, amending and withdrawing events: one transaction, one audit row, every plan marked."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry
from engagement.actions import (
    EventChanged,
    amend_event,
    close_planned_event,
    record_event,
    start_draft,
    start_edit,
    withdraw_event,
)
from engagement.actions import events as event_actions
from engagement.models import Event, EventPlan, NoteReader, Participation, Point
from engagement.rules.record import Attendance, PointMade, Record, RecordRefused
from plans.models import Plan
from tests.factories import accounts, engagement, plans, stakeholders

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(dt.datetime(2016, 5, 12, 14, 14))
HELD_ON = dt.date(2016, 5, 10)


def attendances(number: int) -> tuple[Attendance, ...]:
    return tuple(
        Attendance(
            organisation_id=stakeholders.organisation("gp_practice").pk,
            person_id=None,
            capacity="provider",
            outcome="attended",
        )
        for _ in range(number)
    )


def record(*plan_ids: int, **differs) -> Record:
    facts = {
        "plan_ids": plan_ids,
        "title": "Practice forum",
        "held_on": HELD_ON,
        "channel": "meeting",
        "status": "happened",
        "level": "consult",
    }
    return Record(**{**facts, **differs})


@pytest.fixture
def plan() -> Plan:
    return plans.plan(plans.footprint())


@pytest.fixture
def manager(plan: Plan):
    return plans.manager(plan.footprint)


def audit_verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))


# --- Recording -----------------------------------------------------------------------------------


def test_record_event_writes_everything_that_was_said(plan, manager) -> None:
    other = plans.plan(plans.footprint())
    reader, dr_joshi = accounts.user(), stakeholders.person("Dr Meera Joshi")
    practice = stakeholders.practice()
    event = record_event(
        by=manager,
        now=NOW,
        record=record(
            plan.pk,
            other.pk,
            summary="What we heard",
            restricted_note="Not for everybody",
            reader_ids=(reader.pk,),
            attendances=(
                Attendance(
                    organisation_id=practice.pk,
                    person_id=dr_joshi.pk,
                    capacity="provider",
                    outcome="attended",
                ),
            ),
            points=(
                PointMade(text="No money behind it", theme="Funding", organisation_id=practice.pk),
            ),
        ),
    )
    event.refresh_from_db()
    assert (event.recorded_by, event.recorded_at, event.version) == (manager, NOW, 1)
    assert set(event.credits.values_list("plan_id", "held_on")) == {
        (plan.pk, HELD_ON),
        (other.pk, HELD_ON),
    }
    part = event.participations.get()
    assert (part.organisation, part.person, part.capacity) == (practice, dr_joshi, "provider")
    assert (part.outcome, part.held_on) == ("attended", HELD_ON)
    assert event.points.get().theme == "Funding"
    assert event.note_readers.get().user == reader


def test_record_event_leaves_an_audit_row_without_the_words_of_the_note(plan, manager) -> None:
    record_event(
        by=manager,
        now=NOW,
        record=record(plan.pk, restricted_note="canary-note", attendances=attendances(1)),
    )
    entry = AuditEntry.objects.get(verb="event recorded")
    assert (entry.actor, entry.recorded_at) == (manager, NOW)
    assert entry.became["has_restricted_note"] is True
    assert "canary-note" not in str(entry.became)


def test_record_event_marks_every_plan_credited_and_no_other(plan, manager) -> None:
    credited, not_credited = plans.plan(plans.footprint()), plans.plan(plans.footprint())
    Plan.objects.update(assessed_no=1)
    record_event(
        by=manager, now=NOW, record=record(plan.pk, credited.pk, attendances=attendances(1))
    )
    stale = Plan.objects.filter(change_no=2, changed_at=NOW)
    assert set(stale) == {plan, credited}
    not_credited.refresh_from_db()
    assert not_credited.change_no == 1


def _queries(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        work()
    return len(captured)


def test_record_event_takes_as_many_queries_for_fifty_as_for_one(plan, manager) -> None:
    def save(number: int) -> int:
        draft = start_draft(by=manager, now=NOW)
        whole = record(plan.pk, attendances=attendances(number), points=(PointMade(text="x"),))
        return _queries(lambda: record_event(by=manager, record=whole, now=NOW, draft_id=draft.pk))

    assert save(1) == save(50) <= 20


def test_record_event_with_five_hundred_stays_within_a_few_queries(plan, manager) -> None:
    draft = start_draft(by=manager, now=NOW)
    whole = record(plan.pk, attendances=attendances(500))
    used = _queries(lambda: record_event(by=manager, record=whole, now=NOW, draft_id=draft.pk))
    assert used <= 26  # eight are for asking those named, and their rows need batches too
    assert Participation.objects.count() == 500


def test_record_event_is_whole_or_absent(plan, manager, monkeypatch) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(event_actions, "mark_changed", fail)
    with pytest.raises(RuntimeError):
        record_event(by=manager, now=NOW, record=record(plan.pk, attendances=attendances(3)))
    assert not Event.objects.exists()
    assert not EventPlan.objects.exists()
    assert not Participation.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("differs", "code"),
    [
        ({"attendances": ()}, "nobody"),
        ({"held_on": dt.date(2016, 5, 13)}, "not_yet"),
        ({"plan_ids": ()}, "no_plan"),
    ],
)
def test_record_event_refuses_what_no_page_may_let_through(plan, manager, differs, code) -> None:
    whole = record(**{"plan_ids": (plan.pk,), "attendances": attendances(1), **differs})
    with pytest.raises(RecordRefused) as refused:
        record_event(by=manager, now=NOW, record=whole)
    assert refused.value.reasons == (code,)
    assert not Event.objects.exists()


def test_today_is_the_day_in_london(plan, manager) -> None:
    half_past_midnight = timezone.make_aware(dt.datetime(2016, 5, 13, 0, 30))
    event = record_event(
        by=manager,
        now=half_past_midnight.astimezone(dt.UTC),
        record=record(plan.pk, held_on=dt.date(2016, 5, 13), attendances=attendances(1)),
    )
    assert event.held_on == dt.date(2016, 5, 13)


# --- Sent twice ----------------------------------------------------------------------------------


def test_record_event_twice_makes_one_event(plan, manager) -> None:
    draft = start_draft(by=manager, now=NOW)
    whole = record(plan.pk, attendances=attendances(2))
    first = record_event(by=manager, record=whole, now=NOW, draft_id=draft.pk)
    second = record_event(by=manager, record=whole, now=NOW, draft_id=draft.pk)
    assert first == second
    assert Event.objects.count() == 1
    assert audit_verbs() == ["draft started", "event recorded", "organisations asked"]


def test_the_database_itself_refuses_a_second_event_of_one_draft(plan, manager) -> None:
    first = engagement.event(plan)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=engagement.event(plan).pk).update(draft_key=first.draft_key)


@pytest.mark.django_db(transaction=True)
def test_record_event_at_the_same_time_makes_one_event() -> None:
    plan = plans.plan(plans.footprint())
    manager = plans.manager(plan.footprint)
    draft = start_draft(by=manager, now=NOW)
    whole = record(plan.pk, attendances=attendances(3))
    made = _at_once(
        8, lambda: record_event(by=manager, record=whole, now=NOW, draft_id=draft.pk).pk
    )
    assert len(set(made)) == 1
    assert Event.objects.count() == 1
    assert Participation.objects.count() == 3


# --- Amending ------------------------------------------------------------------------------------


@pytest.fixture
def event(plan, manager) -> Event:
    return record_event(
        by=manager,
        now=NOW,
        record=record(
            plan.pk,
            attendances=attendances(3),
            points=(PointMade(text="kept"), PointMade(text="gone")),
            restricted_note="secret",
        ),
    )


def edit_of(event: Event, by):
    return start_edit(by=by, event=event, seen_version=event.version, now=NOW, with_note=True)


def same_people(event: Event) -> tuple[Attendance, ...]:
    return tuple(
        Attendance(
            organisation_id=one.organisation_id,
            person_id=one.person_id,
            capacity=one.capacity,
            outcome=one.outcome,
        )
        for one in event.participations.all()
    )


def test_amend_event_steps_the_version_and_keeps_what_was_before(plan, manager, event) -> None:
    people = same_people(event)
    amended = amend_event(
        by=manager,
        draft=edit_of(event, manager),
        record=record(plan.pk, title="Better title", attendances=people),
        now=NOW,
        with_note=True,
    )
    assert (amended.version, amended.title) == (2, "Better title")
    entry = AuditEntry.objects.first()
    assert (entry.verb, entry.was["title"]) == ("event amended", "Practice forum")
    assert entry.became["title"] == "Better title"


def test_amend_event_keeps_the_row_of_everybody_who_stays(plan, manager, event) -> None:
    first, second, third = event.participations.order_by("pk")
    people = same_people(event)
    changed = Attendance(
        organisation_id=second.organisation_id,
        person_id=None,
        capacity="provider",
        outcome="apologised",
    )
    new = attendances(1)
    amend_event(
        by=manager,
        draft=edit_of(event, manager),
        record=record(plan.pk, attendances=(people[0], changed, *new)),
        now=NOW,
        with_note=True,
    )
    assert set(event.participations.values_list("pk", flat=True)) >= {first.pk, second.pk}
    assert not Participation.objects.filter(pk=third.pk).exists()
    second.refresh_from_db()
    assert second.outcome == "apologised"
    assert event.participations.count() == 3


def test_amend_event_moves_the_date_into_credits_and_participations(plan, manager, event) -> None:
    moved = dt.date(2016, 4, 3)
    amend_event(
        by=manager,
        draft=edit_of(event, manager),
        record=record(plan.pk, held_on=moved, attendances=same_people(event)),
        now=NOW,
        with_note=True,
    )
    assert set(event.credits.values_list("held_on", flat=True)) == {moved}
    assert set(event.participations.values_list("held_on", flat=True)) == {moved}


def test_amend_event_marks_the_plan_that_lost_the_credit_too(plan, manager, event) -> None:
    gained = plans.plan(plans.footprint())
    Plan.objects.update(change_no=1, assessed_no=1)
    amend_event(
        by=manager,
        draft=edit_of(event, manager),
        record=record(gained.pk, attendances=same_people(event)),
        now=NOW,
        with_note=True,
    )
    assert set(Plan.objects.filter(change_no=2)) == {plan, gained}
    assert list(event.credits.values_list("plan_id", flat=True)) == [gained.pk]


def test_amend_event_rewrites_points_that_differ(plan, manager, event) -> None:
    kept = event.points.get(text="kept")
    amend_event(
        by=manager,
        draft=edit_of(event, manager),
        record=record(
            plan.pk,
            attendances=same_people(event),
            points=(PointMade(text="kept"), PointMade(text="new")),
        ),
        now=NOW,
        with_note=True,
    )
    assert list(event.points.values_list("text", flat=True)) == ["kept", "new"]
    assert Point.objects.filter(pk=kept.pk).exists()


def test_amend_event_without_sight_of_the_note_keeps_it(plan, manager, event) -> None:
    reader = accounts.user()
    NoteReader.objects.create(event=event, user=reader)
    colleague = plans.manager(plan.footprint)
    draft = start_edit(by=colleague, event=event, seen_version=1, now=NOW, with_note=False)
    amend_event(
        by=colleague,
        draft=draft,
        record=record(plan.pk, attendances=same_people(event)),
        now=NOW,
        with_note=False,
    )
    event.refresh_from_db()
    assert event.restricted_note == "secret"
    assert event.note_readers.get().user == reader
    assert "restricted_note" not in draft.content["said"]


def test_amend_event_loses_against_a_quicker_editor_and_writes_nothing(
    plan, manager, event
) -> None:
    colleague = plans.manager(plan.footprint)
    mine, theirs = edit_of(event, manager), edit_of(event, colleague)
    people = same_people(event)
    amend_event(
        by=colleague,
        draft=theirs,
        record=record(plan.pk, title="Theirs", attendances=people),
        now=NOW,
        with_note=True,
    )
    with pytest.raises(EventChanged):
        amend_event(
            by=manager,
            draft=mine,
            record=record(plan.pk, title="Mine", attendances=attendances(1)),
            now=NOW,
            with_note=True,
        )
    event.refresh_from_db()
    assert (event.title, event.version) == ("Theirs", 2)
    assert event.participations.count() == 3
    assert mine.content["what"]["title"] == "Practice forum"


@pytest.mark.django_db(transaction=True)
def test_amend_event_at_the_same_time_has_one_winner() -> None:
    plan = plans.plan(plans.footprint())
    editors = [plans.manager(plan.footprint) for _ in range(4)]
    whole = record(plan.pk, attendances=attendances(2))
    event = record_event(by=editors[0], record=whole, now=NOW)
    drafts = [edit_of(event, editor) for editor in editors]
    people = same_people(event)

    def save(number: int) -> str:
        try:
            amend_event(
                by=editors[number],
                draft=drafts[number],
                record=record(plan.pk, title=f"Title {number}", attendances=people),
                now=NOW,
                with_note=True,
            )
        except EventChanged:
            return "told"
        return "saved"

    numbers = iter(range(4))
    answers = _at_once(4, lambda: save(next(numbers)))
    assert sorted(answers) == ["saved", "told", "told", "told"]
    event.refresh_from_db()
    assert event.version == 2


def test_amend_event_twice_writes_once(plan, manager, event) -> None:
    draft = edit_of(event, manager)
    changed = record(plan.pk, title="Once", attendances=same_people(event))
    for _ in range(2):
        amend_event(by=manager, draft=draft, record=changed, now=NOW, with_note=True)
    event.refresh_from_db()
    assert event.version == 2


def test_amend_event_takes_as_many_queries_for_fifty_as_for_two(plan, manager) -> None:
    def amend(number: int) -> int:
        made = record_event(
            by=manager, now=NOW, record=record(plan.pk, attendances=attendances(number))
        )
        draft = edit_of(made, manager)
        people = same_people(made)
        changed = tuple(
            Attendance(
                organisation_id=one.organisation_id,
                person_id=None,
                capacity="provider",
                outcome="apologised" if index % 2 else "attended",
            )
            for index, one in enumerate(people)
        )
        whole = record(plan.pk, attendances=(*changed, *attendances(1)))
        return _queries(
            lambda: amend_event(by=manager, draft=draft, record=whole, now=NOW, with_note=True)
        )

    assert amend(2) == amend(50)


# --- Withdrawing and closing ---------------------------------------------------------------------


def test_withdraw_event_keeps_the_record_with_its_reason(plan, manager, event) -> None:
    Plan.objects.update(change_no=1, assessed_no=1)
    withdrawn = withdraw_event(by=manager, event_id=event.pk, reason="Wrong day", now=NOW)
    assert (withdrawn.withdrawn_by, withdrawn.withdrawn_reason) == (manager, "Wrong day")
    assert withdrawn.participations.count() == 3
    assert Plan.objects.get(pk=plan.pk).change_no == 2
    assert AuditEntry.objects.first().verb == "event withdrawn"


@pytest.mark.parametrize("reason", ["", "   "])
def test_withdraw_event_without_a_reason_is_refused(manager, event, reason: str) -> None:
    with pytest.raises(ValueError, match="reason"):
        withdraw_event(by=manager, event_id=event.pk, reason=reason, now=NOW)


def test_withdraw_event_twice_tells_the_second(manager, event) -> None:
    withdraw_event(by=manager, event_id=event.pk, reason="Wrong", now=NOW)
    with pytest.raises(EventChanged):
        withdraw_event(by=manager, event_id=event.pk, reason="Wrong again", now=NOW)


def test_amend_event_of_a_withdrawn_record_is_refused(plan, manager, event) -> None:
    draft = edit_of(event, manager)
    withdraw_event(by=manager, event_id=event.pk, reason="Wrong", now=NOW)
    with pytest.raises(EventChanged):
        amend_event(
            by=manager,
            draft=draft,
            record=record(plan.pk, attendances=same_people(event)),
            now=NOW,
            with_note=True,
        )


@pytest.mark.parametrize(("reason", "status"), [("no_response", "tried"), ("by_them", "cancelled")])
def test_close_planned_event_says_what_came_of_it(plan, manager, reason, status) -> None:
    planned = engagement.event(plan, status="planned", recorded_by=manager)
    closed = close_planned_event(
        by=manager, event_id=planned.pk, version=1, cancel_reason=reason, now=NOW
    )
    assert (closed.status, closed.cancel_reason, closed.version) == (status, reason, 2)
    assert AuditEntry.objects.first().verb == "event did not happen"


def test_close_planned_event_that_somebody_changed_is_refused(plan, manager) -> None:
    planned = engagement.event(plan, status="planned")
    with pytest.raises(EventChanged):
        close_planned_event(
            by=manager, event_id=planned.pk, version=2, cancel_reason="by_us", now=NOW
        )
    happened = engagement.event(plan)
    with pytest.raises(EventChanged):
        close_planned_event(
            by=manager, event_id=happened.pk, version=1, cancel_reason="by_us", now=NOW
        )


def _at_once(number: int, work: Callable[[], object]) -> list[object]:
    """``work`` from several threads; one after the other where the database has one connection."""
    if not connection.features.test_db_allows_multiple_connections:
        return [work() for _ in range(number)]

    def alone() -> object:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(number) as pool:
        return [job.result() for job in [pool.submit(alone) for _ in range(number)]]
