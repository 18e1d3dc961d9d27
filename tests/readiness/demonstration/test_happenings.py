"""The events of one small plan make its story come true."""

import datetime as dt

import pytest

from readiness.demonstration import stories
from readiness.demonstration.calendar import stp_round
from readiness.demonstration.dice import dice
from readiness.demonstration.happenings import happenings
from readiness.demonstration.scene import (
    Cast,
    Happening,
    Locality,
    Part,
    Scene,
    may_also_credit,
)

TODAY = dt.date(2028, 2, 29)
LMCS = (101, 102)
COMMISSIONERS = (201, 202)
HEARD = {"attended", "responded"}


def scene(*lacks: str, seed: str = "1", never: frozenset[int] = frozenset()) -> Scene:
    practices = tuple(range(1, 21)), tuple(range(21, 41))
    cast = Cast(
        area="Anywhere",
        localities=tuple(
            Locality(name=name, practices=group)
            for name, group in zip(("North", "South"), practices, strict=True)
        ),
        lmcs=LMCS,
        commissioners=COMMISSIONERS,
        others={"council": [301], "trust": [302, 303], "vcse": [304], "hwb": [305]},
        patients=dict.fromkeys(range(1, 41), 6_000),
        names={number: f"Body {number}" for number in range(1, 400)},
        speakers={1: [901], 101: [902, 903]},
        board_gps=((3, 904), (23, 905)),
        never=never,
    )
    return Scene(
        cast=cast,
        story=stories.story_lacking(dice(seed, "story"), frozenset(lacks)),
        calendar=stp_round(TODAY, submission_in=39),
        today=TODAY,
        rng=dice(seed, "events"),
    )


def voices(told: list[Happening]) -> list[Happening]:
    """The events at which a practice or an LMC was heard in its own voice."""
    own = {"provider", "representative"}
    return [
        event
        for event in told
        if event.status == "happened"
        and event.level != "inform"
        and any(
            part.organisation <= 102 and part.capacity in own and part.outcome in HEARD
            for part in event.parts
        )
    ]


def heard(told: list[Happening]) -> set[int]:
    return {
        part.organisation
        for event in voices(told)
        for part in event.parts
        if part.outcome in HEARD and part.capacity != "commissioner"
    }


def test_ready_plan_hears_enough_practices_every_lmc_early_and_lately():
    told = happenings(scene())
    days = [event.held_on for event in voices(told)]
    assert len(heard(told) & set(range(1, 41))) >= 18
    assert set(LMCS) <= heard(told)
    assert (days[0] - (TODAY - dt.timedelta(days=250))).days <= 60
    assert (TODAY - days[-1]).days <= 60
    assert {event.level for event in voices(told)} & {"involve", "collaborate"}


def test_every_stage_begun_is_heard_in_unless_the_story_says_otherwise():
    one = scene()
    days = [event.held_on for event in voices(happenings(one))]
    for stage in one.calendar.stages:
        assert any(stage.starts_on <= day <= stage.ends_on for day in days)


def test_by_proxy_only_leaves_one_stage_to_commissioners():
    one = scene(stories.PROXY, stories.EARLY)
    told = happenings(one)
    days = [event.held_on for event in voices(told)]
    empty = [
        stage
        for stage in one.calendar.stages
        if not any(stage.starts_on <= day <= stage.ends_on for day in days)
    ]
    assert len(empty) == 1
    boards = [event.held_on for event in told if event.channel == "board"]
    assert any(empty[0].starts_on <= day <= empty[0].ends_on for day in boards)


@pytest.mark.parametrize("seed", list("123456"))
def test_late_starters_begin_after_sixty_days(seed):
    told = voices(happenings(scene(stories.EARLY, seed=seed)))
    assert (told[0].held_on - (TODAY - dt.timedelta(days=250))).days > 60


@pytest.mark.parametrize("seed", list("123456"))
def test_contact_that_is_not_recent_ended_more_than_sixty_days_ago(seed):
    told = voices(happenings(scene(stories.RECENT, seed=seed)))
    assert (TODAY - told[-1].held_on).days > 60


def test_shallow_plans_never_go_deeper_than_consult_and_send_more_than_they_hear():
    told = happenings(scene(stories.DEPTH))
    assert {event.level for event in voices(told)} == {"consult"}
    assert sum(event.level == "inform" for event in told) > len(voices(told)) / 2


def test_lmc_that_is_never_contacted_is_in_no_event_at_all():
    told = happenings(scene(stories.LMC, never=frozenset({102})))
    assert 102 not in {part.organisation for event in told for part in event.parts}
    assert 101 in heard(told)


def test_silent_plan_has_boards_and_bulletins_and_no_voice():
    told = happenings(scene(*stories.MUSTS))
    assert not voices(told)
    assert {event.channel for event in told} >= {"board"}


def test_what_is_planned_lies_ahead_and_everything_else_behind():
    for seed in "123456789":
        for event in happenings(scene(seed=seed)):
            assert (event.held_on > TODAY) == (event.status == "planned")


def test_what_did_not_happen_has_a_reason_and_nothing_else_has():
    for seed in "123456789":
        for event in happenings(scene(seed=seed)):
            assert bool(event.cancel_reason) == (event.status in {"cancelled", "tried"})


def test_same_dice_tell_the_same_year_and_others_another():
    first, again, other = (happenings(scene(seed=seed)) for seed in ("1", "1", "2"))
    assert first == again
    assert first != other


def part(organisation: int, capacity: str = "provider", outcome: str = "attended") -> Part:
    return Part(organisation=organisation, capacity=capacity, outcome=outcome)


def held(
    days_ago: int, *parts: Part, level: str = "consult", status: str = "happened"
) -> Happening:
    return Happening(
        title="Elsewhere",
        held_on=TODAY - dt.timedelta(days=days_ago),
        channel="meeting",
        level=level,
        parts=parts,
        status=status,
    )


@pytest.mark.parametrize(
    ("lacks", "event", "credited"),
    [
        ((), held(10, part(5)), True),
        ((), held(10, part(101, "representative")), False),
        ((), held(-5, part(5, outcome="invited"), status="planned"), False),
        ((stories.RECENT,), held(10, part(5)), False),
        ((stories.RECENT,), held(10, part(201, "commissioner")), True),
        ((stories.DEPTH,), held(10, part(5), level="involve"), False),
        ((stories.DEPTH,), held(10, part(5)), True),
        ((stories.DEPTH,), held(10, part(5, outcome="informed"), level="inform"), True),
    ],
)
def test_event_of_elsewhere_is_credited_where_it_does_not_spoil_the_story(lacks, event, credited):
    assert may_also_credit(scene(*lacks), event) is credited
