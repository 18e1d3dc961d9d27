"""What the database itself refuses: changing or deleting what belongs to the history.

Triggers on PostgreSQL and SQLite say no to everybody who does not switch them off first; on
PostgreSQL the role that the service signs in with may own nothing and is not granted it either
(APPLICATION_ROLE). Who owns the database can still do anything: `verify_history` finds it.

Set up after every `migrate`, because SQLite makes a table anew when it is changed and a restored
table comes without its triggers; `missing` says which are not in place.
"""

from collections.abc import Mapping

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

ANSWERED = frozenset(
    {"reply", "replied_at", "replied_by_id", "resolution", "resolution_words", "resolved_at",
     "resolved_by_id", "superseded_at"}
)  # fmt: skip

APPEND_ONLY: Mapping[str, frozenset[str]] = {
    "accounts_auditentry": frozenset({"personal"}),
    "accounts_auditseal": frozenset(),
    "accounts_legalhold": frozenset({"lifted_at", "lifted_by_id"}),
    "accounts_redaction": frozenset({"done_at", "done_by_id", "refused_at", "marks", "words"}),
    "engagement_attestation": ANSWERED,
    "engagement_claim": frozenset({"state", "event_id", "reason", "decided_at", "decided_by_id"}),
    "engagement_comment": frozenset({"left_out_at"}),
    "engagement_evidence": frozenset(),
    "consultations_answer": frozenset({"quote", "quoted_at", "quoted_by_id"}),
    "consultations_coding": frozenset({"undone_at", "undone_by_id"}),
    "readiness_decision": frozenset(),
    "readiness_decisionreason": frozenset(),
    "readiness_condition": frozenset({"met_at", "met_by_id", "met_how"}),
}
"""Tables of the history, each with the columns that may still be written after the row was added."""

REFUSED = "The history cannot be changed"
"""How the database's refusal begins."""

