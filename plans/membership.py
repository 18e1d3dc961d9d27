"""Who belongs to a footprint on a day, and in which locality: one statement for all footprints.

A practice belongs where it has a membership of its own; failing that, where its commissioner
belongs whole. An LMC or a network belongs wherever one of its practices does; every other
organisation by its own membership. Nobody belongs on a day on which they were not open.
"""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from stakeholders.models import Category, RelationshipKind

ON_DAY = "{0}.valid_from <= %(day)s AND ({0}.valid_to IS NULL OR {0}.valid_to >= %(day)s)"


def _open(organisation: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM stakeholders_openperiod p"  # noqa: S608 - composed of constants
        f" WHERE p.organisation_id = {organisation} AND {ON_DAY.format('p')})"
    )


def _tied_to(source: str, kind: RelationshipKind) -> str:
    """The organisation to which ``source`` is tied on the day, looked up by an index.

    A look-up for each row, and not a join of sets: a freshly filled PostgreSQL has no statistics
    and would choose nested loops over the sets (measured: half a minute instead of 0.2 s). The
    plus keeps SQLite from reading every target in order to find the greatest.
    """
    return (
        "(SELECT MAX(+r.target_id) FROM stakeholders_relationship r"  # noqa: S608 - constants
        f" WHERE r.kind = '{kind.value}' AND r.source_id = {source}"
        f" AND {ON_DAY.format('r')} AND NOT r.partial)"
    )


def _greatest(kind: RelationshipKind) -> str:
    """Of the ties ``r`` of a group: the target of this kind, the greatest where there are two."""
    return f"MAX(CASE WHEN r.kind = '{kind.value}' THEN r.target_id END)"


def concerned_cte(organisations: str) -> str:
    """Everybody from whom it follows where ``organisations`` belong: the expression ``concerned``.

    They themselves, the practices of those that are an LMC or a network, and their commissioners.
    ``organisations`` is a condition on ``id``. An index leads from each step to the next.
    """
    return f"""
asked AS (SELECT id FROM stakeholders_organisation WHERE {organisations}),
spoken_for AS (
    SELECT r.source_id AS id
    FROM asked JOIN stakeholders_relationship r ON r.target_id = asked.id
        AND r.kind IN (
            '{RelationshipKind.REPRESENTED_BY.value}', '{RelationshipKind.NETWORK_MEMBER_OF.value}'
        )
        AND {ON_DAY.format("r")}
),
candidate AS (
    SELECT id FROM asked
    UNION
    SELECT id FROM spoken_for
    UNION
    SELECT r.source_id
    FROM spoken_for JOIN stakeholders_relationship r ON r.target_id = spoken_for.id
        AND r.kind = '{RelationshipKind.COMMISSIONED_BY.value}' AND {ON_DAY.format("r")}
),
concerned AS (
    SELECT id FROM candidate
    UNION
    SELECT r.target_id
    FROM candidate JOIN stakeholders_relationship r ON r.source_id = candidate.id
        AND r.kind = '{RelationshipKind.COMMISSIONED_BY.value}' AND {ON_DAY.format("r")}
)
"""  # noqa: S608 - composed of constants; every value is a parameter


