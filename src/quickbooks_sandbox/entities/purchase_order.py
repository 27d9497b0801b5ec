"""PurchaseOrder: what is ordered from a vendor. It posts nothing; the bill made from it closes it."""

from quickbooks_sandbox.entities.accounts_used import payable
from quickbooks_sandbox.entities.addresses import number_addresses
from quickbooks_sandbox.entities.expense_form import ExpenseForm
from quickbooks_sandbox.entities.foreign import show_home_amounts, take_currency
from quickbooks_sandbox.entities.form_fields import DATED, EMAIL_STATUS, PLACE, TOTALS
from quickbooks_sandbox.entities.orders import Order
from quickbooks_sandbox.entities.plans import require_plus
from quickbooks_sandbox.entities.terms import due_on
from quickbooks_sandbox.ledger.fields import (
    HEADER,
    address,
    anything,
    choice,
    date,
    email,
    objects,
    ref,
    shown_only,
    text,
)
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

_COUNTER = "purchase order numbers"
_FIRST = 1001


class PurchaseOrder(Order, ExpenseForm):
    name = "PurchaseOrder"
    fields = (
        text("DocNumber", 21, queryable=True, kept=True),
        *HEADER,
        objects("CustomField"),
        *DATED,
        text("Memo", 4000),
        shown_only("LinkedTxn"),
        objects("Line"),
        anything("TxnTaxDetail"),
        ref("VendorRef", "Vendor", queryable=True),
        ref("APAccountRef", "Account", kept=True),
        address("VendorAddr"),
        address("ShipAddr"),
        ref("ShipTo", "Customer"),
        ref("ClassRef", "Class"),
        ref("SalesTermRef", "Term"),
        date("DueDate", queryable=True),
        ref("ShipMethodRef"),
        email("POEmail"),
        EMAIL_STATUS,
        choice("POStatus", "Open", "Closed", kept=True),
        *PLACE,
        *TOTALS,
    )
    dropped = ("RecurDataRef", "RecurringInfo", "AttachableRef", "TaxCodeRef", "TxnSource", "Tag", "TemplateRef")
    required = ("VendorRef",)
    operations = frozenset({"create", "read", "update", "delete", "query"})
    indexed = ("VendorRef", "DocNumber")
    counts_lists = True
    names_last_editor = True
    status_field, first_status = "POStatus", "Open"

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        require_plus(work, "Purchase orders")
        self.require_lines(work, new)
        self.begin(work, new, old)
        self.resolve_references(work, new, old)
        take_currency(work, new, old, work.existing("Vendor", new["VendorRef"]["value"]))
        if "APAccountRef" not in new:
            new["APAccountRef"] = {"value": payable(work, new["CurrencyRef"]["value"])}
            self.resolve_references(work, new, old)
        self.complete_lines(work, new, old)
        show_home_amounts(new)
        number_addresses(work, new, old, "VendorAddr", "ShipAddr")
        new.setdefault("POStatus", self.first_status)
        new.setdefault("EmailStatus", "NotSet")
        if "DueDate" not in new and "SalesTermRef" in new:
            new["DueDate"] = due_on(work, new["TxnDate"], new["SalesTermRef"])
        new["LinkedTxn"] = (old or {}).get("LinkedTxn", [])
        if "DocNumber" not in new:
            new["DocNumber"] = _next_number(work)


def _next_number(work: Work) -> str:
    number = max(work.peek(_COUNTER) + 1, _FIRST)
    work.set_counter(_COUNTER, number)
    return str(number)
