"""engagement_plan and commitments: what was to be done by a day."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readiness.rules.builders import AS_AT, START, days_before, judge
from tests.readiness.rules.papers import activity, commitment, on_paper

TOMORROW, YESTERDAY = days_before(-1), days_before(1)
DONE, LATE = activity(YESTERDAY, YESTERDAY), activity(days_before(9), title="Write to the LMCs")


@pytest.mark.parametrize(
    ("activities", "state", "figure"),
    [
        ((), "no_data", "No engagement plan recorded"),
        (
            (activity(TOMORROW), activity(TOMORROW, YESTERDAY)),
            "not_applicable",
            "None of 2 activities is due yet; the first on 13 September 2016",
        ),
        ((activity(AS_AT),), "not_met", "0 of 1 activity due done (0%)"),
        ((activity(AS_AT, AS_AT),), "met", "1 of 1 activity due done (100%)"),
        ((activity(AS_AT, TOMORROW),), "not_met", "0 of 1 activity due done (0%)"),
        ((DONE, DONE, DONE, LATE), "not_met", "3 of 4 activities due done (75%)"),
        ((*[DONE] * 4, LATE), "met", "4 of 5 activities due done (80%)"),
        ((*[DONE] * 5, LATE), "met", "5 of 6 activities due done (83%)"),
        ((DONE, activity(TOMORROW)), "met", "1 of 1 activity due done (100%)"),
    ],
    ids=[
        "none recorded",
        "none due",
        "due today",
        "done today",
        "done tomorrow",
        "below",
        "at",
        "above",
        "another ahead",
    ],
)
def test_engagement_plan(activities, state, figure):
    result = judge("engagement_plan", on_paper(activities=activities))
    assert (result.state, result.figure) == (state, figure)


@pytest.mark.parametrize(
    ("activities", "would_clear"),
    [
        (
            (LATE, activity(AS_AT)),
            "Do and record: Write to the LMCs (due 3 September 2016) and Hold a meeting "
            "(due 12 September 2016).",
        ),
        (
            (*[DONE] * 3, LATE, activity(AS_AT)),
            "Do and record 1 of these: Write to the LMCs (due 3 September 2016) and Hold a "
            "meeting (due 12 September 2016).",
        ),
        ((*[DONE] * 4, LATE), ""),
    ],
    ids=["all of them", "fewer", "met"],
)
def test_engagement_plan_names_what_to_do_the_oldest_first(activities, would_clear):
    assert judge("engagement_plan", on_paper(activities=activities)).would_clear == would_clear


@pytest.mark.parametrize(
    ("promised", "maximum", "state", "figure"),
    [
        ((), 0, "not_applicable", "No commitment to GPs recorded"),
        ((commitment(AS_AT),), 0, "met", "0 of 1 commitment overdue"),
        (
            (commitment(YESTERDAY),),
            0,
            "not_met",
            "1 of 1 commitment overdue, the oldest since 11 September 2016",
        ),
        ((commitment(YESTERDAY, AS_AT),), 0, "met", "0 of 1 commitment overdue"),
        (
            (commitment(YESTERDAY, TOMORROW),),
            0,
            "not_met",
            "1 of 1 commitment overdue, the oldest since 11 September 2016",
        ),
        (
            (commitment(YESTERDAY), commitment(days_before(2))),
            2,
            "met",
            "2 of 2 commitments overdue, the oldest since 10 September 2016",
        ),
        (
            (commitment(YESTERDAY), commitment(days_before(2))),
            1,
            "not_met",
            "2 of 2 commitments overdue, the oldest since 10 September 2016",
        ),
    ],
    ids=["none", "due today", "overdue", "kept late", "kept tomorrow", "at", "above"],
)
def test_commitments(promised, maximum, state, figure):
    result = judge("commitments", on_paper(commitments=promised), maximum_overdue=maximum)
    assert (result.state, result.figure) == (state, figure)


def test_commitments_names_what_was_promised():
    promised = (commitment(YESTERDAY, text="A seat"), commitment(days_before(2), text="Minutes"))
    given = on_paper(commitments=promised)
    assert judge("commitments", given).would_clear == "Keep and record: Minutes and A seat."
    assert judge("commitments", given, maximum_overdue=1).would_clear == (
        "Keep and record 1 of these: Minutes and A seat."
    )


RANK = {"not_met": 0, "met": 1}
days = st.dates(START, days_before(-20))


@given(st.lists(st.tuples(days, st.none() | days), min_size=1, max_size=8), st.data())
def test_doing_one_more_never_makes_it_worse_and_order_never_matters(rows, data):
    number = data.draw(st.integers(0, len(rows) - 1))
    better = [*rows]
    better[number] = (rows[number][0], AS_AT)
    for key, build in (("engagement_plan", activity), ("commitments", commitment)):
        field = "activities" if key == "engagement_plan" else "commitments"

        def of(pairs, build=build, field=field, key=key):
            return judge(key, on_paper(**{field: tuple(build(*pair) for pair in pairs)}))

        before, after = of(rows), of(better)
        assert of(data.draw(st.permutations(rows))) == before
        assert (before.state == "not_applicable") == (after.state == "not_applicable")
        if before.state != "not_applicable":
            assert RANK[after.state] >= RANK[before.state]


@given(st.lists(st.booleans(), min_size=1, max_size=12), st.integers(0, 100))
def test_doing_as_many_as_are_named_is_enough_and_one_fewer_is_not(done, minimum):
    def after(more):
        left = [flag for flag in done if not flag]
        now = sum(done) + more
        rows = [activity(AS_AT, AS_AT)] * now + [activity(AS_AT)] * (len(left) - more)
        return judge("engagement_plan", on_paper(activities=tuple(rows)), minimum_percent=minimum)

    result = after(0)
    if result.state == "met":
        return
    words = result.would_clear.split()
    more = int(words[3]) if words[3].isdigit() else len(done) - sum(done)
    assert after(more).state == "met"
    assert after(more - 1).state == "not_met"
