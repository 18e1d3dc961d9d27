"""Changes to the database: in batches, inside the transaction of the caller."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from accounts import audit
from accounts.models import User
from stakeholders.models import ListSize, OpenPeriod, Organisation, Relationship
from stakeholders.register.changes import Changes, Detail
from stakeholders.register.naming import presentable
from stakeholders.rules import search_text

BATCH = 500
Tick = Callable[[], None]


def write(
    changes: Changes, *, as_at: dt.date, by: User | None, now: dt.datetime, tick: Tick
) -> dict[str, int]:
    """Write everything; the ids of all organisations by code. ``tick`` is called between steps."""
    _create(changes)
    tick()
    _rename(changes.details, by=by, now=now)
    tick()
    ids = dict(Organisation.objects.order_by().values_list("code", "pk"))
    OpenPeriod.objects.bulk_create(
        (
            OpenPeriod(organisation_id=ids[code], valid_from=start, valid_to=end)
            for (code, start), end in changes.periods_opened.items()
        ),
        batch_size=BATCH,
    )
    end_rows(OpenPeriod, changes.periods_ended)
    tick()
    end_rows(Relationship, changes.ties_ended)
    Relationship.objects.bulk_create(
        (
            Relationship(
                source_id=ids[tie.source],
                target_id=ids[tie.target],
                kind=tie.kind,
                partial=tie.partial,
                valid_from=tie.start,
                valid_to=tie.end,
            )
            for tie in changes.ties_opened
        ),
        batch_size=BATCH,
    )
    _write_list_sizes(changes, ids, as_at)
    tick()
    return ids


def end_rows(model: Any, last_days: dict[int, dt.date | None]) -> None:
    """Set ``valid_to`` of these rows of a dated model."""
    rows = [model(pk=pk, valid_to=last) for pk, last in last_days.items()]
    model.objects.bulk_update(rows, ["valid_to"], batch_size=BATCH)


def _create(changes: Changes) -> None:
    Organisation.objects.bulk_create(
        (
            _organisation(fact.code, fact.name, fact.category, fact.address, fact.postcode)
            for fact in {fact.code: fact for fact in changes.created}.values()
        ),
        batch_size=BATCH,
    )


def _organisation(
    code: str, official_name: str, category: str, address: str, postcode: str
) -> Organisation:
    name = presentable(official_name)[:200]
    return Organisation(
        code=code,
        name=name,
        category=category,
        address=presentable(address)[:250],
        postcode=postcode[:10],
        search_text=search_text(name, code, postcode),
    )


def _rename(details: Iterable[Detail], *, by: User | None, now: dt.datetime) -> None:
    """Names with an audit row each; addresses without."""
    rows = []
    for detail in details:
        row = Organisation(
            pk=detail.pk,
            code=detail.code,
            name=detail.name,
            address=detail.address,
            postcode=detail.postcode,
            search_text=search_text(detail.name, detail.code, detail.postcode),
        )
        rows.append(row)
        if detail.is_renamed:
            before, after = {"name": detail.old_name}, {"name": detail.name}
            audit.record(by=by, verb="renamed", obj=row, before=before, after=after, at=now)
    Organisation.objects.bulk_update(
        rows, ["name", "address", "postcode", "search_text"], batch_size=BATCH // 5
    )


def _write_list_sizes(changes: Changes, ids: dict[str, int], as_at: dt.date) -> None:
    ListSize.objects.bulk_create(
        (
            ListSize(organisation_id=ids[code], as_at=as_at, patients=patients)
            for code, patients in changes.list_sizes_added.items()
        ),
        batch_size=BATCH,
    )
    corrected = [
        ListSize(pk=pk, patients=patients) for pk, patients in changes.list_sizes_changed.items()
    ]
    ListSize.objects.bulk_update(corrected, ["patients"], batch_size=BATCH)
