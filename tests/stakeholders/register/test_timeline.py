"""How stored days and the days of a file follow one another."""

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stakeholders.register.timeline import Moment, Span, Wish, end_others, follow

D = dt.date
OLD = D(2016, 2, 29)
NEW = D(2022, 12, 31)
FIRST = Moment(as_at=OLD)
LATER = Moment(as_at=NEW, known_until=OLD)
HISTORY = Moment(as_at=OLD, as_history=True)


def steps(spans, wishes, moment, *, one_at_a_time=True):
    found = follow(spans, wishes, moment, one_at_a_time=one_at_a_time)
    return (
        [(wish.key, wish.start, wish.end) for wish in found.opened],
        [(span.pk, last) for span, last in found.ended],
    )


def test_a_first_file_opens_from_the_day_it_says() -> None:
    assert steps([], [Wish("", D(1974, 4, 1))], FIRST) == ([("", D(1974, 4, 1), None)], [])


def test_the_same_file_again_changes_nothing() -> None:
    assert steps([Span(1, "", D(1974, 4, 1), None)], [Wish("", D(1974, 4, 1))], FIRST) == ([], [])


def test_a_closing_day_ends_the_row() -> None:
    spans = [Span(1, "", D(1974, 4, 1), None)]
    wish = Wish("", D(1974, 4, 1), D(2019, 3, 31))
    assert steps(spans, [wish], LATER) == ([], [(1, D(2019, 3, 31))])


def test_a_closing_day_before_the_last_file_is_believed() -> None:
    spans = [Span(1, "", D(1974, 4, 1), None)]
    wish = Wish("", D(1974, 4, 1), D(2016, 1, 31))
    assert steps(spans, [wish], LATER) == ([], [(1, D(2016, 1, 31))])


def test_reopening_is_a_second_row() -> None:
    spans = [Span(1, "", D(1974, 4, 1), D(2017, 3, 31))]
    opened, ended = steps(spans, [Wish("", D(2018, 7, 1))], LATER)
    assert (opened, ended) == ([("", D(2018, 7, 1), None)], [])


def test_reopening_without_a_day_of_its_own_counts_from_the_file() -> None:
    spans = [Span(1, "", D(1974, 4, 1), D(2017, 3, 31))]
    assert steps(spans, [Wish("", D(1974, 4, 1))], LATER) == ([("", NEW, None)], [])


def test_what_an_earlier_file_did_not_have_counts_from_the_new_file() -> None:
    found = follow([], [Wish("", D(2015, 1, 1))], LATER, one_at_a_time=True)
    assert [(wish.start, wish.end) for wish in found.opened] == [(NEW, None)]
    assert found.later_than_said == [Wish("", D(2015, 1, 1))]


def test_what_was_over_before_and_never_known_is_left_out() -> None:
    found = follow([], [Wish("", D(2010, 1, 1), D(2018, 1, 1))], LATER, one_at_a_time=True)
    assert not found.opened
    assert found.unknown_past


def test_a_new_commissioner_ends_the_one_before() -> None:
    spans = [Span(1, "00K", D(2013, 4, 1), None)]
    opened, ended = steps(spans, [Wish("16C", D(2020, 4, 1))], LATER)
    assert opened == [("16C", D(2020, 4, 1), None)]
    assert ended == [(1, D(2020, 3, 31))]


def test_a_new_commissioner_since_long_ago_counts_from_the_file() -> None:
    spans = [Span(1, "00M", D(2013, 4, 1), None)]
    opened, ended = steps(spans, [Wish("16C", D(2013, 4, 1))], LATER)
    assert opened == [("16C", NEW, None)]
    assert ended == [(1, NEW - dt.timedelta(1))]


def test_a_move_in_the_future_is_kept_and_found_again() -> None:
    spans = [Span(1, "Y54", D(2016, 1, 1), None)]
    wishes = [Wish("Y63", D(2019, 4, 1))]
    opened, ended = steps(spans, wishes, FIRST)
    assert (opened, ended) == ([("Y63", D(2019, 4, 1), None)], [(1, D(2019, 3, 31))])
    after = [Span(1, "Y54", D(2016, 1, 1), D(2019, 3, 31)), Span(2, "Y63", D(2019, 4, 1), None)]
    assert steps(after, wishes, FIRST) == ([], [])