def member_cte(footprints: str = "1 = 1", organisations: str = "1 = 1") -> str:
    """Common table expressions ending in ``member``; the one parameter is ``day`` as ISO text.

    ``footprints`` is a condition on ``f.id`` and ``organisations`` one on ``{id}`` of those that may
    count, as members or as the commissioner of one: what they leave out is not even looked at.
    The ties of a practice are read in one go (``tied``) and not kind by kind; a practice that came
    by its commissioner stays only if that is still its commissioner then.
    """
    return f"""
direct AS (
    SELECT m.footprint_id, m.organisation_id, m.extent, f.kind AS footprint_kind, o.category
    FROM plans_footprint f
    JOIN plans_membership m ON m.footprint_id = f.id AND {ON_DAY.format("m")}
    JOIN stakeholders_organisation o ON o.id = m.organisation_id
    WHERE {footprints} AND {organisations.format(id="m.organisation_id")} AND {_open("o.id")}
),
home AS (
    SELECT d.footprint_id, d.organisation_id AS practice_id, CAST(NULL AS bigint) AS through_id
    FROM direct d
    WHERE d.extent = 'whole' AND d.category = '{Category.GP_PRACTICE.value}'
    UNION ALL
    SELECT d.footprint_id, t.source_id, t.target_id
    FROM direct d
    JOIN stakeholders_relationship t ON t.target_id = d.organisation_id
        AND t.kind = '{RelationshipKind.COMMISSIONED_BY.value}'
        AND {ON_DAY.format("t")} AND NOT t.partial
    JOIN stakeholders_organisation o ON o.id = t.source_id
        AND o.category = '{Category.GP_PRACTICE.value}'
    WHERE d.extent = 'whole' AND {organisations.format(id="+t.source_id")} AND {_open("o.id")}
      AND NOT EXISTS (
        SELECT 1 FROM plans_membership m JOIN plans_footprint f ON f.id = m.footprint_id
        WHERE m.organisation_id = t.source_id AND f.kind = d.footprint_kind
          AND {ON_DAY.format("m")}
      )
),
tied AS (
    SELECT h.footprint_id, h.practice_id, {_greatest(RelationshipKind.COMMISSIONED_BY)} AS commissioner_id,
           {_greatest(RelationshipKind.NETWORK_MEMBER_OF)} AS network_id,
           {_greatest(RelationshipKind.REPRESENTED_BY)} AS own_lmc_id
    FROM home h
    LEFT JOIN stakeholders_relationship r ON r.source_id = h.practice_id
        AND {ON_DAY.format("r")} AND NOT r.partial
    GROUP BY h.footprint_id, h.practice_id, h.through_id
    HAVING h.through_id IS NULL
        OR h.through_id = {_greatest(RelationshipKind.COMMISSIONED_BY)}
),
placed AS (
    SELECT footprint_id, practice_id, commissioner_id, network_id,
           COALESCE(own_lmc_id, {_tied_to("commissioner_id", RelationshipKind.REPRESENTED_BY)})
               AS lmc_id
    FROM tied
),
member AS (
    SELECT footprint_id, practice_id AS organisation_id, '{Category.GP_PRACTICE.value}' AS category,
           'whole' AS extent, commissioner_id, network_id, lmc_id
    FROM placed
    UNION ALL
    SELECT DISTINCT footprint_id, lmc_id, '{Category.LMC.value}', 'whole',
           CAST(NULL AS bigint), CAST(NULL AS bigint), CAST(NULL AS bigint)
    FROM placed WHERE lmc_id IS NOT NULL
    UNION ALL
    SELECT DISTINCT footprint_id, network_id, '{Category.PCN.value}', 'whole',
           CAST(NULL AS bigint), CAST(NULL AS bigint), CAST(NULL AS bigint)
    FROM placed WHERE network_id IS NOT NULL
    UNION ALL
    SELECT DISTINCT footprint_id, organisation_id, category, extent,
           CAST(NULL AS bigint), CAST(NULL AS bigint), CAST(NULL AS bigint)
    FROM direct
    WHERE category NOT IN (
        '{Category.GP_PRACTICE.value}', '{Category.LMC.value}', '{Category.PCN.value}'
    )
)
"""  # noqa: S608 - composed of constants; every value is a parameter


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


