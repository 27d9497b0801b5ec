"""Bill."""

from quickbooks_sandbox.entities.form_fields import PLACE, PURCHASE_OPENING, TOTALS
from quickbooks_sandbox.entities.orders import close_orders, name_orders
from quickbooks_sandbox.entities.payable import Payable
from quickbooks_sandbox.entities.terms import due_on
from quickbooks_sandbox.faults import fault
from quickbooks_sandbox.ledger.fields import anything, boolean, date, objects, ref, shown_only
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


class Bill(Payable):
    name = "Bill"
    fields = (
        ref("SalesTermRef", "Term", queryable=True),
        date("DueDate", queryable=True),
        shown_only("Balance", queryable=True),
        *PURCHASE_OPENING,
        objects("LinkedTxn", kept=True),
        objects("Line"),
        anything("TxnTaxDetail"),
        ref("VendorRef", "Vendor", queryable=True),
        anything("VendorAddr"),
        ref("APAccountRef", "Account", queryable=True, kept=True),
        *PLACE,
        boolean("IncludeInAnnualTPAR"),
        *TOTALS,
    )
    dropped = ("RecurDataRef", "RecurringInfo", "RemitToAddr", "ReplyEmail", "Memo", "PayerRef", "LessCIS", "TxnSource")
    operations = frozenset({"create", "read", "update", "delete", "void", "query"})
    counts_lists = True
    names_last_editor = True

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        links = new.get("LinkedTxn")
        super().complete(work, new, old)
        name_orders(work, self.name, new, old, links)
        term_changed = old is not None and new.get("SalesTermRef") != old.get("SalesTermRef")
        same_date = old is not None and new.get("DueDate") == old.get("DueDate")
        if "DueDate" not in new or (term_changed and same_date):
            new["DueDate"] = due_on(work, new["TxnDate"], new.get("SalesTermRef"))

    def settle(self, work: Work, new: Object | None, old: Object | None) -> None:
        super().settle(work, new, old)
        close_orders(work, self.name, new, old)

    def voided(self, work: Work, old: Object) -> Object:
        """As recorded: status 200, and a fault in it."""
        raise fault("10000.void", text="java.lang.UnsupportedOperationException")
