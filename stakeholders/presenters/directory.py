"""The rows of the directory and what it says when it finds nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from stakeholders.models import Organisation
from stakeholders.queries.directory import DirectoryFilters


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One organisation in the list."""

    name: str
    code: str
    category: str
    place: str
    status: str
    url: str


def entries(organisations: Iterable[Organisation]) -> list[Entry]:
    """The rows, from organisations that carry ``is_open``."""
    return [
        Entry(
            name=organisation.name,
            code=organisation.code,
            category=_kind(organisation),
            place=organisation.postcode,
            status="Open" if organisation.is_open else "Closed",  # type: ignore[attr-defined]
            url=reverse("engagement:organisation", args=[organisation.code]),
        )
        for organisation in organisations
    ]


def _kind(organisation: Organisation) -> str:
    kind = organisation.get_category_display()
    return f"{kind}, invented" if organisation.is_synthetic else kind


def empty_text(filters: DirectoryFilters) -> str:
    """What to do when nothing was found."""
    if not filters.any:
        return "The register is empty. An administrator loads it under Imports."
    if filters.words:
        return (
            "Each word is looked up by its beginning: try fewer letters, the code or the postcode,"
            " or clear the filters."
        )
    return "Choose another kind, or show open and closed organisations together."
