"""A footprint with two LMCs, a board and a manager; the day is 1 July 2016."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from plans.models import Plan
from stakeholders.models import Category, Organisation
from tests.factories import accounts, plans, stakeholders

TODAY = dt.date(2016, 7, 1)
NOW = timezone.make_aware(dt.datetime.combine(TODAY, dt.time(12)))


@pytest.fixture(autouse=True)
def on_that_day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def lmcs(db) -> list[Organisation]:
    return [
        stakeholders.lmc(name=f"{area} LMC", code=f"LMC{number:03d}")
        for number, area in enumerate(("Bolton", "Salford"))
    ]


@pytest.fixture
def board(db) -> Organisation:
    return stakeholders.organisation(
        Category.HEALTH_AND_WELLBEING_BOARD, name="Bolton Board", code="HWB-BOL"
    )


@pytest.fixture
def college(db) -> Organisation:
    return stakeholders.organisation(
        Category.ROYAL_COLLEGE, name="Royal College of Psychiatrists", code="RCPSYCH"
    )


@pytest.fixture
def plan(lmcs, board) -> Plan:
    commissioner = stakeholders.commissioner(name="Bolton CCG", code="00T")
    for lmc in lmcs:
        stakeholders.practice(commissioner, represented_by=lmc)
    stakeholders.lmc(name="Far away LMC", code="LMC999")
    return plans.plan(plans.footprint(commissioner, board, name="Greater Manchester"))


@pytest.fixture
def manager(plan) -> Client:
    return entered(plans.manager(plan.footprint))


@pytest.fixture
def reviewer(db) -> Client:
    return entered(accounts.user(Role.REVIEWER))


@pytest.fixture
def lead(plan, lmcs) -> Client:
    """Answers for Bolton LMC."""
    return entered(stakeholders.representative(lmcs[0]))


def entered(person) -> Client:
    opened = Client()
    opened.force_login(person)
    return opened
