"""manage.py assess."""

import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from readiness.models import Assessment, Criterion, CriterionResult
from tests.readiness.country import TODAY, country


def run(capsys, *arguments):
    call_command("assess", *arguments)
    return capsys.readouterr().out


def test_assess_stores_and_prints_what_the_pages_show(somewhere, capsys):
    printed = json.loads(run(capsys, "--json"))
    assert printed["as_at"] == timezone.localdate().isoformat()
    (plan,) = printed["plans"]
    assert plan["code"] == somewhere.plan.code
    stored = CriterionResult.objects.filter(assessment__is_current=True)
    second = Criterion.objects.filter(policy__plan_type="stp_2016", policy__version=3)
    columns = ("key", "state", "figure", "would_clear")
    assert plan["results"] == list(stored.order_by("criterion__position").values(*columns))
    assert [one["key"] for one in plan["results"]] == list(second.values_list("key", flat=True))


def test_assess_of_one_plan_leaves_the_others(somewhere, capsys):
    country(practices=1)
    printed = json.loads(run(capsys, "--json", "--plan", somewhere.plan.code))
    assert [plan["code"] for plan in printed["plans"]] == [somewhere.plan.code]
    assert Assessment.objects.get().plan == somewhere.plan


@pytest.mark.parametrize("day", ["2016-07-01", "01/07/2016"])
def test_assess_of_a_past_day_computes_and_stores_nothing(somewhere, capsys, day):
    somewhere.meeting(*somewhere.practices, held_on=TODAY)
    somewhere.meeting(somewhere.lmc, held_on=TODAY + dt.timedelta(1))
    printed = json.loads(run(capsys, "--json", "--as-at", day))
    assert printed["as_at"] == "2016-07-01"
    states = {row["key"]: row["state"] for row in printed["plans"][0]["results"]}
    assert (states["gp_breadth"], states["lmc_reached"]) == ("met", "not_met")
    assert not Assessment.objects.exists()


def test_assess_prints_text_that_says_how_to_clear_it(somewhere, capsys):
    text = run(capsys, "--as-at", "2016-07-01")
    assert text.startswith("As at 1 July 2016: 1 plan\n")
    assert "not met         lmc_reached          0 of 1 LMC\n" in text
    assert f"To clear it: Hear {somewhere.lmc.name}." in text


def test_assess_of_an_empty_database_prints_no_plans(db, capsys):
    assert json.loads(run(capsys, "--json"))["plans"] == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--plan", "nowhere"), "There is no plan with the code nowhere."),
        (("--plan", "a\0b"), "There is no plan with the code ab."),
        (("--plan", ""), "There is no plan with the code ."),
        (("--as-at", "2999-01-01"), "1 January 2999 has not come yet"),
    ],
)
def test_assess_refuses_with_a_plain_sentence_and_exit_2(somewhere, arguments, sentence):
    with pytest.raises(CommandError, match=sentence) as refused:
        call_command("assess", *arguments)
    assert refused.value.returncode == 2


def test_assess_says_how_to_write_a_date(db):
    with pytest.raises(CommandError, match="soon is not a date"):
        call_command("assess", "--as-at", "soon")
