"""VendorCredit: its balance is the credit that remains."""

from quickbooks_sandbox.entities.form_fields import PLACE, PURCHASE_OPENING, TOTALS
from quickbooks_sandbox.entities.payable import Payable
from quickbooks_sandbox.ledger.fields import anything, boolean, objects, ref, shown_only


class VendorCredit(Payable):
    name = "VendorCredit"
    sign = -1
    fields = (
        shown_only("Balance"),
        *PURCHASE_OPENING,
        shown_only("LinkedTxn"),
        objects("Line"),
        anything("TxnTaxDetail"),
        ref("VendorRef", "Vendor"),
        anything("VendorAddr"),
        ref("APAccountRef", "Account", queryable=True, kept=True),
        *PLACE,
        boolean("IncludeInAnnualTPAR"),
        *TOTALS,
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
