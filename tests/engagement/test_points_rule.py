"""Which points of a record are which after an edit: cases, and what becomes of their rows."""

import datetime as dt

import pytest
from django.utils import timezone

from engagement.actions import amend_event, record_event
from engagement.actions.drafts import start_edit
from engagement.models import Point, PointFate
from engagement.queries.contents import content_of_event
from engagement.rules.points import PointThere, paired
from engagement.rules.record import Attendance, PointMade, Record
from tests.engagement.area import bolton, days_ago

A, B = "Premises are too small", "Nobody answers the phone"


def there(pk, text, *, settled=True, removed=False, organisation=None):
    made = PointMade(text=text, organisation_id=organisation)
    return PointThere(pk=pk, made=made, is_settled=settled, is_removed=removed)


def said(*texts, organisation=None):
    return [PointMade(text=text, organisation_id=organisation) for text in texts]


@pytest.mark.parametrize(
    ("rows", "wanted", "edited", "new", "removed", "deleted"),
    [
        pytest.param([there(1, A)], said(A), {}, [], [], [], id="the same"),
        pytest.param([there(1, A)], said(), {}, [], [1], [], id="taken off, decided on"),
        pytest.param([there(1, A, settled=False)], said(), {}, [], [], [1], id="taken off"),
        pytest.param([there(1, A)], said(f"{A} for us"), {1: f"{A} for us"}, [], [], [], id="edited"),
        pytest.param([there(1, A)], said(B), {}, [B], [1], [], id="another point altogether"),
        pytest.param(
            [there(1, A, settled=False)], said(f"{A}!"), {}, [f"{A}!"], [], [1], id="not decided on"
        ),
        pytest.param([there(1, A, removed=True)], said(A), {1: A}, [], [], [], id="comes back"),
        pytest.param([there(1, A, removed=True)], said(B), {}, [B], [], [], id="stays off"),
        pytest.param(
            [there(1, A), there(2, f"{A} now")], said(f"{A} now"), {}, [], [1], [], id="not twice"
        ),
        pytest.param(
            [there(1, A, organisation=7)], said(f"{A} for us", organisation=8), {}, [f"{A} for us"],
            [1], [], id="said by somebody else",
        ),
        pytest.param(
            [there(1, A, organisation=7)], said(A, organisation=8), {1: A}, [], [], [],
            id="the same words, put to another",
        ),
    ],
)  # fmt: skip
def test_what_was_decided_on_a_point_stays_with_it(rows, wanted, edited, new, removed, deleted):
    found = paired(rows, wanted)

    assert {pk: made.text for pk, made in found.edited.items()} == edited
    assert [made.text for made in found.new] == new
    assert (found.removed, found.deleted) == (removed, deleted)


def _record(area, *points):
    lmc = Attendance(
        organisation_id=area.lmc.pk, capacity="provider", outcome="attended", person_id=None
    )
    return Record(
        plan_ids=(area.plan.pk,), title="Forum", held_on=days_ago(3), channel="meeting",
        status="happened", level="consult", attendances=(lmc,), points=points,
    )  # fmt: skip


def _amend(area, event, *points):
    now = timezone.now()
    draft = start_edit(
        by=area.manager, event=event, seen_version=event.version, with_note=False, now=now
    )
    return amend_event(
        by=area.manager, draft=draft, record=_record(area, *points), now=now, with_note=False
    )


@pytest.mark.django_db
def test_editing_a_record_keeps_what_was_decided_about_its_points():
    area, now = bolton(), timezone.now()
    first, second, third = said(A, B, "Travel")
    event = record_event(by=area.manager, record=_record(area, first, second, third), now=now)
    one, two, three = event.points.order_by("pk")
    for point in (one, two):
        PointFate.objects.create(
            point=point, plan=area.plan, disposition="accepted", reason="Yes", decided_at=now
        )

    event = _amend(area, event, PointMade(text=f"{A} in Bolton", follow_up_by=dt.date(2030, 1, 1)))

    one.refresh_from_db(), two.refresh_from_db()
    assert (one.text, one.removed_at) == (f"{A} in Bolton", None)
    assert one.fates.get().version == 2
    assert (two.text, two.removed_at is not None) == (B, True)
    assert not Point.objects.filter(pk=three.pk).exists()
    typed = content_of_event(event, with_note=False)["said"]["points"]
    assert [point["text"] for point in typed] == [f"{A} in Bolton"], "what was taken off stays off"

    _amend(area, event, PointMade(text=f"{A} in Bolton"), second)

    two.refresh_from_db()
    assert (two.removed_at, two.fates.get().disposition) == (None, "accepted")
