"""Who sees which event, and how much of it.

Managers see the events credited to a plan of theirs, reviewers all, a representative those that
name their organisation or a practice in its area. Out of scope is 404, in scope without the
permission 403.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from accounts.models import User
from accounts.permissions import has_permission, roles_of
from accounts.roles import Permission, Role
from engagement.models import (
    AttendanceImport,
    Claim,
    Collation,
    Event,
    EventPlan,
    Evidence,
    Participation,
)
from plans.access import footprints_managed_by, may_write, plans_managed_by, plans_visible_to
from plans.models import Footprint
from stakeholders.access import organisation_ids_represented_by, organisations_represented_by
from stakeholders.models import Category
from stakeholders.queries.representation import organisation_ids_answered_for


@dataclass(frozen=True)
class Sight:
    """Whose names and words a person sees in a record: everybody's, or those of some organisations.

    To an LMC (``is_lmc``) another LMC is heard or disputed, and nothing more is told of it.
    """

    everybody: bool
    organisation_ids: frozenset[int] = frozenset()
    is_lmc: bool = False

    def covers(self, organisation_id: int | None) -> bool:
        return self.everybody or organisation_id in self.organisation_ids

    def tells_of(self, organisation_id: int, category: str) -> bool:
        """Whether more may be told of it than that it was heard or that it disagrees."""
        is_another_lmc = self.is_lmc and category == Category.LMC
        return self.covers(organisation_id) or not is_another_lmc


def events_visible_to(user: User, *, today: dt.date) -> QuerySet[Event]:
    """The events in scope for ``user``, withdrawn ones too: they stay in history."""
    roles = roles_of(user, today=today)
    if Role.REVIEWER in roles or roles == {Role.ADMINISTRATOR}:
        # An administrator is in scope everywhere and has no permission to read: 403, not 404.
        return Event.objects.all()
    scope = Q(pk__in=())
    if Role.MANAGER in roles:
        managed = plans_managed_by(user, today=today).values("pk")
        scope |= Q(Exists(EventPlan.objects.filter(event=OuterRef("pk"), plan__in=managed)))
    if Role.REPRESENTATIVE in roles:
        ours = organisation_ids_answered_for(user, today=today)
        named = Participation.objects.filter(event=OuterRef("pk"), organisation__in=ours)
        scope |= Q(Exists(named))
    return Event.objects.filter(scope)


def event_in_scope(user: User, pk: int, *, permission: Permission, today: dt.date) -> Event:
    """The event with this id, if ``user`` may see that it exists and has ``permission``.

    Raises ``Http404`` outside the scope and ``PermissionDenied`` inside it without permission.
    """
    event = (
        events_visible_to(user, today=today)
        .select_related("recorded_by", "withdrawn_by")
        .filter(pk=pk)
        .first()
    )
    if event is None:
        message = "No event with this address."
        raise Http404(message)
    if not has_permission(user, permission, today=today):
        raise PermissionDenied(permission.refusal)
    return event


CHANGED_BY = "Only somebody who manages every plan that this record counts for can change it."
"""What the 403 page says to a manager of some of the plans, or of none."""


def evidence_in_scope(user: User, pk: int, *, today: dt.date) -> Evidence:
    """The file with this number beside an answer or a claim, for whoever reads the words it goes with.

    Those are the managers of the plan, the reviewers, and whoever answers for the organisation that
    sent it. Raises ``Http404`` for everybody else.
    """
    roles = roles_of(user, today=today)
    scope = Q()
    if Role.REVIEWER not in roles and roles != {Role.ADMINISTRATOR}:
        managed = plans_managed_by(user, today=today).values("pk")
        ours = organisation_ids_represented_by(user, today=today)
        scope = (
            Q(attestation__event__credits__plan__in=managed)
            | Q(claim__plan__in=managed)
            | Q(attestation__organisation__in=ours)
            | Q(claim__organisation__in=ours)
        )
    files = Evidence.objects.filter(scope, pk=pk, file__isnull=False)
    found = files.select_related("file").distinct().first()
    if found is None:
        message = "No file with this address."
        raise Http404(message)
    if not has_permission(user, Permission.READ_EVENTS, today=today):
        raise PermissionDenied(Permission.READ_EVENTS.refusal)
    return found


def may_change(user: User, event: Event, *, today: dt.date) -> bool:
    """Whether ``user`` manages every plan to which the event is credited; two queries at most."""
    if not has_permission(user, Permission.LOG_ENGAGEMENT, today=today):
        return False
    credited = set(event.credits.values_list("plan_id", flat=True))
    managed = plans_managed_by(user, today=today).filter(pk__in=credited).count()
    return bool(credited) and managed == len(credited)


def may_read_note(user: User, event: Event) -> bool:
    """Whether ``user`` is the author or one of the named readers of the restricted note."""
    return event.recorded_by_id == user.pk or event.note_readers.filter(user=user).exists()


def may_read_contacts(
    user: User, organisation_id: int, footprints: Iterable[Footprint], *, today: dt.date
) -> bool:
    """Whether ``user`` may read e-mail and telephone of an organisation's people.

    A manager may in the footprints they manage and for national bodies, which belong to none
    of ``footprints``; a representative only for the organisations they answer for.
    """
    if organisation_id in organisation_ids_represented_by(user, today=today):
        return True
    if not has_permission(user, Permission.READ_CONTACT_DETAILS, today=today):
        return False
    theirs = {footprint.pk for footprint in footprints}
    return not theirs or footprints_managed_by(user, today=today).filter(pk__in=theirs).exists()


def may_change_contact(
    user: User, organisation_id: int, footprints: Iterable[Footprint], *, today: dt.date
) -> bool:
    """Whether ``user`` may say if an organisation's people may be written to: its managers."""
    return has_permission(user, Permission.LOG_ENGAGEMENT, today=today) and may_read_contacts(
        user, organisation_id, footprints, today=today
    )


