"""docs/criteria.md is what the data says."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.management import call_command

from readiness.actions import ensure_policies
from readiness.models import Criterion, Policy

PAGE = Path(__file__).parents[2] / "docs" / "criteria.md"
TODAY = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def described(capsys) -> str:
    call_command("describe_criteria")
    return capsys.readouterr().out


@pytest.fixture(autouse=True)
def policies(db, time_machine):
    time_machine.move_to(TODAY, tick=False)
    ensure_policies()


def test_the_committed_page_is_what_is_generated(capsys):
    generated = described(capsys)
    assert PAGE.read_text(encoding="utf-8") == generated, (
        "Write it anew: python manage.py describe_criteria > docs/criteria.md"
    )


def test_every_criterion_in_force_is_described_by_its_policy(capsys):
    page = described(capsys)
    for policy in Policy.objects.filter(version=3):
        section = page.split(f"## {policy.title}, version 3\n")[1].split("\n## ")[0]
        musts, shoulds = section.split("### Shoulds")
        for one in policy.criteria.all():
            row = next(line for line in section.splitlines() if f"| `{one.key}` |" in line)
            assert row in (musts if one.strength == "must" else shoulds)
            for said in (one.title, one.definition, one.target, one.source, "No, ours"):
                assert f"| {said} |" in row
    assert "version 1" not in page.replace("of version 1", "")


def test_what_is_official_and_who_checked_is_said_of_each(capsys):
    checked = Criterion.objects.get(policy__plan_type="stp_2016", policy__version=3, key="recent")
    checked.official_threshold, checked.checker, checked.source = True, "A|B", "A | B"
    checked.save()
    page = described(capsys)
    assert "Official thresholds: Recent contact. Every other number is our choice." in page
    assert "| Yes | A \\| B |" in page
    assert "- Recent contact: Widen the Tent default. Checked by A|B. Last reviewed" in page
