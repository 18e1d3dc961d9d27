"""Every write of the service leaves a row in the history: seen in the source, and in every request.

The source is walked function by function; ``watch`` watches the POST requests of all other tests.
"""

import pytest
from django.db import connection
from django.test import RequestFactory

from accounts import audit
from tests.factories import accounts, stakeholders
from tests.meta import watch
from tests.meta.writers import Function, functions, reached

PART = "a part of actions that record"
JOB = "the job log is a record of its own"
SUMMARY = "a summary that is worked out anew"
LEASE = "says for some minutes who works on a response; what they do there is recorded"
DRAFT = "what a stranger has begun to write; sending it is recorded"
OUTBOX = "the outbox: what caused the message is recorded by its action"

UNRECORDED = {
    "accounts.actions.sealing.keep_checkpoint": "says of the history itself how long it is",
    "accounts.actions.sealing.seal": "the chain of the history itself",
    "accounts.actions.sessions.end_every_session": PART,
    "accounts.actions.signing_in.tidy": "clears sessions and throttles that are over",
    "consultations.actions.suggestions.ask_for_suggestions": JOB,
    "consultations.actions.suggestions.ask_when_due": JOB,
    "consultations.actions.saved_forms.drop_form": DRAFT,
    "consultations.actions.saved_forms.drop_old_forms": DRAFT,
    "consultations.actions.saved_forms.save_form": DRAFT,
    "consultations.actions.telling.tell_moved": OUTBOX,
    "consultations.actions.telling.tell_received": OUTBOX,
    "consultations.actions.telling.tell_saved": OUTBOX,
    "consultations.actions.triage.release": LEASE,
    "consultations.actions.triage.take": LEASE,
    "consultations.actions.triage.take_next": LEASE,
    "consultations.actions.response_imports.check": JOB,
    "consultations.actions.response_imports.read": JOB,
    "consultations.actions.response_imports.refuse": JOB,
    "engagement.actions.asking.send": PART,
    "engagement.actions.attendance_lists.match": JOB,
    "engagement.actions.attendance_lists.queue_match": JOB,
    "engagement.actions.attendance_lists.queue_write": JOB,
    "engagement.actions.attendance_lists.read": JOB,
    "engagement.actions.attendance_matching.match_rows": JOB,
    "engagement.actions.attendance_people.people_for": PART,
    "engagement.actions.children.rewrite": PART,
    "engagement.actions.children.write_new": PART,
    "engagement.actions.children.write_readers": PART,
    "engagement.actions.summary.empty_counts": SUMMARY,
    "engagement.actions.summary.mark_counts_due": SUMMARY,
    "engagement.actions.summary.mark_reach_due": SUMMARY,
    "engagement.actions.summary.name_due": SUMMARY,
    "engagement.actions.telling.tell_managers": OUTBOX,
    "engagement.actions.telling.tell_organisation": OUTBOX,
    "files.actions.keeping.scan_waiting": "what a virus scanner says of bytes",
    "files.actions.keeping.sweep": JOB,
    "files.actions.keeping.verify": JOB,
    "files.actions.storing.store": "bytes by their hash; adding them as evidence is recorded",
    "jobs.actions.advance": JOB,
    "jobs.actions.begin_slot": JOB,
    "jobs.actions.fail": JOB,
    "jobs.actions.finish": JOB,
    "jobs.actions.queue": JOB,
    "jobs.actions.record_row_errors": JOB,
    "jobs.actions.remember": JOB,
    "jobs.actions.seen": "a sign of life",
    "jobs.actions.start": JOB,
    "mail.actions.delivering.deliver": OUTBOX,
    "mail.actions.delivering.take": OUTBOX,
    "mail.actions.posting.post": OUTBOX,
    "mail.actions.posting.post_all": OUTBOX,
    "plans.actions.changes.mark_changed": "marks a plan to be assessed; the change itself is recorded",
    "plans.actions.imports.ask_for_preview": JOB,
    "plans.actions.imports.confirm": JOB,
    "plans.actions.imports.preview": JOB,
    "plans.actions.versions.ask_to_read": PART,
    "readiness.actions.digest.send_digests": OUTBOX,
    "readiness.actions.summary.refresh_summary": SUMMARY,
    "readiness.actions.telling.tell_of_decision": OUTBOX,
}
"""Public actions that write and record nothing, each with the reason."""

ELSEWHERE = {
    "accounts.audit": "writes the history",
    "accounts.models.people": "makes a user; its callers record",
    "config.moving": "copies a whole database, its history too",
    "consultations.presenters.heard_document": "writes a Word file into memory, no row",
    "mail.backends": "keeps what the demonstration would have sent",
    "plans.register.writing": "the importer, one audit row a file; who loads it is recorded",
    "stakeholders.register.writing": "the importer, one audit row a file; who loads it is recorded",
}
"""Modules outside actions that write, each with the reason; the demonstration makes up its world."""


@pytest.fixture(scope="module")
def graph() -> dict[str, Function]:
    return functions()


def silent(graph: dict[str, Function]) -> set[str]:
    """Public actions that write, by themselves or by what they call, and record nothing."""
    found = set()
    for one in graph.values():
        if one.is_action and one.is_public:
            along = reached(one, graph)
            if any(step.writes for step in along) and not any(step.records for step in along):
                found.add(one.name)
    return found


def test_every_action_that_writes_records_it_or_has_a_reason(graph) -> None:
    found = silent(graph)
    assert found - UNRECORDED.keys() == set(), "Record it, or give the reason in UNRECORDED."
    assert UNRECORDED.keys() - found == set(), "These record by now, write nothing or are gone."


def test_the_walk_sees_what_it_must_see(graph) -> None:
    """The control: well-known writers record, and the graph follows calls through packages."""
    writers = [
        one for one in graph.values()
        if one.is_action and one.is_public and any(step.writes for step in reached(one, graph))
    ]  # fmt: skip
    assert len(writers) > 100
    logs = graph["engagement.actions.events.record_event"]
    assert "plans.actions.changes.mark_changed" in {one.name for one in reached(logs, graph)}
    blinded = {name: Function(**{**vars(one), "records": False}) for name, one in graph.items()}
    assert "engagement.actions.events.record_event" in silent(blinded)


def test_nobody_writes_outside_the_actions_without_a_reason(graph) -> None:
    found = {
        _module(one)
        for one in graph.values()
        if one.writes and not one.is_action and ".demonstration." not in one.name
    }
    assert found == ELSEWHERE.keys()


def _module(one: Function) -> str:
    """Without the class of a method."""
    return ".".join(part for part in one.module.split(".") if part.islower())


def test_every_reason_is_about_a_table_that_exists() -> None:
    tables = watch.audited_tables()
    assert watch.UNAUDITED_COLUMNS.keys() <= tables
    assert watch.UNAUDITED.keys() <= set(connection.introspection.django_table_names())
    assert len(tables) > 40


@pytest.mark.django_db
@pytest.mark.parametrize("records", [True, False])
def test_a_request_that_writes_in_silence_is_caught(records) -> None:
    """The control of the watch."""

    def view(request):
        made = stakeholders.lmc(name="Made in silence")
        if records:
            audit.record(by=accounts.user(), verb="organisation added", obj=made)

    watched = watch.middleware(view)
    if records:
        watched(RequestFactory().post("/somewhere/"))
        return
    with pytest.raises(AssertionError, match=r"/somewhere/ wrote to .*stakeholders_organisation"):
        watched(RequestFactory().post("/somewhere/"))
