"""Estimate: what is offered to a customer. It posts nothing; the invoice made from it closes it."""

from decimal import Decimal
from typing import TYPE_CHECKING

from quickbooks_sandbox.books.numbers import money
from quickbooks_sandbox.books.store import Object
from quickbooks_sandbox.entities.fields import (
    HEADER,
    address,
    boolean,
    choice,
    date,
    email,
    memo,
    number,
    objects,
    ref,
    shown_only,
    text,
)
from quickbooks_sandbox.entities.foreign import HOME_AMOUNTS, show_home_amounts, take_currency
from quickbooks_sandbox.entities.orders import Order
from quickbooks_sandbox.entities.sales_form import SalesForm
from quickbooks_sandbox.entities.tax import TXN_TAX_DETAIL

if TYPE_CHECKING:
    from quickbooks_sandbox.books.work import Work


class Estimate(Order, SalesForm):
    name = "Estimate"
    fields = (
        *HEADER,
        objects("CustomField"),
        text("DocNumber", 21, queryable=True, kept=True),
        date("TxnDate", queryable=True, kept=True),
        ref("DepartmentRef", "Department"),
        ref("CurrencyRef"),
        number("ExchangeRate"),
        text("PrivateNote", 4000),
        choice("TxnStatus", "Accepted", "Closed", "Pending", "Rejected", "Converted", kept=True),
        shown_only("LinkedTxn"),
        objects("Line"),
        TXN_TAX_DETAIL,
        ref("CustomerRef", "Customer", queryable=True),
        memo("CustomerMemo"),
        address("BillAddr"),
        address("ShipAddr"),
        address("ShipFromAddr"),
        boolean("FreeFormAddress"),
        ref("ProjectRef", queryable=True),
        ref("ClassRef", "Class"),
        ref("SalesTermRef", "Term"),
        date("DueDate", queryable=True),
        ref("ShipMethodRef"),
        date("ShipDate"),
        text("TrackingNum", 31),
        text("GlobalTaxCalculation"),
        text("TransactionLocationType"),
        shown_only("TotalAmt", queryable=True),
        *HOME_AMOUNTS,
        boolean("ApplyTaxAfterDiscount"),
        choice("PrintStatus", "NotSet", "NeedToPrint", "PrintComplete"),
        choice("EmailStatus", "NotSet", "NeedToSend", "EmailSent"),
        shown_only("DeliveryInfo"),
        email("BillEmail"),
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

    def complete(self, work: "Work", new: Object, old: Object | None) -> None:
        new.setdefault("TxnStatus", self.first_status)
        super().complete(work, new, old)

    def complete_currency(self, work: "Work", new: Object, old: Object | None, customer: Object) -> None:
        take_currency(work, new, old, customer)

    def complete_balance(self, work: "Work", new: Object, old: Object | None, amount: Decimal) -> None:
        new["TotalAmt"] = money(amount)
        show_home_amounts(new)
        new["LinkedTxn"] = (old or {}).get("LinkedTxn", [])
