"""What is kept, what waits, and what is no longer what it was."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet

from files import disk
from files.models import Scan, StoredFile

A_WEEK = dt.timedelta(days=7)


def waiting() -> list[StoredFile]:
    """Files that nobody has looked at yet, oldest first."""
    return list(StoredFile.objects.filter(scan=Scan.WAITING).order_by("pk"))


def due_for_proof(now: dt.datetime) -> list[StoredFile]:
    """Files that were not hashed again for a week."""
    old = StoredFile.objects.exclude(verified_at__gte=now - A_WEEK)
    return list(old.order_by("pk"))


def unwanted(before: dt.datetime) -> QuerySet[StoredFile]:
    """Files that nothing refers to: chosen on a form that was then never sent."""
    found = StoredFile.objects.filter(stored_at__lt=before).exclude(verified_at__gte=before)
    for relation in StoredFile._meta.related_objects:  # noqa: SLF001 - Django documents it
        found = found.filter(**{f"{relation.name}__isnull": True})
    return found


def broken() -> Iterator[tuple[str, str]]:
    """SHA-256 and what is wrong, for every kept file that is missing or has other bytes.

    Hashes everything that is kept, however long that takes.
    """
    for sha256 in StoredFile.objects.order_by("pk").values_list("sha256", flat=True).iterator():
        said = what_is_wrong(sha256)
        if said:
            yield sha256, said


def what_is_wrong(sha256: str) -> str:
    """A sentence, or nothing where the bytes are what they were."""
    found = disk.hash_of(sha256)
    if not found:
        return "The file is missing or cannot be read."
    return "" if found == sha256 else f"The file was changed: its bytes now have the hash {found}."
