"""CreditMemo. It cannot be voided by the API; its balance is the credit that remains."""

from typing import TYPE_CHECKING

from quickbooks_sandbox.books.store import Object
from quickbooks_sandbox.entities.auto_apply import apply_credit_memo
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
from quickbooks_sandbox.entities.sales_form import SalesForm
from quickbooks_sandbox.entities.tax import TXN_TAX_DETAIL
from quickbooks_sandbox.entities.transaction import refuse_closed, refuse_zero

if TYPE_CHECKING:
    from quickbooks_sandbox.books.work import Work


class CreditMemo(SalesForm):
    name = "CreditMemo"
    sign = -1
    fields = (
        shown_only("RemainingCredit"),
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
        ref("InvoiceRef", "Invoice", named=False),
        ref("ProjectRef", queryable=True),
        ref("ClassRef", "Class"),
        ref("SalesTermRef", "Term", queryable=True),
        text("GlobalTaxCalculation"),
        text("TransactionLocationType"),
        shown_only("TotalAmt", queryable=True),
        *HOME_AMOUNTS,
        boolean("ApplyTaxAfterDiscount"),
        choice("PrintStatus", "NotSet", "NeedToPrint", "PrintComplete"),
        choice("EmailStatus", "NotSet", "NeedToSend", "EmailSent"),
        shown_only("DeliveryInfo"),
        email("BillEmail"),
        shown_only("Balance", queryable=True),
        shown_only("PaymentMethodRef"),
        boolean("AutoDocNumber"),
    )
    dropped = (
        *("RecurDataRef", "TaxExemptionRef", "DepositToAccountRef", "ShipFromAddr"),
        *("DueDate", "ShipMethodRef", "ShipDate", "TrackingNum", "SalesRepRef", "FOB", "PONumber", "RecurringInfo"),
        *("FreeFormAddress", "BillEmailCc", "BillEmailBcc", "PaymentRefNum", "TxnStatus", "TxnSource", "Tag"),
        *("PaymentType", "CheckPayment", "CreditCardPayment", "RemitToRef", "DiscountRate", "DiscountAmt"),
    )

    def complete(self, work: "Work", new: Object, old: Object | None) -> None:
        super().complete(work, new, old)
        refuse_zero(work, new["TotalAmt"])
        new["RemainingCredit"] = new["Balance"]

    def settle(self, work: "Work", new: Object | None, old: Object | None) -> None:
        super().settle(work, new, old)
        if new is not None and old is None:
            apply_credit_memo(work, new["Id"])

    def zeroed(self, work: "Work", old: Object) -> Object:
        """Voided by a person in QuickBooks' pages; the API offers no void."""
        refuse_closed(work, old["TxnDate"])
        return {**super().zeroed(work, old), "RemainingCredit": super().zeroed(work, old)["Balance"]}
