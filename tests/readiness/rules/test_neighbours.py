"""royal_colleges and cross_boundary: voices from beyond the footprint."""

import pytest

from tests.readiness.rules.builders import AS_AT, days_before, judge
from tests.readiness.rules.papers import advice, neighbour, on_paper

TOMORROW = days_before(-1)


@pytest.mark.parametrize(
    ("needed", "state", "figure", "would_clear"),
    [
        ((), "not_applicable", "No specialist advice is marked as needed", ""),
        (
            (advice("stroke", 1),),
            "not_met",
            "0 of 1 specialty; nobody heard on stroke",
            "Hear College 1 on stroke.",
        ),
        ((advice("stroke", 1, AS_AT),), "met", "1 of 1 specialty", ""),
        (
            (advice("stroke", 1, TOMORROW),),
            "not_met",
            "0 of 1 specialty; nobody heard on stroke",
            "Hear College 1 on stroke.",
        ),
        (
            (advice("stroke", 1, AS_AT), advice("cancer"), advice("births", 3)),
            "not_met",
            "1 of 3 specialties; nobody heard on births and cancer",
            "Hear College 3 on births. Name a college to hear on cancer.",
        ),
        ((advice("stroke", 1), advice("stroke", 2, AS_AT)), "met", "1 of 1 specialty", ""),
        (
            (advice("stroke", 1), advice("stroke", 2)),
            "not_met",
            "0 of 1 specialty; nobody heard on stroke",
            "Hear College 1 or College 2 on stroke.",
        ),
    ],
    ids=["none needed", "silent", "heard", "tomorrow", "no college", "either", "neither"],
)
def test_royal_colleges(needed, state, figure, would_clear):
    result = judge("royal_colleges", on_paper(advice=needed))
    assert (result.state, result.figure, result.would_clear) == (state, figure, would_clear)
    assert result == judge("royal_colleges", on_paper(advice=needed[::-1]))


def test_royal_colleges_points_to_one_college_for_each_specialty():
    needed = (advice("stroke", 1), advice("stroke", 2), advice("cancer", 2), advice("births"))
    result = judge("royal_colleges", on_paper(advice=needed))
    assert (result.missing, result.fewest) == ((2, 1), (2, 1))
    assert result.evidence == {"heard": 0, "specialties": 3}
    heard = judge("royal_colleges", on_paper(advice=(advice("stroke", 1, AS_AT), *needed[2:])))
    assert heard.evidence == {"heard": 1, "specialties": 3}


@pytest.mark.parametrize(
    ("neighbours", "minimum", "state", "figure", "would_clear"),
    [
        (
            (),
            1,
            "not_applicable",
            "No other footprint with a plan shares an LMC or a trust with this one",
            "",
        ),
        (
            (neighbour("a"),),
            1,
            "not_met",
            "0 of 1 neighbouring footprint; not with Footprint a",
            "Hold 1 event with Footprint a, credited to both plans.",
        ),
        ((neighbour("a", 5),), 1, "met", "1 of 1 neighbouring footprint", ""),
        ((neighbour("a", 5, 6),), 1, "met", "1 of 1 neighbouring footprint", ""),
        ((neighbour("a"),), 0, "met", "1 of 1 neighbouring footprint", ""),
        (
            (neighbour("a", 5, 5),),
            2,
            "not_met",
            "0 of 1 neighbouring footprint; not with Footprint a",
            "Hold 1 event with Footprint a, credited to both plans.",
        ),
        (
            (neighbour("c"), neighbour("b", 5), neighbour("a"), neighbour("d", 7, 8)),
            2,
            "not_met",
            "1 of 4 neighbouring footprints; not with Footprint a, Footprint b and Footprint c",
            "Hold 1 event with Footprint b, credited to both plans. "
            "Hold 2 events with each of Footprint a and Footprint c, credited to both plans.",
        ),
    ],
    ids=["none", "below", "at", "above", "none asked", "one event twice", "several"],
)
def test_cross_boundary(neighbours, minimum, state, figure, would_clear):
    result = judge("cross_boundary", on_paper(neighbours=neighbours), minimum_joint=minimum)
    assert (result.state, result.figure, result.would_clear) == (state, figure, would_clear)


def test_cross_boundary_shows_the_joint_events_once():
    given = on_paper(neighbours=(neighbour("b", 9, 4), neighbour("a", 4)))
    result = judge("cross_boundary", given)
    assert result.events == (4, 9)
    assert result.evidence["by_neighbour"][0] == {
        "code": "a",
        "name": "Footprint a",
        "shared": ["LMC 1"],
        "joint_events": [4],
    }
