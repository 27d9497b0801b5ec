"""Payment: money received, applied to invoices; with credit memos among its lines it carries their credit."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from quickbooks_sandbox.books.balances import ancestors
from quickbooks_sandbox.books.numbers import ZERO, money
from quickbooks_sandbox.books.store import Object
from quickbooks_sandbox.entities.accounts_used import receivable, undeposited_funds
from quickbooks_sandbox.entities.fields import (
    HEADER,
    Field,
    anything,
    boolean,
    date,
    is_blank,
    number,
    objects,
    read_parts,
    ref,
    shown_only,
    text,
)
from quickbooks_sandbox.entities.links import (
    CREDIT_MEMO,
    INVOICE,
    allocations,
    lessen,
    link_documents,
    unapplied,
)
from quickbooks_sandbox.entities.transaction import Transaction, refuse_closed, refuse_foreign, void_note
from quickbooks_sandbox.faults import Faults, business, fault, not_modelled

if TYPE_CHECKING:
    from quickbooks_sandbox.books.work import Work

_LINE: tuple[Field, ...] = (number("Amount"), anything("LinkedTxn"))


class Payment(Transaction):
    name = "Payment"
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

    def complete(self, work: "Work", new: Object, old: Object | None) -> None:
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
        refuse_foreign(work, work.existing("Customer", new["CustomerRef"]["value"]))
        new.setdefault("DepositToAccountRef", {"value": undeposited_funds(work)})
        new["ProcessPayment"] = False
        new["TotalAmt"] = money(new["TotalAmt"])
        self._apply(work, new, old)

    def settle(self, work: "Work", new: Object | None, old: Object | None) -> None:
        before, after = (old or {}).get("Line", []), (new or {}).get("Line", [])
        link_documents(work, (new or old or {})["Id"], before, after)

    def before_delete(self, work: "Work", old: Object) -> None:
        refuse_deposited(old)
        refuse_closed(work, old["TxnDate"])

    def voided(self, work: "Work", old: Object) -> Object:
        refuse_deposited(old)
        refuse_closed(work, old["TxnDate"])
        return {
            **old,
            "TotalAmt": ZERO,
            "UnappliedAmt": ZERO,
            "Line": [],
            "PrivateNote": void_note(work, old),
        }

    def open_amounts(self, object: Object) -> Iterable[tuple[str, Decimal]]:
        yield object["CustomerRef"]["value"], -object["UnappliedAmt"]

    def postings(self, work: "Work", object: Object) -> Iterable[tuple[str, Decimal]]:
        yield object["DepositToAccountRef"]["value"], object["TotalAmt"]
        yield receivable(work), -object["TotalAmt"]

    def _apply(self, work: "Work", new: Object, old: Object | None) -> None:
        before = (old or {}).get("Line", [])
        sent = new.get("Line", [])
        if sent is not before or (old and new["CustomerRef"]["value"] != old["CustomerRef"]["value"]):
            reader = _PaymentLines(work, new["CustomerRef"]["value"], before)
            new["Line"] = reader.read(sent)
        else:
            new["Line"] = before
        rest = unapplied(new["TotalAmt"], new["Line"])
        if rest < 0 and work.settings.over_application == "unapply":
            new["Line"] = lessen(new["Line"], -rest, kind=INVOICE)
            rest = unapplied(new["TotalAmt"], new["Line"])
        if rest < 0:
            raise business("The amount applied to transactions is more than the amount of the payment.")
        if rest > new["TotalAmt"]:
            raise business("The credits applied are more than the charges they are applied to.")
        new["UnappliedAmt"] = money(rest)


class _PaymentLines:
    """The lines of one payment, checked against what is open on the documents they name."""

    def __init__(self, work: "Work", payer: str, before: list[Object]) -> None:
        self.work = work
        self.family = _family(work, payer)
        self.before = allocations(before)
        self.taken: dict[tuple[str, str], Decimal] = {}

    def read(self, sent: list[Object]) -> list[Object]:
        lines = (self._line(line) for line in sent)
        return [line for line in lines if line is not None]

    def _line(self, sent: Object) -> Object | None:
        faults = Faults()
        parts = read_parts(_LINE, sent, faults, "Line")
        faults.raise_if_any()
        for name in ("Amount", "LinkedTxn"):
            if is_blank(parts.get(name)) or parts[name] == []:
                raise fault("2020", field=f"Line.{name}")
        link = self._link(parts["LinkedTxn"])
        amount = money(parts["Amount"])
        if amount < 0:
            raise fault("2290", value=amount)
        return self._against(link, amount) if amount else None

    def _link(self, links: Any) -> Object:
        if not isinstance(links, list) or len(links) != 1 or not isinstance(links[0], dict):
            raise not_modelled("a payment line with more than one LinkedTxn")
        type, id = str(links[0].get("TxnType") or ""), str(links[0].get("TxnId") or "")
        if not type or not id:
            raise fault("2020", field="Line.LinkedTxn.TxnId")
        known = {"invoice": INVOICE, "creditmemo": CREDIT_MEMO}.get(type.lower())
        if known is None:
            raise not_modelled(f"a payment line to {type}")
        return {"TxnId": id, "TxnType": known}

    def _against(self, link: Object, amount: Decimal) -> Object | None:
        key = (link["TxnType"], link["TxnId"])
        document = self.work.get(*key)
        if document is None:
            raise business(f"The {link['TxnType']} {link['TxnId']} that the payment is linked to does not exist.")
        if _family(self.work, document["CustomerRef"]["value"]) != self.family:
            if self.work.settings.payment_for_other_customer == "unapply":
                return None
            raise business("The payment and the transaction it is linked to have different customers.")
        # What this payment already applies is open to itself.
        open_before = document["Balance"] + self.before.get(key, ZERO) - self.taken.get(key, ZERO)
        if amount > open_before:
            if self.work.settings.over_application == "refuse":
                raise business("The amount applied is more than the open balance of the transaction.")
            amount = open_before
        self.taken[key] = self.taken.get(key, ZERO) + amount
        return _line(amount, link, open_before, document.get("DocNumber", "")) if amount else None


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


def refuse_deposited(payment: Object) -> None:
    """A payment that lies in a bank deposit is locked until it is taken out again."""
    if payment.get("LinkedTxn"):
        raise fault("6540")


def _only_applies(new: Object, old: Object) -> bool:
    """What a person may still do with a deposited payment: apply it to other documents."""
    fixed = ("TotalAmt", "CustomerRef", "DepositToAccountRef", "TxnDate")
    return all(new.get(name) == old.get(name) for name in fixed)


def _family(work: "Work", customer: str) -> str:
    """The topmost parent: a payment may be for any customer under the same one."""
    return next(iter([each["Id"] for each in ancestors(work, "Customer", customer)][::-1]), customer)
