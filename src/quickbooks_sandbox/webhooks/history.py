"""What the books still show of the past: when each object was made, last changed or removed.

Changes between the first and the last leave no trace in the books, nor does what kind of change the last one was:
a void is an Update here, and the last change of a customer may be that of the balance alone.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.ledger.store import Row
from quickbooks_sandbox.webhooks.events import TOLD

#: When, which entity, which id, and the operation.
Past = tuple[datetime, str, str, str]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def history(books: Books, since: datetime, until: datetime) -> list[Past]:
    found = (past for entity in sorted(TOLD & books.tables.keys()) for past in _of(books, entity))
    return sorted(past for past in found if since <= past[0] <= until)


def _of(books: Books, entity: str) -> Iterator[Past]:
    table = books.tables[entity]
    for row in table.rows.values():
        made = datetime.fromisoformat(row.object["MetaData"]["CreateTime"]).astimezone(UTC)
        yield made, entity, row.id, "Create"
        if row.object["SyncToken"] != "0":
            yield max(_changed(row), made), entity, row.id, "Update"
    for row in table.deleted.values():
        yield _changed(row), entity, row.id, "Delete"


def _changed(row: Row) -> datetime:
    return _EPOCH + timedelta(microseconds=row.updated)
