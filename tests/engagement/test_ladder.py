"""How far one participation reaches: a table of cases."""

import pytest

from engagement.models import Level, Outcome, Status
from engagement.rules import ladder
from engagement.rules.ladder import ATTEMPTED, HEARD, INFORMED, NONE, Part, Why, standing
from plans.models import Capacity
from stakeholders import models as stakeholders

USUAL = {
    "category": "gp_practice",
    "capacity": "provider",
    "outcome": "attended",
    "level": "consult",
    "status": "happened",
}


@pytest.mark.parametrize(
    ("differs", "rung", "why"),
    [
        ({}, HEARD, Why.HEARD),
        ({"outcome": "responded"}, HEARD, Why.HEARD),
        ({"category": "lmc", "capacity": "representative"}, HEARD, Why.HEARD),
        ({"level": "inform"}, INFORMED, Why.TOLD),
        ({"outcome": "informed"}, INFORMED, Why.TOLD),
        ({"outcome": "invited"}, ATTEMPTED, Why.NOT_HEARD),
        ({"outcome": "attempted"}, ATTEMPTED, Why.NOT_HEARD),
        ({"outcome": "apologised"}, ATTEMPTED, Why.NOT_HEARD),
        ({"outcome": "no_show"}, ATTEMPTED, Why.NOT_HEARD),
        ({"outcome": "invited", "level": "inform"}, ATTEMPTED, Why.NOT_HEARD),
        ({"status": "planned", "outcome": "invited"}, ATTEMPTED, Why.PLANNED),
        ({"status": "tried", "outcome": "attempted"}, ATTEMPTED, Why.TRIED),
        ({"status": "tried", "outcome": "informed"}, NONE, Why.TRIED),
        ({"status": "tried", "outcome": "asked_us"}, NONE, Why.UNANSWERED),
        ({"outcome": "asked_us"}, NONE, Why.UNANSWERED),
        ({"status": "cancelled"}, NONE, Why.CANCELLED),
        ({"withdrawn": True}, NONE, Why.WITHDRAWN),
        ({"capacity": "commissioner"}, NONE, Why.BY_PROXY),
        ({"capacity": "commissioner", "level": "inform"}, NONE, Why.BY_PROXY),
        ({"capacity": "commissioner", "outcome": "invited"}, NONE, Why.NOT_OWN_VOICE),
        ({"capacity": "commissioner", "status": "planned"}, NONE, Why.NOT_OWN_VOICE),
        ({"capacity": "expert"}, NONE, Why.NOT_OWN_VOICE),
        ({"category": "trust", "capacity": "commissioner"}, HEARD, Why.HEARD),
        ({"category": "healthwatch", "capacity": "public"}, HEARD, Why.HEARD),
    ],
)
def test_the_rung_of_one_participation(differs, rung, why):
    found = standing(Part(**(USUAL | differs)))

    assert (found.rung, found.why) == (rung, why)
    assert found.counts_as_heard == (rung == HEARD)


def test_the_best_standing_is_the_one_that_reaches_furthest():
    proxy, heard = standing(Part(**USUAL | {"capacity": "commissioner"})), standing(Part(**USUAL))

    assert ladder.best([proxy, heard]) == heard


def test_the_words_of_the_rules_are_those_of_the_models():
    assert set(Outcome) == ladder.TOOK_PART | ladder.ASKED | {"informed", ladder.ASKED_US}
    assert set(Capacity) >= ladder.OWN_VOICE
    assert set(stakeholders.GENERAL_PRACTICE) == ladder.GENERAL_PRACTICE
    assert {"planned", "tried", "cancelled", "happened"} == set(Status)
    assert "inform" in set(Level)
