"""How every figure is worked out."""

import datetime as dt

import pytest

from readiness.models import Criterion, Policy
from readiness.presenters.criteria import parameters_words, review_words
from tests.factories import accounts
from tests.readiness.pages.conftest import signed_in, words


@pytest.mark.parametrize("anchor", ["stp_2016-1", "stp_2016-3", "nhp_2026-1", "nhp_2026-2"])
def test_criteria_shows_every_criterion_of_a_policy_and_links_to_the_others(
    reviewer, place, anchor
):
    plan_type, version = anchor.split("-")

    page = words(reviewer.get(f"/criteria/?policy={anchor}"))

    shown = Criterion.objects.filter(policy__plan_type=plan_type, policy__version=version)
    assert shown.exists()
    for criterion in shown:
        assert f'id="{anchor}-{criterion.key}"' in page
        assert f'href="#{anchor}-{criterion.key}"' in page
    assert page.count('<section class="wt-panel" id="') == shown.count()
    for policy in Policy.objects.all():
        assert f"{policy.title}, version {policy.version}" in page
        assert f'href="/criteria/?policy={policy.plan_type}-{policy.version}"' in page
    assert "Met from 40%" in page
    assert "this one is ours (Widen the Tent default)" in page


def test_criteria_unasked_are_of_a_policy_in_force(reviewer, place):
    page = words(reviewer.get("/criteria/"))

    assert 'id="stp_2016-3"' in page
    assert "17 musts and 8 shoulds." in page
    assert "<b>STP 2016, version 3</b></a>" in page
    assert "in force</span>" in page
    assert "replaced</span>" in page


def test_criteria_of_a_draft_are_not_shown(reviewer, place):
    Policy.objects.filter(version=3).update(status="draft")

    page = words(reviewer.get("/criteria/?policy=stp_2016-3"))

    assert "is not one of the choices." in page
    assert 'id="stp_2016-2-gp_breadth"' in page
    assert "version 3" not in page


@pytest.mark.parametrize(
    ("who", "offered"), [("reviewer", True), ("administrator", True), ("manager", False)]
)
def test_criteria_lead_those_to_the_policies_who_may_change_or_approve_them(
    request, place, who, offered
):
    page = request.getfixturevalue(who).get("/criteria/").content.decode()

    assert ("/criteria/policies/" in page) is offered


def test_criteria_take_the_same_queries_whichever_policy(reviewer, django_assert_num_queries):
    for anchor in ("stp_2016-1", "stp_2016-3"):
        with django_assert_num_queries(5):
            reviewer.get(f"/criteria/?policy={anchor}")


def test_criteria_is_open_to_everybody_who_can_sign_in(place):
    assert signed_in(accounts.user()).get("/criteria/").status_code == 200


def test_criteria_without_policies_says_what_to_do(db):
    Criterion.objects.all().delete()
    Policy.objects.all().delete()

    assert "No policies yet" in words(signed_in(accounts.user()).get("/criteria/"))


@pytest.mark.parametrize(
    ("key", "parameters", "expected"),
    [
        ("gp_breadth", {"amber_below": 45}, "Red below 22%. Met from 45%."),
        ("gp_seat", {}, "At least 1."),
        ("gp_seat", {"hwb_minimum": 1}, "At least 1. At least 1 on a Health and Wellbeing Board."),
        ("channels", {}, "At least 3."),
        ("unknown_of_tomorrow", {"some_days": 5}, "Some days: 5."),
        ("unknown_of_tomorrow", {}, "None."),
        ("commitments", {}, "At most 0 overdue."),
        (
            "system_partners",
            {"groups": ["vcse", "healthwatch"]},
            "With the voluntary sector and Healthwatch.",
        ),
        ("gpfv_delivery", {"boxes": ["gpfv_workforce"]}, "Judged on workforce."),
        ("hwb", {"must_lead": 1}, "Each board has to lead the plan."),
        ("hwb", {}, "None."),
    ],
)
def test_parameters_words_name_every_number_of_the_rule(key, parameters, expected):
    assert parameters_words(Criterion(key=key, parameters=parameters)) == expected


@pytest.mark.parametrize(
    ("checker", "last", "sentence"),
    [
        (
            "",
            None,
            "P. Nair. Not checked by a second person yet. To be reviewed on 1 March 2027.",
        ),
        (
            "",
            dt.date(2026, 11, 22),
            (
                "P. Nair. Not checked by a second person yet."
                " Last reviewed on 22 November 2026, next on 1 March 2027."
            ),
        ),
        (
            "the policy team",
            dt.date(2026, 11, 22),
            (
                "P. Nair. Checked by the policy team."
                " Last reviewed on 22 November 2026, next on 1 March 2027."
            ),
        ),
    ],
)
def test_review_words_say_who_wrote_and_who_checked(checker, last, sentence):
    criterion = Criterion(
        author="P. Nair",
        checker=checker,
        last_reviewed_on=last,
        review_on=dt.date(2027, 3, 1),
    )
    assert review_words(criterion) == sentence


def test_criteria_says_that_nobody_has_checked_the_policies_that_come_with_the_service(place):
    page = words(signed_in(accounts.user()).get("/criteria/"))
    assert "Widen the Tent default. Not checked by a second person yet." in page
