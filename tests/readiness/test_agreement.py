"""The dossier, `manage.py assess` and the frozen decision say the same of every criterion.

On three plans: one of which nothing is recorded, one that is ready, and one of a neighbourhood with
a dispute and an exception, so that all six states come up.
"""

import datetime as dt
import html
import json
import re

import pytest
import time_machine
from django.core.cache import caches
from django.core.management import call_command
from django.urls import reverse

from plans.models import Plan, PlanType
from readiness.models import CriterionException, Decision
from readiness.rules.states import State
from tests.factories import engagement, papers
from tests.readiness.complete import put_on_paper
from tests.readiness.country import NOW, TODAY, Country, at, country
from tests.readiness.deciding import decided, reviewer
from tests.readiness.pages.conftest import signed_in

pytestmark = pytest.mark.django_db

LATER = at(TODAY + dt.timedelta(400))

CRITERION = re.compile(
    r'<li class="wt-crit"(?: id="(?P<key>\w+)")?>\s*<div class="wt-crit__head"><h3>(?P<title>.*?)</h3>'
    r'<span class="wt-state wt-state--(?P<state>[\w-]+)".*?'
    r'<p class="wt-crit__figure">(?P<figure>.*?)</p>(?P<rest>.*?)</li>\s*(?=<li class="wt-crit"|</ul>)',
    re.DOTALL,
)
CLEAR = re.compile(r'<p class="wt-crit__clear"><b>[^<]*</b> (.*?)</p>', re.DOTALL)


@pytest.fixture(autouse=True)
def on_that_day():
    caches["pages"].clear()
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock
    caches["pages"].clear()


def silent() -> Country:
    return country()


def ready() -> Country:
    """Everybody heard all along, and everything on paper."""
    made = country(practices=2)
    for month, channel in ((1, "meeting"), (3, "visit"), (5, "workshop"), (6, "phone")):
        last = made.meeting(
            made.lmc,
            *made.practices,
            held_on=TODAY.replace(month=month, day=25),
            level="involve",
            channel=channel,
        )
    put_on_paper(made, heard_at=last)
    return made


def contested() -> Country:
    """A neighbourhood whose LMC disputes the one record of it, and with an exception."""
    made = country(practices=2)
    Plan.objects.filter(pk=made.plan.pk).update(plan_type=PlanType.NHP_2026)
    made.plan.refresh_from_db()
    held = made.meeting(made.lmc, *made.practices)
    engagement.dispute(made.lmc, held)
    papers.version(made.plan, title="First", text="A plan for general practice.")
    CriterionException.objects.create(
        plan=made.plan,
        key="no_proxy",
        reason="The first phases were over when the plan was taken over.",
        starts_on=TODAY - dt.timedelta(1),
        expires_on=TODAY,
        recorded_at=NOW - dt.timedelta(1),
        recorded_by=reviewer(),
    )
    return made


def printed(plan, capsys):
    """What `manage.py assess --json` says: key -> state, figure, what would clear it."""
    call_command("assess", "--json", "--plan", plan.code)
    (found,) = json.loads(capsys.readouterr().out)["plans"]
    return {
        row["key"]: (row["state"], row["figure"], row["would_clear"]) for row in found["results"]
    }


def shown(page, name="key"):
    """What a page says, by the key or by the title of each criterion."""
    found = {}
    for each in CRITERION.finditer(page.content.decode()):
        clear = CLEAR.search(each["rest"])
        words = (each["figure"], clear[1] if clear else "")
        figure, remedy = (html.unescape(text) for text in words)
        state = State(each["state"].replace("-", "_"))
        found[html.unescape(each[name])] = (state, figure, remedy)
    return found


def frozen(decision):
    """What the snapshot of a decision says."""
    return {
        row["key"]: (row["state"], row["figure"], row["would_clear"])
        for row in json.loads(decision.snapshot)["results"]
    }


def titles(decision):
    return {row["key"]: row["title"] for row in json.loads(decision.snapshot)["policy"]["criteria"]}


@pytest.mark.parametrize(
    ("make", "states", "criteria"),
    [
        (silent, {"not_met", "no_data", "not_applicable"}, 25),
        (ready, {"met", "no_data", "not_met", "not_applicable"}, 25),
        (contested, {"met", "not_met", "disputed", "exception", "no_data", "not_applicable"}, 24),
    ],
)
def test_page_json_and_snapshot_agree_on_every_criterion(
    make, states, criteria, capsys, on_that_day
):
    plan = make().plan
    said = printed(plan, capsys)
    decision = decided(plan, "return")

    assert len(said) == criteria
    assert {state for state, _, _ in said.values()} == states
    dossier = reverse("readiness:dossier", args=[plan.code])
    assert shown(signed_in(reviewer()).get(dossier)) == said
    assert frozen(decision) == said
    as_the_board_saw_it = {title: said[key] for key, title in titles(decision).items()}
    page = reverse("readiness:decision", args=[decision.pk])
    assert shown(signed_in(reviewer()).get(page), "title") == as_the_board_saw_it

    on_that_day.move_to(LATER)
    country()
    printed(plan, capsys)
    decision = Decision.objects.get(pk=decision.pk)
    assert frozen(decision) == said
    assert shown(signed_in(reviewer()).get(page), "title") == as_the_board_saw_it
