"""Loading one register file: in one transaction, whole or not at all."""

import datetime as dt
from dataclasses import replace

from django.db import connection, transaction

from accounts import audit
from accounts.models import User
from plans.actions.changes import mark_changed
from plans.register.kinds import KINDS
from plans.register.looking import Order, Outcome, Progress, look, ticker
from stakeholders.models import RegisterFile

FILLED = (
    "stakeholders_organisation",
    "stakeholders_openperiod",
    "stakeholders_relationship",
    "stakeholders_listsize",
    "plans_footprint",
    "plans_membership",
)
"""The tables that a file fills."""


def load(
    order: Order,
    *,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
    progress: Progress | None = None,
) -> Outcome:
    """Load the file, or say in ``why_not`` why nothing was written.

    1. The file is read and compared before the transaction, which keeps it short.
    2. Where another file was loaded in between, it is compared once more inside.

    Raises ``FileRefusedError`` when the file cannot be read or may not be loaded at all.
    """
    tick = ticker(progress)
    seen = _newest()
    outcome = look(order, today=today, tick=tick)
    with transaction.atomic():
        if _newest() != seen:
            outcome = look(order, today=today, tick=tick)
        if outcome.why_not or not outcome.changes.rows_written:
            return outcome
        KINDS[order.kind].write(outcome.changes, as_at=outcome.as_at, by=by, now=now, tick=tick)
        _refresh_statistics()
        _keep(order, outcome, by=by, now=now)
        mark_changed(plan_ids=None, now=now)
    return replace(outcome, loaded=True)


def _refresh_statistics() -> None:
    """Tell PostgreSQL how many rows there are now, which it would else learn a minute later.

    Until then it plans for tables of a few rows: who belongs to the 44 footprints took over two
    minutes after a first load instead of 0.2 seconds. SQLite plans well without.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in FILLED:
                cursor.execute(f"ANALYZE {table}")


def _newest() -> int | None:
    return RegisterFile.objects.order_by("-pk").values_list("pk", flat=True).first()


def _keep(order: Order, outcome: Outcome, *, by: User | None, now: dt.datetime) -> None:
    """The file's own row and its line in the audit trail."""
    file = RegisterFile.objects.create(
        kind=order.kind,
        shape=outcome.shape,
        name=order.file_name[-255:],
        sha256=order.sha256,
        as_at=outcome.as_at,
        as_history=order.as_history,
        rows=outcome.rows,
        counts=outcome.counts | {"rows wrong": len(outcome.changes.problems)},
        loaded_at=now,
        loaded_by=by,
    )
    audit.record(by=by, verb="loaded a register file", obj=file, after=file.counts, at=now)
