"""SalesReceipt."""

from typing import TYPE_CHECKING

from quickbooks_sandbox.books.store import Object
from quickbooks_sandbox.entities.accounts_used import undeposited_funds
from quickbooks_sandbox.entities.cash_sale import CashSale
from quickbooks_sandbox.entities.fields import (
    HEADER,
    address,
    anything,
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
from quickbooks_sandbox.entities.foreign import HOME_AMOUNTS
from quickbooks_sandbox.entities.tax import TXN_TAX_DETAIL
from quickbooks_sandbox.entities.transaction import refuse_closed, refuse_deposited

if TYPE_CHECKING:
    from quickbooks_sandbox.books.work import Work


class SalesReceipt(CashSale):
    name = "SalesReceipt"
    fields = (
        *HEADER,
        objects("CustomField"),
        text("DocNumber", 21, queryable=True, kept=True),
        date("TxnDate", queryable=True, kept=True),
        ref("DepartmentRef", "Department"),
        ref("CurrencyRef"),
        number("ExchangeRate"),
        text("PrivateNote", 4000),
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
        ref("ShipMethodRef"),
        date("ShipDate"),
        text("TrackingNum", 31),
        text("GlobalTaxCalculation"),
        text("TransactionLocationType"),
        text("TxnSource"),
        shown_only("TotalAmt", queryable=True),
        *HOME_AMOUNTS,
        boolean("ApplyTaxAfterDiscount"),
        choice("PrintStatus", "NotSet", "NeedToPrint", "PrintComplete"),
        choice("EmailStatus", "NotSet", "NeedToSend", "EmailSent"),
        shown_only("DeliveryInfo"),
        email("BillEmail"),
        shown_only("Balance", queryable=True),
        ref("PaymentMethodRef", "PaymentMethod"),
        text("PaymentRefNum", 21),
        anything("CreditCardPayment"),
        ref("DepositToAccountRef", "Account", kept=True),
        boolean("AutoDocNumber"),
    )
    dropped = (
        *("RecurDataRef", "TaxExemptionRef", "RecurringInfo", "FOB"),
        *("PaymentType", "CheckPayment", "DueDate", "SalesTermRef", "PONumber", "SalesRepRef", "BillEmailCc"),
        *("BillEmailBcc", "TxnStatus", "RemitToRef", "DiscountRate", "DiscountAmt"),
    )
    operations = frozenset({"create", "read", "update", "delete", "void", "query"})

    def complete(self, work: "Work", new: Object, old: Object | None) -> None:
        new.setdefault("DepositToAccountRef", {"value": undeposited_funds(work)})
        super().complete(work, new, old)

    def voided(self, work: "Work", old: Object) -> Object:
        refuse_deposited(old)
        refuse_closed(work, old["TxnDate"])
        return self.zeroed(work, old)
