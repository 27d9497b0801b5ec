"""An array of three-letter parts for each row, each with its company's id in front, under a GIN index."""

# ruff: noqa: S608 - the names of tables and columns are our own
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .wanted import Wanted

PARTS = """
CREATE OR REPLACE FUNCTION search_parts(company bigint, text text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT array_agg(DISTINCT company || ' ' || substr(folded, at, 3))
FROM lower(text) folded, generate_series(1, length(folded) - 2) at
$$
"""


def is_installed(cursor: Any, table: str) -> bool:
    cursor.execute("SELECT to_regclass(%s)", [f"{table}_search"])
    return cursor.fetchone()[0] is not None


def statements(table: str, columns: Sequence[str]) -> list[str]:
    search = f"{table}_search"
    watched = ", ".join(("company_id", *columns))
    changed = " OR ".join(f"old.{column} IS DISTINCT FROM new.{column}" for column in ("company_id", *columns))
    return [
        PARTS,
        f"CREATE TABLE {search} (id bigint PRIMARY KEY, parts text[])",
        f"INSERT INTO {search} SELECT id, {_parts(table, columns)} FROM {table}",
        # What waits to be sorted in is read by every search, so it is kept short.
        f"CREATE INDEX {search}_parts ON {search} USING gin (parts) WITH (gin_pending_list_limit = 256)",
        f"""CREATE FUNCTION {search}_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF tg_op = 'DELETE' THEN
                DELETE FROM {search} WHERE id = old.id;
            ELSE
                INSERT INTO {search} VALUES (new.id, {_parts("new", columns)})
                ON CONFLICT (id) DO UPDATE SET parts = excluded.parts;
            END IF;
            RETURN NULL;
        END $$""",
        f"CREATE TRIGGER {search}_changed AFTER INSERT OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {search}_keep()",
        f"CREATE TRIGGER {search}_updated AFTER UPDATE OF {watched} ON {table} "
        f"FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION {search}_keep()",
        f"ANALYZE {search}",
    ]


def _parts(row: str, columns: Sequence[str]) -> str:
    return f"search_parts({row}.company_id, concat_ws(' ', {', '.join(f'{row}.{column}' for column in columns)}))"


def rows(cursor: Any, table: str, wanted: Wanted) -> list[int] | None:
    parts = " || ".join(["search_parts(%s, %s)"] * len(wanted.parts))
    statement = f"(SELECT id FROM {table}_search WHERE parts @> ({parts}) LIMIT %s)"
    values: list[Any] = [value for part in wanted.parts for value in (wanted.company_id, part)] + [wanted.most + 1]
    if wanted.contacts:
        statement += f" UNION ALL (SELECT id FROM {table} WHERE contact_id = ANY(%s) LIMIT %s)"
        values += [list(wanted.contacts), wanted.most + 1]
    cursor.execute(statement, values)
    found = [row[0] for row in cursor.fetchall()]
    return found if len(found) <= wanted.most else None
