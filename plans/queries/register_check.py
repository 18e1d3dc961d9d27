"""Whether the register can be trusted on a day: what it counts, and what does not fit."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max

from plans.membership import Member, members, open_practices
from plans.models import Footprint, FootprintKind
from stakeholders.models import Category, ListSize, Organisation


@dataclass(frozen=True, kw_only=True, slots=True)
class FootprintLine:
    """One footprint on the day. ``patients`` is the sum of the newest list sizes known by then."""

    code: str
    name: str
    commissioners: int
    practices: int
    patients: int
    lmcs: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterCheck:
    """Counts of what is open on the day, and the practices that do not fit, by name and code.

    A practice fits in one system; the places inside a system do not count.
    """

    day: dt.date
    open_by_category: dict[str, int]
    footprints: tuple[FootprintLine, ...]
    in_no_footprint: tuple[str, ...]
    in_several_footprints: tuple[str, ...]
    without_lmc: tuple[str, ...]
    without_list_size: tuple[str, ...]

    @property
    def fits(self) -> bool:
        """Whether every practice is in exactly one footprint and has an LMC."""
        return not (self.in_no_footprint or self.in_several_footprints or self.without_lmc)


def register_check(*, day: dt.date) -> RegisterCheck:
    """The check on ``day``; a fixed number of reads."""
    practices = open_practices(day=day)
    placed = members(day=day)
    sizes = _list_sizes(day)
    footprints = _footprints_on(day)
    systems = {footprint.pk for footprint in footprints if footprint.kind == FootprintKind.SYSTEM}
    homes = Counter(
        member.organisation_id
        for member in placed
        if member.category == Category.GP_PRACTICE and member.footprint_id in systems
    )
    ids = [practice.practice_id for practice in practices]
    names = _names(ids)
    return RegisterCheck(
        day=day,
        open_by_category=_open_by_category(day),
        footprints=_footprint_lines(placed, sizes, footprints),
        in_no_footprint=_named((pk for pk in ids if homes[pk] == 0), names),
        in_several_footprints=_named((pk for pk in ids if homes[pk] > 1), names),
        without_lmc=_named((p.practice_id for p in practices if p.lmc_id is None), names),
        without_list_size=_named((pk for pk in ids if pk not in sizes), names),
    )


def _footprints_on(day: dt.date) -> list[Footprint]:
    return list(Footprint.objects.filter(opened_on__lte=day).exclude(closed_on__lt=day))


def _open_by_category(day: dt.date) -> dict[str, int]:
    rows = (
        Organisation.objects.open_on(day)
        .order_by()
        .values_list("category")
        .annotate(number=Count("pk", distinct=True))
    )
    counts = dict(rows)
    return {category: counts[category] for category in Category.values if category in counts}


def _list_sizes(day: dt.date) -> dict[int, int]:
    """Patients by practice: of each the newest number that is not newer than the day."""
    newest = (
        ListSize.objects.filter(as_at__lte=day).values("organisation").annotate(newest=Max("as_at"))
    )
    at = {row["organisation"]: row["newest"] for row in newest}
    rows = ListSize.objects.filter(as_at__lte=day).values_list(
        "organisation_id", "as_at", "patients"
    )
    return {pk: patients for pk, as_at, patients in rows if at[pk] == as_at}


def _footprint_lines(
    placed: Iterable[Member], sizes: dict[int, int], footprints: Iterable[Footprint]
) -> tuple[FootprintLine, ...]:
    by_footprint: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for member in placed:
        by_footprint[member.footprint_id][member.category].append(member.organisation_id)
    return tuple(
        FootprintLine(
            code=footprint.code,
            name=footprint.name,
            commissioners=len(by_footprint[footprint.pk][Category.COMMISSIONER]),
            practices=len(by_footprint[footprint.pk][Category.GP_PRACTICE]),
            patients=sum(
                sizes.get(pk, 0) for pk in by_footprint[footprint.pk][Category.GP_PRACTICE]
            ),
            lmcs=len(by_footprint[footprint.pk][Category.LMC]),
        )
        for footprint in footprints
    )


def _names(ids: Iterable[int]) -> dict[int, str]:
    wanted = set(ids)
    rows = Organisation.objects.filter(category=Category.GP_PRACTICE).values_list(
        "pk", "name", "code"
    )
    return {pk: f"{name} ({code})" for pk, name, code in rows if pk in wanted}


def _named(ids: Iterable[int], names: dict[int, str]) -> tuple[str, ...]:
    return tuple(sorted(names[pk] for pk in ids))
