"""FTS5 without a copy of the texts: the table answers which rows have all of some three-letter parts."""

# ruff: noqa: S608 - the names of tables and columns are our own
from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from .wanted import Wanted

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


def rows(cursor: Any, table: str, wanted: Wanted) -> list[int] | None:
    """What few rows of all companies have is found without the company's own part, which is the longest list of all."""
    found = _with(cursor, table, wanted)
    if found is None:
        own = "".join(chr(FIRST + wanted.company_id // BASE**place % BASE) for place in range(3))
        found = _with(cursor, table, replace(wanted, parts=[own, *wanted.parts]))
    return found


def _with(cursor: Any, table: str, wanted: Wanted) -> list[int] | None:
    """By one statement, which also says how many rows of all companies have the parts."""
    quoted = " ".join('"' + part.replace('"', '""') + '"' for part in wanted.parts)
    statement = f"""
        WITH found AS (SELECT rowid AS id FROM {table}_search WHERE {table}_search MATCH %s LIMIT %s),
            size AS (SELECT count(*) AS number FROM found)
        SELECT number, NULL FROM size
        UNION ALL
        SELECT 0, id FROM {table}
        WHERE company_id = %s AND id IN (SELECT id FROM found WHERE (SELECT number FROM size) <= %s)
    """
    values = [quoted, wanted.most + 1, wanted.company_id, wanted.most]
    if wanted.contacts:
        theirs = f"SELECT id FROM {table} WHERE contact_id IN (SELECT value FROM json_each(%s)) LIMIT %s"
        statement += f"UNION ALL SELECT 0, id FROM ({theirs})"
        values += [json.dumps(list(wanted.contacts)), wanted.most + 1]
    cursor.execute(statement, values)
    answer = cursor.fetchall()
    if max(number for number, _ in answer) > wanted.most:
        return None
    return [id_ for _, id_ in answer if id_ is not None]
