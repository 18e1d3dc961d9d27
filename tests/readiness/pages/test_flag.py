"""The page of one flag, and the forms by which people act on it."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import RoleGrant
from accounts.roles import Role
from readiness.models import Flag, SupportOffer
from stakeholders.models import Representative
from tests.factories import accounts, plans, readiness
from tests.readiness.country import NOW, TODAY
from tests.readiness.pages.conftest import signed_in, words

DUE = "15 July 2016"


@pytest.fixture
def flag(place) -> Flag:
    return Flag.objects.get(key="gp_breadth")


@pytest.fixture
def owner(place):
    """Another manager of the footprint, to whom a flag can be given."""
    return plans.manager(place.plan.footprint)


def url(flag, name="flag", *more):
    return reverse(f"readiness:{name}", args=[flag.pk, *more])


def taken(flag, owner, due_on):
    Flag.objects.filter(pk=flag.pk).update(
        owner=owner, action="Ring ten practices", due_on=due_on, acknowledged_at=NOW
    )


def test_the_page_says_what_is_wrong_and_what_to_do(manager, flag):
    page = words(manager.get(url(flag)))

    assert "1 of 5 practices; 20% of patients" in page
    assert "Nobody has taken this flag on yet." in page
    assert "No support has been offered." in page
    assert url(flag, "flag-take-on") in page
    assert url(flag, "flag-support") in page


def test_a_reviewer_offers_support_and_cannot_take_on(reviewer, flag):
    page = words(reviewer.get(url(flag)))

    assert url(flag, "flag-take-on") not in page
    assert url(flag, "flag-support") in page


def test_an_lmc_lead_reads_the_flag_and_changes_nothing(lead, flag):
    page = words(lead.get(url(flag)))

    assert url(flag, "flag-take-on") not in page
    assert url(flag, "flag-support") not in page


def test_a_manager_takes_a_flag_on(manager, flag, owner):
    answer = manager.post(
        url(flag, "flag-take-on"),
        {"owner": owner.pk, "action": "Ring ten practices", "due_on": DUE},
        follow=True,
    )

    assert "It is recorded who does what." in words(answer)
    assert "Ring ten practices" in words(answer)
    assert "15 July 2016, in 14 days" in words(answer)
    assert "Change who does what" in words(answer)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("owner", "", "Choose the person who will see to it"),
        ("owner", "999999999", "must be one of the choices listed"),
        ("action", "", "Enter what they will do"),
        ("action", "x" * 301, "must be 300 characters or fewer"),
        ("due_on", "", "Enter the due date"),
        ("due_on", "30 June 2016", "The due date must be between 1 July 2016 and 2 July 2017"),
        ("due_on", "3 July 2017", "The due date must be between 1 July 2016 and 2 July 2017"),
    ],
)
def test_bad_input_is_answered_in_a_sentence_and_keeps_what_was_typed(
    manager, flag, owner, field, value, sentence
):
    typed = {"owner": owner.pk, "action": "Ring ten practices", "due_on": DUE, field: value}
    page = words(manager.post(url(flag, "flag-take-on"), typed))

    assert sentence in page
    assert typed["action"] in page
    assert typed["due_on"] in page
    flag.refresh_from_db()
    assert flag.owner is None


def test_an_overdue_action_is_said_on_the_page_and_in_the_list(manager, flag, owner):
    taken(flag, owner, TODAY - dt.timedelta(days=2))

    assert "The action was due 2 days ago." in words(manager.get(url(flag)))
    listed = words(manager.get("/flags/?taken=overdue"))
    assert f"Taken on by {owner.name}, due 29 June 2016, overdue" in listed
    assert "1 open flag" in listed


@pytest.mark.parametrize(
    ("asked", "number"), [("nobody", -1), ("me", 0), ("overdue", 0), ("", None)]
)
def test_the_list_by_who_has_taken_flags_on(manager, flag, owner, asked, number):
    everything = Flag.objects.filter(cleared_at__isnull=True).count()
    taken(flag, owner, TODAY)
    expected = everything if number is None else everything - 1 if number == -1 else number
    page = words(manager.get(f"/flags/?taken={asked}"))

    sentence = f"{expected} open flags" if expected != 1 else "1 open flag"
    assert (sentence if expected else "No flag fits these filters") in page


def test_support_is_offered_once_and_closed(reviewer, flag, owner):
    asked = {"what": "Two days of help", "owner": owner.pk}
    offered = words(reviewer.post(url(flag, "flag-support"), asked, follow=True))
    assert "The offer of support is recorded." in offered
    again = words(reviewer.post(url(flag, "flag-support"), asked, follow=True))
    assert "Support has been offered already." in again
    offer = SupportOffer.objects.get()

    close = url(flag, "flag-support-close", offer.pk)
    assert close in offered
    assert "Enter what became of the offer" in words(reviewer.post(close, {"outcome": " "}))
    closed = words(reviewer.post(close, {"outcome": "Visits were held"}, follow=True))

    assert "Closed on 1 July 2016" in closed
    assert "Visits were held" in closed
    assert reviewer.post(close, {"outcome": "Twice"}).status_code == 404


def test_a_flag_that_cleared_meanwhile_is_told(manager, flag, owner):
    readiness.cleared(flag, "A forum was held.")
    typed = {"owner": owner.pk, "action": "Ring", "due_on": DUE}

    page = words(manager.post(url(flag, "flag-take-on"), typed, follow=True))

    assert "The flag has cleared meanwhile" in page
    assert "A forum was held." in page
    assert url(flag, "flag-take-on") not in page


def test_a_flag_that_opens_again_names_the_former(manager, place, flag):
    readiness.cleared(flag)
    again = readiness.flag(place.plan, previous=flag)

    page = words(manager.get(url(again)))

    assert "A flag that cleared on 1 July 2016" in page
    assert f'href="{url(flag)}"' in page


def test_an_offer_of_another_flag_is_not_found(reviewer, place, flag):
    offer = readiness.offer(readiness.flag(place.plan, key="no_such_rule"))

    assert reviewer.get(url(flag, "flag-support-close", offer.pk)).status_code == 404


@pytest.mark.parametrize("number", [1, 12])
def test_the_page_takes_as_many_queries_for_few_offers_as_for_many(
    reviewer, flag, django_assert_num_queries, number
):
    helper = accounts.user(Role.REVIEWER)
    for _ in range(number):
        readiness.offer(flag, helper, closed_at=NOW, closed_by=helper, outcome="Held")

    with django_assert_num_queries(8):
        reviewer.get(url(flag))


def test_the_page_is_for_those_in_scope(flag):
    stranger = signed_in(plans.manager(plans.footprint()))

    assert stranger.get(url(flag)).status_code == 404


def test_who_manages_elsewhere_and_leads_here_takes_on_nothing_here(place, flag):
    """They see the flag as the lead of its LMC; their other hat fits elsewhere."""
    both = plans.manager(plans.footprint())
    RoleGrant.objects.create(user=both, role=Role.REPRESENTATIVE, valid_from=accounts.LONG_AGO)
    Representative.objects.create(user=both, organisation=place.lmc, valid_from=accounts.LONG_AGO)
    browser = signed_in(both)

    page = browser.get(url(flag))

    assert page.status_code == 200
    assert url(flag, "flag-take-on") not in page.text
    assert browser.post(url(flag, "flag-take-on")).status_code == 403
