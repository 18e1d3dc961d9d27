"""Who can sign in, and what was done to something."""

from django.db import models
from django.db.models import QuerySet

from accounts.models import AuditEntry, User


def history_of(obj: models.Model) -> QuerySet[AuditEntry]:
    """What was done to ``obj`` and by whom, newest first; one query."""
    label = obj._meta.label_lower  # noqa: SLF001 - the documented way to a model's name
    return AuditEntry.objects.filter(object_type=label, object_key=str(obj.pk)).select_related(
        "actor"
    )


def has_synthetic_people() -> bool:
    """Whether the demonstration's people can sign in here."""
    return User.objects.filter(is_synthetic=True, is_active=True).exists()
