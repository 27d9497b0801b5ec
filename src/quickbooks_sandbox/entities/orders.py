"""Estimates and purchase orders: they post nothing, and the document that is made from one closes it.

An Invoice names the Estimate it was made from among its LinkedTxn, a Bill its PurchaseOrder.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import ClassVar

from quickbooks_sandbox.entities.links import is_link_to
from quickbooks_sandbox.entities.transaction import Transaction
from quickbooks_sandbox.faults import business
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

#: The order that a document can be made from, and the party that both must share.
_ORDER_OF = {"Invoice": ("Estimate", "CustomerRef"), "Bill": ("PurchaseOrder", "VendorRef")}


class Order(Transaction):
    """What Estimate and PurchaseOrder share. The closed period is none of their business."""

    #: Where it says whether it is closed.
    status_field: ClassVar[str]
    first_status: ClassVar[str]

    def begin(self, work: Work, new: Object, old: Object | None) -> None:
        new.setdefault("TxnDate", old["TxnDate"] if old else work.today.isoformat())

    def before_delete(self, work: Work, old: Object) -> None:
        """Whatever was made from it stays."""

    def settle(self, work: Work, new: Object | None, old: Object | None) -> None:
        """Documents made from an order that is gone name it no more."""
        if new is not None or old is None:
            return
        for link in old["LinkedTxn"]:
            made = work.get(link["TxnType"], link["TxnId"])
            if made is not None:
                rest = [each for each in made["LinkedTxn"] if not is_link_to(each, self.name, old["Id"])]
                work.edit(link["TxnType"], {**made, "LinkedTxn": rest})

    def open_amounts(self, work: Work, object: Object) -> Iterable[tuple[str, Decimal]]:
        return ()

    def quantities(self, object: Object) -> Iterable[tuple[str, Decimal]]:
        return ()

    def postings(self, work: Work, object: Object) -> Iterable[tuple[str, Decimal]]:
        return ()


def name_orders(work: Work, entity: str, new: Object, old: Object | None, sent: object) -> None:
    """Put the orders that the client named beside the links that QuickBooks keeps itself."""
    order, party = _ORDER_OF[entity]
    links = sent if isinstance(sent, list) else []
    asked = [str(link.get("TxnId", "")) for link in links if isinstance(link, dict) and link.get("TxnType") == order]
    before = _orders(entity, old)
    named = []
    for id in dict.fromkeys(asked):
        found = work.get(order, id)
        if found is None:
            raise business(f"The {order} {id} that the transaction is linked to does not exist.")
        if found[party]["value"] == new[party]["value"]:
            named.append({"TxnId": id, "TxnType": order})
        elif id not in before:
            who = "customers" if party == "CustomerRef" else "vendors"
            raise business(f"The transaction and the {order} it is linked to have different {who}.")
    new["LinkedTxn"] = [link for link in new["LinkedTxn"] if link["TxnType"] != order] + named


def close_orders(work: Work, entity: str, new: Object | None, old: Object | None) -> None:
    """Close the orders that a document names, and open again those it names no more."""
    before, after = _orders(entity, old), _orders(entity, new)
    link = {"TxnId": (new or old or {}).get("Id"), "TxnType": entity}
    for id in sorted(after - before):
        _relink(work, entity, id, lambda links: [*links, link])
    for id in sorted(before - after):
        _relink(work, entity, id, lambda links: [each for each in links if each != link])


def _relink(work: Work, entity: str, id: str, change: Callable[[list[Object]], list[Object]]) -> None:
    name, _ = _ORDER_OF[entity]
    row = work.row(name, id)
    rules = work.entity(name)
    if row is None or not isinstance(rules, Order):
        return
    links = change(row.object["LinkedTxn"])
    status = row.object[rules.status_field]
    kept = {**row.internal} if row.object["LinkedTxn"] else {**row.internal, "status": status}
    now = "Closed" if links else kept.get("status", rules.first_status)
    work.edit(name, {**row.object, "LinkedTxn": links, rules.status_field: now}, kept)


def _orders(entity: str, document: Object | None) -> set[str]:
    order, _ = _ORDER_OF[entity]
    return {link["TxnId"] for link in (document or {}).get("LinkedTxn", []) if link["TxnType"] == order}
