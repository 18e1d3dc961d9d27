"""What becomes of points: themes given to many at once, decisions of their own, who is told."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from consultations.actions import themes
from consultations.actions.themes import Decision
from consultations.models import Theme
from consultations.queries.responses import counts_of
from engagement.actions import fates
from engagement.models import Event, Point, PointFate
from engagement.queries.fates import (
    PointFilters,
    fates_in,
    filtered,
    points_by_theme,
    typed_words,
    where_it_stands,
)
from engagement.queries.own_points import points_moved
from engagement.queries.voices import voices
from tests.engagement.area import bolton
from tests.factories import consultations as make
from tests.factories import engagement, plans

pytestmark = pytest.mark.django_db
OWN = Decision(disposition="rejected", reason="There is no room", section="Section 2")


def now():
    return timezone.now()


@pytest.fixture
def area():
    return bolton()


@pytest.fixture
def event(area):
    return engagement.event(area.plan, recorded_by=area.manager)


@pytest.fixture
def said(area, event):
    """Makes a point of the LMC's, or of whoever ``by`` is."""

    def make_point(text="Rooms are too small", *, by=area.lmc, at=event, **facts):
        return Point.objects.create(event=at, organisation=by, text=text, **facts)

    return make_point


def give(area, theme, *points):
    ids = [one.pk for one in points]
    return fates.give_theme(plan=area.plan, point_ids=ids, theme=theme, by=area.manager, now=now())


def decide(area, point, decision=OWN, *, theme=None, seen=0):
    return fates.decide_point(
        plan=area.plan, point=point, theme=theme, decision=decision, seen_version=seen,
        by=area.manager, now=now(),
    )  # fmt: skip


def stands(area, point):
    return where_it_stands(fates_in(area.plan, [point.pk]).get(point.pk))


def decide_theme(area, theme, disposition="accepted"):
    theme.refresh_from_db()
    decision = Decision(disposition=disposition, reason="Because", said="Rooms")
    themes.decide_theme(
        theme=theme, seen_version=theme.version, decision=decision, by=area.manager, now=now()
    )


def test_a_theme_is_given_to_many_points_at_once(area, said, django_assert_num_queries):
    theme, other = make.theme(area.plan), make.theme(area.plan)
    few, many = [said()], [said() for _ in range(40)]
    elsewhere = said(at=engagement.event(plans.plan(plans.footprint())))
    gone = said(removed_at=now())

    with django_assert_num_queries(8):
        give(area, theme, *few)
    with django_assert_num_queries(8):
        assert give(area, theme, *many, elsewhere, gone) == 40, "only what stands in its records"

    assert give(area, theme, *many) == 0
    assert give(area, other, *many[:3], *few) == 4
    assert points_by_theme(area.plan) == {theme.pk: 37, other.pk: 4}
    assert give(area, None, *many[:2]) == 2
    assert AuditEntry.objects.filter(verb="points given a theme").count() == 4
    with pytest.raises(ValueError, match="another plan"):
        give(area, make.theme(plans.plan(plans.footprint())), *few)
    merged = make.theme(area.plan, merged_into=theme)
    give(area, merged, *few)
    assert stands(area, few[0]).theme == theme.name


def test_words_typed_beside_points_become_a_theme_of_theirs(area, said):
    one, two = said(theme="Premises"), said(theme="premises ")
    said(theme="Workload"), said()
    assert typed_words(area.plan) == [("Premises", 2), ("Workload", 1)]

    theme, number = fates.take_up_word(plan=area.plan, word="PREMISES", by=area.manager, now=now())

    assert (theme.name, number) == ("PREMISES", 2)
    assert stands(area, one).theme == stands(area, two).theme == "PREMISES"
    assert typed_words(area.plan) == [("Workload", 1)]


def test_a_decision_of_its_own_stands_before_that_of_its_theme(area, said):
    theme, point, other = make.theme(area.plan), said(), said()
    give(area, theme, point, other)
    assert not stands(area, point).is_answered
    decide_theme(area, theme)
    assert stands(area, point).decided.disposition == "accepted"
    assert stands(area, point).by_theme

    assert decide(area, point, theme=theme, seen=1)

    found = stands(area, point)
    assert (found.decided.disposition, found.decided.section, found.by_theme) == (
        "rejected", "Section 2", False,
    )  # fmt: skip
    assert stands(area, other).decided.disposition == "accepted"
    assert not decide(area, point, theme=theme, seen=2), "it says so already"
    assert decide(area, point, Decision(disposition=""), theme=theme, seen=2)
    assert stands(area, point).by_theme


def test_two_people_at_once_lose_nothing(area, said):
    point, gone = said(), said()
    decide(area, point)
    with pytest.raises(fates.FateChangedError) as changed:
        decide(area, point, Decision(disposition="accepted", reason="Mine"))
    assert changed.value.fate.reason == OWN.reason
    Point.objects.filter(pk=gone.pk).update(removed_at=now())
    with pytest.raises(fates.FateChangedError):
        decide(area, gone)
    with pytest.raises(ValueError, match="reason"):
        decide(area, point, Decision(disposition="accepted"), seen=1)
    assert not decide(area, said(), Decision(disposition="")), "nothing to write"
    assert PointFate.objects.count() == 1


