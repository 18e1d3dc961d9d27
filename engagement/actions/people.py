"""Somebody who was not listed, added while an event is being logged."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from stakeholders.actions import add_organisation, add_person


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """A person as typed: at an organisation of the register, or at one to be added as ``kind``."""

    name: str
    title: str
    organisation_id: int | None
    organisation_name: str = ""
    kind: str = ""


@transaction.atomic
def add_attendee(*, by: User, person: NewPerson, since: dt.date) -> tuple[int, int]:
    """Ids of the organisation and of the person, who has held the post ``since`` that day."""
    organisation_id = person.organisation_id
    if organisation_id is None:
        organisation_id = add_organisation(
            by=by, name=person.organisation_name, category=person.kind, opened_on=since
        ).pk
    added = add_person(
        by=by,
        name=person.name,
        organisation_id=organisation_id,
        title=person.title,
        valid_from=since,
    )
    return organisation_id, added.pk
