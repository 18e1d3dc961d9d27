"""The pages are read on one quiet day in July 2016."""

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client

from accounts.roles import Role
from readiness.actions import assess_plans
from tests.factories import accounts, plans, stakeholders
from tests.readiness.country import NOW, TODAY, Country, country


@pytest.fixture(autouse=True)
def on_that_day():
    """Stops the clock, and forgets what another test has kept."""
    caches["pages"].clear()
    with time_machine.travel(NOW, tick=False):
        yield
    caches["pages"].clear()


def assessed(*countries: Country) -> None:
    """Assess these countries as the sweep would."""
    assess_plans(plan_ids=[one.plan.pk for one in countries], as_at=TODAY, now=NOW)


@pytest.fixture
def place(db) -> Country:
    """A country whose LMC and one practice have been heard, assessed."""
    made = country()
    made.meeting(made.lmc, made.practices[0])
    assessed(made)
    return made


@pytest.fixture
def manager(place, client) -> Client:
    client.force_login(plans.manager(place.plan.footprint))
    return client


@pytest.fixture
def reviewer(place) -> Client:
    return signed_in(accounts.user(Role.REVIEWER))


@pytest.fixture
def lead(place) -> Client:
    """The lead of the country's LMC."""
    return signed_in(stakeholders.representative(place.lmc))


@pytest.fixture
def administrator(db) -> Client:
    return signed_in(accounts.user(Role.ADMINISTRATOR))


def signed_in(person) -> Client:
    opened = Client()
    opened.force_login(person)
    return opened


def words(response) -> str:
    """The page as text, with its blanks run together."""
    return " ".join(response.content.decode().split())
