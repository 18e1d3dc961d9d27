"""The four steps of logging, as a browser without scripts sends them."""

import datetime as dt
import uuid

import pytest
from django.test import Client

from accounts.roles import Role
from engagement.models import Event, EventDraft
from plans.models import Plan
from stakeholders.models import Person
from tests.engagement.area import Area, Logging, bolton, days_ago, key
from tests.factories import accounts, engagement, plans, stakeholders
from ui.words import nhs_date

pytestmark = pytest.mark.django_db


@pytest.fixture
def area() -> Area:
    return bolton()


@pytest.fixture
def log(client: Client, area: Area) -> Logging:
    return Logging(client, area)


def text(response) -> str:
    return response.content.decode()


# --- The whole way -------------------------------------------------------------------------------


def test_a_meeting_is_logged_in_four_steps(log: Logging, area: Area) -> None:
    assert log.what().url == log.url("who")
    assert log.who(area.lmc, *area.practices[:2]).url == log.url("said")
    assert log.said().url == log.url("check")
    saved = log.check()
    event = Event.objects.get()
    assert saved.url == f"/events/{event.pk}/"
    assert event.title == "Meeting with Bolton LMC and 2 others"
    assert set(event.participations.values_list("capacity", "outcome")) == {
        ("representative", "attended"),
        ("provider", "attended"),
    }
    assert Plan.objects.get().change_no == 2


def test_the_record_says_that_the_footprint_is_being_reassessed(log: Logging, area: Area) -> None:
    page = text(log.client.get(log.all_of_it(area.lmc).url))
    assert "Saved. The footprint is being reassessed" in page
    assert f'href="/plans/{area.plan.code}/"' in page


def test_saving_twice_makes_one_event(log: Logging, area: Area) -> None:
    first = log.all_of_it(area.lmc)
    second = log.check()
    assert first.url == second.url
    assert Event.objects.count() == 1


def test_a_saved_draft_leads_to_its_record_from_every_step(log: Logging, area: Area) -> None:
    event_url = log.all_of_it(area.lmc).url
    for step in ("what", "who", "said", "check"):
        assert log.client.get(log.url(step)).url == event_url
    assert log.what(title="Something else").url == event_url
    assert Event.objects.get().title != "Something else"


def test_several_footprints_are_credited_and_counted_once(log: Logging, area: Area) -> None:
    other = plans.plan(
        plans.footprint(name="Bury"), starts_on=days_ago(100), submission_on=days_ago(-9)
    )
    other.footprint.grants.create(user=area.manager, valid_from=dt.date(2013, 4, 1))
    log.all_of_it(area.lmc, plans=[area.plan.pk, other.pk])
    assert set(Event.objects.get().credits.values_list("plan_id", flat=True)) == {
        area.plan.pk,
        other.pk,
    }


def test_a_planned_event_has_invitations(log: Logging, area: Area) -> None:
    log.all_of_it(area.lmc, status="planned", held_on=days_ago(-7).isoformat())
    assert Event.objects.get().participations.get().outcome == "invited"


def test_what_did_not_happen_is_kept_with_its_reason(log: Logging, area: Area) -> None:
    log.all_of_it(area.lmc, status="not", cancel_reason="no_response")
    event = Event.objects.get()
    assert (event.status, event.cancel_reason) == ("tried", "no_response")
    assert event.participations.get().outcome == "attempted"


# --- Drafts --------------------------------------------------------------------------------------


def test_what_was_typed_is_kept_when_it_is_wrong(log: Logging) -> None:
    page = log.what(held_on="31/11/2016", title="José 🎪 <b>")
    assert "must be a real date" in text(page)
    assert 'value="31/11/2016"' in text(page)
    assert log.draft.content["what"]["title"] == "José 🎪 <b>"
    again = text(log.client.get(log.what_url))
    assert 'value="31/11/2016"' in again
    assert "José 🎪 &lt;b&gt;" in again
    assert "There is a problem" not in again


