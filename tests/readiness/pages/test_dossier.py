"""The dossier: verdict, criteria, time, and what stands beside them."""

import datetime as dt

import pytest
from django.urls import reverse

from engagement.models import Channel, Level, Status
from plans.actions import mark_changed
from plans.models import Capacity
from plans.queries.moment import Moment
from readiness.models import Assessment, Condition, Flag
from readiness.presenters.dossier_charts import gp_heard
from readiness.queries.facts import members_and_contacts_of
from readiness.queries.pages.dossier import heard_by_month, plan_mark
from stakeholders.models import Category
from tests.factories import deciding, engagement, plans, readiness, stakeholders
from tests.factories.accounts import user
from tests.readiness.country import NOW, TODAY, at, country
from tests.readiness.pages.conftest import assessed, signed_in, words


def url(place) -> str:
    return reverse("readiness:dossier", args=[place.plan.code])


def test_dossier_opens_with_the_verdict(reviewer, place):
    page = words(reviewer.get(url(place)))

    assert "Not ready to sign off: 7 of 17 musts are not met and 8 have no data." in page
    assert "wt-verdict--bad" in page
    assert "STP 2016. Submission on 21 October 2016, in 112 days" in page


def test_dossier_facts_are_links(reviewer, place):
    page = reviewer.get(url(place)).content.decode()
    missing = reverse("readiness:missing", args=[place.plan.code])

    assert (
        f'General practice was heard from <a href="{missing}">1 of 5 practices</a> (20% of patients)'
        in page
    )
    assert f'<a href="{missing}?category=lmcs">1 of 1 LMC</a>' in page


def test_dossier_criterion_says_figure_remedy_target_and_whose_threshold(reviewer, place):
    page = words(reviewer.get(url(place)))

    assert "1 of 5 practices; 20% of patients" in page
    assert "<b>To clear it:</b> Hear 1 more practice." in page
    assert "Target: 40% or more by count and by patients; red below 22%." in page
    assert "Our threshold, not official. Source: register as at 1 July 2016; 1 event." in page
    assert "Needs attention (15)" in page


def test_dossier_criteria_link_to_who_is_missing_and_to_the_events(reviewer, place):
    page = reviewer.get(url(place)).content.decode()

    assert "4 not heard" in page
    assert f"{reverse('engagement:events')}?plan={place.plan.code}&amp;status=happened" in page
    assert "1 event counted" in page


def test_dossier_says_what_was_not_counted(reviewer, place):
    board = place.meeting(channel=Channel.BOARD)
    engagement.took_part(place.commissioner, board, capacity=Capacity.COMMISSIONER)
    mark_changed(plan_ids=[place.plan.pk], now=NOW)
    assessed(place)

    assert "Not counted: 1 contact with commissioners alone." in words(reviewer.get(url(place)))


def test_dossier_shows_phases_with_contacts_in_each(reviewer, place):
    page = words(reviewer.get(url(place)))

    assert "The same facts as a table" in page
    assert "Nobody heard" in page
    assert "1 contact" in page


def test_dossier_matrix_counts_events_by_group_and_month(reviewer, place):
    trust = stakeholders.organisation(Category.TRUST)
    place.meeting(trust, held_on=dt.date(2016, 5, 3))
    place.meeting(trust, held_on=dt.date(2016, 5, 20))
    board = place.meeting(held_on=dt.date(2016, 4, 4))
    engagement.took_part(place.practices[1], board, capacity=Capacity.COMMISSIONER)
    place.meeting(place.practices[2], held_on=dt.date(2016, 3, 3), level=Level.INFORM)

    page = reviewer.get(url(place)).content.decode()

    assert "NHS trusts" in page
    assert "20 May 2016, 42 days" in page
    assert "4 Apr 2016 (does not count)" in page
    assert "category=trust&amp;from=2016-05-01&amp;to=2016-05-31" in page
    assert "from=2016-03-01" not in page


def test_dossier_matrix_does_not_count_guests_of_a_shared_event(reviewer, place):
    other = country()
    shared = place.meeting(
        place.practices[1], other.lmc, other.commissioner, held_on=dt.date(2016, 3, 3)
    )
    shared.credits.create(plan=other.plan, held_on=shared.held_on)

    found = heard_by_month(
        place.plan,
        [place.lmc.pk, place.commissioner.pk, place.practices[1].pk],
        Moment(today=TODAY),
    )
    rows = gp_heard(members_and_contacts_of(place.plan.pk, as_at=TODAY)[1])

    assert found == {}
    assert rows["lmc"].by_month == {dt.date(2016, 7, 1): 1}
    assert rows["gp_practice"].by_month == {dt.date(2016, 3, 1): 1, dt.date(2016, 7, 1): 1}


