"""Writes that are measured and never kept."""

from collections.abc import Callable

from django.db import transaction

from tools.bench.judge import Work


def undone(work: Callable[[], object]) -> Work:
    """Does the work in a transaction and takes it back."""

    def run() -> None:
        with transaction.atomic():
            work()
            transaction.set_rollback(True)

    return run
