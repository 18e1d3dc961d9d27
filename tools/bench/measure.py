"""Measures every goal in one database, which is the one that tools.bench.settings was given."""

import math
import sys
from itertools import chain

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tools.bench import assessing, pages, recording, said, working
from tools.bench.judge import Goal, Verdict, exit_code, paired_ratios, table

AUDIT = 'INSERT INTO "accounts_auditentry"'


def main() -> int:
    """Load the demonstration, print the table; 1 when a goal is over its bound."""
    call_command("migrate", verbosity=0)
    call_command("load_demonstration", stdout=sys.stderr)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    parts = (assessing, recording, pages, said, working)
    verdicts = [judged(goal) for goal in chain.from_iterable(part.goals() for part in parts)]
    print(table(connection.vendor, verdicts), flush=True)
    return exit_code(verdicts)


def judged(goal: Goal, *, patience: float = math.inf) -> Verdict:
    """The goal with its ratios and, of one more time, its queries.

    Audit rows count as one statement: there are as many as flags that moved, which is chance.
    """
    ratios = paired_ratios(goal.subject, goal.floor, patience=patience) if goal.floor else ()
    with CaptureQueriesContext(connection) as asked:
        goal.subject()
    audits = sum(one["sql"].startswith(AUDIT) for one in asked)
    return Verdict(goal=goal, ratios=ratios, queries=len(asked) - max(0, audits - 1))
