"""gp_support_shown and gpfv_delivery: what only a reviewer who reads the plan can say."""

import pytest

from tests.readiness.rules.builders import judge
from tests.readiness.rules.papers import judgement, on_paper

READ = "A reviewer has to read the plan and record a judgement on "
SAY = "Say explicitly in the plan what it does on "


@pytest.mark.parametrize(
    ("judgements", "state", "figure", "would_clear"),
    [
        ((), "no_data", "Not judged yet", f"{READ}support of local GPs."),
        (
            (judgement("gpfv_workload"),),
            "no_data",
            "Not judged yet",
            f"{READ}support of local GPs.",
        ),
        (
            (judgement("gp_support", explicit=False),),
            "not_met",
            "Judged not explicit in section 4",
            f"{SAY}support of local GPs, and have it judged again.",
        ),
        ((judgement("gp_support"),), "met", "Explicit in section 4", ""),
        ((judgement("gp_support", section=""),), "met", "Explicit", ""),
    ],
    ids=["not judged", "another judged", "not explicit", "explicit", "no section named"],
)
def test_gp_support_shown(judgements, state, figure, would_clear):
    result = judge("gp_support_shown", on_paper(judgements=judgements))
    assert (result.state, result.figure, result.would_clear) == (state, figure, would_clear)


DELIVERY, SUSTAINABILITY, WORKFORCE, WORKLOAD = (
    judgement(f"gpfv_{box}") for box in ("delivery", "sustainability", "workforce", "workload")
)
NO_WORKLOAD = judgement("gpfv_workload", explicit=False)
THREE = (DELIVERY, SUSTAINABILITY, WORKFORCE)


@pytest.mark.parametrize(
    ("judgements", "state", "figure", "would_clear"),
    [
        (
            (),
            "no_data",
            "0 of 4 boxes; not judged: delivery, sustainability and quality, workforce and workload",
            f"{READ}delivery, sustainability and quality, workforce and workload.",
        ),
        (THREE, "no_data", "3 of 4 boxes; not judged: workload", f"{READ}workload."),
        (
            (*THREE, NO_WORKLOAD),
            "not_met",
            "3 of 4 boxes; not explicit on workload",
            f"{SAY}workload, and have it judged again.",
        ),
        (
            (DELIVERY, WORKFORCE, NO_WORKLOAD),
            "not_met",
            "2 of 4 boxes; not explicit on workload; not judged: sustainability and quality",
            f"{SAY}workload, and have it judged again. {READ}sustainability and quality.",
        ),
        ((*THREE, WORKLOAD), "met", "4 of 4 boxes", ""),
    ],
    ids=["none judged", "one not judged", "one not explicit", "one of each", "all"],
)
def test_gpfv_delivery(judgements, state, figure, would_clear):
    result = judge("gpfv_delivery", on_paper(judgements=judgements))
    assert (result.state, result.figure, result.would_clear) == (state, figure, would_clear)
    assert judge("gpfv_delivery", on_paper(judgements=judgements[::-1])) == result


def test_gpfv_delivery_asks_for_the_boxes_of_the_policy():
    given = on_paper(judgements=(WORKLOAD,))
    result = judge("gpfv_delivery", given, boxes=["gpfv_workload"])
    assert (result.state, result.figure) == ("met", "1 of 1 box")
    assert result.evidence["by_box"] == {"gpfv_workload": True}
