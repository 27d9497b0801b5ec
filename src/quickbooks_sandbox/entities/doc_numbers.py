"""Document numbers. Sales forms: one counter for all of them, unless the company numbers by hand.
Purchases: none unless sent; bills are unique for a vendor, checks for all."""

from collections.abc import Iterator

from quickbooks_sandbox.faults import fault
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

_COUNTER = "sales form numbers"
_FIRST = 1001
#: Sales forms by the name that the fault for a duplicate shows.
SHOWN_TYPE = {
    "Invoice": "Invoice",
    "CreditMemo": "Credit Memo",
    "SalesReceipt": "Sales Receipt",
    "RefundReceipt": "Refund Receipt",
    "Estimate": "Estimate",
}


def complete_number(work: Work, entity: str, new: Object, old: Object | None) -> None:
    by_hand = bool(work.preference("SalesFormsPrefs", "CustomTxnNumbers"))
    wants_number = bool(new.pop("AutoDocNumber", False)) or new.get("DocNumber") == "AUTO_GENERATE"
    if not by_hand and old is None and work.settings.sent_number == "replace" and not work.by_person:
        new.pop("DocNumber", None)
    if wants_number or (not by_hand and "DocNumber" not in new):
        new["DocNumber"] = (old or {}).get("DocNumber") or _next(work)
    elif "DocNumber" in new and new["DocNumber"] != (old or {}).get("DocNumber"):
        if by_hand and "allowduplicatedocnum" not in work.include:
            _refuse_duplicate(work, entity, new)
        if not by_hand:
            _follow(work, new["DocNumber"])


def _next(work: Work) -> str:
    number = max(work.peek(_COUNTER) + 1, _FIRST)
    work.set_counter(_COUNTER, number)
    return str(number)


def _follow(work: Work, number: str) -> None:
    if work.settings.counter_follows_sent_number and number.isdigit() and len(number) < 10:
        work.set_counter(_COUNTER, max(work.peek(_COUNTER), int(number)))


def _refuse_duplicate(work: Work, entity: str, new: Object) -> None:
    for name, other in _numbered(work, new["DocNumber"]):
        if (name, other["Id"]) != (entity, new.get("Id")):
            raise fault("6140", number=new["DocNumber"], txn_type=SHOWN_TYPE[name], txn_id=other["Id"])


def _numbered(work: Work, number: str) -> Iterator[tuple[str, Object]]:
    for name in SHOWN_TYPE:
        if name in work.books.registry:
            for other in work.find(name, "DocNumber", number):
                yield name, other


#: Entities whose numbers share one space, by the name that the fault for a duplicate shows.
_PURCHASES: dict[str, dict[str, str]] = {
    "Bill": {"Bill": "Bill"},
    "VendorCredit": {"VendorCredit": "Vendor Credit"},
    "BillPayment": {"BillPayment": "Bill Payment (Check)", "Purchase": "Check"},
    "Purchase": {"BillPayment": "Bill Payment (Check)", "Purchase": "Check"},
    "JournalEntry": {"JournalEntry": "Journal Entry"},
}


def refuse_duplicate_purchase(work: Work, entity: str, new: Object, old: Object | None) -> None:
    number = new.get("DocNumber")
    unchanged = number == (old or {}).get("DocNumber")
    if not number or unchanged or "allowduplicatedocnum" in work.include or not _warns(work, entity):
        return
    if not _is_numbered(new):
        return
    for name, shown in _PURCHASES[entity].items():
        for other in work.find(name, "DocNumber", number):
            itself = (name, other["Id"]) == (entity, new.get("Id"))
            same_vendor = new.get("VendorRef", {}).get("value") == other.get("VendorRef", {}).get("value")
            counts = same_vendor if entity in ("Bill", "VendorCredit") else _is_numbered(other)
            if counts and not itself:
                raise fault("6140", number=number, txn_type=shown, txn_id=other["Id"])


def _is_numbered(object: Object) -> bool:
    """Cash and credit card purchases carry references, not check numbers."""
    return object.get("PayType", object.get("PaymentType", "Check")) == "Check"


def _warns(work: Work, entity: str) -> bool:
    if entity in ("BillPayment", "Purchase"):
        return work.settings.duplicate_check_numbers == "refuse"
    if entity == "JournalEntry":
        return work.settings.duplicate_journal_numbers == "refuse"
    return work.settings.duplicate_bill_numbers == "refuse"