def test_leaving_keeps_the_draft_and_the_first_page_leads_back(log: Logging) -> None:
    assert log.what(held_on="3 April 2016", channel="", action="leave").url == "/events/log/"
    page = text(log.client.get("/events/log/"))
    assert "Event of 3 April 2016" in page
    assert f"/events/log/{log.draft.pk}/" in page


def test_an_unfinished_draft_can_be_thrown_away(log: Logging) -> None:
    log.what()
    assert "Discard this draft?" in text(log.client.get(log.url("discard")))
    assert EventDraft.objects.exists()
    assert log.client.post(log.url("discard")).url == "/events/log/"
    assert not EventDraft.objects.exists()


def test_the_draft_of_somebody_else_does_not_exist(log: Logging, area: Area) -> None:
    log.what()
    stranger = Client()
    stranger.force_login(plans.manager(area.footprint))
    for step in ("what", "who", "said", "check", "found", "conflict", "discard"):
        assert stranger.get(log.url(step)).status_code == 404
        assert stranger.post(log.url(step), {"title": "Mine now"}).status_code == 404
    assert log.draft.content["what"]["title"] == ""


@pytest.mark.parametrize("step", ["who", "said", "check"])
def test_a_later_step_first_leads_back_to_the_missing_one(log: Logging, step: str) -> None:
    log.what(channel="")
    for answer in (log.client.get(log.url(step)), log.client.post(log.url(step), {})):
        assert answer.url == f"{log.what_url}?unfinished=1"
    assert "Choose how people were reached" in text(log.client.get(answer.url))


def test_check_before_anybody_is_on_the_list_leads_back(log: Logging) -> None:
    log.what()
    answer = log.client.get(log.url("check"))
    assert answer.url == f"{log.url('who')}?unfinished=1"
    assert "Add at least one person or organisation" in text(log.client.get(answer.url))


@pytest.mark.parametrize(
    "path",
    [
        "/events/log/00000000-0000-4000-8000-000000000001/what/",
        "/events/log/00000000-0000-4000-8000-000000000002/check/",
        "/events/log/00000000-0000-4000-8000-000000000003/nonsense/",
        "/events/log/not-a-uuid/what/",
        "/events/log/7ECF5894-508B-4436-A20C-ABF874C782C4/what/",
    ],
)
def test_an_unknown_draft_is_not_found(log: Logging, path: str) -> None:
    assert log.client.get(path).status_code == 404


def test_a_new_form_makes_its_draft_with_the_first_answer(log: Logging) -> None:
    assert not EventDraft.objects.exists()
    log.what()
    log.what(title="Second thoughts")
    assert EventDraft.objects.count() == 1


def test_a_missing_list_starts_a_draft_with_its_organisations(log: Logging, area: Area) -> None:
    answer = log.client.post(
        "/events/log/",
        {
            "plan": area.plan.code,
            "organisation": ["P80000", " p80001 ", "P80000", "NOBODY", "\x00", "x" * 10_000],
        },
    )
    draft = EventDraft.objects.get()
    assert answer.url == f"/events/log/{draft.pk}/what/"
    assert draft.content["what"]["plans"] == [str(area.plan.pk)]
    assert [row["organisation"] for row in draft.content["who"]["rows"]] == [
        area.practices[0].pk,
        area.practices[1].pk,
    ]


def test_the_plan_in_the_address_is_chosen_beforehand(client: Client, area: Area) -> None:
    area.manager.plans_grants.create(
        footprint=plans.plan(plans.footprint()).footprint, valid_from=dt.date(2013, 4, 1)
    )
    client.force_login(area.manager)
    chosen = client.get(f"/events/log/?plan={area.plan.code}").context["form"].initial
    assert chosen["plans"] == [str(area.plan.pk)]
    assert "plans" not in client.get("/events/log/?plan=junk%00").context["form"].initial


