"""The arithmetic of the harness: pairs of times, their median ratio, the bound, the table."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

PAIRS = 9
BEST_OF, ENOUGH = 3, 0.5
"""How often each side of a pair is done, and the seconds after which once more is too often."""

Work = Callable[[], object]
Clock = Callable[[], float]


@dataclass(frozen=True, kw_only=True)
class Goal:
    """Something the service does, and how much more than a floor it may cost.

    ``bound`` is the largest allowed median of ``subject`` over ``floor``; without a floor only
    the queries are judged. ``why`` says where the bound comes from. A ``control`` is a known
    mistake: it has to come out over its bound, or the harness measures nothing.
    """

    name: str
    subject: Work
    floor: Work | None = None
    bound: float = 0.0
    most_queries: int | None = None
    why: str = ""
    control: bool = False


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was measured for a goal."""

    goal: Goal
    ratios: tuple[float, ...] = ()
    queries: int | None = None

    @property
    def median(self) -> float | None:
        return statistics.median(self.ratios) if self.ratios else None

    @property
    def over(self) -> bool:
        """Whether the median or the number of queries lies above its bound."""
        slow = self.median is not None and self.median > self.goal.bound
        most = self.goal.most_queries
        return slow or (most is not None and (self.queries or 0) > most)

    @property
    def passed(self) -> bool:
        return self.over if self.goal.control else not self.over

    @property
    def word(self) -> str:
        return ("OVER" if self.over else "ok") + (
            "" if not self.goal.control else " (as it must be)" if self.over else " (NOT CAUGHT)"
        )


def paired_ratios(
    subject: Work, floor: Work, *, pairs: int = PAIRS, clock: Clock = time.perf_counter
) -> tuple[float, ...]:
    """Subject over floor for each pair; who goes first changes with each pair.

    Both are done once before, so that nothing is read or compiled for the first time.
    """
    subject()
    floor()
    ratios = []
    for number in range(pairs):
        if number % 2:
            below, above = _seconds(floor, clock), _seconds(subject, clock)
        else:
            above, below = _seconds(subject, clock), _seconds(floor, clock)
        ratios.append(above / below)
    return tuple(ratios)


def table(title: str, verdicts: Sequence[Verdict]) -> str:
    """What was found, as a Markdown table."""
    head = ("goal", "ratio", "min to max", "bound", "queries", "most", "verdict", "bound from")
    rows = [head, ("---",) * len(head), *(_row(verdict) for verdict in verdicts)]
    return "\n".join([f"## {title}", "", *(f"| {' | '.join(row)} |" for row in rows), ""])


def exit_code(verdicts: Sequence[Verdict]) -> int:
    """1 when a goal is over its bound or a control is not."""
    return int(not all(verdict.passed for verdict in verdicts))


def _seconds(work: Work, clock: Clock) -> float:
    """The best of a few times, so that what else the machine does counts for little."""
    times: list[float] = []
    while len(times) < BEST_OF and sum(times) < ENOUGH:
        began = clock()
        work()
        times.append(clock() - began)
    return min(times)


def _row(verdict: Verdict) -> tuple[str, ...]:
    goal, median = verdict.goal, verdict.median
    timed = median is not None
    return (
        goal.name,
        f"{median:.2f}" if timed else "-",
        f"{min(verdict.ratios):.2f} to {max(verdict.ratios):.2f}" if timed else "-",
        f"{goal.bound:g}" if timed else "-",
        "-" if verdict.queries is None else str(verdict.queries),
        "-" if goal.most_queries is None else str(goal.most_queries),
        verdict.word,
        goal.why,
    )
