"""People and bodies that no register file knows: added where somebody needs them."""

import datetime as dt
import unicodedata
import uuid

from django.db import transaction

from accounts import audit
from accounts.models import User
from stakeholders.models import Category, OpenPeriod, Organisation, Person, Post
from stakeholders.rules import LOCAL_CATEGORIES, search_text


@transaction.atomic
def add_person(
    *, by: User, name: str, organisation_id: int, title: str, valid_from: dt.date
) -> Person:
    """The person of this name at this organisation, with a post from ``valid_from`` if new.

    Somebody of the same name who holds a post there is the same person, however the accents in
    the name are encoded and whatever the case of its letters.
    """
    name = unicodedata.normalize("NFC", name)
    there = Person.objects.filter(posts__organisation=organisation_id).distinct()
    for person in there:
        if _alike(person.name) == _alike(name):
            return person
    person = Person.objects.create(name=name)
    post = Post.objects.create(
        person=person,
        organisation_id=organisation_id,
        title=title or "Not stated",
        valid_from=valid_from,
    )
    audit.record(
        by=by,
        verb="person added",
        obj=person,
        after={"name": name, "organisation": str(post.organisation), "title": post.title},
    )
    return person


@transaction.atomic
def add_organisation(*, by: User, name: str, category: str, opened_on: dt.date) -> Organisation:
    """A body that no register file lists, such as a patient group, with a code of our own.

    Raises ``ValueError`` for a category that the register lists completely: a practice that is
    not in the register is a mistake to be cleared up, not a new practice.
    """
    if category not in LOCAL_CATEGORIES:
        message = f"Organisations of the category {category} come from the register."
        raise ValueError(message)
    name = unicodedata.normalize("NFC", name)
    same = Organisation.objects.filter(name__iexact=name, category=category).first()
    if same is not None:
        return same
    code = f"LOCAL-{uuid.uuid4().hex[:6].upper()}"
    made = Organisation.objects.create(
        code=code, name=name, category=Category(category), search_text=search_text(name, code)
    )
    OpenPeriod.objects.create(organisation=made, valid_from=opened_on)
    audit.record(
        by=by, verb="organisation added", obj=made, after={"name": name, "category": category}
    )
    return made


@transaction.atomic
def permit_contact(
    *, person: Person, permitted: bool, reason: str, by: User, now: dt.datetime
) -> bool:
    """Say whether messages may be sent to somebody; False where it was so already."""
    held = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if held.contact_permitted == permitted:
        return False
    held.contact_permitted = permitted
    held.save(update_fields=["contact_permitted"])
    audit.record(
        by=by,
        verb="contact permitted" if permitted else "contact not permitted",
        obj=held,
        before={"contact_permitted": not permitted},
        after={"contact_permitted": permitted, "reason": reason},
        at=now,
    )
    return True


def _alike(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()