def test_a_manager_without_footprint_is_told_what_to_do(client: Client) -> None:
    client.force_login(accounts.user(Role.MANAGER))
    assert "You manage no footprint yet" in text(client.get("/events/log/"))


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.REPRESENTATIVE, Role.ADMINISTRATOR])
def test_only_managers_log(client: Client, area: Area, role: Role) -> None:
    client.force_login(accounts.user(role))
    refused = client.get("/events/log/")
    assert refused.status_code == 403
    assert "Your role does not let you log engagement" in text(refused)
    assert client.post(f"/events/log/{uuid.uuid4()}/what/", {}).status_code == 403
    assert not EventDraft.objects.exists()


def test_a_plan_of_somebody_else_cannot_be_credited(log: Logging) -> None:
    foreign = plans.plan(plans.footprint())
    page = log.what(plans=[foreign.pk])
    assert "Choose only plans of footprints that you manage" in text(page)
    assert foreign.title not in text(page)


# --- Who took part -------------------------------------------------------------------------------


def test_step_two_offers_recent_attendees_then_those_not_heard(log: Logging, area: Area) -> None:
    doctor = stakeholders.person("Dr Meera Joshi", at=area.practices[0])
    before = engagement.event(area.plan, held_on=days_ago(30), recorded_by=area.manager)
    engagement.took_part(area.practices[0], before, person=doctor)
    log.what()
    page = log.client.get(log.url("who"))
    assert [pick.name for pick in page.context["recent"]] == ["Dr Meera Joshi"]
    assert [pick.name for pick in page.context["unheard"]] == [
        "Bolton LMC",
        "Surgery 3",
        "Surgery 2",
        "Surgery 1",
    ]
    assert "speaks for 4 practices" in text(page)
    assert "4,000 patients, Bolton CCG" in text(page)


def test_ticked_people_are_added_by_going_on(log: Logging, area: Area) -> None:
    log.what()
    assert log.who(area.lmc, area.practices[0]).url == log.url("said")
    assert len(log.draft.content["who"]["rows"]) == 2


def test_enter_searches_for_new_words_and_goes_on_otherwise(log: Logging, area: Area) -> None:
    log.what()
    found = log.who(area.lmc, action="enter", q="surgery 3", searched="")
    assert found.url == f"{log.url('who')}#results"
    assert [row["organisation"] for row in log.draft.content["who"]["rows"]] == [area.lmc.pk]
    page = log.client.get(log.url("who"))
    assert [pick.name for pick in page.context["results"].picks] == ["Surgery 3"]
    on = log.who(action="enter", q="surgery 3", searched="surgery 3")
    assert on.url == log.url("said")


def test_what_was_found_is_added_and_the_search_box_emptied(log: Logging, area: Area) -> None:
    log.what()
    found = [key(area.practices[3])]
    answer = log.who(action="enter", q="surgery", searched="", found=found)
    assert answer.url == f"{log.url('who')}#list"
    assert log.draft.content["who"]["q"] == ""
    assert [row["organisation"] for row in log.draft.content["who"]["rows"]] == [
        area.practices[3].pk
    ]


def test_search_finds_names_codes_postcodes_and_people(log: Logging, area: Area) -> None:
    stakeholders.person("Dr Meera Joshi", at=area.practices[1])
    log.what()

    def names(asked: str) -> list[str]:
        answer = log.client.get(log.url("found"), {"q": asked})
        return [pick.name for pick in answer.context["results"].picks]

    assert names("surg 2") == ["Surgery 2"]
    assert names("p80001") == ["Surgery 1"]
    assert names("BL9 9XY 3") == ["Surgery 3"]
    assert names("joshi") == ["Dr Meera Joshi"]
    assert names("urgery") == []
    assert names("") == []


def test_search_says_why_a_closed_practice_cannot_be_ticked(log: Logging) -> None:
    stakeholders.practice(name="Castle Surgery", closed_on=dt.date(2015, 3, 31))
    log.what()
    page = text(log.client.get(log.url("found"), {"q": "castle"}))
    assert "Closed on 31 March 2015" in page
    assert 'name="found"' not in page


