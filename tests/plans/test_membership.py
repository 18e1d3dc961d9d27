"""Who belongs to a footprint on a day: the one statement against the rules, case by case."""

import dataclasses
import datetime as dt
import random

import pytest

from plans.membership import belonging, footprint_ids_of, members, open_practices
from plans.models import Extent, FootprintKind
from plans.queries.register_check import register_check
from stakeholders.models import Category, Organisation, RelationshipKind
from tests.factories import plans as make_plans
from tests.factories import stakeholders as make
from tests.plans import slow_membership

pytestmark = pytest.mark.django_db
DAY = dt.date(2016, 6, 1)
EVE = DAY - dt.timedelta(1)


def found(day: dt.date = DAY) -> set[tuple]:
    return {dataclasses.astuple(member) for member in members(day=day)}


def homes(organisation, day: dt.date = DAY) -> set[str]:
    return {m.footprint_id for m in members(day=day) if m.organisation_id == organisation.pk}


def test_a_practice_belongs_where_its_commissioner_does() -> None:
    commissioner, lmc = make.commissioner(), make.lmc()
    make.tie(commissioner, RelationshipKind.REPRESENTED_BY, lmc)
    practice = make.practice(commissioner)
    footprint = make_plans.footprint(commissioner)
    assert homes(practice) == homes(lmc) == homes(commissioner) == {footprint.pk}
    member = next(m for m in members(day=DAY) if m.organisation_id == practice.pk)
    assert (member.commissioner_id, member.lmc_id) == (commissioner.pk, lmc.pk)


def test_its_own_membership_goes_before_its_commissioners() -> None:
    commissioner = make.commissioner()
    first, second = make_plans.footprint(), make_plans.footprint()
    for footprint in (first, second):
        make_plans.belong(commissioner, footprint, extent=Extent.PART)
    ours, other = make.practice(commissioner), make.practice(commissioner)
    make_plans.belong(ours, first)
    assert homes(ours) == {first.pk}
    assert homes(other) == set()
    assert homes(commissioner) == {first.pk, second.pk}


def test_a_partners_practices_are_counted_elsewhere() -> None:
    commissioner = make.commissioner()
    home = make_plans.footprint(commissioner)
    neighbour = make_plans.footprint()
    make_plans.belong(commissioner, neighbour, extent=Extent.PARTNER)
    assert homes(make.practice(commissioner)) == {home.pk}


def test_a_place_inside_the_system_does_not_take_a_practice_out_of_the_system() -> None:
    commissioner = make.commissioner()
    system = make_plans.footprint(commissioner)
    place = make_plans.footprint()
    place.kind = FootprintKind.PLACE
    place.save()
    practice = make.practice(commissioner)
    make_plans.belong(practice, place)
    assert homes(practice) == {system.pk, place.pk}


def test_nobody_belongs_on_a_day_on_which_they_are_not_open() -> None:
    commissioner = make.commissioner()
    footprint = make_plans.footprint(commissioner)
    closed = make.practice(commissioner, closed_on=EVE)
    opened = make.practice(commissioner, opened_on=DAY)
    assert (homes(closed, EVE), homes(closed, DAY)) == ({footprint.pk}, set())
    assert (homes(opened, EVE), homes(opened, DAY)) == (set(), {footprint.pk})


def test_a_practice_whose_commissioner_has_closed_belongs_nowhere_and_is_reported() -> None:
    commissioner = make.commissioner(closed_on=EVE)
    make_plans.footprint(commissioner)
    practice = make.practice(commissioner, name="Lost Surgery", code="A81001")
    assert homes(practice) == set()
    assert [p.practice_id for p in open_practices(day=DAY)] == [practice.pk]
    check = register_check(day=DAY)
    assert check.in_no_footprint == ("Lost Surgery (A81001)",)
    assert not check.fits


def test_a_practice_in_two_footprints_is_reported() -> None:
    practice = make.practice()
    make_plans.footprint(practice)
    make_plans.footprint(practice)
    assert len(register_check(day=DAY).in_several_footprints) == 1


def test_the_lmc_of_a_split_commissioner_comes_from_the_practice() -> None:
    commissioner, first, second = make.commissioner(), make.lmc(), make.lmc()
    for lmc in (first, second):
        make.tie(commissioner, RelationshipKind.REPRESENTED_BY, lmc, partial=True)
    practice = make.practice(commissioner, represented_by=second)
    make_plans.footprint(commissioner)
    lmcs = {m.lmc_id for m in members(day=DAY) if m.organisation_id == practice.pk}
    assert lmcs == {second.pk}
    assert homes(first) == set()


