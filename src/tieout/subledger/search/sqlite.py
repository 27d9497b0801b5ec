"""FTS5 without a copy of the texts: the table answers which rows have all of some three-letter parts."""

# ruff: noqa: S608 - the names of tables and columns are our own
from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

# A company's rows begin with three signs that no text has, made of its id in this base; they are one more part that a
# row must have, so that a large company's rows are never walked for a small one.
FIRST, BASE = 0xE000, 6400


def is_installed(cursor: Any, table: str) -> bool:
    cursor.execute("SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = %s", [f"{table}_search_update"])
    return cursor.fetchone() is not None


def statements(table: str, columns: Sequence[str]) -> list[str]:
    search, old, new = f"{table}_search", _text("old", columns), _text("new", columns)
    out = f"INSERT INTO {search}({search}, rowid, text) VALUES ('delete', old.id, {old});"
    into = f"INSERT INTO {search}(rowid, text) VALUES (new.id, {new});"
    watched = ", ".join(("company_id", *columns))
    return [
        f"DROP TABLE IF EXISTS {search}",
        f"CREATE VIRTUAL TABLE {search} USING fts5(text, content='', tokenize='trigram', detail='none')",
        f"INSERT INTO {search}(rowid, text) SELECT id, {_text(table, columns)} FROM {table}",
        f"CREATE TRIGGER {search}_insert AFTER INSERT ON {table} BEGIN {into} END",
        f"CREATE TRIGGER {search}_delete AFTER DELETE ON {table} BEGIN {out} END",
        f"CREATE TRIGGER {search}_update AFTER UPDATE OF {watched} ON {table} WHEN {old} IS NOT {new} "
        f"BEGIN {out} {into} END",
    ]


def _text(row: str, columns: Sequence[str]) -> str:
    digits = (f"{FIRST} + {row}.company_id / {BASE**place} % {BASE}" for place in range(3))
    return " || ' ' || ".join([f"char({', '.join(digits)})", *(f"{row}.{column}" for column in columns)])


def rows(cursor: Any, table: str, company_id: int, parts: Sequence[str], limit: int) -> list[int]:
    """What few rows of all companies have is found without the company's own part, which is the longest list of all."""
    found = _with(cursor, table, parts, limit)
    if len(found) < limit:
        return _of(cursor, table, company_id, found) if found else []
    own = "".join(chr(FIRST + company_id // BASE**place % BASE) for place in range(3))
    return _with(cursor, table, [own, *parts], limit)


def _with(cursor: Any, table: str, parts: Sequence[str], limit: int) -> list[int]:
    quoted = " ".join('"' + part.replace('"', '""') + '"' for part in parts)
    cursor.execute(f"SELECT rowid FROM {table}_search WHERE {table}_search MATCH %s LIMIT %s", [quoted, limit])
    return [row[0] for row in cursor.fetchall()]


def _of(cursor: Any, table: str, company_id: int, ids: Sequence[int]) -> list[int]:
    among = "SELECT value FROM json_each(%s)"
    cursor.execute(f"SELECT id FROM {table} WHERE company_id = %s AND id IN ({among})", [company_id, json.dumps(ids)])
    return [row[0] for row in cursor.fetchall()]