def test_a_second_search_keeps_what_was_ticked(log: Logging, area: Area) -> None:
    log.what()
    ticked = key(area.practices[0])
    page = log.client.get(log.url("found"), {"q": "lmc", "found": ticked})
    first, second = page.context["results"].picks
    assert (first.key, first.ticked) == (ticked, True)
    assert (second.name, second.ticked) == ("Bolton LMC", False)


def test_pasted_codes_go_on_the_list_and_wrong_ones_stay_in_the_box(
    log: Logging, area: Area
) -> None:
    log.what()
    page = log.who(action="add", codes="P80000, p80001 P80000\nX00T99")
    assert "X00T99 is not a code in the register" in text(page)
    assert "P80000 was there more than once, and was added once." in text(page)
    assert len(log.draft.content["who"]["rows"]) == 2
    assert log.draft.content["who"]["codes"] == "X00T99"
    assert "\nX00T99</textarea>" in text(page)


def test_what_happened_with_those_added_is_said_once_for_all(log: Logging, area: Area) -> None:
    log.what()
    log.who(action="add", codes="P80000 P80001", outcome_of_new="apologised")
    log.who(area.lmc, action="add", outcome_of_new="attended")
    outcomes = [row["outcome"] for row in log.draft.content["who"]["rows"]]
    assert outcomes == ["apologised", "apologised", "attended"]


def test_open_answers_are_filled_in_together(log: Logging, area: Area) -> None:
    log.what(channel="email")
    page = log.who(*area.practices[:2])
    assert "Choose what happened with Surgery 0" in text(page)
    assert "the 2 who have no answer" in text(page)
    log.who(action="fill", fill="responded")
    assert log.who().url == log.url("said")


def test_a_row_is_changed_and_removed_without_losing_the_others(log: Logging, area: Area) -> None:
    log.what()
    log.who(*area.practices[:2], action="add")
    first, second = area.practices[:2]
    answer = log.who(
        **{
            "remove": key(second),
            f"capacity-{key(first)}": "expert",
            f"outcome-{key(first)}": "no_show",
        }
    )
    assert answer.url == f"{log.url('who')}#list"
    assert log.draft.content["who"]["rows"] == [
        {
            "organisation": first.pk,
            "person": None,
            "capacity": "expert",
            "outcome": "no_show",
        }
    ]


def test_somebody_who_also_commissions_must_be_asked(log: Logging, area: Area) -> None:
    doctor = stakeholders.person("Dr Meera Joshi", at=area.practices[0])
    doctor.posts.create(organisation=area.ccg, title="Board member", valid_from=dt.date(2014, 1, 1))
    log.what()
    page = log.who(pick=[key(area.practices[0], doctor)])
    assert "Choose the capacity in which Dr Meera Joshi took part" in text(page)
    assert "Surgery 0, and also Bolton CCG" in text(page)


def test_a_person_who_is_not_listed_is_added_on_the_spot(log: Logging, area: Area) -> None:
    log.what()
    answer = log.who(action="add", new_name="Dr Jo Lee", new_title="GP", new_at="P80001")
    assert answer.url == f"{log.url('who')}#list"
    person = Person.objects.get()
    assert log.draft.content["who"]["rows"][0]["person"] == person.pk
    assert log.draft.content["who"]["new_name"] == ""


def test_a_person_half_typed_is_asked_about_and_kept(log: Logging, area: Area) -> None:
    log.what()
    page = log.who(area.lmc, new_name="Dr Jo Lee", new_at="surgery")
    assert "More than one organisation fits “surgery”" in text(page)
    assert 'value="Dr Jo Lee"' in text(page)
    assert not Person.objects.exists()
    assert len(log.draft.content["who"]["rows"]) == 1


