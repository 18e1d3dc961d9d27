"""Watches every POST of every test: what changes an audited table leaves an audit row, or fails.

Put in front of the middleware by ``config.settings_test``; it asks the database nothing.
"""

import re
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import connection
from django.http import HttpRequest, HttpResponse

from engagement.actions.summary import COUNTS
from tests.meta.verbs import APPS

UNAUDITED = {
    "accounts_auditseal": "the chain itself",
    "consultations_savedform": "what a stranger has begun to write; sending it is recorded",
    "consultations_suggestion": "what a machine thinks; what a person makes of it is recorded",
    "consultations_themereview": "worked out from what people coded",
    "engagement_reach": "the summary, worked out anew",
    "engagement_summaryday": "the summary, worked out anew",
    "files_storedfile": "bytes by their hash; whoever adds evidence is recorded",
    "jobs_heartbeat": "signs of life",
    "jobs_jobrun": "the job log is a record of its own",
    "jobs_rowerror": "the job log is a record of its own",
    "mail_keptmail": "what the demonstration would have sent",
    "mail_message": "the outbox: what caused a message is recorded",
    "readiness_assessment": "worked out from what is recorded",
    "readiness_criterionresult": "worked out from what is recorded",
}
"""Tables that change without an audit row, each with the reason."""

UNAUDITED_COLUMNS = {
    "engagement_eventplan": set(COUNTS),
    "accounts_user": {"last_login"},
    "consultations_response": {"held_by_id", "held_until"},  # whose hands it is in for some minutes
    "plans_plan": {"change_no", "changed_at", "assessed_no"},
}
"""Columns that do so in tables that are audited."""

_WRITE = re.compile(r'^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?(.*)', re.I | re.S)
_COLUMN = re.compile(r'"(\w+)" =')


def audited_tables() -> set[str]:
    """The tables of our own models but for those that have a reason."""
    ours = {model._meta.db_table for model in apps.get_models() if model._meta.app_label in APPS}
    return ours - UNAUDITED.keys() - {"accounts_auditentry"}


def middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Raises ``AssertionError`` for a POST that wrote in silence."""
    tables = audited_tables()

    def watched(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return get_response(request)
        seen: set[str] = set()
        with connection.execute_wrapper(_watcher(seen)):
            response = get_response(request)
        silent = seen & tables
        if silent and "accounts_auditentry" not in seen:
            message = f"{request.path} wrote to {', '.join(sorted(silent))} without an audit row."
            raise AssertionError(message)
        return response

    return watched


def _watcher(seen: set[str]) -> Callable[..., Any]:
    def watch(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        done = execute(sql, params, many, context)
        found = _WRITE.match(str(sql))
        if found and not _changed_nothing(found[1], context["cursor"].rowcount):
            verb, table, rest = found.groups()
            columns = set(_COLUMN.findall(rest.partition(" WHERE ")[0]))
            minor = UNAUDITED_COLUMNS.get(table, set())
            if not (verb.upper() == "UPDATE" and columns and columns <= minor):
                seen.add(table)
        return done

    return watch


def _changed_nothing(verb: str, rows: int) -> bool:
    """Whoever comes second updates no row. What an insert returns is not counted before it is read."""
    return rows == 0 and verb.upper() != "INSERT INTO"
