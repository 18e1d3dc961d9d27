"""The arithmetic of the harness: pairs of times, their median ratio, the bound, the table."""

import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

PAIRS, FEWEST_PAIRS = 9, 3
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
    varies: bool = False


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was measured for a goal. ``queries_of_s``: how many it asks at the smallest size."""

    goal: Goal
    ratios: tuple[float, ...] = ()
    queries: int | None = None
    queries_of_s: int | None = None

    def beside(self, queries_of_s: float | None) -> "Verdict":
        """The same, that also fails where the number of queries is not that of size S."""
        if queries_of_s is None or self.goal.varies:
            return self
        return replace(self, queries_of_s=int(queries_of_s))

    @property
    def median(self) -> float | None:
        return statistics.median(self.ratios) if self.ratios else None

    @property
    def over(self) -> bool:
        """Whether the median or the number of queries lies above its bound, or grows with size."""
        slow = self.median is not None and self.median > self.goal.bound
        most = self.goal.most_queries
        grown = self.queries_of_s is not None and self.queries != self.queries_of_s
        return slow or grown or (most is not None and (self.queries or 0) > most)

    @property
    def passed(self) -> bool:
        return self.over if self.goal.control else not self.over

    @property
    def word(self) -> str:
        return ("OVER" if self.over else "ok") + (
            "" if not self.goal.control else " (as it must be)" if self.over else " (NOT CAUGHT)"
        )


def paired_ratios(
    subject: Work,
    floor: Work,
    *,
    pairs: int = PAIRS,
    patience: float = math.inf,
    clock: Clock = time.perf_counter,
) -> tuple[float, ...]:
    """Subject over floor for each pair; who goes first changes with each pair.

    Both are done once before, so that nothing is read or compiled for the first time. After
    ``patience`` seconds no pair beyond the third is begun.
    """
    subject()
    floor()
    ratios: list[float] = []
    began = clock()
    for number in range(pairs):
        if number >= FEWEST_PAIRS and clock() - began > patience:
            break
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
        _queries(verdict),
        "-" if goal.most_queries is None else str(goal.most_queries),
        verdict.word,
        goal.why,
    )


def _queries(verdict: Verdict) -> str:
    """Their number, and what it was at size S where it was another."""
    if verdict.queries is None:
        return "-"
    same = verdict.queries_of_s in {None, verdict.queries}
    return str(verdict.queries) if same else f"{verdict.queries}, at S {verdict.queries_of_s}"
