"""Invoice."""

from typing import TYPE_CHECKING

from quickbooks_sandbox.books.store import Object
from quickbooks_sandbox.entities.auto_apply import apply_credits_to_invoice
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
from quickbooks_sandbox.entities.foreign import HOME_AMOUNTS
from quickbooks_sandbox.entities.links import applied_to
from quickbooks_sandbox.entities.orders import close_orders, name_orders
from quickbooks_sandbox.entities.sales_form import SalesForm
from quickbooks_sandbox.entities.tax import TXN_TAX_DETAIL
from quickbooks_sandbox.entities.terms import due_date
from quickbooks_sandbox.entities.transaction import refuse_closed
from quickbooks_sandbox.faults import business, not_modelled

if TYPE_CHECKING:
    from quickbooks_sandbox.books.work import Work

_PAYMENT_SWITCHES = (
    "AllowIPNPayment",
    "AllowOnlinePayment",
    "AllowOnlineCreditCardPayment",
    "AllowOnlineACHPayment",
)


class Invoice(SalesForm):
    name = "Invoice"
    fields = (
        *(boolean(name) for name in _PAYMENT_SWITCHES),
        *HEADER,
        objects("CustomField"),
        text("DocNumber", 21, queryable=True, kept=True),
        date("TxnDate", queryable=True, kept=True),
        ref("DepartmentRef", "Department"),
        ref("CurrencyRef"),
        number("ExchangeRate"),
        text("PrivateNote", 4000),
        objects("LinkedTxn", kept=True),
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
        ref("SalesTermRef", "Term", queryable=True),
        date("DueDate", queryable=True),
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
        email("BillEmailCc"),
        email("BillEmailBcc"),
        number("Deposit"),
        ref("DepositToAccountRef", "Account"),
        shown_only("Balance", queryable=True),
        boolean("AutoDocNumber"),
    )
    dropped = (
        *("InvoiceLink", "RecurDataRef", "TaxExemptionRef"),
        *("RecurringInfo", "callToAction", "ECloudStatusTimeStamp", "TaxFormNum", "FOB", "InvoiceEx", "PONumber"),
        *("PaymentMethodRef", "EInvoiceStatus", "SalesRepRef", "invoiceStatusLog", "invoiceStatus", "TaxFormType"),
        *("LessCIS", "TxnStatus", "ConvenienceFeeDetail", "DiscountRate", "PaymentDetailsMessage", "RemitToRef"),
        *("PaymentRefNum", "Tag", "TxnApprovalInfo", "allowOnlinePayPalPayment", "DiscountAmt"),
    )
    operations = frozenset({"create", "read", "update", "delete", "void", "query"})
    counts_lists = True
    names_last_editor = True

    def complete(self, work: "Work", new: Object, old: Object | None) -> None:
        if new.pop("Deposit", None):
            raise not_modelled("Deposit on an Invoice")
        for name in _PAYMENT_SWITCHES:
            new.setdefault(name, False)
        links = new.get("LinkedTxn")
        super().complete(work, new, old)
        name_orders(work, self.name, new, old, links)
        self._complete_due_date(work, new, old)

    def settle(self, work: "Work", new: Object | None, old: Object | None) -> None:
        super().settle(work, new, old)
        close_orders(work, self.name, new, old)
        if new is not None and old is None:
            apply_credits_to_invoice(work, new["Id"])

    def voided(self, work: "Work", old: Object) -> Object:
        refuse_closed(work, old["TxnDate"])
        if applied_to(old) and work.settings.void_paid_invoice == "refuse":
            raise business("A transaction that is linked to a payment cannot be voided.")
        return self.zeroed(work, old)

    def _complete_due_date(self, work: "Work", new: Object, old: Object | None) -> None:
        """A new term sets a new date, unless a date came with it."""
        term_changed = old is not None and new.get("SalesTermRef") != old.get("SalesTermRef")
        same_date = old is not None and new.get("DueDate") == old.get("DueDate")
        if "DueDate" not in new or (term_changed and same_date):
            new["DueDate"] = due_date(work, new["TxnDate"], new.get("SalesTermRef"))