def test_searching_does_not_add_a_person_half_typed(log: Logging) -> None:
    log.what()
    answer = log.who(action="search", q="surgery", new_name="Dr Jo Lee", new_at="P80001")
    assert answer.url == f"{log.url('who')}#results"
    assert not Person.objects.exists()
    assert log.draft.content["who"]["new_name"] == "Dr Jo Lee"


def test_a_planned_event_that_happened_asks_what_came_of_each_invitation(
    log: Logging, area: Area
) -> None:
    log.what(status="planned")
    log.who(area.lmc)
    log.what(status="happened")
    assert "Choose what happened with Bolton LMC" in text(log.who())


def test_the_date_is_echoed_with_its_weekday_and_the_phase(log: Logging) -> None:
    log.what(held_on=days_ago(190).strftime("%d/%m/%Y"))
    page = text(log.client.get(log.url("who")))
    assert f"Meeting, {days_ago(190):%A} {nhs_date(days_ago(190))}" in page
    assert "Bolton plan (Set-up)." in page


# --- What was said -------------------------------------------------------------------------------


def test_another_point_is_added_without_scripts(log: Logging, area: Area) -> None:
    log.what()
    log.who(area.lmc)
    answer = log.said(**{"action": "another", "level": "", "point-0-text": "No money behind it"})
    assert answer.url == f"{log.url('said')}#points"
    points = log.client.get(log.url("said")).context["points"]
    assert [form["text"].value() for form in points] == ["No money behind it", None]


def test_a_wrong_point_is_shown_with_its_sentence_and_kept(log: Logging, area: Area) -> None:
    log.what()
    log.who(area.lmc)
    page = log.said(**{"point-0-text": "Late", "point-0-follow_up_by": "31/11/16"})
    assert "The follow-up date must be a real date" in text(page)
    assert 'value="31/11/16"' in text(page)


def test_points_are_saved_with_who_said_them(log: Logging, area: Area) -> None:
    log.what()
    log.who(area.lmc)
    log.said(
        **{"point-0-text": "No money", "point-0-organisation": area.lmc.pk, "point-1-text": ""}
    )
    log.check()
    point = Event.objects.get().points.get()
    assert (point.text, point.organisation) == ("No money", area.lmc)


def test_the_note_is_for_other_managers_of_the_footprints(log: Logging, area: Area) -> None:
    colleague, stranger = plans.manager(area.footprint), plans.manager(plans.footprint())
    log.what()
    log.who(area.lmc)
    page = text(log.client.get(log.url("said")))
    assert colleague.name in page
    assert stranger.name not in page
    log.said(restricted_note="Canary", readers=[colleague.pk])
    log.check()
    event = Event.objects.get()
    assert event.restricted_note == "Canary"
    assert event.note_readers.get().user == colleague


# --- Check your answers --------------------------------------------------------------------------


def lines(log: Logging) -> tuple[list[str], list[str]]:
    changes = log.client.get(log.url("check")).context["changes"]
    return changes.plans[0].lines, changes.not_counted


def test_check_says_what_changes(log: Logging, area: Area) -> None:
    log.what()
    log.who(area.lmc, area.practices[0])
    log.said()
    changed, unchanged = lines(log)
    assert changed == [
        "Practices heard: 0 to 1 of 4.",
        "LMCs heard: 0 to 1 of 1.",
        "Localities with a practice heard: 0 to 1 of 1.",
        "Heard for the first time: Bolton LMC and Surgery 0.",
    ]
    assert unchanged == []


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"outcome": "apologised"}, "Bolton LMC apologised: an apology is not being heard."),
        ({"outcome": "no_show"}, "Bolton LMC did not come."),
        (
            {"capacity": "commissioner"},
            "Bolton LMC spoke as commissioner: that does not count as general practice being heard.",
        ),
        (
            {"capacity": "expert"},
            "Bolton LMC spoke neither as provider nor for a representative body.",
        ),
    ],
)
def test_check_says_what_does_not_change_and_why(log, area, answers, sentence) -> None:
    log.what()
    log.who(area.lmc, area.practices[0], action="add")
    log.who(**{f"{name}-{key(area.lmc)}": value for name, value in answers.items()})
    log.said()
    changed, unchanged = lines(log)
    assert "LMCs heard: still 0 of 1." in changed
    assert unchanged == [sentence]