# A redaction takes values out of an entry's personal ones: only where two people have decided it
# for this very entry, only while no legal hold is on the object, and never to put another value in.
PG_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION history_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - TG_ARGV) = (to_jsonb(OLD) - TG_ARGV) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '{REFUSED}: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE OR REPLACE FUNCTION history_redaction_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.personal = OLD.personal OR (
        NEW.personal <@ OLD.personal
        AND EXISTS (SELECT 1 FROM accounts_redaction r
                    WHERE r.done_at IS NOT NULL AND r.marks ? NEW.id::text)
        AND NOT EXISTS (SELECT 1 FROM accounts_legalhold h
                        WHERE h.lifted_at IS NULL AND h.object_type = NEW.object_type
                        AND h.object_key = NEW.object_key)
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '{REFUSED}: no redaction of this entry' USING ERRCODE = 'check_violation';
END $$;
"""  # noqa: S608  # no value from outside

SQLITE_REDACTION = f"""
CREATE TRIGGER history_redaction BEFORE UPDATE OF personal ON accounts_auditentry
WHEN NEW.personal IS NOT OLD.personal AND (
    EXISTS (SELECT 1 FROM json_each(NEW.personal) n
            WHERE n.value IS NOT (SELECT o.value FROM json_each(OLD.personal) o WHERE o.key = n.key))
    OR NOT EXISTS (SELECT 1 FROM accounts_redaction r, json_each(r.marks) m
                   WHERE r.done_at IS NOT NULL AND m.key = CAST(NEW.id AS text))
    OR EXISTS (SELECT 1 FROM accounts_legalhold h
               WHERE h.lifted_at IS NULL AND h.object_type = NEW.object_type
               AND h.object_key = NEW.object_key)
)
BEGIN SELECT RAISE(ABORT, '{REFUSED}: no redaction of this entry'); END
"""  # noqa: S608  # no value from outside

SQLITE_OPERATIONS = ("update", "delete")


def install(alias: str = "default") -> None:
    """Put every trigger in place, anew; and the grants, where an application role is named."""
    database = connections[alias]
    with transaction.atomic(using=alias), database.cursor() as cursor:
        for statement in [*_removing(database), *_making(database)]:
            cursor.execute(statement)
        if database.vendor == "postgresql" and settings.APPLICATION_ROLE:
            for statement in grants(settings.APPLICATION_ROLE):
                cursor.execute(statement)


def remove(alias: str = "default") -> None:
    """Take the triggers away: for moving a whole database, and for tests of who owns it."""
    database = connections[alias]
    with database.cursor() as cursor:
        for statement in _removing(database):
            cursor.execute(statement)


def missing(alias: str = "default") -> list[str]:
    """The tables of the history that the database does not protect; empty is well."""
    database = connections[alias]
    if database.vendor == "postgresql":
        query = (
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE t.tgname IN ('history_row', 'history_all') AND t.tgenabled IN ('O', 'A')"
            " AND pg_table_is_visible(c.oid)"
        )
    else:
        query = (
            "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'"
            " AND (name LIKE 'history_update_%' OR name LIKE 'history_delete_%')"
        )
    with database.cursor() as cursor:
        cursor.execute(query)
        found = [str(row[0]) for row in cursor.fetchall()]
    return sorted(table for table in APPEND_ONLY if found.count(table) < 2)


def grants(role: str) -> list[str]:
    """What the service's own role may do: read and write rows, and only add to the history."""
    name = _quoted(role)
    statements = [
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
    ]
    for table, columns in APPEND_ONLY.items():
        statements.append(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {name}")
        if columns:
            listed = ", ".join(sorted(columns))
            statements.append(f"GRANT UPDATE ({listed}) ON {table} TO {name}")
    return statements


def protect(sender: AppConfig, using: str, **_: object) -> None:
    """After ``migrate``: once every table of the history exists."""
    tables = set(connections[using].introspection.table_names())
    if tables >= APPEND_ONLY.keys():
        install(using)


def _removing(database: BaseDatabaseWrapper) -> list[str]:
    if database.vendor == "postgresql":
        return [
            f"DROP TRIGGER IF EXISTS {name} ON {table}"
            for table in APPEND_ONLY
            for name in ("history_row", "history_all", "history_redaction")
        ]
    return [
        *(
            f"DROP TRIGGER IF EXISTS history_{operation}_{table}"
            for table in APPEND_ONLY
            for operation in SQLITE_OPERATIONS
        ),
        "DROP TRIGGER IF EXISTS history_redaction",
    ]


def _making(database: BaseDatabaseWrapper) -> list[str]:
    if database.vendor == "postgresql":
        made = [PG_FUNCTIONS]
        for table, columns in APPEND_ONLY.items():
            listed = ", ".join(f"'{column}'" for column in sorted(columns))
            made += [
                (
                    f"CREATE TRIGGER history_row BEFORE UPDATE OR DELETE ON {table}"
                    f" FOR EACH ROW EXECUTE FUNCTION history_append_only({listed})"
                ),
                (
                    f"CREATE TRIGGER history_all BEFORE TRUNCATE ON {table}"
                    " FOR EACH STATEMENT EXECUTE FUNCTION history_append_only()"
                ),
            ]
        return [
            *made,
            (
                "CREATE TRIGGER history_redaction BEFORE UPDATE ON accounts_auditentry"
                " FOR EACH ROW EXECUTE FUNCTION history_redaction_only()"
            ),
        ]
    made = [SQLITE_REDACTION]
    for table, columns in APPEND_ONLY.items():
        kept = [column for column in _columns(table) if column not in columns]
        moved = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in kept)
        for operation, when in (("update", f"WHEN {moved} "), ("delete", "")):
            made.append(
                f"CREATE TRIGGER history_{operation}_{table} BEFORE {operation.upper()} ON {table} "
                f"{when}BEGIN SELECT RAISE(ABORT, '{REFUSED}: {operation} on {table}'); END"
            )
    return made


def _columns(table: str) -> list[str]:
    model = next(one for one in apps.get_models() if one._meta.db_table == table)  # noqa: SLF001
    return [str(field.column) for field in model._meta.concrete_fields]  # noqa: SLF001


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
