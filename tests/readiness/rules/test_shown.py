"""lmc_saw_plan and openness: who could read the plan before it was settled."""

import pytest

from readiness.rules.wording import NEEDS_EXCEPTION
from tests.readiness.rules.builders import AS_AT, days_before, judge, lmc
from tests.readiness.rules.papers import SUBMISSION, member, on_paper, shown, version

TOMORROW = days_before(-1)
SAW_TWO = "shown a version at least 10 working days before"


@pytest.mark.parametrize(
    ("showings", "state", "figure"),
    [
        ((), "not_met", f"0 of 2 LMCs {SAW_TWO}"),
        ((shown(1, 30),), "not_met", f"1 of 2 LMCs {SAW_TWO}"),
        (
            (shown(1, 30), shown(2, 9)),
            "not_met",
            f"1 of 2 LMCs {SAW_TWO}; LMC 2 shown 9 working days before",
        ),
        ((shown(1, 30), shown(2, 10)), "met", f"2 of 2 LMCs {SAW_TWO}"),
        ((shown(1, 30), shown(2, 11)), "met", f"2 of 2 LMCs {SAW_TWO}"),
        ((shown(1, 30), shown(2, 28, TOMORROW)), "not_met", f"1 of 2 LMCs {SAW_TWO}"),
        ((shown(1, 30), shown(9, 30)), "not_met", f"1 of 2 LMCs {SAW_TWO}"),
        (
            (shown(1, 30), shown(2, 4), shown(2, 12, days_before(12))),
            "met",
            f"2 of 2 LMCs {SAW_TWO}",
        ),
    ],
    ids=["none", "one", "below", "at", "above", "tomorrow", "somebody else", "again, too late"],
)
def test_lmc_saw_plan_counts_lmcs_that_had_time_to_read(showings, state, figure):
    given = on_paper(members=(lmc(1), lmc(2)), versions=(version(),), shown=showings)
    result = judge("lmc_saw_plan", given)
    assert (result.state, result.figure) == (state, figure)


def test_lmc_saw_plan_is_no_data_where_nobody_recorded_an_lmc():
    result = judge("lmc_saw_plan", on_paper(versions=(version(),)))
    assert (result.state, result.figure) == ("no_data", "No LMC recorded for this footprint")


@pytest.mark.parametrize(
    ("dates", "state"),
    [
        ({"first_draft_on": None, "submission_on": None}, "not_applicable"),
        ({"first_draft_on": TOMORROW}, "not_applicable"),
        ({"first_draft_on": AS_AT}, "no_data"),
        ({"first_draft_on": days_before(1)}, "no_data"),
        ({"first_draft_on": None, "submission_on": TOMORROW}, "not_applicable"),
        ({"first_draft_on": None, "submission_on": AS_AT}, "no_data"),
    ],
    ids=["no dates", "before", "on the day", "after", "submission ahead", "submission today"],
)
def test_lmc_saw_plan_without_a_version_waits_for_the_first_draft(dates, state):
    given = on_paper(members=(lmc(1),), versions=(version(on=TOMORROW),), plan=dates)
    result = judge("lmc_saw_plan", given)
    assert result.state == state
    assert bool(result.would_clear) == (state == "no_data")


def test_lmc_saw_plan_cannot_be_tested_without_a_date_of_submission():
    given = on_paper(
        members=(lmc(1),), versions=(version(),), shown=(shown(1, 0),), plan={"submission_on": None}
    )
    result = judge("lmc_saw_plan", given)
    assert (result.state, result.figure) == ("no_data", "The plan has no date of submission")


@pytest.mark.parametrize(
    ("left", "as_at", "would_clear"),
    [
        (
            10,
            AS_AT,
            "Show LMC 1 and LMC 2 a version at least 10 working days before the submission "
            "on 21 October 2016.",
        ),
        (9, AS_AT, NEEDS_EXCEPTION),
        (None, days_before(1, SUBMISSION), None),
        (None, days_before(-1, SUBMISSION), NEEDS_EXCEPTION),
    ],
    ids=["still time", "one day too few", "not counted, ahead", "not counted, over"],
)
def test_lmc_saw_plan_says_whether_there_is_still_time(left, as_at, would_clear):
    given = on_paper(members=(lmc(1), lmc(2)), versions=(version(),), working_days_left=left)
    result = judge("lmc_saw_plan", given, as_at)
    assert result.missing == result.fewest == (1, 2)
    if would_clear is None:
        assert result.would_clear.startswith("Show LMC 1 and LMC 2")
    else:
        assert result.would_clear == would_clear