def test_check_says_that_telling_is_not_hearing(log: Logging, area: Area) -> None:
    log.what()
    log.who(area.lmc)
    log.said(level="inform")
    assert lines(log)[1] == [
        "The level is inform: being told is not being heard, so nobody becomes heard."
    ]


def test_check_says_who_was_heard_before_and_who_is_from_elsewhere(
    log: Logging, area: Area
) -> None:
    before = engagement.event(area.plan, held_on=days_ago(30))
    engagement.took_part(area.practices[0], before)
    elsewhere = stakeholders.practice(name="Far Surgery")
    log.what()
    log.who(area.practices[0], elsewhere)
    log.said()
    changed, unchanged = lines(log)
    assert changed[0] == "Practices heard: still 1 of 4."
    assert unchanged == [
        "Far Surgery belongs to none of these footprints: recorded, and no figure moves.",
        "Surgery 0 was heard before: only the date of the last contact moves.",
    ]


def test_check_says_by_proxy_only(log: Logging, area: Area) -> None:
    log.what()
    log.who(area.ccg)
    log.said()
    page = log.client.get(log.url("check"))
    assert page.context["changes"].proxy_only
    assert "By proxy only" in text(page)


def test_outside_the_plans_time_needs_a_reason(log: Logging, area: Area) -> None:
    log.what(held_on=days_ago(250).isoformat())
    log.who(area.lmc)
    log.said()
    page = text(log.client.get(log.url("check")))
    assert f"is before Bolton plan started on {nhs_date(days_ago(200))}" in page
    assert "Enter why it counts" in text(log.check(period_reason=" "))
    log.check(period_reason="A meeting that led to the plan")
    assert Event.objects.get().period_reason == "A meeting that led to the plan"


def test_a_planned_day_gone_by_is_asked_about_and_accepted(log: Logging, area: Area) -> None:
    log.what(status="planned")
    log.who(area.lmc)
    log.said()
    assert "has gone by. Did it happen?" in text(log.client.get(log.url("check")))
    assert log.check().url.startswith("/events/")