def members(*, day: dt.date, footprint_ids: Iterable[int] | None = None) -> list[Member]:
    """Everybody who belongs to the given footprints (default: all) on ``day``; one statement."""
    footprints, parameters = among("f.id", footprint_ids)
    rows = _rows(
        f"WITH {member_cte(footprints)} SELECT footprint_id, organisation_id, category, extent,"  # noqa: S608
        " commissioner_id, network_id, lmc_id FROM member"
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
        f"""
        SELECT o.practice_id, o.commissioner_id, o.network_id, COALESCE(
            o.lmc_id, {_tied_to("o.commissioner_id", RelationshipKind.REPRESENTED_BY)}
        )
        FROM (
            SELECT id AS practice_id,
                {_tied_to("o.id", RelationshipKind.COMMISSIONED_BY)} AS commissioner_id,
                {_tied_to("o.id", RelationshipKind.NETWORK_MEMBER_OF)} AS network_id,
                {_tied_to("o.id", RelationshipKind.REPRESENTED_BY)} AS lmc_id
            FROM stakeholders_organisation o
            WHERE o.category = '{Category.GP_PRACTICE.value}' AND {_open("o.id")}
        ) o
        ORDER BY o.practice_id
        """,  # noqa: S608 - composed of constants; every value is a parameter
        {"day": day.isoformat()},
    )
    return [
        PracticeTies(
            practice_id=practice, commissioner_id=commissioner, network_id=network, lmc_id=lmc
        )
        for practice, commissioner, network, lmc in rows
    ]


def footprint_ids_of(*, organisation_ids: Iterable[int], day: dt.date) -> frozenset[int]:
    """The footprints to which any of these organisations belongs on ``day``; one statement."""
    pairs = belonging(organisation_ids=organisation_ids, day=day)
    return frozenset(footprint for footprint, _ in pairs)


def belonging(*, organisation_ids: Iterable[int], day: dt.date) -> frozenset[tuple[int, int]]:
    """Pairs of footprint and organisation that belong together on ``day``; one statement."""
    chosen, parameters = among("id", organisation_ids)
    member = member_cte(organisations="{id} IN (SELECT id FROM concerned)")
    rows = _rows(
        f"WITH {concerned_cte(chosen)}, {member} SELECT DISTINCT footprint_id, organisation_id"  # noqa: S608
        f" FROM member WHERE organisation_id IN (SELECT id FROM asked)",
        {"day": day.isoformat(), **parameters},
    )
    return frozenset((footprint, organisation) for footprint, organisation in rows)


def spoken_for(*, lmc_ids: Iterable[int], day: dt.date) -> list[tuple[int, int, int]]:
    """LMC, footprint and practice, for the practices for which these LMCs speak on ``day``; one
    statement, which looks at nobody else."""
    chosen, parameters = among("id", lmc_ids)
    member = member_cte(organisations="{id} IN (SELECT id FROM concerned)")
    rows = _rows(
        f"WITH {concerned_cte(chosen)}, {member} SELECT lmc_id, footprint_id, organisation_id"  # noqa: S608
        " FROM member WHERE lmc_id IN (SELECT id FROM asked)",
        {"day": day.isoformat(), **parameters},
    )
    return [(lmc, footprint, practice) for lmc, footprint, practice in rows]


def among(
    column: str, ids: Iterable[int] | None, *, name: str = "id"
) -> tuple[str, dict[str, int]]:
    """A condition for "one of these ids" with its parameters, which begin with ``name``: None is any,
    no ids is none."""
    if ids is None:
        return "1 = 1", {}
    parameters = {f"{name}{number}": pk for number, pk in enumerate(sorted(set(ids)))}
    names = ", ".join(f"%({name})s" for name in parameters)
    return (f"{column} IN ({names})" if names else "1 = 0"), parameters


def is_among(column: str, ids: Iterable[int]) -> RawSQL:
    """The same as an expression of the ORM, with all ids in one parameter: a thousand of them in
    an ``__in`` take longer to write down than the statement takes to run."""
    listed = sorted(set(ids))
    value: list[int] | str = listed
    rows = "SELECT unnest(%s::bigint[])"
    if connection.vendor != "postgresql":
        rows, value = "SELECT value FROM json_each(%s)", json.dumps(listed)
    return RawSQL(f"{column} IN ({rows})", (value,), output_field=BooleanField())  # noqa: S611


def _rows(sql: str, parameters: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
