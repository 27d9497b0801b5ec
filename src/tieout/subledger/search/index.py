from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.db.models.expressions import RawSQL

from . import postgresql, sqlite
from .wanted import Wanted

SHORTEST = 3
DIALECTS = {"sqlite": sqlite, "postgresql": postgresql}


@dataclass(frozen=True)
class SearchIndex:
    """`columns` hold texts and are never null."""

    model: str
    columns: tuple[str, ...]

    @property
    def table(self) -> str:
        return str(apps.get_model(self.model)._meta.db_table)


INDEXES = [
    SearchIndex("subledger.Contact", ("name", "company_name", "email")),
    SearchIndex("subledger.Invoice", ("number", "former_numbers", "memo")),
    SearchIndex("subledger.CreditNote", ("number", "former_numbers", "memo")),
    SearchIndex("subledger.Payment", ("reference", "memo")),
]


def index_of(model: type[Model]) -> SearchIndex:
    return next(index for index in INDEXES if index.model == model._meta.label)


def ids(index: SearchIndex, company_id: int, text: str, most: int, contacts: Sequence[int] = ()) -> list[int] | None:
    """Rows that have the three-letter parts of the text, so all that contain it and perhaps some more; and what is of
    one of these contacts. None if they are more than `most`, or the text is too short to tell."""
    if len(text) < SHORTEST:
        return None
    dialect = DIALECTS[connection.vendor]
    with connection.cursor() as cursor:
        found: list[int] | None = dialect.rows(cursor, index.table, Wanted(company_id, _parts(text), contacts, most))
    return found if found is not None and len(found) <= most else None


def listed(ids: Sequence[int]) -> RawSQL:
    """For a condition. As one value, since Django takes longer over a thousand than a search does."""
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(ids))])
    return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])


def _parts(text: str) -> list[str]:
    """As few as hold all of it: each is one more list to go through, and the rows named are compared anyway."""
    starts = [*range(0, len(text) - SHORTEST, SHORTEST), len(text) - SHORTEST]
    return list(dict.fromkeys(text[start : start + SHORTEST] for start in starts))


def install(database: BaseDatabaseWrapper, indexes: list[SearchIndex]) -> None:
    """A migration that rebuilds a table on SQLite drops its triggers."""
    dialect = DIALECTS[database.vendor]
    tables = set(database.introspection.table_names())
    with transaction.atomic(using=database.alias), database.cursor() as cursor:
        for index in indexes:
            if index.table in tables and not dialect.is_installed(cursor, index.table):
                for statement in dialect.statements(index.table, index.columns):
                    cursor.execute(statement)
