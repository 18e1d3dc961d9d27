"""The pages by which a policy is followed by a new version."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from readiness.actions import policy_drafts as drafts
from readiness.models import Policy
from readiness.queries.policies import policies_in_force
from tests.factories import accounts
from tests.readiness.country import NOW, TODAY
from tests.readiness.pages.conftest import signed_in, words

LIST = "/criteria/policies/"


@pytest.fixture
def draft(administrator, place) -> Policy:
    return drafts.draft_policy(
        based_on=policies_in_force(as_at=TODAY)["stp_2016"].policy,
        effective_from=TODAY + dt.timedelta(days=7),
        note="A broader base",
        by=User.objects.get(pk=administrator.session["_auth_user_id"]),
        now=NOW,
    )


def url(policy, name="policy", *more):
    return reverse(f"readiness:{name}", args=[policy.pk, *more])


def typed(page) -> dict:
    """What a browser would send back of the form on the page."""
    form = page.context["form"]
    data = {}
    for field in form:
        value = field.value()
        if isinstance(value, dt.date):
            value = f"{value.day}/{value.month}/{value.year}"
        data[field.html_name] = "" if value is None else value
    return data


def test_the_list_says_who_wrote_and_who_approved(administrator, draft):
    page = words(administrator.get(LIST))

    assert str(draft) in page
    assert f"Written by {draft.author.name}" in page
    assert "Comes with the service" in page
    assert "Start a new version" in page


def test_everybody_reads_and_only_administrators_start_one(manager, reviewer):
    assert "Start a new version" not in words(manager.get(LIST))
    assert reviewer.get(f"{LIST}new/").status_code == 403


def test_an_administrator_starts_a_new_version(administrator, place):
    based_on = policies_in_force(as_at=TODAY)["stp_2016"].policy
    page = words(
        administrator.post(
            f"{LIST}new/",
            {"based_on": based_on.pk, "effective_from": "8 July 2016", "note": "Broader"},
            follow=True,
        )
    )

    assert f"version {based_on.version + 1}" in page
    assert "In force from" in page
    assert "8 July 2016" in page
    assert "Ask for approval" in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("based_on", "", "Choose the policy that is changed"),
        ("effective_from", "30 June 2016", "The day must be 1 July 2016 or later"),
        ("note", "", "Enter why the policy is changed"),
    ],
)
def test_a_bad_new_version_is_told_in_a_sentence(administrator, place, field, value, sentence):
    based_on = policies_in_force(as_at=TODAY)["stp_2016"].policy
    good = {"based_on": based_on.pk, "effective_from": "8 July 2016", "note": "Broader"}

    page = words(administrator.post(f"{LIST}new/", {**good, field: value}))

    assert sentence in page
    assert not Policy.objects.filter(status="draft").exists()


def test_a_second_draft_of_a_type_is_told_to_wait(administrator, draft):
    page = words(
        administrator.post(
            f"{LIST}new/",
            {"based_on": draft.based_on.pk, "effective_from": "8 July 2016", "note": "Again"},
        )
    )
    assert "is being written already" in page


def test_a_criterion_is_changed(administrator, draft):
    form = url(draft, "policy-criterion", "gp_breadth")
    data = typed(administrator.get(form))
    data |= {"threshold_amber_below": "60", "checker": "Policy team"}

    page = words(administrator.post(form, data, follow=True))

    assert "The criterion is saved." in page
    assert "A threshold changed and the target in words did not." in page
    assert "Met from 60%" in page
    assert draft.criteria.get(key="gp_breadth").checker == "Policy team"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("threshold_amber_below", "101", "must be 100 or fewer"),
        ("threshold_amber_below", "many", "must be a"),
        ("title", "", "Enter"),
        ("short_title", "x" * 25, "must be 24 characters or fewer"),
        ("review_on", "31/2/2016", "31/2/2016"),
    ],
)
def test_a_bad_criterion_keeps_what_was_typed(administrator, draft, field, value, sentence):
    form = url(draft, "policy-criterion", "gp_breadth")
    data = {**typed(administrator.get(form)), "why": "Because we say so", field: value}

    page = words(administrator.post(form, data))

    assert sentence in page
    assert "Because we say so" in page


def test_a_criterion_changed_meanwhile_is_told_and_can_be_saved_again(administrator, draft):
    form = url(draft, "policy-criterion", "gp_breadth")
    data = typed(administrator.get(form))
    draft.criteria.filter(key="gp_breadth").update(target="Half")

    told = administrator.post(form, {**data, "title": "Wider"})
    assert "Somebody else changed this criterion" in words(told)
    assert "Wider" in words(told)

    again = words(administrator.post(form, typed(told), follow=True))
    assert "The criterion is saved." in again


def test_flag_days_are_the_policys(administrator, draft):
    form = url(draft, "policy-change")
    data = typed(administrator.get(form))

    for bad in ("60, 30", "14, 30, 60", "sixty, 30, 14"):
        assert "such as 60, 30, 14" in words(administrator.post(form, {**data, "flag_days": bad}))
    page = words(administrator.post(form, {**data, "flag_days": "90 45 10"}, follow=True))

    assert "90, 45 and 10 days before submission" in page


def test_the_preview_names_the_plans_that_would_change_today_and_on_a_past_day(
    administrator, draft, place
):
    draft.criteria.filter(key="gp_breadth").update(parameters={"red_below": 5, "amber_below": 20})
    page = words(administrator.get(url(draft, "policy-preview")))

    assert "1 of 1 plan would change; none would have another verdict as a whole." in page
    assert "GP breadth: not met to met" in page
    assert place.plan.footprint.name in page

    before = words(administrator.get(f"{url(draft, 'policy-preview')}?as_at=30/6/2016"))
    assert "on 30 June 2016" in before
    assert "No plan would change: all 1 would be judged as they are." in before


@pytest.mark.parametrize("junk", ["soon", "1 July 2030", "x" * 5_000])
def test_a_preview_on_no_day_is_told_and_shows_today(administrator, draft, junk):
    page = administrator.get(f"{url(draft, 'policy-preview')}?as_at={junk}")

    assert page.status_code == 200
    assert "would change today" in words(page)
    assert "There is a problem" in words(page)


def test_the_author_asks_and_another_person_approves(administrator, reviewer, draft):
    page = words(administrator.post(url(draft, "policy-propose"), follow=True))
    assert "you wrote it, so you cannot approve it" in page
    assert administrator.post(url(draft, "policy-approve")).status_code == 403

    page = words(reviewer.get(url(draft)))
    assert url(draft, "policy-approve") in page
    page = words(reviewer.post(url(draft, "policy-approve"), follow=True))

    assert "Approved by" in page
    assert policies_in_force(as_at=draft.effective_from)["stp_2016"].policy == draft
    assert reviewer.post(url(draft, "policy-approve")).status_code == 404


def test_a_reviewer_sends_it_back_with_a_reason(administrator, reviewer, draft):
    administrator.post(url(draft, "policy-propose"))

    assert "Enter what has to change" in words(
        reviewer.post(url(draft, "policy-send-back"), {"reason": ""})
    )
    page = words(reviewer.post(url(draft, "policy-send-back"), {"reason": "Say why"}, follow=True))
    assert "Draft" in page


def test_criteria_are_left_out_and_added(administrator, draft):
    administrator.post(url(draft, "policy-leave-out", "channels"))
    page = words(administrator.get(url(draft)))
    assert "Add Several channels" in page

    administrator.post(url(draft, "policy-take-in", "channels"))
    assert draft.criteria.filter(key="channels").exists()
    assert administrator.post(url(draft, "policy-take-in", "no-such")).status_code == 404


def test_an_approved_version_offers_no_change(administrator, draft):
    approved = draft.based_on
    assert administrator.get(url(approved, "policy-change")).status_code == 404
    assert "so it is never changed" in words(administrator.get(url(approved)))


@pytest.mark.parametrize("number", [1, 8])
def test_the_list_takes_as_many_queries_for_few_as_for_many(
    administrator, draft, django_assert_num_queries, number
):
    person = accounts.user(Role.ADMINISTRATOR)
    for version in range(20, 20 + number):
        Policy.objects.create(
            plan_type="nhp_2026", version=version, effective_from=TODAY, title="Test",
            status="dropped", author=person,
        )  # fmt: skip

    with django_assert_num_queries(4):
        administrator.get(LIST)


def test_the_pages_are_open_to_read_for_an_lmc_lead(lead, draft):
    assert lead.get(LIST).status_code == 200
    assert signed_in(accounts.user()).get(url(draft)).status_code == 200
