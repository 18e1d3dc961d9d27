"""The history of a plan: everything about it and nothing of another, for those who may read it."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts import audit
from accounts.roles import Role
from readiness.actions import ensure_policies
from stakeholders.models import Organisation
from tests.factories import accounts, deciding, papers, plans, readiness, stakeholders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _policies(db: None) -> None:
    ensure_policies()  # a test that commits leaves none behind


def recorded(*objects) -> None:
    with transaction.atomic():
        for one in objects:
            audit.record(by=None, verb="added", obj=one)


@pytest.fixture
def plan():
    lmc = stakeholders.lmc(name="Salford LMC")
    ccg = stakeholders.commissioner()
    stakeholders.practice(ccg, represented_by=lmc)
    return plans.plan(plans.footprint(ccg, name="Alpha"))


def page_for(client, user, plan):
    client.force_login(user)
    return client.get(f"/plans/{plan.code}/history/")


def test_papers_flags_and_offers_of_this_plan_newest_first(client, plan) -> None:
    manager, other = plans.manager(plan.footprint), plans.plan(plans.footprint(name="Beta"))
    flag, elsewhere = readiness.flag(plan), readiness.flag(other)
    offer = readiness.offer(flag, manager)
    paper = papers.version(plan, on_day=plan.starts_on)
    recorded(plan, other, flag, elsewhere, offer, paper)

    for reader in (manager, accounts.user(Role.REVIEWER), accounts.user(Role.ADMINISTRATOR)):
        shown = page_for(client, reader, plan).context["history"].lines
        assert [line.about.partition(":")[0] for line in shown] == [
            "Plan version", "Offer of support", "Flag", "Plan",
        ]  # fmt: skip
        assert not any("Beta" in line.about for line in shown)


def test_who_may_not(client, plan) -> None:
    lead = stakeholders.representative(Organisation.objects.get(name="Salford LMC"))
    assert page_for(client, lead, plan).status_code == 403
    stranger = plans.manager(plans.footprint(name="Gamma"))
    assert page_for(client, stranger, plan).status_code == 404


def test_as_many_queries_for_a_short_history_as_for_a_long_one(client, plan) -> None:
    reviewer = accounts.user(Role.REVIEWER)
    deciding.results(plan)
    asked = []
    for number in (1, 40):
        recorded(
            *[plan] * number, *[readiness.flag(plan, key=f"key_{number}_{n}") for n in range(3)]
        )
        page_for(client, reviewer, plan)
        with CaptureQueriesContext(connection) as queries:
            shown = page_for(client, reviewer, plan)
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert len(shown.context["history"].lines) == 25
    older = client.get(shown.context["history"].older_url)
    assert older.context["history"].newest_url.endswith("/history/#history")
    assert {line.number for line in older.context["history"].lines}.isdisjoint(
        {line.number for line in shown.context["history"].lines}
    )
