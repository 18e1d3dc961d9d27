"""Takes personal values out of the history, by two people, unless a legal hold stands in the way.

The chain covers a salted hash of each value and not the value, so it holds afterwards. The words
themselves are kept only until the second person has decided.
"""

import datetime as dt

from django.db import transaction

from accounts import audit
from accounts.models import AuditEntry, LegalHold, Redaction, User
from accounts.queries.redactions import MOST, holds_in_the_way, values_holding


class RedactionRefused(Exception):  # noqa: N818  # reads as what happened
    """It cannot be done; the text says why and what to do."""


@transaction.atomic
def ask_for_redaction(
    *, words: str, reason: str, object_type: str, object_key: str, by: User, now: dt.datetime
) -> Redaction:
    """Ask that values with these words be taken out of one record's history, or of all of it.

    Raises ``RedactionRefused`` where no value holds them, or far too many do.
    """
    held = values_holding(words, object_type=object_type, object_key=object_key)
    if not held:
        raise RedactionRefused("No personal detail in the history holds these words. Check them.")
    if len(held) > MOST:
        raise RedactionRefused(
            f"More than {MOST:,} entries hold these words. Give more of the name or the address."
        )
    asked = Redaction.objects.create(
        object_type=object_type,
        object_key=object_key,
        words=words,
        reason=reason,
        asked_at=now,
        asked_by=by,
    )
    audit.record(by=by, verb="redaction asked for", obj=asked, after={"reason": reason}, at=now)
    return asked


@transaction.atomic
def do_redaction(*, redaction_id: int, by: User, now: dt.datetime) -> int:
    """Take the values out for good; how many. The second person does it, never who asked.

    Raises ``RedactionRefused`` for the one who asked, where it is decided already, and while a
    legal hold is on a record concerned.
    """
    asked = _open(redaction_id, by)
    held = values_holding(asked.words, object_type=asked.object_type, object_key=asked.object_key)
    if holds_in_the_way(held):
        raise RedactionRefused(
            "A legal hold is on a record concerned. Nothing is taken out until it is lifted."
        )
    marks: dict[str, list[str]] = {}
    entries: dict[int, AuditEntry] = {}
    for one in held:
        marks.setdefault(str(one.entry.pk), []).append(one.mark)
        entries[one.entry.pk] = one.entry
    asked.done_at, asked.done_by, asked.marks, asked.words = now, by, marks, ""
    asked.save(update_fields=["done_at", "done_by", "marks", "words"])
    for entry in entries.values():
        taken = set(marks[str(entry.pk)])
        left = {mark: value for mark, value in entry.personal.items() if mark not in taken}
        AuditEntry.objects.filter(pk=entry.pk).update(personal=left)
    counts = {"values": len(held), "entries": len(entries)}
    audit.record(by=by, verb="redaction done", obj=asked, after=counts, at=now)
    return len(held)


@transaction.atomic
def refuse_redaction(*, redaction_id: int, reason: str, by: User, now: dt.datetime) -> None:
    """Leave the history as it is, with a reason. Raises as ``do_redaction`` does."""
    asked = _open(redaction_id, by)
    asked.refused_at, asked.words = now, ""
    asked.save(update_fields=["refused_at", "words"])
    audit.record(by=by, verb="redaction refused", obj=asked, after={"reason": reason}, at=now)


@transaction.atomic
def place_hold(
    *, object_type: str, object_key: str, reason: str, by: User, now: dt.datetime
) -> LegalHold:
    """Keep everything about a record as it is until the hold is lifted."""
    held = LegalHold.objects.create(
        object_type=object_type, object_key=object_key, reason=reason, placed_at=now, placed_by=by
    )
    audit.record(by=by, verb="legal hold placed", obj=held, after={"reason": reason}, at=now)
    return held


@transaction.atomic
def lift_hold(*, hold_id: int, by: User, now: dt.datetime) -> bool:
    """Lift a hold; False where somebody was quicker."""
    held = LegalHold.objects.select_for_update().get(pk=hold_id)
    if held.lifted_at is not None:
        return False
    held.lifted_at, held.lifted_by = now, by
    held.save(update_fields=["lifted_at", "lifted_by"])
    audit.record(by=by, verb="legal hold lifted", obj=held, at=now)
    return True


def _open(redaction_id: int, by: User) -> Redaction:
    asked = Redaction.objects.select_for_update().get(pk=redaction_id)
    if asked.done_at or asked.refused_at:
        raise RedactionRefused("Somebody else has decided on this already. Nothing was changed.")
    if asked.asked_by_id == by.pk:
        raise RedactionRefused("You asked for this. A second person decides on it.")
    return asked
