"""QuickBooks' book beside ours: each linked record as it stands there, and what its reports say is owed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from unittest import mock

from tests.pages import factories as make

from tieout.jobs.behind import comparing
from tieout.kinds import KINDS, Kind
from tieout.quickbooks.wire.json import loads
from tieout.subledger.models import Company, User
from tieout.subledger.values import ADAPTERS
from tieout.sync.matching import refs
from tieout.sync.models import Link, Seen, Task
from tieout.sync.tie_out.statement import OpenItem, Statement

SIGNS = {"Invoice": 1, "CreditMemo": -1, "Payment": -1}


def mirror(company: Company) -> None:
    """What is linked and was not seen in QuickBooks yet stands there as it stands here."""
    for kind in KINDS:
        links = Link.objects.of(company).filter(entity=kind.entity, record_id__isnull=False, qbo_id__isnull=False)
        seen = Seen.objects.filter(company=company, entity=kind.entity).values("qbo_id")
        _mirror(company, kind, list(links.exclude(qbo_id__in=seen)))


def _mirror(company: Company, kind: Kind[Any], links: list[Link]) -> None:
    if kind.entity not in make.ENTITIES.values():
        return
    held = ADAPTERS[kind.entity].load(company, [link.record_id or 0 for link in links])
    table = refs.load(company, kind, [each.values for each in held.values()], [])
    for link in links:
        values = table.there(kind, held[link.record_id or 0].values).compared
        if values is not None:
            _see(link, kind.body(values, tuple(kind.groups), None, their_tax=False))


def _see(link: Link, body: dict[str, Any]) -> None:
    record = ADAPTERS[link.entity].model.objects.get(pk=link.record_id)
    total = getattr(record, "total", None)
    balance = getattr(record, "unapplied" if link.entity == "Payment" else "balance", None)
    body |= {"Id": link.qbo_id, "SyncToken": "0", "TotalAmt": total, "Balance": balance}
    Seen.objects.create(
        company=link.company,
        entity=link.entity,
        qbo_id=link.qbo_id or "",
        body=make.JSON.encode(body),
        sync_token="0",
        name=link.name.casefold(),
        number=link.number,
        date=link.date,
        total=total,
        balance=balance,
        updated_at=make.NOON,
        read_at=make.NOON,
        pending=False,
    )


def compare(company: Company, by: User, *only_there: OpenItem) -> Task:
    """The tie-out of these books; `only_there` are of kinds that are not synced."""
    items = [*_owed(company), *only_there]
    control = {"Customer": sum((item.amount for item in items), Decimal(0)), "Vendor": Decimal(0)}
    task = make.task(company, by, what=Task.What.TIE_OUT)
    with mock.patch.object(comparing, "_statement", return_value=(Statement(items, control, make.NOON), "")):
        comparing.compare(task)
    task.save()
    return task


def _owed(company: Company) -> list[OpenItem]:
    rows = Seen.objects.filter(company=company, entity__in=SIGNS, deleted=False).exclude(balance=0)
    return [_item(row) for row in rows.order_by("number")]


def _item(row: Seen) -> OpenItem:
    customer = loads(bytes(row.body))["CustomerRef"]
    names = Link.objects.filter(company=row.company, entity="Customer", qbo_id=customer["value"])
    name = next((link.name for link in names), "")
    amount = SIGNS[row.entity] * (row.balance or Decimal(0))
    day = row.date or make.NOON.date()
    return OpenItem("Customer", customer["value"], name, row.entity, row.qbo_id, row.number, amount, day)
