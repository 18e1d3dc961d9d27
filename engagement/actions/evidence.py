"""Files and links that go with an answer or a claim: added, and never changed or taken away."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from accounts import audit
from accounts.models import User
from engagement.models import Attestation, Claim, Evidence
from engagement.rules.evidence import host_of
from files.models import StoredFile
from files.rules.names import shown_name


@dataclass(frozen=True, kw_only=True)
class KeptFile:
    """A file that is on the disk already, and what its sender calls it."""

    stored: StoredFile
    name: str


@transaction.atomic
def add_evidence(
    *,
    attestation: Attestation | None = None,
    claim: Claim | None = None,
    files: Iterable[KeptFile] = (),
    urls: Iterable[str] = (),
    now: dt.datetime,
) -> list[Evidence]:
    """Put files and links beside an answer or a claim; what lies there already is not added again.

    The author of the evidence is the author of what it goes with. The links are never fetched.
    """
    about: dict[str, Attestation | Claim | None] = {"attestation": attestation, "claim": claim}
    there = Evidence.objects.filter(**about)
    known_files = set(there.values_list("file", flat=True))
    known_urls = set(there.values_list("url", flat=True))
    made = [
        Evidence(file=one.stored, name=shown_name(one.name), added_at=now, **about)
        for one in {one.stored.pk: one for one in files}.values()
        if one.stored.pk not in known_files
    ]
    made += [
        Evidence(url=url, name=host_of(url)[:200], added_at=now, **about)
        for url in dict.fromkeys(urls)
        if url not in known_urls
    ]
    if not made:
        return []
    Evidence.objects.bulk_create(made)
    obj = claim or (attestation and attestation.event)
    said = claim or attestation
    assert obj is not None and said is not None  # noqa: PT018, S101 - a constraint says so too
    audit.record(
        by=_author(attestation, claim),
        verb="evidence added",
        obj=obj,
        after={
            "organisation": said.organisation.code,
            "name": [one.name for one in made],
            "sha256": [one.file.sha256 for one in made if one.file],
        },
        at=now,
        on_behalf_of=said.organisation,
    )
    return made


def _author(attestation: Attestation | None, claim: Claim | None) -> User | None:
    if claim is not None:
        return claim.claimed_by
    if attestation is None:
        return None
    if attestation.answered_by is None and attestation.link is not None:
        return attestation.link.user
    return attestation.answered_by
