"""Drafts: what was typed is kept, by its owner alone, until it is a record."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from engagement.actions import (
    DraftAlreadySaved,
    DraftDiscarded,
    NewPerson,
    add_attendee,
    discard_draft,
    rebase_draft,
    save_step,
    start_draft,
    start_edit,
)
from engagement.models import EventDraft
from stakeholders.models import Organisation, Person
from tests.factories import accounts, engagement, plans, stakeholders

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(dt.datetime(2016, 5, 12, 14, 14))
LATER = NOW + dt.timedelta(minutes=5)


def test_start_draft_takes_plans_and_organisations_of_a_missing_list() -> None:
    user = accounts.user()
    draft = start_draft(by=user, now=NOW, plan_ids=[3], organisation_ids=[7, 8, 7])
    assert draft.content["what"] == {"plans": ["3"]}
    assert [row["organisation"] for row in draft.content["who"]["rows"]] == [7, 8]
    assert AuditEntry.objects.get().verb == "draft started"


def test_start_draft_twice_with_one_key_makes_one_draft() -> None:
    user, key = accounts.user(), uuid.uuid4()
    first = start_draft(by=user, now=NOW, draft_id=key)
    assert start_draft(by=user, now=NOW, draft_id=key) == first
    assert start_draft(by=accounts.user(), now=NOW, draft_id=key).owner == user
    assert AuditEntry.objects.count() == 1


def test_save_step_keeps_what_was_typed_as_it_was_typed() -> None:
    user = accounts.user()
    draft = start_draft(by=user, now=NOW)
    saved = save_step(
        by=user,
        draft_id=draft.pk,
        step="what",
        answers={"what": {"held_on": " 31/11 ", "title": "José 🎪"}},
        now=LATER,
    )
    saved.refresh_from_db()
    assert saved.content["what"] == {"held_on": " 31/11 ", "title": "José 🎪"}
    assert (saved.step, saved.updated_at) == (1, LATER)


def test_save_step_never_goes_back_in_the_steps() -> None:
    user = accounts.user()
    draft = start_draft(by=user, now=NOW)
    for step in ("said", "what"):
        draft = save_step(by=user, draft_id=draft.pk, step=step, answers={step: {}}, now=NOW)
    assert draft.step == 3


def test_save_step_of_another_users_draft_does_not_find_it() -> None:
    draft = start_draft(by=accounts.user(), now=NOW)
    with pytest.raises(DraftDiscarded):
        save_step(by=accounts.user(), draft_id=draft.pk, step="what", answers={}, now=NOW)


def test_save_step_of_a_saved_draft_names_the_record() -> None:
    user = accounts.user()
    event = engagement.event()
    draft = start_draft(by=user, now=NOW)
    EventDraft.objects.filter(pk=draft.pk).update(saved_event=event)
    with pytest.raises(DraftAlreadySaved) as saved:
        save_step(by=user, draft_id=draft.pk, step="what", answers={}, now=NOW)
    assert saved.value.event == event


def test_start_edit_is_taken_up_again() -> None:
    user, event = accounts.user(), engagement.event()
    first = start_edit(by=user, event=event, seen_version=1, now=NOW, with_note=True)
    second = start_edit(by=user, event=event, seen_version=2, now=NOW, with_note=True)
    other = start_edit(by=accounts.user(), event=event, seen_version=1, now=NOW, with_note=True)
    assert first == second != other
    assert (first.event_version, first.content["base"]["what"]["title"]) == (1, "Practice forum")


def test_rebase_draft_stands_on_the_newest_version() -> None:
    user, event = accounts.user(), engagement.event()
    draft = start_edit(by=user, event=event, seen_version=1, now=NOW, with_note=True)
    event.version = 4
    moved = rebase_draft(by=user, draft_id=draft.pk, event=event, content={"what": {}}, now=NOW)
    moved.refresh_from_db()
    assert (moved.event_version, moved.content) == (4, {"what": {}})


def test_discard_draft_takes_only_ones_own_and_only_unfinished() -> None:
    user, other = accounts.user(), accounts.user()
    mine, theirs = start_draft(by=user, now=NOW), start_draft(by=other, now=NOW)
    done = start_draft(by=user, now=NOW)
    EventDraft.objects.filter(pk=done.pk).update(saved_event=engagement.event())
    for pk in (mine.pk, theirs.pk, done.pk, uuid.uuid4()):
        discard_draft(by=user, draft_id=pk, now=NOW)
    assert set(EventDraft.objects.values_list("pk", flat=True)) == {theirs.pk, done.pk}
    assert AuditEntry.objects.first().verb == "draft discarded"


def test_add_attendee_at_an_organisation_of_the_register() -> None:
    practice = stakeholders.practice()
    new = NewPerson(name="Dr Jo Lee", title="GP partner", organisation_id=practice.pk)
    pair = add_attendee(by=accounts.user(), person=new, since=NOW.date())
    person = Person.objects.get()
    post = person.posts.get()
    assert pair == (practice.pk, person.pk)
    assert (post.organisation, post.title, post.valid_from) == (practice, "GP partner", NOW.date())


def test_add_attendee_with_a_body_that_is_not_in_the_register() -> None:
    new = NewPerson(
        name="Ann Fry",
        title="",
        organisation_id=None,
        organisation_name="Ward patients’ group",
        kind="patient_group",
    )
    organisation_id, _ = add_attendee(by=accounts.user(), person=new, since=NOW.date())
    made = Organisation.objects.get(pk=organisation_id)
    assert (made.name, made.category) == ("Ward patients’ group", "patient_group")
    assert Organisation.objects.open_on(NOW.date()).filter(pk=made.pk).exists()


def test_plans_are_not_needed_to_begin() -> None:
    assert start_draft(by=plans.manager(), now=NOW).content == {}
