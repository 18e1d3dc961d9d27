"""Editing, withdrawing and closing a record; and what the slower of two editors sees."""

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from engagement.models import Event, EventDraft, NoteReader
from tests.engagement.area import Area, bolton, days_ago, key
from tests.factories import accounts, engagement, plans, stakeholders
from ui.words import nhs_date

pytestmark = pytest.mark.django_db


@pytest.fixture
def area() -> Area:
    return bolton()


@pytest.fixture
def event(area: Area) -> Event:
    made = engagement.event(
        area.plan, held_on=days_ago(3), recorded_by=area.manager, title="Practice forum"
    )
    engagement.took_part(area.lmc, made, capacity="representative")
    engagement.took_part(area.practices[0], made)
    return made


class Editing:
    """One manager's way through an edit, without scripts."""

    def __init__(self, user: User, event: Event) -> None:
        self.user, self.event, self.client = user, event, Client()
        self.client.force_login(user)

    def begin(self, **what):
        """Step 1 as the page offers it, with ``what`` changed."""
        page = self.client.get(f"/events/{self.event.pk}/edit/")
        initial = page.context["form"].initial
        return self.client.post(
            page.context["action"], {**initial, "version": self.event.version, **what}
        )

    def url(self, step: str) -> str:
        return f"/events/log/{self.draft.pk}/{step}/"

    @property
    def draft(self) -> EventDraft:
        return EventDraft.objects.get(owner=self.user, event=self.event)

    def go_on(self, **who):
        """Steps 2 and 3 as they stand, with ``who`` changed; then save."""
        self.client.post(self.url("who"), {"action": "continue", **who})
        said = self.draft.content["said"]
        self.client.post(
            self.url("said"),
            {"level": said["level"], "summary": said["summary"], "action": "continue"},
        )
        return self.client.post(self.url("check"), {"action": "save"})


def text(response) -> str:
    return response.content.decode()


def test_a_page_opened_before_a_colleague_saved_takes_back_nothing_of_theirs(
    area: Area, event: Event
) -> None:
    colleague = Editing(plans.manager(area.footprint), event)
    mine = Editing(area.manager, event)
    opened = mine.client.get(f"/events/{event.pk}/edit/").context
    colleague.begin(title="Their title")
    colleague.go_on()

    typed = {**opened["form"].initial, "version": event.version, "seen": opened["seen"]}
    mine.client.post(opened["action"], {**typed, "channel": "phone"})
    assert mine.go_on().url == mine.url("conflict")
    mine.client.post(mine.url("conflict"))
    mine.client.post(mine.url("check"), {"action": "save"})

    event.refresh_from_db()
    assert (event.title, event.channel, event.version) == ("Their title", "phone", 3)


def test_an_edit_goes_through_the_same_four_steps(area: Area, event: Event) -> None:
    edit = Editing(area.manager, event)
    assert edit.begin(title="Better title").url == edit.url("who")
    saved = edit.go_on(pick=[key(area.practices[1])])
    assert saved.url == f"/events/{event.pk}/"
    event.refresh_from_db()
    assert (event.title, event.version) == ("Better title", 2)
    assert event.participations.count() == 3
    assert "Better title" in text(edit.client.get(saved.url))


def test_looking_at_the_edit_page_writes_nothing(area: Area, event: Event) -> None:
    page = text(Editing(area.manager, event).client.get(f"/events/{event.pk}/edit/"))
    assert 'value="Practice forum"' in page
    assert f'value="{nhs_date(days_ago(3))}"' in page
    assert not EventDraft.objects.exists()


def test_an_unfinished_edit_is_taken_up_again(area: Area, event: Event) -> None:
    edit = Editing(area.manager, event)
    edit.begin(title="Half done")
    answer = edit.client.get(f"/events/{event.pk}/edit/")
    assert answer.url == edit.url("what")
    assert 'value="Half done"' in text(edit.client.get(answer.url))


