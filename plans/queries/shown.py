"""Which version of a plan was shown to whom, and who of the footprint was shown none."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from plans.membership import members
from plans.models import Plan, Sharing
from plans.queries.moment import Moment
from stakeholders.models import Category, Organisation

FIRST = (Category.LMC, Category.PCN, Category.GP_FEDERATION)
"""Who comes first among those who were shown nothing: the bodies of general practice."""


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """The showings that stand, the newest first, and who was shown no version, by category.

    ``unshown`` has every organisation of the footprint, LMCs before all others; ``number`` says how
    many belong to each category.
    """

    sharings: list[Sharing]
    unshown: Mapping[str, list[Organisation]]
    number: Mapping[str, int]


def ledger_of(plan: Plan, moment: Moment) -> Ledger:
    """The ledger on the day of the moment, as far as it had been recorded; three statements."""
    sharings = list(
        Sharing.objects.known(moment.known)
        .filter(plan=plan, shown_on__lte=moment.day)
        .select_related("version", "organisation")
        .defer("version__text")
        .order_by("-shown_on", "organisation__name", "pk")
    )
    shown = {one.organisation_id for one in sharings}
    belonging = {
        one.organisation_id for one in members(day=moment.day, footprint_ids=[plan.footprint_id])
    }
    unshown, number = _by_category(belonging, shown)
    return Ledger(sharings=sharings, unshown=unshown, number=number)


def shown_to(
    organisation_ids: Iterable[int], *, plan_ids: Iterable[int], today: dt.date
) -> dict[tuple[int, int], list[Sharing]]:
    """Organisation and plan -> what it was shown of it, the newest first; one statement."""
    found: dict[tuple[int, int], list[Sharing]] = defaultdict(list)
    stands = Sharing.objects.standing().filter(
        organisation__in=organisation_ids, plan__in=plan_ids, shown_on__lte=today
    )
    newest = stands.select_related("version").defer("version__text").order_by("-shown_on", "-pk")
    for one in newest:
        found[one.organisation_id, one.plan_id].append(one)
    return found


def _by_category(
    belonging: Collection[int], shown: Collection[int]
) -> tuple[dict[str, list[Organisation]], dict[str, int]]:
    unshown: dict[str, list[Organisation]] = {}
    number: dict[str, int] = {}
    found = Organisation.objects.filter(pk__in=belonging).order_by("name", "code")
    for one in sorted(found, key=lambda each: _place(each.category)):
        number[one.category] = number.get(one.category, 0) + 1
        unshown.setdefault(one.category, [])
        if one.pk not in shown:
            unshown[one.category].append(one)
    return unshown, number


def _place(category: str) -> tuple[bool, int]:
    return category not in FIRST, ([*FIRST, *Category.values]).index(category)
