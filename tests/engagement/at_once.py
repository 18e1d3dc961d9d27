"""Several things at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def at_once(*works: Callable[[], Any], told: type[Exception] = RuntimeError) -> list[Any]:
    """What each gave, or that it was ``told`` no: at the same time where the database has several
    connections, one after the other where it has one."""
    start = Barrier(len(works))
    alone = not connection.features.test_db_allows_multiple_connections

    def run(work: Callable[[], Any]) -> Any:
        try:
            if not alone:
                start.wait(timeout=60)
            return work()
        except told as answer:
            return answer
        finally:
            if not alone:
                connection.close()

    if alone:
        return [run(work) for work in works]
    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))
