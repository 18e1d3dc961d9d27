"""feedback_published: what was heard, out within weeks of the close."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.rules.wording import NEEDS_EXCEPTION
from tests.readiness.rules.builders import AS_AT, days_before, judge
from tests.readiness.rules.papers import consultation, on_paper

TOMORROW = days_before(-1)


def closed(days, heard=None, **changes):
    """One that closed so many days before the day."""
    return consultation(
        opens_on=days_before(days + 40), closes_on=days_before(days), heard_on=heard, **changes
    )


@pytest.mark.parametrize(
    ("consultations", "state", "figure"),
    [
        ((), "not_applicable", "No consultation has closed yet"),
        ((closed(0),), "not_applicable", "No consultation has closed yet"),
        (
            (closed(85, dropped_on=AS_AT),),
            "not_applicable",
            "No consultation has closed yet; 1 not going forward",
        ),
        (
            (closed(84, AS_AT), closed(85, dropped_on=AS_AT)),
            "met",
            "1 of 1 closed consultation published within 12 weeks; 1 not going forward",
        ),
        (
            (closed(1),),
            "not_applicable",
            "0 of 1 closed consultation published within 12 weeks; "
            "1 still in time, the first until 4 December 2016",
        ),
        (
            (closed(84),),
            "not_applicable",
            "0 of 1 closed consultation published within 12 weeks; "
            "1 still in time, the first until 12 September 2016",
        ),
        (
            (closed(85),),
            "not_met",
            "0 of 1 closed consultation published within 12 weeks; late: Talk it over",
        ),
        (
            (closed(84, AS_AT),),
            "met",
            "1 of 1 closed consultation published within 12 weeks",
        ),
        (
            (closed(84, TOMORROW),),
            "not_applicable",
            "0 of 1 closed consultation published within 12 weeks; "
            "1 still in time, the first until 12 September 2016",
        ),
        (
            (closed(85, AS_AT),),
            "not_met",
            "0 of 1 closed consultation published within 12 weeks; late: Talk it over",
        ),
        (
            (closed(200, days_before(190), is_formal=False), closed(3)),
            "met",
            "1 of 2 closed consultations published within 12 weeks; "
            "1 still in time, the first until 2 December 2016",
        ),
        (
            (closed(200, days_before(190)), closed(100, title="Another")),
            "not_met",
            "1 of 2 closed consultations published within 12 weeks; late: Another",
        ),
    ],
    ids=[
        "none",
        "still open on its last day",
        "given up",
        "one published and one given up",
        "closed yesterday",
        "last day of its time",
        "one day over",
        "published on the last day",
        "published tomorrow",
        "published a day late",
        "one published and one waiting",
        "one published and one late",
    ],
)
def test_feedback_published(consultations, state, figure):
    result = judge("feedback_published", on_paper(consultations=consultations))
    assert (result.state, result.figure) == (state, figure)


def test_feedback_that_is_late_is_owed_all_the_same():
    late = judge("feedback_published", on_paper(consultations=(closed(85),)))
    assert late.would_clear == f"Publish what was heard in Talk it over. {NEEDS_EXCEPTION}"
    out = judge("feedback_published", on_paper(consultations=(closed(85, AS_AT),)))
    assert out.would_clear == NEEDS_EXCEPTION
    assert out.evidence == {"published": 0, "closed": 1, "late": 1, "waiting": 0}


rows = st.tuples(st.integers(-10, 200), st.none() | st.integers(-10, 200))


@given(st.lists(rows, min_size=1, max_size=6), st.data())
def test_publishing_never_makes_it_worse_and_order_never_matters(found, data):
    def of(pairs):
        papers = tuple(
            closed(days, None if heard is None else days_before(heard)) for days, heard in pairs
        )
        return judge("feedback_published", on_paper(consultations=papers))

    number = data.draw(st.integers(0, len(found) - 1))
    days, heard = found[number]
    better = [*found]
    better[number] = (days, max(heard or 0, 0))
    before, after = of(found), of(better)
    assert of(data.draw(st.permutations(found))) == before
    assert after.state != "not_met" or before.state == "not_met"
    total = before.evidence.get("closed", 0)
    parts = [before.evidence.get(name, 0) for name in ("published", "late", "waiting")]
    assert sum(parts) == total == sum(dt.timedelta(days=row[0]) > dt.timedelta(0) for row in found)
