"""Writes how the organisations hang together, all of it since the register began."""

from collections.abc import Iterator

from plans import reference
from readiness.demonstration.register import BATCH, Register
from stakeholders.models import Relationship, RelationshipKind

Tie = tuple[str, RelationshipKind, str, bool]
"""Source, kind, target, and whether it covers only some of a commissioner's practices."""


def write(register: Register) -> None:
    """Practices to commissioners and networks, both to LMCs, boards to their councils."""
    Relationship.objects.bulk_create(
        [
            Relationship(
                source=register[source],
                kind=kind,
                target=register[target],
                partial=partial,
                valid_from=register.since,
            )
            for source, kind, target, partial in _ties(register)
        ],
        batch_size=BATCH,
    )


def _ties(register: Register) -> Iterator[Tie]:
    for code, practice in register.practices.items():
        yield code, RelationshipKind.COMMISSIONED_BY, practice.commissioner, False
        yield code, RelationshipKind.NETWORK_MEMBER_OF, practice.network, False
    yield from _lmc_ties(register)
    for board in reference.boards():
        yield (
            f"HWB-{board.council_short_code}",
            RelationshipKind.BOARD_OF,
            board.council_code,
            False,
        )


def _lmc_ties(register: Register) -> Iterator[Tie]:
    """Through the commissioner where it lies whole within one LMC, else practice by practice."""
    split = set()
    for area in reference.lmc_areas():
        partial = area.extent == "part"
        yield area.commissioner, RelationshipKind.REPRESENTED_BY, area.lmc, partial
        if partial:
            split.add(area.commissioner)
    for code, practice in register.practices.items():
        if practice.commissioner in split:
            yield code, RelationshipKind.REPRESENTED_BY, practice.lmc, False