def claims_visible_to(user: User, *, today: dt.date) -> QuerySet[Claim]:
    """What organisations claimed, as far as it is in scope: their own, of the plans that one
    manages, all for reviewers. The lead of another LMC on the same plan sees none of it."""
    roles = roles_of(user, today=today)
    if Role.REVIEWER in roles or roles == {Role.ADMINISTRATOR}:
        return Claim.objects.all()  # an administrator may not read it: 403, not 404
    scope = Q(pk__in=())
    if Role.MANAGER in roles:
        scope |= Q(plan__in=plans_managed_by(user, today=today).values("pk"))
    if Role.REPRESENTATIVE in roles:
        scope |= Q(organisation__in=organisation_ids_represented_by(user, today=today))
    return Claim.objects.filter(scope)


def claim_in_scope(user: User, pk: int, *, permission: Permission, today: dt.date) -> Claim:
    """The claim with this id, if ``user`` may see that it exists and has ``permission``.

    Raises ``Http404`` outside the scope and ``PermissionDenied`` inside it without permission.
    """
    found = claims_visible_to(user, today=today).select_related(
        "plan__footprint", "organisation", "claimed_by", "decided_by", "event", "collation"
    )
    claim = found.filter(pk=pk).first()
    if claim is None:
        message = "No claim with this address."
        raise Http404(message)
    if not has_permission(user, permission, today=today):
        raise PermissionDenied(permission.refusal)
    return claim


def may_decide(user: User, claim: Claim, *, today: dt.date) -> bool:
    """Whether ``user`` manages the plan and does not answer for the organisation that claims."""
    return (
        has_permission(user, Permission.DECIDE_CLAIMS, today=today)
        and plans_managed_by(user, today=today).filter(pk=claim.plan_id).exists()
        and claim.organisation_id not in organisation_ids_represented_by(user, today=today)
    )


def may_claim_for(user: User, claim: Claim, *, today: dt.date) -> bool:
    """Whether ``user`` answers for the organisation that claims."""
    ours = organisation_ids_represented_by(user, today=today)
    return (
        has_permission(user, Permission.ADD_CLAIMS, today=today) and claim.organisation_id in ours
    )


