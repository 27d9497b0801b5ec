"""Runs of fields that forms share, in the order in which answers show them."""

from quickbooks_sandbox.entities.foreign import HOME_AMOUNTS
from quickbooks_sandbox.entities.tax import TXN_TAX_DETAIL
from quickbooks_sandbox.ledger.fields import (
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

DATED = (
    date("TxnDate", queryable=True, kept=True),
    ref("DepartmentRef", "Department"),
    ref("CurrencyRef"),
    number("ExchangeRate"),
    text("PrivateNote", 4000),
)
PRINT_STATUS = choice("PrintStatus", "NotSet", "NeedToPrint", "PrintComplete")
EMAIL_STATUS = choice("EmailStatus", "NotSet", "NeedToSend", "EmailSent")

#: Sales forms.
SALES_OPENING = (*HEADER, objects("CustomField"), text("DocNumber", 21, queryable=True, kept=True), *DATED)
SOLD = (
    objects("Line"),
    TXN_TAX_DETAIL,
    ref("CustomerRef", "Customer", queryable=True),
    memo("CustomerMemo"),
    address("BillAddr"),
    address("ShipAddr"),
)
SHIPPED_FROM = (address("ShipFromAddr"), boolean("FreeFormAddress"))
SORTED_BY = (ref("ProjectRef", queryable=True), ref("ClassRef", "Class"))
SHIPPING = (ref("ShipMethodRef"), date("ShipDate"), text("TrackingNum", 31))
PLACE = (text("GlobalTaxCalculation"), text("TransactionLocationType"))
TOTALS = (shown_only("TotalAmt", queryable=True), *HOME_AMOUNTS)
SALES_TOTALS = (
    *TOTALS,
    boolean("ApplyTaxAfterDiscount"),
    PRINT_STATUS,
    EMAIL_STATUS,
    shown_only("DeliveryInfo"),
    email("BillEmail"),
)

#: What is bought and paid.
PURCHASE_OPENING = (*HEADER, text("DocNumber", 21, queryable=True), *DATED)
