"""What journeys start from: rows are put back as they were, and the history stays protected."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEntry, User
from config import protection
from tests.factories import accounts
from tests.system.kept import Kept, truncate


@pytest.mark.system
@pytest.mark.django_db(transaction=True)
def test_rows_are_put_back_and_the_history_cannot_be_changed() -> None:
    somebody = accounts.user(name="José O’Neill")
    with transaction.atomic():
        audit.record(by=None, verb="made for a test", obj=somebody, after={}, at=timezone.now())
    before = list(AuditEntry.objects.values())
    kept = Kept.now()
    accounts.user()
    truncate()

    kept.put_back()

    assert [one.name for one in User.objects.all()] == ["José O’Neill"]
    assert list(AuditEntry.objects.values()) == before
    assert accounts.user().pk > somebody.pk, "no id is given twice"
    assert not protection.missing()
    for change in (AuditEntry.objects.all().delete, lambda: AuditEntry.objects.update(verb="x")):
        with pytest.raises(DatabaseError, match=protection.REFUSED), transaction.atomic():
            change()