def collation_in_scope(user: User, pk: int, *, today: dt.date) -> Collation:
    """The collation with this id, if ``user`` answers for the organisation that gathers it.

    Nobody else learns that there is one, whatever their role: ``Http404``.
    """
    ours = organisation_ids_represented_by(user, today=today)
    may = has_permission(user, Permission.COLLATE, today=today)
    found = Collation.objects.filter(organisation__in=ours) if may else Collation.objects.none()
    collation = (
        found.select_related("organisation", "plan", "consultation", "response")
        .filter(pk=pk)
        .first()
    )
    if collation is None:
        message = "No collation with this address."
        raise Http404(message)
    return collation


def may_read_history_of(
    user: User, organisation_id: int, footprints: Iterable[Footprint], *, today: dt.date
) -> bool:
    """Whether ``user`` may read what was done in an organisation's name: its own representatives,
    the managers of an area to which it belongs, and whoever reads the history of everything."""
    if has_permission(user, Permission.READ_HISTORY, today=today):
        return True
    if organisation_id in organisation_ids_represented_by(user, today=today):
        return True
    ids = {footprint.pk for footprint in footprints}
    return footprints_managed_by(user, today=today).filter(pk__in=ids).exists()


def may_read_people(
    user: User, organisation_id: int, footprints: Iterable[Footprint], *, today: dt.date
) -> bool:
    """Whether ``user`` may read who works at an organisation, by name.

    Reviewers and administrators; a manager in the footprints they manage and for national bodies,
    which belong to none of ``footprints``; a representative only of their own organisation.
    """
    if roles_of(user, today=today) & {Role.REVIEWER, Role.ADMINISTRATOR}:
        return True
    return may_read_contacts(user, organisation_id, footprints, today=today)


def sight_of(user: User, *, footprints: Iterable[int], today: dt.date) -> Sight:
    """Whose names and words ``user`` sees in what belongs to these footprints, by their ids.

    Managers and reviewers see everybody; a representative those of the own organisation only. Who
    is both manager and representative is a manager where they manage, and nowhere else.
    """
    roles = roles_of(user, today=today)
    if Role.REVIEWER in roles or (Role.MANAGER in roles and Role.REPRESENTATIVE not in roles):
        return Sight(everybody=True)
    if footprints_managed_by(user, today=today).filter(pk__in=set(footprints)).exists():
        return Sight(everybody=True)
    ours = organisations_represented_by(user, today=today).values_list("pk", "category")
    categories = dict(ours)
    return Sight(
        everybody=False,
        organisation_ids=frozenset(categories),
        is_lmc=Category.LMC in categories.values(),
    )


def attendance_list_in_scope(user: User, pk: int, *, today: dt.date) -> AttendanceImport:
    """The attendance list with this number, for the managers of its plan.

    Raises ``Http404`` where its plan is out of scope, and ``PermissionDenied`` for everybody else
    who sees the plan.
    """
    plans = plans_visible_to(user, today=today)
    found = AttendanceImport.objects.filter(pk=pk, plan__in=plans.values("pk"))
    one = found.select_related("plan__footprint", "event", "file", "uploaded_by").first()
    if one is None:
        message = "No attendance list with this address."
        raise Http404(message)
    may = has_permission(user, Permission.IMPORT_ATTENDANCE, today=today)
    if not may or not may_write(user, one.plan, today=today):
        raise PermissionDenied(Permission.IMPORT_ATTENDANCE.refusal)
    return one


def may_confirm_list(user: User, one: AttendanceImport, *, today: dt.date) -> bool:
    """Whether ``user`` manages every plan for which a record counts that the list would change; one
    query beside those of the scope. Whoever sent the list may manage more plans than who confirms it."""
    named = one.rows.filter(event__isnull=False).values("event")
    changed = EventPlan.objects.filter(Q(event=one.event_id) | Q(event__in=named))
    managed = plans_managed_by(user, today=today)
    return not changed.exclude(plan__in=managed.values("pk")).exists()
