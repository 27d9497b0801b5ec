"""Invoice."""

from collections.abc import Iterable
from decimal import Decimal

from quickbooks_sandbox.entities.accounts_used import undeposited_funds
from quickbooks_sandbox.entities.auto_apply import apply_credits_to_invoice
from quickbooks_sandbox.entities.billed_time import bill_time, name_time
from quickbooks_sandbox.entities.control import require_type
from quickbooks_sandbox.entities.form_fields import (
    PLACE,
    SALES_OPENING,
    SALES_TOTALS,
    SHIPPED_FROM,
    SHIPPING,
    SOLD,
    SORTED_BY,
)
from quickbooks_sandbox.entities.links import applied_to
from quickbooks_sandbox.entities.orders import close_orders, name_orders
from quickbooks_sandbox.entities.people import home_currency
from quickbooks_sandbox.entities.sales_form import SalesForm
from quickbooks_sandbox.entities.terms import due_date
from quickbooks_sandbox.entities.transaction import refuse_closed
from quickbooks_sandbox.faults import business, not_modelled
from quickbooks_sandbox.ledger.fields import boolean, date, email, number, objects, ref, shown_only, text
from quickbooks_sandbox.ledger.numbers import money
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

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
        *SALES_OPENING,
        objects("LinkedTxn", kept=True),
        *SOLD,
        *SHIPPED_FROM,
        *SORTED_BY,
        ref("SalesTermRef", "Term", queryable=True),
        date("DueDate", queryable=True),
        *SHIPPING,
        *PLACE,
        text("TxnSource"),
        *SALES_TOTALS,
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

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        _complete_deposit(work, new)
        for name in _PAYMENT_SWITCHES:
            new.setdefault(name, False)
        links = new.get("LinkedTxn")
        super().complete(work, new, old)
        _refuse_deposit(work, new)
        name_orders(work, self.name, new, old, links)
        name_time(work, new, old, links)
        self._complete_due_date(work, new, old)

    def settle(self, work: Work, new: Object | None, old: Object | None) -> None:
        super().settle(work, new, old)
        close_orders(work, self.name, new, old)
        bill_time(work, new, old)
        if new is not None and old is None:
            apply_credits_to_invoice(work, new["Id"])

    def voided(self, work: Work, old: Object) -> Object:
        refuse_closed(work, old["TxnDate"])
        if applied_to(old) and work.settings.void_paid_invoice == "refuse":
            raise business("A transaction that is linked to a payment cannot be voided.")
        return self.zeroed(work, old)

    def zeroed(self, work: Work, old: Object) -> Object:
        return super().zeroed(work, {name: value for name, value in old.items() if name != "Deposit"})

    def postings(self, work: Work, object: Object) -> Iterable[tuple[str, Decimal]]:
        yield from super().postings(work, object)
        if "Deposit" in object:
            yield self.balance_account(work, object), -object["Deposit"]
            yield object["DepositToAccountRef"]["value"], object["Deposit"]

    def _complete_due_date(self, work: Work, new: Object, old: Object | None) -> None:
        """A new term sets a new date, unless a date came with it."""
        term_changed = old is not None and new.get("SalesTermRef") != old.get("SalesTermRef")
        same_date = old is not None and new.get("DueDate") == old.get("DueDate")
        if "DueDate" not in new or (term_changed and same_date):
            new["DueDate"] = due_date(work, new["TxnDate"], new.get("SalesTermRef"))


def _complete_deposit(work: Work, new: Object) -> None:
    """What was paid at once; it goes where payments go."""
    deposit = money(new.pop("Deposit", None) or 0)
    if deposit:
        new["Deposit"] = deposit
        new.setdefault("DepositToAccountRef", {"value": undeposited_funds(work)})


def _refuse_deposit(work: Work, new: Object) -> None:
    if "Deposit" not in new:
        return
    require_type(work, new["DepositToAccountRef"]["value"], "Bank", "Other Current Asset")
    if new["CurrencyRef"]["value"] != home_currency(work):
        raise not_modelled("Deposit on an Invoice in a foreign currency")
    if not 0 <= new["Deposit"] <= new["TotalAmt"]:
        raise business("The deposit of an invoice is between 0 and its total.")