def test_dossier_names_the_lmcs_and_how_far_each_got(reviewer, place):
    other = stakeholders.lmc(name="Other LMC")
    stakeholders.practice(place.commissioner, represented_by=other)

    page = words(reviewer.get(url(place)))

    assert "1 of 2 LMCs heard" in page
    assert "Heard 1 Jul 2016" in page
    assert "Not heard, never tried" in page


def test_dossier_shows_open_flags_and_what_cleared_others(reviewer, place):
    meeting = place.meeting(*place.practices, title="Forum of everybody")
    mark_changed(plan_ids=[place.plan.pk], now=NOW)
    assessed(place)

    page = words(reviewer.get(url(place)))

    assert Flag.objects.get(plan=place.plan, key="gp_breadth").cleared_by == meeting
    assert "Cleared lately" in page
    assert (
        f'By <a href="{reverse("engagement:event", args=[meeting.pk])}">Forum of everybody, 1 July 2016</a>'
        in page
    )
    assert "open flags" in page


def test_dossier_shows_what_is_planned(reviewer, place):
    engagement.event(
        place.plan,
        status=Status.PLANNED,
        held_on=TODAY + dt.timedelta(9),
        title="LMC round table",
        recorded_at=NOW,
    )

    page = words(reviewer.get(url(place)))

    assert "LMC round table" in page
    assert "In 9 days" in page


def test_dossier_does_not_tell_leads_of_events_that_do_not_name_them(lead, place):
    engagement.event(
        place.plan,
        status=Status.PLANNED,
        held_on=TODAY + dt.timedelta(9),
        title="Trust only",
        recorded_at=NOW,
    )
    place.meeting(place.practices[1], title="Practice one only")

    page = words(lead.get(url(place)))

    assert "Trust only" not in page
    assert "Practice one only" not in page


def test_dossier_says_that_a_change_is_not_counted_yet(reviewer, place):
    mark_changed(plan_ids=[place.plan.pk], now=NOW)

    assert "1 change is not counted yet." in words(reviewer.get(url(place)))


def test_dossier_asks_again_while_changes_wait_and_tells_when_they_are_counted(reviewer, place):
    mark_changed(plan_ids=[place.plan.pk], now=NOW)
    waiting = reviewer.get(url(place)).content.decode()
    assert f'hx-get="{url(place)}" hx-trigger="every 5s"' in waiting

    assessed(place)
    asked = words(reviewer.get(url(place), headers={"hx-request": "true"}))
    opened = words(reviewer.get(url(place)))

    assert (
        f'<b>The changes are counted.</b> <a href="{url(place)}">Show the new figures</a>' in asked
    )
    assert "hx-trigger" not in asked
    assert "The changes are counted." not in opened


def test_dossier_of_a_plan_that_was_over_before_anything_was_assessed(reviewer, place):
    new = country()
    type(new.plan).objects.filter(pk=new.plan.pk).update(closed_on=TODAY - dt.timedelta(1))

    assert "It was never assessed here." in words(reviewer.get(url(new)))


def test_dossier_before_the_first_assessment(reviewer, place):
    new = country()

    page = words(reviewer.get(url(new)))

    assert "Not assessed yet. The first assessment runs within a minute." in page
    assert "wt-verdict--neutral" in page


def test_dossier_says_what_moved_in_four_weeks(reviewer, place):
    current = Assessment.objects.get(plan=place.plan)
    Assessment.objects.create(
        plan=place.plan, policy=current.policy, as_at=TODAY - dt.timedelta(30),
        computed_at=at(TODAY - dt.timedelta(30)), change_no=0, overall="not_met", musts=7,
        musts_met=current.musts_met + 2,
        headline={"states": {"lmc_reached": "not_met", "gp_breadth": "not_met"}},
    )  # fmt: skip

    page = words(reviewer.get(url(place)))

    assert "Down 2 musts since 1 June 2016." in page
    assert "Every LMC heard: not met to met" in page
    assert "Since 1 June 2016" in page


@pytest.mark.parametrize(
    ("who", "status"), [("manager", 200), ("reviewer", 200), ("lead", 200), ("administrator", 403)]
)
def test_dossier_by_role(request, place, who, status):
    assert request.getfixturevalue(who).get(url(place)).status_code == status