def test_merging_themes_takes_their_points_along(area, said):
    old, new, point = make.theme(area.plan), make.decided(area.plan), said()
    give(area, old, point)

    assert fates.merge_themes(theme=old, into=new, seen_version=1, by=area.manager, now=now()) == 1

    assert stands(area, point).theme == new.name
    assert stands(area, point).is_answered


def test_a_theme_that_was_merged_after_the_page_was_opened_is_the_one_it_became(area, said):
    old, new, one, other = make.theme(area.plan), make.theme(area.plan), said(), said()
    fates.merge_themes(
        theme=Theme.objects.get(pk=old.pk), into=new, seen_version=1, by=area.manager, now=now()
    )

    give(area, old, one)
    decide(area, other, theme=old)

    assert points_by_theme(area.plan) == {new.pk: 2}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "open own theme told"),
        ({"state": "open"}, "open"),
        ({"state": "decided"}, "own theme told"),
        ({"state": "untold"}, "own theme"),
        ({"state": "told"}, "told"),
        ({"theme": "none"}, "open own told"),
        ({"words": "THEM"}, "theme"),
        ({"organisation": "LMC1"}, "open own theme told"),
        ({"organisation": "P80000"}, ""),
        ({"state": "open", "theme": "none", "words": "x"}, ""),
    ],
)
def test_points_are_narrowed(area, said, event, asked, found):
    by_name = {name: said(name) for name in ("open", "own", "theme", "told")}
    said("taken off", removed_at=now())
    away = engagement.event(area.plan, recorded_by=area.manager)
    said("withdrawn", at=away)
    Event.objects.filter(pk=away.pk).update(
        withdrawn_at=now(), withdrawn_by=area.manager, withdrawn_reason="Twice"
    )
    decide(area, by_name["own"])
    decide(area, by_name["told"], Decision(**{**OWN.__dict__, "told_on": dt.date(2016, 7, 1)}))
    give(area, make.decided(area.plan), by_name["theme"])

    points = filtered(area.plan, PointFilters(**asked))

    assert sorted(one.text for one in points) == sorted(found.split())


def test_one_theme_is_one_matter_however_many_points_carry_it(area, said):
    theme, late = make.theme(area.plan, "Premises"), make.decided(area.plan, "Estates")
    type(late).objects.filter(pk=late.pk).update(decided_at=now() - dt.timedelta(days=9))
    mine = [said() for _ in range(3)]
    give(area, theme, *mine[:2], said(by=area.practices[0]))
    since = now()

    def moved():
        found = points_moved([area.lmc.pk], since=since)
        return sorted((one.about, one.disposition, one.points) for one in found)

    assert moved() == []
    decide_theme(area, theme)
    assert moved() == [("“Premises”", "accepted", 2)]
    decide(area, mine[0], theme=theme, seen=1)
    assert moved() == [("a point of yours", "not accepted", 1), ("“Premises”", "accepted", 1)]
    give(area, late, mine[2])
    assert ("“Estates”", "accepted", 1) in moved(), "its theme had been decided before"
    assert points_moved([area.lmc.pk], since=now()) == []


def test_voices_are_distinct_organisations_and_people(area, said):
    theme = make.theme(area.plan)
    give(area, theme, said(), said(), said(by=area.practices[0]), said(by=None))
    asked = make.consultation(area.plan)
    make.survey(asked)

    def answered(by, **facts):
        make.coding(make.response(asked, "Rooms", by=by, **facts).answers.get(), theme)

    somebody = make.respondent(asked, group="patient")
    answered(somebody), answered(somebody), answered(make.respondent(asked))
    answered(make.for_organisation(asked, area.lmc))
    body = {"kind": "organisation", "group": "vcse"}
    for name in ("Age Concern ", "age concern", "Surgery 0"):
        answered(make.respondent(asked, organisation_name=name, **body))
    answered(make.respondent(asked, organisation_name="Not cleared", **body), moderation="waiting")

    found = voices(area.plan, [theme.pk])[theme.pk]

    assert (found.points, found.answers, found.organisations) == (4, 7, 3)
    assert sum(found.people.values()) == 2
    assert found.groups == {
        "Local Medical Committee": 1, "GP practice": 1, "GP": 1,
        "Voluntary, community or social enterprise": 1, "Patient, carer or member of the public": 1,
    }  # fmt: skip


def test_an_organisation_is_the_same_by_the_name_that_it_typed_as_in_the_analysis(area):
    theme, asked = make.theme(area.plan), make.consultation(area.plan)
    make.survey(asked)
    body = {"kind": "organisation"}
    typed = {"organisation_name": "The doctors' committee"}
    by = [
        make.for_organisation(asked, area.lmc, **typed),
        make.respondent(asked, **typed, **body),
        make.respondent(asked, **body),
        make.respondent(asked, **body),
    ]
    for one in by:
        make.coding(make.response(asked, "Rooms", by=one).answers.get(), theme)

    found = voices(area.plan, [theme.pk])[theme.pk]

    assert found.organisations == 3, "one by its name, two that gave none"
    assert counts_of([asked.pk])[asked.pk].organisations == 3
