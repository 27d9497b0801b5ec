"""CreditMemo. It cannot be voided by the API; its balance is the credit that remains."""

from quickbooks_sandbox.entities.auto_apply import apply_credit_memo
from quickbooks_sandbox.entities.form_fields import PLACE, SALES_OPENING, SALES_TOTALS, SOLD, SORTED_BY
from quickbooks_sandbox.entities.sales_form import SalesForm
from quickbooks_sandbox.entities.transaction import refuse_closed, refuse_zero
from quickbooks_sandbox.ledger.fields import boolean, ref, shown_only
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


class CreditMemo(SalesForm):
    name = "CreditMemo"
    sign = -1
    fields = (
        shown_only("RemainingCredit"),
        *SALES_OPENING,
        shown_only("LinkedTxn"),
        *SOLD,
        ref("InvoiceRef", "Invoice", named=False),
        *SORTED_BY,
        ref("SalesTermRef", "Term", queryable=True),
        *PLACE,
        *SALES_TOTALS,
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

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        super().complete(work, new, old)
        refuse_zero(work, new["TotalAmt"])
        new["RemainingCredit"] = new["Balance"]

    def settle(self, work: Work, new: Object | None, old: Object | None) -> None:
        super().settle(work, new, old)
        if new is not None and old is None:
            apply_credit_memo(work, new["Id"])

    def zeroed(self, work: Work, old: Object) -> Object:
        """Voided by a person in QuickBooks' pages; the API offers no void."""
        refuse_closed(work, old["TxnDate"])
        return {**super().zeroed(work, old), "RemainingCredit": super().zeroed(work, old)["Balance"]}
