"""Every kind of register file that can be loaded, by the word that names it."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import User
from plans.register import councils, footprints, partners
from plans.register.changes import PlanChanges, stored_plans
from plans.register.diff import compare_plans
from plans.register.facts import PlanParsed
from plans.register.lmcs import LMCS
from plans.register.writing import write_plans
from stakeholders.models import RelationshipKind
from stakeholders.register.changes import Changes
from stakeholders.register.commissioners import COMMISSIONERS
from stakeholders.register.diff import compare
from stakeholders.register.facts import Parsed
from stakeholders.register.kinds import Kind
from stakeholders.register.list_sizes import LIST_SIZES
from stakeholders.register.memberships import MEMBERSHIPS
from stakeholders.register.networks import NETWORKS
from stakeholders.register.practices import PRACTICES
from stakeholders.register.stored import stored_register
from stakeholders.register.timeline import Moment
from stakeholders.register.writing import Tick, write


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanKind(Kind):
    """A kind of file that also says where organisations belong."""

    def compare(self, parsed: Parsed, moment: Moment) -> Changes:
        stored = stored_register(tie_kinds=self.tie_kinds, list_sizes_at=None)
        organisations = compare(parsed, stored, moment, self.rules)
        if not isinstance(parsed, PlanParsed):
            return organisations
        fields = {name: getattr(organisations, name) for name in Changes.__dataclass_fields__}
        changes = PlanChanges(**fields)
        known = stored.organisations.keys() | {fact.code for fact in changes.created}
        compare_plans(parsed, stored_plans(), set(known), moment, changes)
        return changes

    def write(
        self, changes: Changes, *, as_at: dt.date, by: User | None, now: dt.datetime, tick: Tick
    ) -> None:
        ids = write(changes, as_at=as_at, by=by, now=now, tick=tick)
        if isinstance(changes, PlanChanges):
            write_plans(changes, ids, by=by)


FOOTPRINTS = PlanKind(
    key="footprints",
    label="footprints and who lies in them",
    expects=(
        "a CSV file with headings that names footprints with their regions, commissioners with "
        "their footprints, practices with a footprint of their own, or changes of footprints"
    ),
    parse=footprints.parse,
    shares_rows_with=("partners", "councils"),
)
PARTNERS = PlanKind(
    key="partners",
    label="partners of footprints",
    expects="the workbook “STP Partner Relationships” or its partners as CSV, with headings",
    parse=partners.parse,
    shares_rows_with=("footprints", "councils"),
)
COUNCILS = PlanKind(
    key="councils",
    label="councils and Health and Wellbeing Boards",
    expects="a CSV file of Health and Wellbeing Board areas or of all local authorities",
    parse=councils.parse,
    shares_rows_with=("footprints", "partners"),
    tie_kinds=(RelationshipKind.BOARD_OF,),
)

KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        COMMISSIONERS,
        FOOTPRINTS,
        PRACTICES,
        LIST_SIZES,
        LMCS,
        COUNCILS,
        PARTNERS,
        NETWORKS,
        MEMBERSHIPS,
    )
}
"""In the order in which an empty register is filled."""
