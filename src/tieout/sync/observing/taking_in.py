"""Stores QuickBooks' objects as they come, before anything is done about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from tieout.kinds import BY_ENTITY, Kind
from tieout.kinds.kind import Traits
from tieout.quickbooks.wire.answers import Object
from tieout.quickbooks.wire.json import dumps
from tieout.subledger.models import Company
from tieout.sync.models import Seen

UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, ArithmeticError)
"""What parsing raises for an object that is not as QuickBooks documents it."""

UPDATED = (
    "sync_token",
    "updated_at",
    "created_at",
    "read_at",
    "body",
    "deleted",
    "pending",
    "name",
    "number",
    "contact",
    "date",
    "total",
    "balance",
)


def take_in(
    company: Company, entity: str, objects: Sequence[Object], read_at: datetime, *, pending: bool = True
) -> int:
    """Call it in a transaction. What is already known in this or a newer version changes nothing; the number of
    those that were news."""
    return take_in_all(company, {entity: objects}, read_at, pending=pending)


def take_in_all(
    company: Company, objects: Mapping[str, Sequence[Object]], read_at: datetime, *, pending: bool = True
) -> int:
    """By entity, and otherwise as `take_in`."""
    newest = {(entity, str(obj["Id"])): obj for entity, listed in objects.items() for obj in sorted(listed, key=_token)}
    known = _known(company, newest) if newest else {}
    news = [(entity, obj) for (entity, id_), obj in newest.items() if _is_news(obj, known.get((entity, id_)))]
    store(_row(company, BY_ENTITY[entity], obj, read_at, pending=pending) for entity, obj in news)
    return len(news)


def store(rows: Iterable[Seen]) -> None:
    Seen.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["company", "entity", "qbo_id"],
        update_fields=UPDATED,
    )


def mark_deleted(company: Company, entity: str, ids: Iterable[str], read_at: datetime, *, pending: bool = True) -> None:
    """The last body stays: it is what the deleted object said."""
    rows = Seen.objects.filter(company=company, entity=entity, qbo_id__in=list(ids), deleted=False)
    rows.update(deleted=True, pending=pending, read_at=read_at)


def _token(obj: Object) -> int:
    return int(obj.get("SyncToken", 0))


Known = tuple[tuple[int, datetime], bool, str]  # (version, deleted, contact)


def _known(company: Company, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], Known]:
    entities, ids = {entity for entity, _ in keys}, [id_ for _, id_ in keys]
    rows = Seen.objects.filter(company=company, entity__in=entities, qbo_id__in=ids)
    return {
        (entity, id_): ((int(token or 0), updated_at), deleted, contact)
        for entity, id_, token, updated_at, deleted, contact in rows.values_list(
            "entity", "qbo_id", "sync_token", "updated_at", "deleted", "contact"
        )
    }


def _is_news(obj: Object, known: Known | None) -> bool:
    """By SyncToken; a balance can move without one, and then LastUpdatedTime shows it. A merge of customers may move
    a document without either."""
    if known is None:
        return True
    version, deleted, contact = known
    now = (_token(obj), _time(obj, "LastUpdatedTime"))
    return deleted or now > version or (now == version and _contact(obj) not in ("", contact))


def _contact(obj: Object) -> str:
    return str((obj.get("CustomerRef") or obj.get("VendorRef") or {}).get("value", ""))


def _time(obj: Object, which: str) -> datetime:
    return datetime.fromisoformat(obj["MetaData"].get(which) or obj["MetaData"]["CreateTime"])


def _traits(kind: Kind[Any], obj: Object) -> Traits:
    try:
        traits = kind.traits(kind.parse(obj))
        return msgspec.structs.replace(traits, balance=kind.open_amount(obj))
    except UNREADABLE:
        return Traits()  # the look at it says so


def _row(company: Company, kind: Kind[Any], obj: Object, read_at: datetime, *, pending: bool) -> Seen:
    traits = _traits(kind, obj)
    return Seen(
        company=company,
        entity=kind.entity,
        qbo_id=str(obj["Id"]),
        sync_token=str(obj.get("SyncToken", "")),
        updated_at=_time(obj, "LastUpdatedTime"),
        created_at=_time(obj, "CreateTime"),
        read_at=read_at,
        body=dumps(obj),
        deleted=False,
        pending=pending,
        name=traits.name[:500],
        number=traits.number[:40],
        contact=traits.contact,
        date=traits.date,
        total=traits.total,
        balance=traits.balance,
    )