def test_only_the_footprints_asked_for() -> None:
    first = make_plans.footprint(make.organisation())
    make_plans.footprint(make.organisation())
    assert {m.footprint_id for m in members(day=DAY, footprint_ids=[first.pk])} == {first.pk}
    assert members(day=DAY, footprint_ids=[]) == []


def test_footprints_of_an_organisation() -> None:
    commissioner, lmc = make.commissioner(), make.lmc()
    make.practice(commissioner, represented_by=lmc)
    footprint = make_plans.footprint(commissioner)
    assert footprint_ids_of(organisation_ids=[lmc.pk], day=DAY) == {footprint.pk}
    assert footprint_ids_of(organisation_ids=[], day=DAY) == set()


@pytest.mark.parametrize("seed", range(12))
def test_the_statement_says_what_the_slow_rules_say(seed: int) -> None:
    build_a_world(random.Random(seed))  # noqa: S311 - a repeatable world
    for day in (dt.date(2014, 1, 1), dt.date(2016, 6, 1), dt.date(2019, 6, 1)):
        assert found(day) == slow_membership.members(day)


@pytest.mark.parametrize("seed", range(12))
def test_asking_for_some_gives_what_asking_for_all_gives_of_them(seed: int) -> None:
    """Each alone, and some together: an LMC leads to its practices, those to their commissioners."""
    rng = random.Random(seed)  # noqa: S311 - a repeatable world
    build_a_world(rng)
    everybody = list(Organisation.objects.values_list("pk", flat=True))
    together = [rng.sample(everybody, 5) for _ in range(5)]
    for day in (dt.date(2014, 1, 1), dt.date(2016, 6, 1), dt.date(2019, 6, 1)):
        pairs = {row[:2] for row in slow_membership.members(day)}
        for asked in [*([one] for one in everybody), *together]:
            wanted = {pair for pair in pairs if pair[1] in asked}
            assert belonging(organisation_ids=asked, day=day) == wanted


def build_a_world(rng: random.Random) -> None:
    """Organisations, ties and memberships that begin and end in every possible order."""

    def days() -> dict:
        start = dt.date(2012, 1, 1) + dt.timedelta(rng.randrange(2500))
        end = start + dt.timedelta(rng.randrange(2500))
        return {"valid_from": start, "valid_to": rng.choice((None, end))}

    def opened() -> dict:
        span = days()
        return {"opened_on": span["valid_from"], "closed_on": span["valid_to"]}

    footprints = [make_plans.footprint() for _ in range(4)]
    footprints[0].kind = FootprintKind.PLACE
    footprints[0].save()
    commissioners = [make.commissioner(**opened()) for _ in range(5)]
    others = [make.organisation(kind, **opened()) for kind in (Category.TRUST, Category.COUNCIL)]
    lmcs, networks = [make.lmc() for _ in range(3)], [make.organisation(Category.PCN)]
    practices = [make.practice(patients=None, **opened()) for _ in range(14)]
    for source in commissioners:
        make.tie(source, "represented_by", rng.choice(lmcs), **days(), partial=rng.random() < 0.2)
    for kind, targets, share in (
        ("commissioned_by", commissioners, 1.0),
        ("commissioned_by", commissioners, 0.4),  # some move, and some are written down twice
        ("represented_by", lmcs, 0.4),
        ("network_member_of", networks, 0.4),
    ):
        for practice in rng.sample(practices, int(share * len(practices))):
            make.tie(practice, kind, rng.choice(targets), **days())
    for member in (*commissioners, *others, *rng.sample(practices, 5)):
        for footprint in rng.sample(footprints, 2):
            make_plans.belong(member, footprint, extent=rng.choice(Extent.values), **days())


@pytest.mark.parametrize("number", [2, 30])
def test_one_statement_whatever_the_size(number: int, django_assert_num_queries) -> None:
    commissioner = make.commissioner()
    make_plans.footprint(commissioner)
    for _ in range(number):
        make.practice(commissioner)
    with django_assert_num_queries(1):
        assert len(members(day=DAY)) == number + 1
    with django_assert_num_queries(7):
        register_check(day=DAY)


def test_a_place_beside_the_system_is_not_a_second_footprint() -> None:
    practice = make.practice(represented_by=make.lmc())
    make_plans.footprint(practice)
    place = make_plans.footprint(practice)
    place.kind = FootprintKind.PLACE
    place.save()
    assert register_check(day=DAY).fits
