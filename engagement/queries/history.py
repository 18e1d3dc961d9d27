"""The history of an event and of an organisation, as far as the reader may see it."""

import datetime as dt

from django.db.models import Q, QuerySet

from accounts.models import AuditEntry, User
from accounts.queries.history import history_of_all, type_of, without_others
from engagement.access import Sight, events_visible_to
from engagement.models import Attestation, Claim, Event, Participation, Question
from plans.access import plans_visible_to
from stakeholders.models import Invitation, Organisation, Person


def event_history(event: Event, sight: Sight) -> QuerySet[AuditEntry]:
    """What was done to a record; a representative reads nothing of what others said or were sent."""
    entries = history_of_all({type_of(Event): [event.pk]})
    if sight.everybody:
        return entries
    named = Participation.objects.filter(event=event).values("organisation")
    ours = Organisation.objects.filter(pk__in=sight.organisation_ids).filter(pk__in=named)
    return without_others(entries, ours=[name for one in ours for name in _called(one)])


def organisation_history(
    organisation: Organisation, user: User, *, today: dt.date
) -> QuerySet[AuditEntry]:
    """What was done to an organisation's own entry, its people, and what was done in its name.

    Events and claims only where ``user`` sees the event or the plan. Six statements and the page's.
    """
    events = events_visible_to(user, today=today).filter(
        Q(pk__in=Attestation.objects.filter(organisation=organisation).values("event"))
        | Q(pk__in=Question.objects.filter(organisation=organisation).values("event"))
    )
    claims = Claim.objects.filter(
        organisation=organisation, plan__in=plans_visible_to(user, today=today).values("pk")
    )
    keys = {
        type_of(Organisation): [organisation.pk],
        type_of(Person): _ids(Person.objects.filter(posts__organisation=organisation).distinct()),
        type_of(Invitation): _ids(Invitation.objects.filter(organisation=organisation)),
        type_of(Claim): _ids(claims),
    }
    called = _called(organisation)
    own = history_of_all(keys).values("pk")
    said = history_of_all({type_of(Event): _ids(events)}).filter(
        Q(on_behalf_of__in=called) | Q(after__organisation__in=called)
    )
    return (
        AuditEntry.objects.filter(Q(pk__in=own) | Q(pk__in=said.values("pk")))
        .select_related("actor")
        .order_by("-pk")
    )


def _called(organisation: Organisation) -> list[str]:
    """What entries call it: by its code, its name or both."""
    return [organisation.code, organisation.name, str(organisation)[:200]]


def _ids(found: QuerySet) -> list[int]:
    return list(found.order_by().values_list("pk", flat=True))
