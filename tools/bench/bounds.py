"""Bounds that differ between the databases, and where bounds come from."""

from django.db import connection

DESIGN = "design"
"""Set before the service was built, from a prototype on the same data."""
DESIGN_WARM = f"{DESIGN}, times 1.2 to 1.5: F is the best of three here, and cheapest on SQLite"


def by_database(*, sqlite: float, postgresql: float) -> float:
    """The bound of the database that is measured: neither hides behind the other's."""
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]
