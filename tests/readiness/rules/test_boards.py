"""gp_seat and system_partners."""

import pytest

from readiness.rules.facts import Arrangement, Member, Seat
from tests.readiness.rules.builders import facts, judge


def seat(category="lmc", capacity="representative", body="Programme board", name="Bolton LMC"):
    return Seat(body=body, organisation_name=name, category=category, capacity=capacity)


TRUST = seat("trust", "provider", name="A trust")
ON_HWB = seat(body="Bolton Health and Wellbeing Board")


@pytest.mark.parametrize(
    ("seats", "parameters", "state", "figure"),
    [
        ((), {}, "no_data", "No board seats recorded on this day"),
        ((TRUST,), {}, "not_met", "0 of 1 filled seat"),
        ((TRUST, seat()), {}, "met", "1 of 2 filled seats: Bolton LMC"),
        ((seat(),), {"minimum": 2}, "not_met", "1 of 1 filled seat: Bolton LMC"),
        ((seat("gp_practice", "commissioner"),), {}, "not_met", "0 of 1 filled seat"),
        (
            (seat("gp_practice", "provider", name="Surgery"),),
            {},
            "met",
            "1 of 1 filled seat: Surgery",
        ),
        (
            (seat(),),
            {"hwb_minimum": 1},
            "not_met",
            "1 of 1 filled seat: Bolton LMC; 0 on a Health and Wellbeing Board",
        ),
        (
            (ON_HWB,),
            {"hwb_minimum": 1},
            "met",
            "1 of 1 filled seat: Bolton LMC; 1 on a Health and Wellbeing Board",
        ),
    ],
    ids=["none", "no GP", "LMC", "below", "GP as commissioner", "practice", "not on HWB", "on HWB"],
)
def test_gp_seat(seats, parameters, state, figure):
    result = judge("gp_seat", facts(seats=seats), **parameters)
    assert (result.state, result.figure) == (state, figure)


def test_gp_seat_says_what_to_do_and_what_it_saw_but_left_out():
    result = judge("gp_seat", facts(seats=(seat("gp_practice", "commissioner"),)))
    assert result.would_clear == "Give 1 more seat to a GP provider or LMC member, and record it."
    assert result.not_counted == {"other_capacity": 1}


def test_gp_seat_asks_for_the_seat_on_the_board_that_lacks_it():
    result = judge("gp_seat", facts(seats=(seat(),)), hwb_minimum=1)
    assert result.would_clear == (
        "Give a seat on the Health and Wellbeing Board to 1 GP provider or LMC member, and record it."
    )


GROUPS = ("vcse", "social_care", "council", "public_health", "healthwatch")


@pytest.mark.parametrize(
    ("agreed", "state", "figure"),
    [
        (
            (),
            "not_met",
            (
                "0 of 5 partner groups; none with the voluntary sector, social care, councils "
                "and 2 more"
            ),
        ),
        (GROUPS[:4], "not_met", "4 of 5 partner groups; none with Healthwatch"),
        (GROUPS, "met", "5 of 5 partner groups"),
        ((*GROUPS, "trust", "vcse"), "met", "5 of 5 partner groups"),
    ],
    ids=["none", "below", "at", "others too"],
)
def test_system_partners(agreed, state, figure):
    rows = tuple(Arrangement(group=group, organisation_name="Partner") for group in agreed)
    result = judge("system_partners", facts(arrangements=rows))
    assert (result.state, result.figure) == (state, figure)


def test_system_partners_names_whom_to_agree_with():
    body = Member(id=7, code="HW1", name="Healthwatch Bolton", category="healthwatch")
    rows = tuple(Arrangement(group=group, organisation_name="Partner") for group in GROUPS[:4])
    result = judge("system_partners", facts(arrangements=rows, members=(body,)))
    assert result.missing == (7,)
    assert result.would_clear == "Record a formal arrangement with Healthwatch."
