"""Balances of customers, vendors and accounts, and quantities of items.

QuickBooks shows debits as positive, and 0 for income and expenses.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from quickbooks_sandbox.ledger.numbers import ZERO, money, plain
from quickbooks_sandbox.ledger.store import Object

if TYPE_CHECKING:
    from quickbooks_sandbox.ledger.work import Work

BALANCE_SHEET = ("Asset", "Liability", "Equity")


def move_names(work: "Work", amounts: dict[str, Decimal]) -> None:
    """Customers and vendors share one sequence of ids, so that an id says which it is."""
    vendors = {id: amount for id, amount in amounts.items() if work.get("Vendor", id)}
    for id, amount in vendors.items():
        work.move("Vendor", _plus(work.existing("Vendor", id), "Balance", amount))
    _move_customers(work, {id: amount for id, amount in amounts.items() if id not in vendors})


def _move_customers(work: "Work", amounts: dict[str, Decimal]) -> None:
    """Balance is the customer's own; BalanceWithJobs adds that of the sub-customers."""
    changes: dict[str, list[Decimal]] = {}
    for id, amount in amounts.items():
        changes.setdefault(id, [ZERO, ZERO])[0] += amount
        for each in [id, *(parent["Id"] for parent in ancestors(work, "Customer", id))]:
            changes.setdefault(each, [ZERO, ZERO])[1] += amount
    for id, (own, with_jobs) in changes.items():
        customer = work.get("Customer", id)
        if customer and (own or with_jobs):
            work.move("Customer", _plus(customer, "Balance", own, "BalanceWithJobs", with_jobs))


def move_jobs_balance(work: "Work", id: str, amount: Decimal) -> None:
    customer = work.get("Customer", id)
    if customer and amount:
        work.move("Customer", _plus(customer, "BalanceWithJobs", amount))


def move_accounts(work: "Work", amounts: dict[str, Decimal]) -> None:
    for id, amount in amounts.items():
        account = work.get("Account", id)
        if not account or account["Classification"] not in BALANCE_SHEET:
            continue
        work.move("Account", _plus(account, "CurrentBalance", amount, "CurrentBalanceWithSubAccounts", amount))
        for parent in ancestors(work, "Account", id):
            work.move("Account", _plus(parent, "CurrentBalanceWithSubAccounts", amount))


def move_quantities(work: "Work", quantities: dict[str, Decimal]) -> None:
    """More may be sold than there is: then less than nothing is on hand, as in QuickBooks."""
    for id, many in quantities.items():
        item = work.get("Item", id)
        if item and item["TrackQtyOnHand"]:
            work.move("Item", {**item, "QtyOnHand": plain(item["QtyOnHand"] + many)})


def ancestors(work: "Work", entity: str, id: str) -> Iterator[Object]:
    """Parent, grandparent and so on; of an entry that the change removes, those it had."""
    row = work.row(entity, id) or work.committed(entity, id)
    here = row.object if row else None
    while here and "ParentRef" in here:
        here = work.get(entity, here["ParentRef"]["value"])
        if here:
            yield here


def topmost(work: "Work", entity: str, id: str) -> str:
    """The entry at the top of the hierarchy, which may be the entry itself."""
    return next(iter([each["Id"] for each in ancestors(work, entity, id)][::-1]), id)


def _plus(object: Object, *changes: str | Decimal) -> Object:
    changed = dict(object)
    for name, amount in zip(changes[::2], changes[1::2], strict=True):
        changed[str(name)] = money(changed[str(name)] + Decimal(amount))
    return changed
