"""RefundReceipt: money given back at once."""

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


class RefundReceipt(CashSale):
    name = "RefundReceipt"
    sign = -1
    fields = (
        *HEADER,
        objects("CustomField"),
        text("DocNumber", 21, queryable=True, kept=True),
        date("TxnDate", queryable=True, kept=True),
        ref("DepartmentRef", "Department"),
        ref("CurrencyRef"),
        number("ExchangeRate"),
        text("PrivateNote", 4000),
        objects("Line"),
        TXN_TAX_DETAIL,
        ref("CustomerRef", "Customer", queryable=True),
        memo("CustomerMemo"),
        address("BillAddr"),
        address("ShipAddr"),
        ref("ProjectRef", queryable=True),
        ref("ClassRef", "Class"),
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
