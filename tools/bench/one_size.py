"""Measures the goals of national size in the database of the environment: a process of its own.

python -m tools.bench.one_size SIZE FIGURES [--against FIGURES_OF_S]
"""

import json
import sys
from pathlib import Path

import django

django.setup()

from django.db import connection  # noqa: E402 - needs the apps

from tools.bench import memory, national  # noqa: E402
from tools.bench.blocks import blocks_read  # noqa: E402
from tools.bench.judge import Goal, Verdict, exit_code, table  # noqa: E402
from tools.bench.measure import judged  # noqa: E402
from tools.steps import say  # noqa: E402

PATIENCE = {"S": 10.0, "M": 10.0, "L": 0.0}
"""Seconds after which three pairs are enough: the large sizes take long enough as it is."""

Figures = dict[str, float]


def main(size: str, into: Path, against: Path | None) -> int:
    """Print the table and keep the figures; 1 when a goal is over its bound."""
    of_s: Figures = json.loads(against.read_text()) if against else {}
    verdicts: list[Verdict] = []
    figures: Figures = {}
    for goal in national.goals():
        verdict = judged(goal, patience=PATIENCE[size])
        figures[goal.name] = verdict.queries or 0
        verdicts.append(verdict.beside(of_s.get(goal.name)))
        ratio = f"{verdict.median:.2f}" if verdict.median else "-"
        say(
            f"{verdict.word:4} {ratio:>8} of {goal.bound:g}, {verdict.queries} queries: {goal.name}"
        )
    if connection.vendor == "postgresql":
        for piece in national.pieces():
            figures[piece.name] = blocks_read(piece.work)
            verdicts.append(_flat(piece.name, piece.bound, figures, of_s))
    for name, kilobytes in memory.peaks():
        figures[name] = kilobytes
        verdicts.append(_peak(name, kilobytes))
    into.write_text(json.dumps(figures, indent=1))
    print(table(f"Size {size}, {connection.vendor}", verdicts), flush=True)
    return exit_code(verdicts)


def _flat(name: str, bound: float, figures: Figures, of_s: Figures) -> Verdict:
    """A count beside that of S; without S it is only told."""
    ratio = figures[name] / of_s[name] if of_s else 1.0
    words = f"{figures[name]:,.0f} here" + (f", {of_s[name]:,.0f} at S" if of_s else "")
    goal = Goal(name=f"{name} / at S", subject=lambda: None, bound=bound, why=words)
    return Verdict(goal=goal, ratios=(ratio,))


def _peak(name: str, kilobytes: float) -> Verdict:
    bound = memory.MOST_MEGABYTES[name]
    goal = Goal(name=f"{name}, MB", subject=lambda: None, bound=bound, why=memory.WHY)
    return Verdict(goal=goal, ratios=(kilobytes / 1024,))


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.exit(main(words[0], Path(words[1]), Path(words[3]) if len(words) > 3 else None))
