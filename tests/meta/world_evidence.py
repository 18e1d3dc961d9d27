"""A file beside the dispute of each area, with a name and words that nobody else may read."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from engagement.actions.evidence import KeptFile, add_evidence
from engagement.models import Attestation
from files.actions import store


def values(name: str, dispute_id: int, now: dt.datetime) -> dict[str, int]:
    """Who answers for the organisation sent it."""
    content = f"canary file of {name}".encode()
    upload = SimpleUploadedFile(f"canary file name of {name}.txt", content)
    stored = store(upload, allowed=frozenset({"txt"}), limit=1000, now=now)
    dispute = Attestation.objects.get(pk=dispute_id)
    kept = KeptFile(stored=stored, name=upload.name or "")
    [made] = add_evidence(attestation=dispute, files=[kept], now=now)
    return {f"evidence-{name}": made.pk}
