"""required_groups: heard, or accounted for, and the list of those still to engage."""

import pytest

from readiness.rules.facts import INFORMED, Part
from readiness.rules.papers import GroupReason, Papers
from tests.readiness.rules.builders import AS_AT, days_before, facts, heard, judge, practice
from tests.readiness.rules.papers import member, on_paper

TRUST, COUNCIL = member(1, "trust"), member(2, "council")
REASON = GroupReason(category="council", reason="No council could be reached before the election")


@pytest.mark.parametrize(
    ("members", "reasons", "state", "figure"),
    [
        ((), (), "no_data", "No organisation of any required group recorded for this footprint"),
        (
            (TRUST, COUNCIL),
            (),
            "not_met",
            "0 of 2 groups; still to engage: NHS trusts and councils",
        ),
        ((heard(TRUST), COUNCIL), (), "not_met", "1 of 2 groups; still to engage: councils"),
        ((heard(TRUST), heard(COUNCIL)), (), "met", "2 of 2 groups"),
        ((heard(TRUST), COUNCIL), (REASON,), "met", "2 of 2 groups (1 by a reason)"),
        ((heard(TRUST), heard(COUNCIL)), (REASON,), "met", "2 of 2 groups"),
        (
            (heard(TRUST),),
            (),
            "not_met",
            "1 of 2 groups; still to engage: councils (no organisation known)",
        ),
        ((heard(TRUST),), (REASON,), "met", "2 of 2 groups (1 by a reason)"),
        (
            (),
            (REASON,),
            "not_met",
            "1 of 2 groups (1 by a reason); still to engage: NHS trusts (no organisation known)",
        ),
        (
            (heard(TRUST), heard(COUNCIL, days_before(-1))),
            (),
            "not_met",
            "1 of 2 groups; still to engage: councils",
        ),
        (
            (heard(TRUST), member(2, "council", rung=INFORMED)),
            (),
            "not_met",
            "1 of 2 groups; still to engage: councils",
        ),
        (
            (heard(TRUST), COUNCIL, heard(member(3, "council"))),
            (),
            "met",
            "2 of 2 groups",
        ),
    ],
    ids=[
        "empty register",
        "nobody",
        "one",
        "both",
        "one by a reason",
        "heard in spite of a reason",
        "nobody known",
        "nobody known and a reason",
        "only a reason",
        "heard tomorrow",
        "only told",
        "one of two councils",
    ],
)
def test_required_groups(members, reasons, state, figure):
    given = on_paper(members=members, group_reasons=reasons)
    result = judge("required_groups", given, groups=["trust", "council"])
    assert (result.state, result.figure) == (state, figure)


def test_required_groups_prints_everybody_still_to_engage_and_points_to_the_fewest():
    members = (practice(5, patients=10), practice(6, patients=20), TRUST, heard(COUNCIL))
    result = judge("required_groups", on_paper(members=members))
    assert result.figure == (
        "1 of 11 groups; still to engage: GP practices, LMCs (no organisation known), "
        "commissioners (no organisation known) and 7 more"
    )
    assert result.would_clear == (
        "Still to engage: GP practices and NHS trusts. "
        "No organisation known: LMCs, commissioners, Health and Wellbeing Boards, Healthwatch, "
        "the voluntary sector, patient groups, social care and public health. "
        "Hear one of each, or record why not."
    )
    assert (result.missing, result.fewest) == ((5, 6, 1), (6, 1))


def test_required_groups_lists_what_became_of_each():
    given = on_paper(members=(heard(TRUST), COUNCIL), group_reasons=(REASON,))
    result = judge("required_groups", given, groups=["trust", "council", "vcse"])
    states = {row["group"]: row["state"] for row in result.evidence["by_group"]}
    assert states == {"trust": "heard", "council": "accounted", "vcse": "not"}
    assert result.evidence["by_group"][1]["reason"] == REASON.reason
    assert (result.evidence["engaged"], result.evidence["groups"]) == (2, 3)
    assert result.would_clear == (
        "No organisation known: the voluntary sector. Hear one, or record why not."
    )


def test_required_groups_says_which_records_it_left_out_because_they_are_disputed():
    part = Part(
        event_id=7,
        title="",
        held_on=AS_AT,
        channel="meeting",
        level="consult",
        status="happened",
        recorded_on=AS_AT,
        organisation_id=1,
        category="trust",
        capacity="provider",
        outcome="attended",
    )
    given = facts(members=(TRUST,), disputed=(part,), papers=Papers())
    assert judge("required_groups", given, groups=["trust"]).not_counted == {"disputed": 1}
    assert judge("required_groups", given, groups=["council", "trust"]).not_counted == {
        "disputed": 1
    }
    assert judge("required_groups", given, groups=["council"]).not_counted == {}
