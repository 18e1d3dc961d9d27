"""Who speaks for whom on a day."""

import datetime as dt

import pytest

from stakeholders.models import RelationshipKind
from stakeholders.queries.representation import (
    organisation_ids_answered_for,
    practices_spoken_for,
)
from tests.factories import stakeholders

pytestmark = pytest.mark.django_db

TODAY = dt.date(2016, 9, 12)
LONG_AGO = stakeholders.LONG_AGO


@pytest.fixture
def lmc():
    return stakeholders.lmc()


@pytest.fixture
def ccg(lmc):
    made = stakeholders.commissioner()
    stakeholders.tie(made, RelationshipKind.REPRESENTED_BY, lmc)
    return made


def spoken_for(lmc, day=TODAY):
    return set(practices_spoken_for([lmc.pk], day=day))


def test_a_practice_has_the_lmc_of_its_own_row_or_else_of_its_commissioner(lmc, ccg):
    other = stakeholders.lmc()
    own = stakeholders.practice(represented_by=lmc)
    through = stakeholders.practice(ccg)
    elsewhere = stakeholders.practice(ccg, represented_by=other)
    stakeholders.practice()

    assert spoken_for(lmc) == {own, through}
    assert spoken_for(other) == {elsewhere}


def test_a_partial_tie_of_a_commissioner_speaks_for_no_practice(lmc):
    split = stakeholders.commissioner()
    stakeholders.tie(split, RelationshipKind.REPRESENTED_BY, lmc, partial=True)
    stakeholders.practice(split)

    assert spoken_for(lmc) == set()


def test_only_what_is_open_and_tied_on_the_day(lmc, ccg):
    closed = stakeholders.practice(ccg, closed_on=dt.date(2016, 9, 11))
    moved = stakeholders.practice(patients=None)
    stakeholders.tie(moved, RelationshipKind.COMMISSIONED_BY, ccg, valid_to=dt.date(2016, 9, 11))

    assert spoken_for(lmc) == set()
    assert spoken_for(lmc, dt.date(2016, 9, 11)) == {closed, moved}


def test_a_lead_answers_for_the_lmc_and_its_practices_in_two_queries(
    lmc, ccg, django_assert_num_queries
):
    practices = [stakeholders.practice(ccg) for _ in range(5)]
    lead = stakeholders.representative(lmc)

    with django_assert_num_queries(2):
        ids = organisation_ids_answered_for(lead, today=TODAY)

    assert ids == {lmc.pk, *(one.pk for one in practices)}


def test_a_practice_lead_answers_for_the_practice_alone(lmc):
    practice = stakeholders.practice(represented_by=lmc)

    ids = organisation_ids_answered_for(stakeholders.representative(practice), today=TODAY)

    assert ids == {practice.pk}
