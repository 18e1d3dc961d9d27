"""The harness of make bench: its arithmetic, its table, and that it can fail."""

from collections.abc import Callable

import pytest

from tools.bench.judge import Goal, Verdict, exit_code, paired_ratios, table


def nothing() -> None:
    """Work that takes the time that the clock says."""


def verdict(
    *ratios: float, bound: float = 2, control: bool = False, queries: int = 3, most: int | None = 3
) -> Verdict:
    goal = Goal(
        name="a page / F", subject=nothing, bound=bound, most_queries=most, why="design",
        control=control,
    )  # fmt: skip
    return Verdict(goal=goal, ratios=ratios, queries=queries)


@pytest.fixture
def watched() -> tuple[list[str], Callable, Callable, Callable]:
    """A log, a subject of 6 seconds, a floor of 2, and the clock that they move."""
    done: list[str] = []
    time = [0.0]

    def work(name: str, seconds: float) -> Callable[[], None]:
        def run() -> None:
            done.append(name)
            time[0] += seconds

        return run

    return done, work("subject", 6.0), work("floor", 2.0), lambda: time[0]


def test_a_ratio_is_the_subject_over_the_floor_of_its_own_pair(watched) -> None:
    _, subject, floor, clock = watched
    assert paired_ratios(subject, floor, pairs=9, clock=clock) == (3.0,) * 9


def test_both_are_warmed_up_and_take_turns_in_going_first(watched) -> None:
    done, subject, floor, clock = watched
    paired_ratios(subject, floor, pairs=3, clock=clock)
    ahead, behind = ["subject", "floor"], ["floor", "subject"]
    assert done == ahead + ahead + behind + ahead


def test_what_takes_little_time_is_done_three_times_and_the_best_counts() -> None:
    times = iter([9.0, 9.0, 0.1, 0.05, 0.1, 0.1, 0.2, 0.1])  # warm-up, then a pair
    now = [0.0]

    def work() -> None:
        now[0] += next(times)

    assert paired_ratios(work, work, pairs=1, clock=lambda: now[0]) == (pytest.approx(0.5),)
    assert next(times, None) is None


def test_when_patience_is_over_three_pairs_are_enough(watched) -> None:
    _, subject, floor, clock = watched
    assert len(paired_ratios(subject, floor, patience=30, clock=clock)) == 4
    assert len(paired_ratios(subject, floor, patience=1, clock=clock)) == 3


def test_the_median_decides_and_not_the_worst_pair() -> None:
    assert not verdict(1.0, 1.5, 90.0).over
    assert verdict(1.0, 2.1, 2.2).over


def test_a_goal_at_its_bound_is_met() -> None:
    assert not verdict(2.0, 2.0, 2.0).over


def test_one_query_too_many_is_over_whatever_the_time() -> None:
    assert verdict(1.0, queries=4).over
    assert not verdict(1.0, queries=400, most=None).over


def test_a_number_of_queries_that_is_not_that_of_the_smallest_size_is_over() -> None:
    assert not verdict(1.0, queries=3).beside(3).over
    assert verdict(1.0, queries=3, most=9).beside(2).over
    assert verdict(1.0, queries=3, most=9).beside(4).over
    assert not verdict(1.0).beside(None).over
    goal = Goal(name="the night", subject=nothing, bound=2, most_queries=9, varies=True)
    assert not Verdict(goal=goal, ratios=(1.0,), queries=3).beside(2).over
    assert Verdict(goal=goal, ratios=(1.0,), queries=10).beside(2).over


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        ([verdict(1.0), verdict(1.9)], 0),
        ([verdict(1.0), verdict(2.1)], 1),
        ([verdict(1.0), verdict(9.0, control=True)], 0),
        ([verdict(1.0), verdict(1.0, control=True)], 1),
    ],
    ids=["all met", "one over", "mistake caught", "mistake not caught"],
)
def test_the_exit_code_is_1_for_a_goal_over_its_bound_or_a_mistake_not_caught(
    verdicts, code
) -> None:
    assert exit_code(verdicts) == code


def test_the_table_says_ratio_bound_queries_and_verdict() -> None:
    grown = verdict(1.0).beside(2)
    lines = table("sqlite", [verdict(1.0, 1.25, 3.0), verdict(2.5), verdict(), grown]).splitlines()
    assert lines[0] == "## sqlite"
    assert lines[4] == "| a page / F | 1.25 | 1.00 to 3.00 | 2 | 3 | 3 | ok | design |"
    assert lines[5] == "| a page / F | 2.50 | 2.50 to 2.50 | 2 | 3 | 3 | OVER | design |"
    assert lines[6] == "| a page / F | - | - | - | 3 | 3 | ok | design |"
    assert "| 3, at S 2 | 3 | OVER |" in lines[7]