def test_the_second_editor_is_told_and_loses_nothing(area: Area, event: Event) -> None:
    colleague = plans.manager(area.footprint)
    mine, theirs = Editing(area.manager, event), Editing(colleague, event)
    mine.begin(title="My title")
    theirs.begin(title="Their title")
    theirs.go_on(pick=[key(area.practices[2])])
    answer = mine.go_on(pick=[key(area.practices[3])])
    assert answer.url == mine.url("conflict")
    page = text(mine.client.get(answer.url))
    assert f"{colleague.name} changed this record" in page
    assert "Nothing you typed is lost" in page
    for words in ("Practice forum", "Their title", "My title", "Surgery 2", "Surgery 3"):
        assert words in page
    event.refresh_from_db()
    assert event.title == "Their title"

    assert mine.client.post(mine.url("conflict")).url == mine.url("check")
    mine.client.post(mine.url("check"), {"action": "save"})
    event.refresh_from_db()
    assert (event.title, event.version) == ("My title", 3)
    names = set(event.participations.values_list("organisation__name", flat=True))
    assert names == {"Bolton LMC", "Surgery 0", "Surgery 2", "Surgery 3"}


def test_a_version_that_moved_before_the_first_answer_is_told_too(area: Area, event: Event) -> None:
    mine = Editing(area.manager, event)
    Event.objects.filter(pk=event.pk).update(version=2, title="Moved meanwhile")
    mine.begin(title="My title")
    assert mine.go_on().url == mine.url("conflict")


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 400, "1_0", "\u0661"])
def test_a_version_that_no_page_sent_never_overwrites(area, event, version: str) -> None:
    mine = Editing(area.manager, event)
    mine.begin(version=version)
    assert mine.go_on().url == mine.url("conflict")
    event.refresh_from_db()
    assert event.version == 1


def test_a_record_withdrawn_meanwhile_is_shown_beside_what_was_typed(area, event) -> None:
    colleague = plans.manager(area.footprint)
    mine = Editing(area.manager, event)
    mine.begin(title="My title")
    Editing(colleague, event).client.post(
        f"/events/{event.pk}/withdraw/", {"reason": "Wrong meeting"}
    )
    page = text(mine.client.get(mine.go_on().url))
    assert f"{colleague.name} withdrew this record" in page
    assert "Wrong meeting" in page
    assert "My title" in page
    mine.client.post(mine.url("conflict"))
    event.refresh_from_db()
    assert event.title == "Practice forum"


def test_there_is_no_conflict_page_for_a_new_record(area: Area, client: Client) -> None:
    client.force_login(area.manager)
    action = client.get("/events/log/").context["action"]
    client.post(action, {"title": "New"})
    answer = client.get(action.replace("/what/", "/conflict/"))
    assert answer.url == action.replace("/what/", "/check/")


def test_an_editor_who_may_not_read_the_note_keeps_it(area: Area, event: Event) -> None:
    reader = accounts.user()
    NoteReader.objects.create(event=event, user=reader)
    Event.objects.filter(pk=event.pk).update(restricted_note="canary")
    edit = Editing(plans.manager(area.footprint), event)
    edit.begin(title="Changed")
    assert "canary" not in str(edit.draft.content)
    page = text(edit.client.get(edit.url("said")))
    assert "canary" not in page
    assert "you are not named to read" in page
    edit.client.post(edit.url("said"), {"level": "consult", "restricted_note": "overwritten"})
    assert "canary" not in text(edit.client.get(edit.url("check")))
    edit.client.post(edit.url("check"), {"action": "save"})
    event.refresh_from_db()
    assert (event.title, event.restricted_note) == ("Changed", "canary")
    assert event.note_readers.get().user == reader


def test_who_is_struck_off_the_readers_of_the_note_reads_it_no_more_in_their_changes(
    area: Area, event: Event
) -> None:
    edit = Editing(plans.manager(area.footprint), event)
    NoteReader.objects.create(event=event, user=edit.user)
    Event.objects.filter(pk=event.pk).update(restricted_note="canary")
    edit.begin(title="Changed")
    assert "canary" in text(edit.client.get(edit.url("said")))

    NoteReader.objects.filter(event=event, user=edit.user).delete()
    assert "canary" not in text(edit.client.get(edit.url("said")))


@pytest.mark.parametrize("page", ["edit", "withdraw", "outcome"])
def test_who_may_change_a_record(area: Area, event: Event, page: str) -> None:
    Event.objects.filter(pk=event.pk).update(status="planned")
    path = f"/events/{event.pk}/{page}/"

    def status(user: User) -> int:
        client = Client()
        client.force_login(user)
        return client.get(path).status_code

    assert status(area.manager) == 200
    assert status(plans.manager(area.footprint)) == 200
    assert status(plans.manager(plans.footprint())) == 404
    assert status(accounts.user(Role.REVIEWER)) == 403
    assert status(accounts.user(Role.ADMINISTRATOR)) == 403
    assert status(stakeholders.representative(area.lmc)) == 403
    assert status(stakeholders.representative(stakeholders.lmc())) == 404


