"""Who belonged to which footprint on days in the past."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db import connection

from plans.membership import among, member_cte


def members_by_day(
    footprints: Mapping[dt.date, Collection[int]],
) -> list[tuple[dt.date, int, str, int]]:
    """Day, footprint, category and organisation for everybody who belonged to these footprints on
    each of these days; one statement."""
    parts: list[str] = []
    parameters: dict[str, Any] = {}
    for number, (day, ids) in enumerate(footprints.items()):
        chosen, named = among("f.id", ids, name=f"of{number}_")
        member = member_cte(chosen).replace("%(day)s", f"%(day{number})s")
        parts.append(
            f"SELECT {number}, footprint_id, category, organisation_id FROM"  # noqa: S608 - constants
            f" (WITH {member} SELECT * FROM member) on_day{number}"
        )
        parameters |= {f"day{number}": day.isoformat(), **named}
    if not parts:
        return []
    days = list(footprints)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        return [(days[number], *rest) for number, *rest in cursor.fetchall()]
