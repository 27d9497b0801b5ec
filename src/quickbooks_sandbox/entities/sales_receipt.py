"""SalesReceipt."""

from quickbooks_sandbox.entities.accounts_used import undeposited_funds
from quickbooks_sandbox.entities.cash_sale import CashSale
from quickbooks_sandbox.entities.form_fields import (
    PLACE,
    SALES_OPENING,
    SALES_TOTALS,
    SHIPPED_FROM,
    SHIPPING,
    SOLD,
    SORTED_BY,
)
from quickbooks_sandbox.entities.transaction import refuse_closed, refuse_deposited
from quickbooks_sandbox.ledger.fields import anything, boolean, ref, shown_only, text
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


class SalesReceipt(CashSale):
    name = "SalesReceipt"
    fields = (
        *SALES_OPENING,
        shown_only("LinkedTxn"),
        *SOLD,
        *SHIPPED_FROM,
        *SORTED_BY,
        *SHIPPING,
        *PLACE,
        text("TxnSource"),
        *SALES_TOTALS,
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

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        new.setdefault("DepositToAccountRef", {"value": undeposited_funds(work)})
        super().complete(work, new, old)

    def voided(self, work: Work, old: Object) -> Object:
        refuse_deposited(old)
        refuse_closed(work, old["TxnDate"])
        return self.zeroed(work, old)
