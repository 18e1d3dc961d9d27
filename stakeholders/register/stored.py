"""The register as it is stored, by code: what a file is compared with. A fixed number of reads."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from stakeholders.models import ListSize, OpenPeriod, Organisation, RegisterFile, Relationship
from stakeholders.register.timeline import Span


@dataclass(frozen=True, slots=True)
class StoredOrganisation:
    """One organisation as it is stored."""

    pk: int
    code: str
    name: str
    category: str
    address: str
    postcode: str
    is_synthetic: bool


@dataclass(slots=True, kw_only=True)
class Stored:
    """Organisations with their open periods and ties (``(target, partial)`` as key)."""

    organisations: dict[str, StoredOrganisation]
    periods: dict[str, list[Span]]
    ties: dict[tuple[str, str], list[Span]] = field(default_factory=dict)
    list_sizes: dict[str, tuple[int, int]] = field(default_factory=dict)

    def open_codes(self, category: str, day: dt.date) -> list[str]:
        """Codes of the real organisations of a category that are open on ``day``."""
        return [
            code
            for code, organisation in self.organisations.items()
            if organisation.category == category
            and not organisation.is_synthetic
            and any(span.covers(day) for span in self.periods.get(code, ()))
        ]


def stored_register(*, tie_kinds: Iterable[str], list_sizes_at: dt.date | None) -> Stored:
    """All organisations and open periods, the ties of these kinds, the list sizes of one day."""
    organisations = {row.code: row for row in _organisations()}
    codes = {row.pk: row.code for row in organisations.values()}
    periods = defaultdict(list)
    for pk, organisation, start, end in OpenPeriod.objects.order_by().values_list(
        "pk", "organisation_id", "valid_from", "valid_to"
    ):
        periods[codes[organisation]].append(Span(pk, "", start, end))
    ties = defaultdict(list)
    kinds = set(tie_kinds)
    if kinds:
        for pk, source, kind, target, partial, start, end in Relationship.objects.filter(
            kind__in=kinds
        ).values_list("pk", "source_id", "kind", "target_id", "partial", "valid_from", "valid_to"):
            ties[codes[source], kind].append(Span(pk, (codes[target], partial), start, end))
    for spans in (*periods.values(), *ties.values()):
        spans.sort(key=attrgetter("start"))
    sizes = _list_sizes(list_sizes_at, codes)
    return Stored(organisations=organisations, periods=periods, ties=ties, list_sizes=sizes)


def holds_demonstration() -> bool:
    """Whether invented organisations are in the register."""
    return Organisation.objects.filter(is_synthetic=True).exists()


def newest_file(
    *, kinds: Collection[str], shape: str = "", before: dt.date | None = None
) -> dt.date | None:
    """The day of the newest loaded file of these kinds (of a shape, older than ``before``)."""
    files = RegisterFile.objects.filter(kind__in=kinds, as_history=False)
    if shape:
        files = files.filter(shape=shape)
    if before is not None:
        files = files.filter(as_at__lt=before)
    return files.order_by("-as_at").values_list("as_at", flat=True).first()


def _organisations() -> Iterable[StoredOrganisation]:
    rows = Organisation.objects.order_by().values_list(
        "pk", "code", "name", "category", "address", "postcode", "is_synthetic"
    )
    return (StoredOrganisation(*row) for row in rows)


def _list_sizes(as_at: dt.date | None, codes: dict[int, str]) -> dict[str, tuple[int, int]]:
    if as_at is None:
        return {}
    rows = ListSize.objects.filter(as_at=as_at).values_list("organisation_id", "pk", "patients")
    return {codes[organisation]: (pk, patients) for organisation, pk, patients in rows}
