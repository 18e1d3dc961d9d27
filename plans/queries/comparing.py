"""Two versions of a plan and what changed between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from plans.models import PlanVersion
from plans.queries.mentions import pages_of
from plans.rules.comparing import Comparison, compared, paragraphs

TWO = 2


@dataclass(frozen=True, kw_only=True)
class ComparedVersions:
    """The older and the newer version, and what became of each paragraph."""

    older: PlanVersion
    newer: PlanVersion
    text: Comparison


def compared_versions(
    versions: Sequence[PlanVersion], *, newer_id: int, older_id: int
) -> ComparedVersions | None:
    """Two of ``versions`` (the newest first): those asked for, or the newest and the one before it.

    None where there are not two.
    """
    if len(versions) < TWO:
        return None
    at = next((at for at, one in enumerate(versions) if one.pk == newer_id), 0)
    other = next(
        (at for at, one in enumerate(versions) if one.pk == older_id and one.pk != newer_id), None
    )
    if other is None:
        other = at + 1 if at + 1 < len(versions) else at - 1
    newer, older = versions[min(at, other)], versions[max(at, other)]
    return ComparedVersions(
        older=older,
        newer=newer,
        text=compared(_paragraphs(older), _paragraphs(newer)),
    )


def _paragraphs(version: PlanVersion) -> list[str]:
    """Of all pages together: where a page ends says nothing about the text."""
    return paragraphs("\n".join(pages_of(version)))
