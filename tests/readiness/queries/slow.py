"""The definition of reach once more, slow and obvious: loops over rows, to check the SQL by."""

from collections import defaultdict

from django.utils import timezone

from engagement.models import Attestation, Participation
from plans.membership import members as members_on
from plans.models import LOCALITY_OF, Membership
from stakeholders.models import GENERAL_PRACTICE, ListSize, OpenPeriod, Organisation

OWN = {"provider", "representative"}
TOOK_PART = {"attended", "responded"}
WAS_ASKED = {"invited", "attempted", "apologised", "no_show"}


def credits_of(plan):
    """Every participation in an event credited to the plan that is not withdrawn or disputed."""
    rows = Participation.objects.filter(event__credits__plan=plan, event__withdrawn_at=None)
    return [row for row in rows.select_related("event", "organisation") if not is_disputed(row)]


def is_disputed(row):
    """Whether a dispute of its organisation about its event is open."""
    return Attestation.objects.filter(
        event=row.event,
        organisation=row.organisation,
        answer="disputed",
        resolved_at=None,
        superseded_at=None,
    ).exists()


def recorded_by(event, day):
    return timezone.localtime(event.recorded_at).date() <= day


def rung_of(row, day):
    """What one participation proves on the day."""
    event = row.event
    gp = row.organisation.category in GENERAL_PRACTICE
    if gp and row.capacity not in OWN:
        return 0
    happened = event.status == "happened" and event.held_on <= day
    if happened and row.outcome in TOOK_PART and event.level != "inform":
        return 4
    if event.status in {"happened", "tried"} and event.held_on <= day and row.outcome in WAS_ASKED:
        return 2
    ahead = event.status == "happened" and event.held_on > day
    if (event.status == "planned" or ahead) and recorded_by(event, day):
        return 2
    if happened and (row.outcome == "informed" or row.outcome in TOOK_PART):
        return 1
    return 0


def members_of(plan, day):
    """code -> (locality, lmc, patients, rung, first heard, last heard, last attempt)"""
    rows = defaultdict(list)
    for row in credits_of(plan):
        rows[row.organisation_id].append(row)
    return {
        organisation.code: (
            _code(place_id),
            _code(lmc_id),
            _patients(organisation, day),
            *_reach(rows[organisation.pk], day),
        )
        for organisation, place_id, lmc_id in _belonging(plan, day)
    }


def _belonging(plan, day):
    seen = {}
    for member in members_on(day=day):
        if member.footprint_id != plan.footprint_id:
            continue
        by_network = LOCALITY_OF[plan.plan_type] == "network_member_of"
        place = member.network_id if by_network else member.commissioner_id
        seen[member.organisation_id] = (place, member.lmc_id)
    for pk, ties in seen.items():
        yield Organisation.objects.get(pk=pk), *ties


def _code(pk):
    return Organisation.objects.get(pk=pk).code if pk else None


def _patients(organisation, day):
    sizes = ListSize.objects.filter(organisation=organisation, as_at__lte=day).order_by("as_at")
    return sizes.last().patients if sizes else None


def _reach(rows, day):
    heard = [row.held_on for row in rows if rung_of(row, day) == 4]
    asked = [row.held_on for row in rows if rung_of(row, day) == 2 and row.held_on <= day]
    return (
        max((rung_of(row, day) for row in rows), default=0),
        min(heard, default=None),
        max(heard, default=None),
        max(asked, default=None),
    )


def contacts_of(plan, day):
    """event id -> (own, practices, lmcs, proxy, other, told) for events with anybody to count"""
    counts = {}
    for row in credits_of(plan):
        event, organisation = row.event, row.organisation
        local = _is_local(plan, organisation, day)
        if event.status != "happened" or event.held_on > day or not local:
            continue
        gp = organisation.category in GENERAL_PRACTICE
        if not gp and row.capacity != "commissioner":
            continue
        sets = counts.setdefault(event.pk, [set() for _ in range(6)])
        for kind in _kinds(row, gp):
            sets[kind].add(organisation.pk)
    return {pk: tuple(len(kind) for kind in sets) for pk, sets in counts.items()}


def _is_local(plan, organisation, day):
    """It belongs to the plan's footprint, or nobody knows where it belongs."""
    here = {(m.footprint_id, m.organisation_id) for m in members_on(day=day)}
    if (plan.footprint_id, organisation.pk) in here:
        return True
    if organisation.category == "gp_practice":
        return not OpenPeriod.objects.on(day).filter(organisation=organisation).exists()
    same_kind = Membership.objects.on(day).filter(footprint__kind=plan.footprint.kind)
    known = organisation.category in {"lmc", "pcn"}
    return not known and not same_kind.filter(organisation=organisation).exists()


def _kinds(row, gp):
    category, took_part = row.organisation.category, row.outcome in TOOK_PART
    own = gp and row.capacity in OWN
    return [
        number
        for number, counted in enumerate(
            (
                own and took_part,
                own and took_part and category == "gp_practice",
                own and took_part and category == "lmc",
                row.capacity == "commissioner" and took_part,
                gp and row.capacity in {"expert", "public"} and took_part,
                own and row.outcome == "informed",
            )
        )
        if counted
    ]


def next_planned_on(plan, day):
    days = [
        row.held_on
        for row in credits_of(plan)
        if row.event.status == "planned"
        and row.held_on > day
        and recorded_by(row.event, day)
        and row.organisation.category in GENERAL_PRACTICE
        and row.capacity in OWN
        and _is_local(plan, row.organisation, day)
    ]
    return min(days, default=None)
