"""Rows by the thousand: they are what was given, whatever stands in a text, on either database."""

import gc

import pytest
from django.utils import timezone

from jobs.bulk import insert, take_ids, without_collecting
from jobs.models import JobRun, RowError

pytestmark = pytest.mark.django_db
TEXTS = ["\\N", "", '"', 'a "b", c', "line\nline", "\\.", "ü 🏥", "=1+1", "a\tb", "%s"]


def test_texts_numbers_lists_and_moments_come_back_as_they_were():
    now = timezone.now().replace(microsecond=123)
    ids = take_ids(JobRun, len(TEXTS))
    fields = ("id", "kind", "slot", "title", "state", "attempts", "progress_done", "progress_total",
              "counts", "skipped", "arguments", "message", "requested_by", "owner_key", "queued_at",
              "started_at")  # fmt: skip
    rows = [
        (pk, "k", "", text, "done", 0, 0, 0, {"a": [text]}, {}, {}, text, "", "", now, None)
        for pk, text in zip(ids, TEXTS, strict=True)
    ]
    assert insert(JobRun, fields, rows) == len(TEXTS)
    found = {one.pk: one for one in JobRun.objects.filter(pk__in=ids)}
    for pk, text in zip(ids, TEXTS, strict=True):
        one = found[pk]
        assert (one.title, one.message, one.counts) == (text, text, {"a": [text]})
        assert (one.queued_at, one.started_at) == (now, None)


def test_numbers_are_given_once():
    first = take_ids(JobRun, 3)
    assert len(set(first)) == 3
    run = JobRun.objects.create(kind="k", title="x", queued_at=timezone.now())
    insert(
        RowError,
        ("run", "sheet", "row", "column", "value", "message"),
        [(run.pk, "", 1, "", "", "x")],
    )
    assert insert(RowError, ("run",), []) == 0
    assert take_ids(RowError, 1)[0] > RowError.objects.get().pk
    assert take_ids(JobRun, 0) == []


def test_the_search_for_garbage_goes_on_afterwards_whatever_happened():
    @without_collecting()
    def breaks():
        assert not gc.isenabled()
        raise ValueError("wrong")

    with pytest.raises(ValueError, match="wrong"):
        breaks()
    assert gc.isenabled()
