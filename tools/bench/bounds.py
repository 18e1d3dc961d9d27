"""Bounds that differ between the databases, and where bounds come from."""

from django.db import connection

DESIGN = "design"
"""Set before the service was built, from a prototype on the same data."""
DESIGN_SQLITE = f"{DESIGN}; more on SQLite, where F needs half the time and drawing as much"


def by_database(*, sqlite: float, postgresql: float) -> float:
    """The bound of the database that is measured: neither hides behind the other's."""
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]
