"""Estimate: what is offered to a customer. It posts nothing; the invoice made from it closes it."""

from decimal import Decimal

from quickbooks_sandbox.entities.foreign import show_home_amounts, take_currency
from quickbooks_sandbox.entities.form_fields import (
    PLACE,
    SALES_OPENING,
    SALES_TOTALS,
    SHIPPED_FROM,
    SHIPPING,
    SOLD,
    SORTED_BY,
)
from quickbooks_sandbox.entities.orders import Order
from quickbooks_sandbox.entities.sales_form import SalesForm
from quickbooks_sandbox.ledger.fields import boolean, choice, date, email, ref, shown_only, text
from quickbooks_sandbox.ledger.numbers import money
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


class Estimate(Order, SalesForm):
    name = "Estimate"
    fields = (
        *SALES_OPENING,
        choice("TxnStatus", "Accepted", "Closed", "Pending", "Rejected", "Converted", kept=True),
        shown_only("LinkedTxn"),
        *SOLD,
        *SHIPPED_FROM,
        *SORTED_BY,
        ref("SalesTermRef", "Term"),
        date("DueDate", queryable=True),
        *SHIPPING,
        *PLACE,
        *SALES_TOTALS,
        email("BillEmailCc"),
        email("BillEmailBcc"),
        date("ExpirationDate"),
        text("AcceptedBy", 100),
        date("AcceptedDate"),
        boolean("AutoDocNumber"),
    )
    dropped = (
        *("RecurDataRef", "RecurringInfo", "TaxExemptionRef", "TxnSource", "SalesRepRef", "FOB", "PONumber"),
        *("Tag", "TxnApprovalInfo", "RemitToRef", "DiscountRate", "DiscountAmt", "Balance"),
    )
    operations = frozenset({"create", "read", "update", "delete", "query"})
    status_field, first_status = "TxnStatus", "Pending"

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        new.setdefault("TxnStatus", self.first_status)
        super().complete(work, new, old)

    def complete_currency(self, work: Work, new: Object, old: Object | None, customer: Object) -> None:
        take_currency(work, new, old, customer)

    def complete_balance(self, work: Work, new: Object, old: Object | None, amount: Decimal) -> None:
        new["TotalAmt"] = money(amount)
        show_home_amounts(new)
        new["LinkedTxn"] = (old or {}).get("LinkedTxn", [])
