"""What of a change in the books is told to the app, after "Configuring webhooks": entities and their operations."""

from datetime import datetime

import msgspec

from quickbooks_sandbox.ledger.store import Act, Called, Row
from quickbooks_sandbox.settings import Settings

#: Entities of which Create, Update and Delete are told.
TOLD = frozenset(
    [
        "Account",
        "Bill",
        "BillPayment",
        "Budget",
        "Class",
        "CreditMemo",
        "Customer",
        "Department",
        "Deposit",
        "Employee",
        "Estimate",
        "Invoice",
        "Item",
        "JournalCode",
        "JournalEntry",
        "Payment",
        "PaymentMethod",
        "Purchase",
        "PurchaseOrder",
        "RefundReceipt",
        "SalesReceipt",
        "Term",
        "TimeActivity",
        "Transfer",
        "Vendor",
        "VendorCredit",
    ]
)
ACTS = {
    "Merge": frozenset({"Account", "Class", "Customer", "Department", "Item", "Vendor"}),
    "Void": frozenset(
        {"BillPayment", "CreditMemo", "Invoice", "Payment", "Purchase", "RefundReceipt", "SalesReceipt", "Transfer"}
    ),
    "Emailed": frozenset({"CreditMemo", "Estimate", "Invoice", "PurchaseOrder", "RefundReceipt", "SalesReceipt"}),
}


class Event(msgspec.Struct, frozen=True):
    id: str
    realm_id: str
    entity: str
    entity_id: str
    operation: str
    """Create, Update, Delete, Merge, Void or Emailed."""
    at: datetime
    deleted_id: str = ""
    """Of a merge: who is gone."""


Told = tuple[str, str, str, str]


def told(changes: list[tuple[Row | None, Row]], called: Called, settings: Settings) -> list[Told]:
    """(entity, id, operation, deleted id) of every change that an app hears of."""
    gone = {(entity, act.other) for (entity, _), act in called.items() if act.name == "Merge"}
    found = []
    for before, after in changes:
        key = after.entity, after.id
        operation = _operation(before, after, called.get(key), settings)
        if operation and key not in gone:
            other = called[key].other if operation == "Merge" else ""
            found.append((*key, operation, other))
    return found


def _operation(before: Row | None, after: Row, act: Act | None, settings: Settings) -> str | None:
    if after.entity == "Preferences":
        return "Update"
    if after.entity not in TOLD:
        return None
    if act and after.entity in ACTS.get(act.name, ()):
        return act.name
    if after.deleted:
        return "Delete"
    if before is None:
        return "Create"
    if before.object["SyncToken"] == after.object["SyncToken"] and not settings.webhook_for_balances:
        return None
    deactivated = before.object.get("Active") and not after.object.get("Active", True)
    return "Delete" if deactivated and settings.webhook_when_inactive == "delete" else "Update"
