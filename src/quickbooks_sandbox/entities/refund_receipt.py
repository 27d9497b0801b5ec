"""RefundReceipt: money given back at once."""

from quickbooks_sandbox.entities.cash_sale import CashSale
from quickbooks_sandbox.entities.form_fields import PLACE, SALES_OPENING, SALES_TOTALS, SOLD, SORTED_BY
from quickbooks_sandbox.ledger.fields import anything, boolean, ref, shown_only, text


class RefundReceipt(CashSale):
    name = "RefundReceipt"
    sign = -1
    fields = (
        *SALES_OPENING,
        *SOLD,
        *SORTED_BY,
        *PLACE,
        text("TxnSource"),
        *SALES_TOTALS,
        shown_only("Balance", queryable=True),
        ref("PaymentMethodRef", "PaymentMethod"),
        text("PaymentRefNum", 100),
        text("PaymentType", 21, queryable=True),
        anything("CheckPayment", queryable=True),
        anything("CreditCardPayment", queryable=True),
        ref("DepositToAccountRef", "Account", kept=True),
        boolean("AutoDocNumber"),
    )
    dropped = (
        *("RecurDataRef", "TaxExemptionRef", "RecurringInfo", "FOB"),
        *("ShipFromAddr", "ShipMethodRef", "ShipDate", "TrackingNum", "DueDate", "SalesTermRef", "PONumber"),
        *("BillEmailCc", "BillEmailBcc", "TxnStatus", "RemitToRef", "LinkedTxn", "DiscountRate", "DiscountAmt"),
    )
    required = ("DepositToAccountRef",)