@pytest.mark.parametrize("action", ["save", "leave"])
def test_two_clicks_at_once_lead_to_the_one_record(
    log: Logging, area: Area, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    """The second request read the draft before the first had saved it."""
    log.what()
    log.who(area.lmc)
    log.said()
    read_before = log.draft
    saved_at = log.check().url
    monkeypatch.setattr("engagement.views.log_draft.draft_of", lambda *_: read_before)

    second = log.client.post(log.url("check"), {"action": action}, follow=True)

    assert second.redirect_chain[-1][0] == saved_at
    assert "You have saved this already" in text(second)
    assert Event.objects.count() == 1


def test_a_double_is_a_question_with_two_answers(log: Logging, area: Area) -> None:
    colleague = plans.manager(area.footprint)
    there = engagement.event(area.plan, held_on=days_ago(3), recorded_by=colleague, title="Forum")
    engagement.took_part(area.lmc, there, capacity="representative")
    log.what()
    log.who(area.lmc, area.practices[0])
    log.said(summary="What I heard")
    page = text(log.client.get(log.url("check")))
    assert "This may already be logged" in page
    assert "the channel and Bolton LMC are the same" in page
    assert "Choose whether yours is the same event" in text(log.check())
    assert Event.objects.count() == 1
    log.check(duplicate="second")
    assert Event.objects.count() == 2


def test_the_same_event_gets_my_people_and_points(log: Logging, area: Area) -> None:
    there = engagement.event(area.plan, held_on=days_ago(3), title="Forum")
    engagement.took_part(area.lmc, there, capacity="representative")
    log.what()
    log.who(area.lmc, area.practices[0])
    log.said(**{"point-0-text": "No money"})
    assert log.check(duplicate="same").url == log.url("check")
    assert log.check().url == f"/events/{there.pk}/"
    there.refresh_from_db()
    assert (there.title, there.version) == ("Forum", 2)
    assert there.participations.count() == 2
    assert there.points.get().text == "No money"
    assert Event.objects.count() == 1


def test_what_another_manager_has_to_change_stays_as_it_is(log: Logging, area: Area) -> None:
    elsewhere = plans.plan(plans.footprint(stakeholders.commissioner()))
    there = engagement.event(area.plan, elsewhere, held_on=days_ago(3), title="Forum")
    engagement.took_part(area.lmc, there, capacity="representative")
    log.what()
    log.who(area.lmc, area.practices[0])
    log.said(**{"point-0-text": "No money"})
    answer = log.check(duplicate="same")
    assert answer.url == f"/events/{there.pk}/"
    assert "another manager has to change it" in text(log.client.get(answer.url))
    there.refresh_from_db()
    assert (there.version, there.participations.count(), there.points.count()) == (1, 1, 0)


def test_joining_a_record_gives_nobody_its_restricted_note(log: Logging, area: Area) -> None:
    there = engagement.event(area.plan, held_on=days_ago(3), title="Forum")
    Event.objects.filter(pk=there.pk).update(restricted_note="canary note")
    engagement.took_part(area.lmc, there, capacity="representative")
    log.what()
    log.who(area.lmc, area.practices[0])
    log.said()
    assert log.check(duplicate="same").url == log.url("check")
    assert "canary note" not in str(EventDraft.objects.values_list("content", flat=True))
    log.check()
    there.refresh_from_db()
    assert (there.version, there.restricted_note) == (2, "canary note")


@pytest.mark.parametrize("differs", ["channel", "day", "organisation", "withdrawn", "scope"])
def test_what_is_not_the_same_is_no_double(log: Logging, area: Area, differs: str) -> None:
    plan = plans.plan(plans.footprint()) if differs == "scope" else area.plan
    there = engagement.event(
        plan,
        held_on=days_ago(4 if differs == "day" else 3),
        channel="phone" if differs == "channel" else "meeting",
    )
    engagement.took_part(area.practices[1] if differs == "organisation" else area.lmc, there)
    if differs == "withdrawn":
        Event.objects.filter(pk=there.pk).update(
            withdrawn_at=there.recorded_at, withdrawn_by=area.manager, withdrawn_reason="Wrong"
        )
    log.what()
    log.who(area.lmc)
    log.said()
    assert log.client.get(log.url("check")).context["doubles"] == []


def test_a_practice_closed_meanwhile_stops_the_record(log: Logging, area: Area) -> None:
    log.what()
    log.who(area.practices[0])
    log.said()
    area.practices[0].open_periods.update(valid_to=days_ago(30))
    answer = log.check()
    assert answer.url == f"{log.url('who')}?unfinished=1"
    assert f"closed on {nhs_date(days_ago(30))}" in text(log.client.get(answer.url))
    assert not Event.objects.exists()


def test_a_draft_discarded_in_another_window_leads_to_a_new_start(
    log: Logging, area: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The request read the draft before the other window threw it away."""
    log.what()
    log.who(area.lmc)
    log.said()
    read_before = log.draft
    EventDraft.objects.all().delete()
    monkeypatch.setattr("engagement.views.log_draft.draft_of", lambda *_: read_before)

    answer = log.client.post(log.url("check"), {"action": "save"}, follow=True)

    assert answer.redirect_chain[-1][0] == "/events/log/"
    assert "This draft was discarded in another window." in text(answer)
    assert not Event.objects.exists()


def test_an_lmc_names_the_meeting_whoever_was_ticked_first(log: Logging, area: Area) -> None:
    log.what(title="")
    log.who(area.practices[0], area.lmc)
    log.said()
    log.check()
    assert Event.objects.get().title == f"Meeting with {area.lmc.name} and 1 other"