def test_history_fills_a_gap_and_ends_where_it_stops_knowing() -> None:
    opened, ended = steps([], [Wish("", D(1974, 4, 1))], HISTORY)
    assert (opened, ended) == ([("", D(1974, 4, 1), OLD)], [])


def test_history_of_ties_reaches_to_the_next_one() -> None:
    spans = [Span(1, "16C", D(2020, 4, 1), None)]
    opened, ended = steps(spans, [Wish("00K", D(2013, 4, 1))], HISTORY)
    assert (opened, ended) == ([("00K", D(2013, 4, 1), D(2020, 3, 31))], [])


def test_history_never_closes() -> None:
    spans = [Span(1, "", D(1974, 4, 1), None)]
    assert steps(spans, [Wish("", D(1974, 4, 1), D(2010, 1, 1))], HISTORY) == ([], [])


def test_a_file_that_names_all_ends_the_rest_but_not_as_history() -> None:
    spans = [Span(1, "LMC001", D(2016, 1, 1), None)]
    found = follow(spans, [], LATER, one_at_a_time=False)
    end_others(spans, set(), LATER, found)
    assert [(span.pk, last) for span, last in found.ended] == [(1, NEW - dt.timedelta(1))]
    untouched = follow(spans, [], HISTORY, one_at_a_time=False)
    end_others(spans, set(), HISTORY, untouched)
    assert not untouched.ended


days = st.dates(D(2010, 1, 1), D(2024, 12, 31))


def applied(spans: list[Span], wish: Wish, moment: Moment) -> list[Span]:
    """The rows after the steps are written."""
    found = follow(spans, [wish], moment, one_at_a_time=True)
    ends = {span.pk: last for span, last in found.ended}
    kept = [Span(s.pk, s.key, s.start, ends.get(s.pk, s.end)) for s in spans]
    new = [Span(100 + n, w.key, w.start or moment.as_at, w.end) for n, w in enumerate(found.opened)]
    return sorted(kept + new, key=lambda span: span.start)


@given(
    opened=days,
    length=st.none() | st.integers(0, 4000),
    stored=st.none() | st.tuples(days, st.none() | st.integers(0, 4000)),
    as_at=days,
    known_until=st.none() | days,
    as_history=st.booleans(),
)
def test_rows_never_overlap_nor_end_before_they_begin_and_twice_is_once(
    opened, length, stored, as_at, known_until, as_history
) -> None:
    end = None if length is None else opened + dt.timedelta(length)
    known_until = None if known_until is None or known_until >= as_at else known_until
    moment = Moment(as_at=as_at, known_until=known_until, as_history=as_history)
    spans = []
    if stored:
        last = None if stored[1] is None else stored[0] + dt.timedelta(stored[1])
        spans = [Span(1, "", stored[0], last)]
    once = applied(spans, Wish("", opened, end), moment)
    for span in once:
        assert span.start <= span.last
    for before, after in pairwise(once):
        assert before.last < after.start
    twice = applied(once, Wish("", opened, end), moment)
    assert [(s.start, s.end) for s in twice] == [(s.start, s.end) for s in once]


def test_a_last_day_is_taken_back_only_by_the_newest_file() -> None:
    spans = [Span(1, "QVP", D(2016, 1, 1), D(2018, 6, 6))]
    assert steps(spans, [Wish("QVP")], FIRST) == ([], [(1, None)])
    older = Moment(as_at=OLD, is_newest=False)
    assert steps(spans, [Wish("QVP")], older) == ([], [])


def test_a_handover_in_the_past_ends_the_commissioner_before() -> None:
    spans = [Span(1, "01H", D(2013, 4, 1), None)]
    opened, ended = steps(spans, [Wish("01K", D(2017, 4, 1), D(2019, 7, 31))], LATER)
    assert opened == [("01K", D(2017, 4, 1), D(2019, 7, 31))]
    assert ended == [(1, D(2017, 3, 31))]
