"""The triggers that keep `LinkCount`; made anew after a migration that dropped them."""

# ruff: noqa: S608 - the names of tables and columns are our own
from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

KEYS = ("company_id", "kind", "status", "state", "reason")
COLUMNS = ", ".join(KEYS)
NAMES = {"sqlite": "sync_link_counted_update", "postgresql": "sync_link_counted"}


def install(connection: BaseDatabaseWrapper) -> None:
    tables = connection.introspection.table_names()
    if not {"sync_link", "sync_linkcount"} <= set(tables):
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if not _is_installed(cursor, connection.vendor):
            for statement in [*RECOUNT, *(_sqlite() if connection.vendor == "sqlite" else POSTGRESQL)]:
                cursor.execute(statement)


def _is_installed(cursor: Any, vendor: str) -> bool:
    where = {
        "sqlite": "SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = %s",
        "postgresql": "SELECT 1 FROM pg_proc WHERE proname = %s",
    }
    cursor.execute(where[vendor], [NAMES[vendor]])
    return cursor.fetchone() is not None


RECOUNT = [
    "DELETE FROM sync_linkcount",
    f"INSERT INTO sync_linkcount ({COLUMNS}, number) SELECT {COLUMNS}, count(*) FROM sync_link GROUP BY {COLUMNS}",
]


def _sqlite() -> list[str]:
    """One writer at a time, so a row per key is counted up and down."""
    same = " AND ".join(f"{key} = {{row}}.{key}" for key in KEYS)
    new = ", ".join(f"new.{key}" for key in KEYS)
    out = f"UPDATE sync_linkcount SET number = number - 1 WHERE {same.format(row='old')};"
    into = (
        f"INSERT INTO sync_linkcount ({COLUMNS}, number) SELECT {new}, 0 "
        f"WHERE NOT EXISTS (SELECT 1 FROM sync_linkcount WHERE {same.format(row='new')}); "
        f"UPDATE sync_linkcount SET number = number + 1 WHERE {same.format(row='new')};"
    )
    changed = " OR ".join(f"old.{key} <> new.{key}" for key in KEYS)
    return [
        f"CREATE TRIGGER sync_link_counted_insert AFTER INSERT ON sync_link BEGIN {into} END",
        f"CREATE TRIGGER sync_link_counted_delete AFTER DELETE ON sync_link BEGIN {out} END",
        f"CREATE TRIGGER sync_link_counted_update AFTER UPDATE OF {COLUMNS} ON sync_link WHEN {changed} "
        f"BEGIN {out} {into} END",
    ]


def _postgresql(event: str, of: str, referencing: str) -> list[str]:
    return [
        f"""CREATE FUNCTION sync_link_counted_{event.lower()}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO sync_linkcount ({COLUMNS}, number)
            SELECT {COLUMNS}, sum(one) FROM ({of}) changed GROUP BY {COLUMNS} HAVING sum(one) <> 0;
            IF random() < 0.02 THEN PERFORM sync_link_counted(); END IF;
            RETURN NULL;
        END $$""",
        f"CREATE TRIGGER sync_link_counted_{event.lower()} AFTER {event} ON sync_link REFERENCING {referencing} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION sync_link_counted_{event.lower()}()",
    ]


# Adds up what has come together. Only rows that are committed and that nobody else is adding up are touched, so
# neither waits for the other.
ADD_UP = f"""
CREATE OR REPLACE FUNCTION sync_link_counted() RETURNS void LANGUAGE plpgsql AS $$ BEGIN
    IF pg_try_advisory_xact_lock(hashtext('sync_linkcount')) THEN
        WITH gone AS (DELETE FROM sync_linkcount RETURNING {COLUMNS}, number)
        INSERT INTO sync_linkcount ({COLUMNS}, number)
        SELECT {COLUMNS}, sum(number) FROM gone GROUP BY {COLUMNS} HAVING sum(number) <> 0;
    END IF;
END $$
"""
POSTGRESQL = [
    ADD_UP,
    *_postgresql("INSERT", f"SELECT {COLUMNS}, 1 AS one FROM added", "NEW TABLE AS added"),
    *_postgresql("DELETE", f"SELECT {COLUMNS}, -1 AS one FROM gone", "OLD TABLE AS gone"),
    *_postgresql(
        "UPDATE",
        f"SELECT {COLUMNS}, 1 AS one FROM added UNION ALL SELECT {COLUMNS}, -1 FROM gone",
        "OLD TABLE AS gone NEW TABLE AS added",
    ),
]