def test_a_record_of_two_footprints_needs_a_grant_in_both(area: Area, event: Event) -> None:
    other = plans.plan(plans.footprint())
    event.credits.create(plan=other, held_on=event.held_on)
    client = Client()
    client.force_login(area.manager)
    for page in ("edit", "withdraw"):
        refused = client.get(f"/events/{event.pk}/{page}/")
        assert refused.status_code == 403
        assert "manages every plan that this record counts for" in refused.content.decode()
        assert client.post(f"/events/{event.pk}/{page}/", {"reason": "x"}).status_code == 403
    event.refresh_from_db()
    assert event.withdrawn_at is None


def test_a_grant_that_ended_stops_an_edit_on_its_way(area: Area, event: Event) -> None:
    edit = Editing(area.manager, event)
    edit.begin(title="Too late")
    area.manager.plans_grants.update(valid_to=dt.date(2014, 1, 1))
    assert edit.client.get(edit.url("who")).status_code == 403
    assert edit.client.post(edit.url("check"), {"action": "save"}).status_code == 403


@pytest.mark.parametrize("pk", ["999999", str(2**64), "0"])
def test_a_record_that_is_not_there_is_not_found(area: Area, client: Client, pk: str) -> None:
    client.force_login(area.manager)
    for page in ("edit", "withdraw", "outcome"):
        assert client.get(f"/events/{pk}/{page}/").status_code == 404


def test_withdraw_needs_a_reason_and_keeps_the_record(area: Area, event: Event) -> None:
    client = Client()
    client.force_login(area.manager)
    path = f"/events/{event.pk}/withdraw/"
    assert "Withdraw this record?" in text(client.get(path))
    assert "Enter why this record is wrong" in text(client.post(path, {"reason": " "}))
    assert client.post(path, {"reason": "Logged twice"}).url == f"/events/{event.pk}/"
    event.refresh_from_db()
    assert (event.withdrawn_by, event.withdrawn_reason) == (area.manager, "Logged twice")
    assert client.post(path, {"reason": "Again"}).url == f"/events/{event.pk}/"
    event.refresh_from_db()
    assert event.withdrawn_reason == "Logged twice"
    assert client.get(f"/events/{event.pk}/edit/").url == f"/events/{event.pk}/"


def test_a_planned_event_that_did_not_happen_takes_one_answer(area: Area, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(status="planned")
    client = Client()
    client.force_login(area.manager)
    path = f"/events/{event.pk}/outcome/"
    assert "Choose why it did not happen" in text(client.post(path, {"status": "not"}))
    answer = client.post(path, {"status": "not", "cancel_reason": "by_them"})
    assert answer.url == f"/events/{event.pk}/"
    event.refresh_from_db()
    assert (event.status, event.cancel_reason) == ("cancelled", "by_them")
    assert client.get(path).url == f"/events/{event.pk}/"


def test_a_planned_event_that_happened_leads_to_who_took_part(area: Area, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(status="planned")
    event.participations.update(outcome="invited")
    edit = Editing(area.manager, event)
    answer = edit.client.post(f"/events/{event.pk}/outcome/", {"status": "happened"})
    assert answer.url == f"/events/{event.pk}/edit/?status=happened"
    page = edit.client.get(answer.url)
    edit.client.post(page.context["action"], {**page.context["form"].initial, "version": 1})
    refused = text(edit.client.post(edit.url("who"), {"action": "continue"}))
    assert "Choose what happened with Bolton LMC" in refused
    edit.go_on(action="fill", fill="attended")
    edit.go_on()
    event.refresh_from_db()
    assert event.status == "happened"
    assert set(event.participations.values_list("outcome", flat=True)) == {"attended"}


def test_what_has_not_come_yet_cannot_have_happened(area: Area, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(status="planned", held_on=days_ago(-5))
    client = Client()
    client.force_login(area.manager)
    page = client.post(f"/events/{event.pk}/outcome/", {"status": "happened"})
    assert "It has not happened yet" in text(page)
