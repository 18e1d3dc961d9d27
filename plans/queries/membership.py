"""Who belongs to a footprint on a day, and in which locality: one statement for all footprints.

A practice belongs where it has a membership of its own; failing that, where its commissioner
belongs whole. An LMC or a network belongs wherever one of its practices does; every other
organisation by its own membership. Nobody belongs on a day on which they were not open.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from stakeholders.models import Category, RelationshipKind

ON_DAY = (
    "{0}.valid_from <= %(day)s AND ({0}.valid_to IS NULL OR {0}.valid_to >= %(day)s)"
)

MEMBER_CTE = f"""
tie AS (
    SELECT r.source_id, r.kind, MAX(r.target_id) AS target_id
    FROM stakeholders_relationship r
    WHERE {ON_DAY.format("r")} AND NOT r.partial
    GROUP BY r.source_id, r.kind
),
practice AS (
    SELECT o.id AS practice_id, c.target_id AS commissioner_id, n.target_id AS network_id,
           COALESCE(own.target_id, theirs.target_id) AS lmc_id
    FROM stakeholders_organisation o
    JOIN stakeholders_openperiod p ON p.organisation_id = o.id AND {ON_DAY.format("p")}
    LEFT JOIN tie c ON c.source_id = o.id AND c.kind = '{RelationshipKind.COMMISSIONED_BY.value}'
    LEFT JOIN tie n ON n.source_id = o.id AND n.kind = '{RelationshipKind.NETWORK_MEMBER_OF.value}'
    LEFT JOIN tie own ON own.source_id = o.id
        AND own.kind = '{RelationshipKind.REPRESENTED_BY.value}'
    LEFT JOIN tie theirs ON theirs.source_id = c.target_id
        AND theirs.kind = '{RelationshipKind.REPRESENTED_BY.value}'
    WHERE o.category = '{Category.GP_PRACTICE.value}'
),
direct AS (
    SELECT m.footprint_id, m.organisation_id, m.extent, f.kind AS footprint_kind, o.category
    FROM plans_membership m
    JOIN plans_footprint f ON f.id = m.footprint_id
    JOIN stakeholders_organisation o ON o.id = m.organisation_id
    JOIN stakeholders_openperiod p ON p.organisation_id = o.id AND {ON_DAY.format("p")}
    WHERE {ON_DAY.format("m")}
),
placed AS (
    SELECT d.footprint_id, p.practice_id, p.commissioner_id, p.network_id, p.lmc_id
    FROM practice p
    JOIN direct d ON d.organisation_id = p.practice_id AND d.extent = 'whole'
    UNION
    SELECT d.footprint_id, p.practice_id, p.commissioner_id, p.network_id, p.lmc_id
    FROM practice p
    JOIN direct d ON d.organisation_id = p.commissioner_id AND d.extent = 'whole'
    WHERE NOT EXISTS (
        SELECT 1 FROM direct own
        WHERE own.organisation_id = p.practice_id AND own.footprint_kind = d.footprint_kind
    )
),
member AS (
    SELECT footprint_id, practice_id AS organisation_id, '{Category.GP_PRACTICE.value}' AS category,
           'whole' AS extent, commissioner_id, network_id, lmc_id
    FROM placed
    UNION
    SELECT footprint_id, lmc_id, '{Category.LMC.value}', 'whole',
           CAST(NULL AS bigint), CAST(NULL AS bigint), CAST(NULL AS bigint)
    FROM placed WHERE lmc_id IS NOT NULL
    UNION
    SELECT footprint_id, network_id, '{Category.PCN.value}', 'whole',
           CAST(NULL AS bigint), CAST(NULL AS bigint), CAST(NULL AS bigint)
    FROM placed WHERE network_id IS NOT NULL
    UNION
    SELECT footprint_id, organisation_id, category, extent,
           CAST(NULL AS bigint), CAST(NULL AS bigint), CAST(NULL AS bigint)
    FROM direct
    WHERE category NOT IN (
        '{Category.GP_PRACTICE.value}', '{Category.LMC.value}', '{Category.PCN.value}'
    )
)
"""  # noqa: S608 - composed of constants; every value is a parameter
"""Common table expressions ending in ``member``; the one parameter is ``day`` as ISO text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """One organisation in one footprint on the day asked about, by row ids.

    ``commissioner_id``, ``network_id`` and ``lmc_id`` are given for practices only: the first two
    are its localities in an STP and in a Neighbourhood Health Plan.
    """

    footprint_id: int
    organisation_id: int
    category: str
    extent: str
    commissioner_id: int | None
    network_id: int | None
    lmc_id: int | None


def members(
    *, day: dt.date, footprint_ids: Iterable[int] | None = None
) -> list[Member]:
    """Everybody who belongs to the given footprints (default: all) on ``day``; one statement."""
    where, parameters = _within("footprint_id", footprint_ids)
    rows = _rows(
        f"WITH {MEMBER_CTE} SELECT footprint_id, organisation_id, category, extent,"  # noqa: S608
        f" commissioner_id, network_id, lmc_id FROM member {where}"
        " ORDER BY footprint_id, category, organisation_id",
        {"day": day.isoformat(), **parameters},
    )
    return [
        Member(
            footprint_id=footprint,
            organisation_id=organisation,
            category=category,
            extent=extent,
            commissioner_id=commissioner,
            network_id=network,
            lmc_id=lmc,
        )
        for footprint, organisation, category, extent, commissioner, network, lmc in rows
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class PracticeTies:
    """A practice open on the day asked about, in a footprint or not, with its ties by row ids."""

    practice_id: int
    commissioner_id: int | None
    network_id: int | None
    lmc_id: int | None


def open_practices(*, day: dt.date) -> list[PracticeTies]:
    """Every practice open on ``day``, also where it belongs to no footprint; one statement."""
    rows = _rows(
        f"WITH {MEMBER_CTE} SELECT practice_id, commissioner_id, network_id, lmc_id"  # noqa: S608
        " FROM practice ORDER BY practice_id",
        {"day": day.isoformat()},
    )
    return [
        PracticeTies(
            practice_id=practice, commissioner_id=commissioner, network_id=network, lmc_id=lmc
        )
        for practice, commissioner, network, lmc in rows
    ]


def footprint_ids_of(
    *, organisation_ids: Iterable[int], day: dt.date
) -> frozenset[int]:
    """The footprints to which any of these organisations belongs on ``day``; one statement."""
    pairs = belonging(organisation_ids=organisation_ids, day=day)
    return frozenset(footprint for footprint, _ in pairs)


def belonging(
    *, organisation_ids: Iterable[int], day: dt.date
) -> frozenset[tuple[int, int]]:
    """Pairs of footprint and organisation that belong together on ``day``; one statement."""
    where, parameters = _within("organisation_id", organisation_ids)
    rows = _rows(
        f"WITH {MEMBER_CTE} SELECT DISTINCT footprint_id, organisation_id"  # noqa: S608
        f" FROM member {where}",
        {"day": day.isoformat(), **parameters},
    )
    return frozenset((footprint, organisation) for footprint, organisation in rows)


def _within(column: str, ids: Iterable[int] | None) -> tuple[str, dict[str, int]]:
    """A WHERE clause for "one of these ids"; no ids at all matches nothing."""
    if ids is None:
        return "", {}
    parameters = {f"id{number}": pk for number, pk in enumerate(sorted(set(ids)))}
    names = ", ".join(f"%({name})s" for name in parameters)
    return (f"WHERE {column} IN ({names})" if names else "WHERE 1 = 0"), parameters


def _rows(sql: str, parameters: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