def test_dossier_outside_the_scope_is_not_found(place):
    elsewhere = country()

    assert signed_in(plans.manager(elsewhere.plan.footprint)).get(url(place)).status_code == 404
    assert signed_in(stakeholders.representative(elsewhere.lmc)).get(url(place)).status_code == 404


def test_dossier_offers_logging_to_managers_only(manager, reviewer, place):
    link = f"{reverse('engagement:log')}?plan={place.plan.code}"

    assert link in manager.get(url(place)).content.decode()
    assert link not in reviewer.get(url(place)).content.decode()


def test_dossier_not_modified_while_nothing_changes(reviewer, place):
    reviewer.get(url(place))
    kept = reviewer.get(url(place))["ETag"]

    assert reviewer.get(url(place), headers={"if-none-match": kept}).status_code == 304
    mark_changed(plan_ids=[place.plan.pk], now=NOW)
    assert reviewer.get(url(place), headers={"if-none-match": kept}).status_code == 200


@pytest.mark.parametrize(("practices", "meetings"), [(2, 1), (30, 12)])
def test_dossier_takes_as_many_queries_for_little_as_for_much(
    place, django_assert_num_queries, practices, meetings
):
    made = country(practices=practices)
    for number in range(meetings):
        made.meeting(made.lmc, *made.practices, held_on=TODAY - dt.timedelta(number))
        engagement.event(made.plan, status=Status.PLANNED, held_on=TODAY + dt.timedelta(number + 1))
    made.plan.seats.create(
        body="Board", title="GP", organisation=made.lmc, capacity="provider", valid_from=TODAY
    )
    assessed(made)
    client = signed_in(plans.manager(made.plan.footprint))

    with django_assert_num_queries(30):  # one for those who were asked and are silent
        client.get(url(made))
    kept = signed_in(plans.manager(made.plan.footprint))
    with django_assert_num_queries(6):
        kept.get(url(made))


def test_dossier_kept_for_managers_is_not_given_to_those_who_see_less(place, manager, reviewer):
    manager.get(url(place))

    assert "Log engagement</a>" in words(manager.get(url(place)))
    assert "Log engagement</a>" not in words(reviewer.get(url(place)))


def test_dossier_kept_is_drawn_again_after_a_change(place, reviewer):
    before = words(reviewer.get(url(place)))
    mark_changed(plan_ids=[place.plan.pk], now=NOW)

    assert "1 change is not counted yet" in words(reviewer.get(url(place)))
    assert "1 change is not counted yet" not in before


def test_dossier_says_who_may_read_the_plan(reviewer, place):
    place.plan.visibility = "in_confidence"
    place.plan.save()

    page = words(reviewer.get(reverse("readiness:dossier", args=[place.plan.code])))

    assert "Submission on 21 October 2016, in 112 days. Shared in confidence</span>" in page


@pytest.mark.parametrize(
    "write",
    [
        lambda place: flag_of(place).update(acknowledged_at=NOW, owner=user(), action="x", due_on=TODAY),
        lambda place: flag_of(place).update(due_on=TODAY + dt.timedelta(9), owner=user(), action="x", acknowledged_at=NOW),
        lambda place: readiness.offer(flag_of(place).first()),
        lambda place: readiness.offer(flag_of(place).first(), closed_at=NOW, outcome="Done", closed_by=user()),
        lambda place: deciding.decision(place.plan),
        lambda place: Condition.objects.update(met_at=NOW, met_how="Seen", met_by=user()),
    ],
)  # fmt: skip
def test_dossier_kept_is_drawn_again_after_what_moves_no_figure(reviewer, place, write):
    deciding.decision(place.plan)
    before = plan_mark(place.plan)

    write(place)

    assert plan_mark(place.plan) != before


def flag_of(place):
    return Flag.objects.filter(plan=place.plan, key="gp_breadth", cleared_at__isnull=True)


OF_READERS = ("engagement:points", "engagement:themes")


def test_dossier_leads_on_to_what_each_reader_may_open(reviewer, manager, lead, place):
    """Nobody is led to a page that refuses them."""
    code = place.plan.code
    lists = f"{reverse('engagement:attendance-new')}?plan={code}"
    for reader, reads_answers, sends in (
        (reviewer, True, False),
        (manager, True, True),
        (lead, False, False),
    ):
        page = reader.get(url(place)).content.decode()
        assert reverse("engagement:you-said", args=[code]) in page
        for name in OF_READERS:
            assert (reverse(name, args=[code]) in page) is reads_answers
        assert (lists in page) is sends
