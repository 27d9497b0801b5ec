"""Payment: money received, applied to invoices; with credit memos among its lines it carries their credit."""

from collections.abc import Iterable
from decimal import Decimal

from quickbooks_sandbox.entities.accounts_used import receivable, undeposited_funds
from quickbooks_sandbox.entities.control import require_type
from quickbooks_sandbox.entities.foreign import require_currency, require_home_or, take_currency
from quickbooks_sandbox.entities.links import unapplied
from quickbooks_sandbox.entities.posted_lines import BY_LINE
from quickbooks_sandbox.entities.settlement import Settlement
from quickbooks_sandbox.entities.transaction import refuse_closed, refuse_deposited, void_note
from quickbooks_sandbox.faults import business, not_modelled
from quickbooks_sandbox.ledger.balances import topmost
from quickbooks_sandbox.ledger.fields import (
    HEADER,
    anything,
    boolean,
    date,
    number,
    objects,
    ref,
    shown_only,
    text,
)
from quickbooks_sandbox.ledger.numbers import ZERO, money
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


class Payment(Settlement):
    name = "Payment"
    party = "CustomerRef"
    settles = ("Invoice", "CreditMemo", *BY_LINE)
    fields = (
        ref("CustomerRef", "Customer", queryable=True),
        ref("DepositToAccountRef", "Account", named=False, kept=True),
        ref("PaymentMethodRef", "PaymentMethod", named=False, queryable=True),
        text("PaymentRefNum", 21, queryable=True),
        number("TotalAmt", queryable=True),
        shown_only("UnappliedAmt"),
        boolean("ProcessPayment"),
        *HEADER,
        date("TxnDate", queryable=True, kept=True),
        ref("CurrencyRef"),
        number("ExchangeRate"),
        text("PrivateNote", 4000),
        shown_only("LinkedTxn"),
        objects("Line"),
        ref("ARAccountRef", "Account"),
        ref("ProjectRef"),
        text("TxnSource"),
        text("TransactionLocationType"),
        anything("CreditCardPayment"),
    )
    dropped = (
        *("TaxExemptionRef", "PaymentType", "TxnStatus", "CheckPayment", "RemitToRef", "DepartmentRef", "Balance"),
        *("HomeTotalAmt", "HomeBalance", "DocNumber", "Overview", "TxnTaxDetail", "ClassRef"),
    )
    required = ("CustomerRef",)
    operations = frozenset({"create", "read", "update", "delete", "void", "query"})
    indexed = ("CustomerRef", "PaymentRefNum")

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        if old is not None and not (work.by_person and _only_applies(new, old)):
            refuse_deposited(old)
        self.require(new)
        if new.get("TotalAmt") is None:
            raise business("You must set a transaction amount.")
        if new["TotalAmt"] < 0:
            raise business("The amount of a payment must be 0 or greater.")
        if new.pop("ProcessPayment", None):
            raise not_modelled("ProcessPayment")
        self.begin(work, new, old)
        self.resolve_references(work, new, old)
        take_currency(work, new, old, work.existing("Customer", new["CustomerRef"]["value"]))
        if "ARAccountRef" in new:
            require_currency(work, new["ARAccountRef"]["value"], new["CurrencyRef"]["value"])
        receivable(work, new["CurrencyRef"]["value"])
        new.setdefault("DepositToAccountRef", {"value": undeposited_funds(work)})
        require_type(work, new["DepositToAccountRef"]["value"], "Bank", "Other Current Asset")
        require_home_or(work, new["DepositToAccountRef"]["value"], new["CurrencyRef"]["value"])
        new["ProcessPayment"] = False
        new["TotalAmt"] = money(new["TotalAmt"])
        rest = self.apply(work, new, old)
        self.refuse_misfit(new, rest)
        new["UnappliedAmt"] = money(rest)

    def before_delete(self, work: Work, old: Object) -> None:
        refuse_deposited(old)
        refuse_closed(work, old["TxnDate"])

    def voided(self, work: Work, old: Object) -> Object:
        refuse_deposited(old)
        refuse_closed(work, old["TxnDate"])
        return {
            **old,
            "TotalAmt": ZERO,
            "UnappliedAmt": ZERO,
            "Line": [],
            "PrivateNote": void_note(work, old),
        }

    def postings(self, work: Work, object: Object) -> Iterable[tuple[str, Decimal]]:
        yield object["DepositToAccountRef"]["value"], object["TotalAmt"]
        yield receivable(work, object["CurrencyRef"]["value"]), -object["TotalAmt"]

    def with_lines(self, work: Work, object: Object, lines: list[Object]) -> Object:
        return {**object, "Line": lines, "UnappliedAmt": money(unapplied(work, object["TotalAmt"], lines))}

    def is_related(self, work: Work, payer: str, other: str) -> bool:
        """A payment may be for any customer under the same topmost parent."""
        return topmost(work, "Customer", payer) == topmost(work, "Customer", other)

    def shown_line(self, amount: Decimal, link: Object, open_before: Decimal, document: Object) -> Object:
        return _line(amount, link, open_before, document.get("DocNumber", ""))


def _line(amount: Decimal, link: Object, open_before: Decimal, number: str) -> Object:
    extra = {"txnId": link["TxnId"], "txnOpenBalance": f"{open_before:.2f}", "txnReferenceNumber": number}
    return {
        "Amount": money(amount),
        "LinkedTxn": [link],
        "LineEx": {"any": [_name_value(name, value) for name, value in extra.items()]},
    }


def _name_value(name: str, value: str) -> Object:
    return {
        "name": "{http://schema.intuit.com/finance/v3}NameValue",
        "declaredType": "com.intuit.schema.finance.v3.NameValue",
        "scope": "javax.xml.bind.JAXBElement$GlobalScope",
        "value": {"Name": name, "Value": value},
        "nil": False,
        "globalScope": True,
        "typeSubstituted": False,
    }


def _only_applies(new: Object, old: Object) -> bool:
    """What a person may still do with a deposited payment: apply it to other documents."""
    fixed = ("TotalAmt", "CustomerRef", "DepositToAccountRef", "TxnDate")
    return all(new.get(name) == old.get(name) for name in fixed)
