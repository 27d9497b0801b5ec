"""FTS5 without a copy of the texts: the table answers which rows have all of some three-letter parts."""

# ruff: noqa: S608 - the names of tables and columns are our own
from __future__ import annotations

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


def search(table: str, company_id: int, text: str) -> tuple[str, list[Any]]:
    marker = "".join(chr(FIRST + company_id // BASE**place % BASE) for place in range(3))
    parts = dict.fromkeys([marker, *(text[start : start + 3] for start in range(len(text) - 2))])
    quoted = " ".join('"' + part.replace('"', '""') + '"' for part in parts)
    return f"SELECT rowid FROM {table}_search WHERE {table}_search MATCH %s", [quoted]