def test_lmc_saw_plan_never_counts_what_was_shown_after_the_submission():
    later = days_before(-3, SUBMISSION)
    given = on_paper(members=(lmc(1),), versions=(version(),), shown=(shown(1, 0, later),))
    result = judge("lmc_saw_plan", given, later, minimum_working_days=0)
    assert result.state == "not_met"
    assert result.figure.endswith("; LMC 1 shown after the submission")


def test_lmc_saw_plan_counts_the_day_of_the_submission_itself():
    def on_the_day(*showings, minimum):
        given = on_paper(
            members=(lmc(1),), versions=(version(),), shown=showings, working_days_left=0
        )
        return judge("lmc_saw_plan", given, SUBMISSION, minimum_working_days=minimum)

    at_last = shown(1, 0, SUBMISSION)
    assert on_the_day(at_last, minimum=0).state == "met"
    assert on_the_day(at_last, minimum=1).figure.endswith("; LMC 1 shown 0 working days before")
    assert on_the_day(minimum=0).would_clear.startswith("Show LMC 1 a version")


def test_lmc_saw_plan_keeps_the_days_of_an_lmc_with_a_long_name():
    name = "Somewhere and " * 10
    members = (member(1, "lmc", name=name),)
    given = on_paper(members=members, versions=(version(),), shown=(shown(1, 1),))
    assert judge("lmc_saw_plan", given).figure.endswith("shown 1 working day before")


DRAFT = version(1, days_before(30))
PUBLIC_DRAFT = version(1, days_before(30), public_on=days_before(20))
PUBLIC_TODAY = version(1, days_before(30), public_on=AS_AT)
PUBLIC_TOMORROW = version(1, days_before(30), public_on=TOMORROW)
FINAL = version(2, AS_AT, is_final=True)
PUBLIC_FINAL = version(2, AS_AT, is_final=True, public_on=AS_AT)
EARLY_FINAL = version(2, AS_AT, is_final=True, public_on=days_before(1))
FINAL_TOMORROW = version(2, TOMORROW, is_final=True)
NONE_BEFORE = "none before the final one of 12 September 2016"


@pytest.mark.parametrize(
    ("versions", "state", "figure"),
    [
        ((), "no_data", "No version of the plan recorded"),
        ((FINAL_TOMORROW,), "no_data", "No version of the plan recorded"),
        ((DRAFT,), "not_applicable", "0 of 1 version public"),
        ((PUBLIC_TOMORROW,), "not_applicable", "0 of 1 version public"),
        ((PUBLIC_DRAFT,), "met", "1 of 1 version public, the first on 23 August 2016"),
        ((DRAFT, FINAL), "not_met", f"0 of 2 versions public; {NONE_BEFORE}"),
        ((DRAFT, PUBLIC_FINAL), "not_met", f"1 of 2 versions public; {NONE_BEFORE}"),
        (
            (DRAFT, EARLY_FINAL),
            "met",
            "1 of 2 versions public, the first on 11 September 2016",
        ),
        (
            (PUBLIC_TODAY, FINAL),
            "met",
            "1 of 2 versions public, the first on 12 September 2016",
        ),
        ((PUBLIC_DRAFT, FINAL), "met", "1 of 2 versions public, the first on 23 August 2016"),
    ],
    ids=[
        "none",
        "only a future one",
        "secret so far",
        "public tomorrow",
        "public draft",
        "secret until the end",
        "only the final one",
        "final one public the day before",
        "draft public on the day of the final one",
        "public draft, then final",
    ],
)
def test_openness(versions, state, figure):
    result = judge("openness", on_paper(versions=versions))
    assert (result.state, result.figure) == (state, figure)


@pytest.mark.parametrize(
    ("as_at", "state", "would_clear"),
    [
        (SUBMISSION, "not_applicable", ""),
        (days_before(-1, SUBMISSION), "not_met", "Publish a version before the final one."),
    ],
    ids=["last day", "over"],
)
def test_openness_is_owed_once_the_plan_was_submitted(as_at, state, would_clear):
    result = judge("openness", on_paper(versions=(DRAFT,)), as_at)
    assert (result.state, result.would_clear) == (state, would_clear)


def test_openness_cannot_be_had_after_the_final_version():
    late = version(1, days_before(30), public_on=AS_AT)
    final = version(2, days_before(1), is_final=True)
    result = judge("openness", on_paper(versions=(late, final)))
    assert (result.state, result.would_clear) == ("not_met", NEEDS_EXCEPTION)
    assert result.evidence == {
        "public": 1,
        "versions": 2,
        "public_before_final": 0,
        "final_on": "2016-09-11",
    }
