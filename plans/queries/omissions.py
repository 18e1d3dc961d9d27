"""What a version of a plan names and what it leaves out, beside the newest versions of other plans."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from plans.models import Footprint, Plan, PlanVersion, Sharing, Visibility
from plans.queries.mentions import names_in_use, pages_of
from plans.queries.versions import HAS_TEXT, newer_without_text, with_text
from plans.rules.mention_names import Names
from plans.rules.mentions import Mention, mentions


@dataclass(frozen=True, kw_only=True)
class Omissions:
    """The version looked at (None where there is none to read), its mentions, and what it is beside.

    ``newest_is_hidden``: a newer version has a text that the reader may not read. ``uncounted``:
    so many versions newer than the newest that may be read have no text.
    """

    versions: list[PlanVersion]
    version: PlanVersion | None
    newest_is_hidden: bool
    uncounted: int
    names: Names
    pages: int
    mentions: list[Mention]
    others: list[PlanVersion]


def omissions(
    plan: Plan,
    *,
    version_id: int | None,
    may_read: Callable[[PlanVersion], bool],
    beside: Collection[int],
    everywhere: QuerySet[Footprint] | None,
    ours: Collection[int],
) -> Omissions:
    """The version asked for, or the newest that may be read; other plans are those of ``beside``.

    ``everywhere``: the footprints where every text may be read, None for all; elsewhere those that
    are public or were shown to one of ``ours``. At most nine statements.
    """
    known = with_text(plan)
    versions = [one for one in known if may_read(one)]
    chosen = next((one for one in versions if one.pk == version_id), None)
    version = chosen or (versions[0] if versions else None)
    names = names_in_use()
    pages = pages_of(version) if version else []
    return Omissions(
        versions=versions,
        version=version,
        newest_is_hidden=bool(known) and (not versions or known[0].pk != versions[0].pk),
        uncounted=newer_without_text(plan, versions[0]) if versions else 0,
        names=names,
        pages=len(pages),
        mentions=mentions(pages, names),
        others=newest_of_others(plan, beside=beside, everywhere=everywhere, ours=ours),
    )


def newest_of_others(
    plan: Plan,
    *,
    beside: Collection[int],
    everywhere: QuerySet[Footprint] | None,
    ours: Collection[int],
) -> list[PlanVersion]:
    """The newest version with a text of each other plan of its type that somebody may read."""
    found = PlanVersion.objects.standing().filter(HAS_TEXT, plan__in=beside)
    found = found.filter(plan__plan_type=plan.plan_type).exclude(plan=plan)
    if everywhere is not None:
        shown = Sharing.objects.standing().filter(organisation__in=ours)
        found = found.filter(
            Q(plan__footprint__in=everywhere)
            | Q(visibility=Visibility.PUBLIC)
            | Q(visibility=Visibility.IN_CONFIDENCE, pk__in=shown.values("version"))
        )
    rows = found.select_related("plan__footprint").defer("text").order_by("dated_on", "pk")
    return list({one.plan_id: one for one in rows}.values())
