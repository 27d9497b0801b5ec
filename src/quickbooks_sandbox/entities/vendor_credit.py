"""VendorCredit: its balance is the credit that remains."""

from quickbooks_sandbox.entities.fields import HEADER, anything, boolean, date, number, objects, ref, shown_only, text
from quickbooks_sandbox.entities.foreign import HOME_AMOUNTS
from quickbooks_sandbox.entities.payable import Payable


class VendorCredit(Payable):
    name = "VendorCredit"
    sign = -1
    fields = (
        shown_only("Balance"),
        *HEADER,
        text("DocNumber", 21, queryable=True),
        date("TxnDate", queryable=True, kept=True),
        ref("DepartmentRef", "Department"),
        ref("CurrencyRef"),
        number("ExchangeRate"),
        text("PrivateNote", 4000),
        shown_only("LinkedTxn"),
        objects("Line"),
        anything("TxnTaxDetail"),
        ref("VendorRef", "Vendor"),
        anything("VendorAddr"),
        ref("APAccountRef", "Account", queryable=True, kept=True),
        text("GlobalTaxCalculation"),
        text("TransactionLocationType"),
        boolean("IncludeInAnnualTPAR"),
        shown_only("TotalAmt", queryable=True),
        *HOME_AMOUNTS,
    )
    dropped = (
        "RecurDataRef",
        "RecurringInfo",
        "SalesTermRef",
        "DueDate",
        "TxnSource",
        "FromAccountRef",
        "ToAccountRef",
    )
    operations = frozenset({"create", "read", "update", "delete", "query"})
