"""Reads of the audit trail."""

from django.db import models
from django.db.models import QuerySet

from accounts.models import AuditEntry


def history_of(obj: models.Model) -> QuerySet[AuditEntry]:
    """What was done to ``obj`` and by whom, newest first; one query."""
    return AuditEntry.objects.filter(
        object_type=obj._meta.label_lower, object_key=str(obj.pk)
    ).select_related("actor")
