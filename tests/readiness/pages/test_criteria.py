"""How every figure is worked out."""

import pytest

from readiness.models import Criterion, Policy
from readiness.presenters.criteria import parameters_words
from tests.factories import accounts
from tests.readiness.pages.conftest import signed_in, words


def test_criteria_shows_every_criterion_of_every_policy(reviewer, place):
    page = words(reviewer.get("/criteria/"))

    for criterion in Criterion.objects.select_related("policy"):
        policy = criterion.policy
        assert f'id="{policy.plan_type}-{policy.version}-{criterion.key}"' in page
    for policy in Policy.objects.all():
        assert f"{policy.title}, version {policy.version}" in page
    assert "Met from 40%" in page
    assert "this one is ours (Widen the Tent default)" in page


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
