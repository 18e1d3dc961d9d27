"""Files and links beside answers and claims."""

from collections import defaultdict
from collections.abc import Iterable

from engagement.models import Evidence
from files.models import StoredFile


def stored_file(sha256: str) -> StoredFile | None:
    """The kept file with this hash."""
    return StoredFile.objects.filter(sha256=sha256).first()


def evidence_of_answers(attestation_ids: Iterable[int]) -> dict[int, list[Evidence]]:
    """What lies beside each answer; one statement."""
    return _by("attestation_id", attestation_ids)


def evidence_of_claims(claim_ids: Iterable[int]) -> dict[int, list[Evidence]]:
    """What lies beside each claim; one statement."""
    return _by("claim_id", claim_ids)


def _by(column: str, ids: Iterable[int]) -> dict[int, list[Evidence]]:
    found: dict[int, list[Evidence]] = defaultdict(list)
    rows = Evidence.objects.filter(**{f"{column}__in": list(ids)}).select_related("file")
    for one in rows.order_by("pk"):
        found[getattr(one, column)].append(one)
    return found
