"""BillPayment: money paid for bills, by check or credit card; with vendor credits among its lines it uses them up."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from quickbooks_sandbox.entities.control import require_type
from quickbooks_sandbox.entities.doc_numbers import refuse_duplicate_purchase
from quickbooks_sandbox.entities.foreign import require_home_or
from quickbooks_sandbox.entities.form_fields import PURCHASE_OPENING
from quickbooks_sandbox.entities.links import gives, unapplied
from quickbooks_sandbox.entities.payable import complete_payable_account
from quickbooks_sandbox.entities.plans import require_essentials
from quickbooks_sandbox.entities.settlement import Settlement
from quickbooks_sandbox.entities.transaction import refuse_closed, void_note
from quickbooks_sandbox.faults import business, fault
from quickbooks_sandbox.ledger.entity import resolve
from quickbooks_sandbox.ledger.fields import Field, boolean, choice, number, objects, parts, ref, text
from quickbooks_sandbox.ledger.numbers import ZERO, money, total
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

_BANK, _CARD = ref("BankAccountRef", "Account"), ref("CCAccountRef", "Account")
_PRINT = choice("PrintStatus", "NotSet", "NeedToPrint", "PrintComplete")


class _Part(NamedTuple):
    """Where the money comes from."""

    name: str
    account: Field
    account_type: str


_PARTS = {
    "Check": _Part("CheckPayment", _BANK, "Bank"),
    "CreditCard": _Part("CreditCardPayment", _CARD, "Credit Card"),
}


class BillPayment(Settlement):
    name = "BillPayment"
    party = "VendorRef"
    settles = ("Bill", "VendorCredit", "JournalEntry", "Deposit")
    leaves_out = ("Purchase",)
    fields = (
        ref("VendorRef", "Vendor", queryable=True),
        choice("PayType", "Check", "CreditCard", kept=True),
        parts("CheckPayment", _BANK, _PRINT, queryable=True, kept=True),
        parts("CreditCardPayment", _CARD, queryable=True, kept=True),
        number("TotalAmt", queryable=True),
        *PURCHASE_OPENING,
        objects("Line"),
        ref("APAccountRef", "Account", queryable=True, kept=True),
        text("TransactionLocationType"),
        boolean("ProcessBillPayment"),
    )
    dropped = ("RecurDataRef", "LinkedTxn", "TxnSource", "PayeeAddr", "Balance")
    required = ("VendorRef", "PayType")
    resent = ("VendorRef",)
    operations = frozenset({"create", "read", "update", "delete", "void", "query"})
    voids_by_update_only = True
    indexed = ("VendorRef", "DocNumber")
    counts_lists = True

    def link_to(self, object: Object) -> Object:
        return {"TxnId": object["Id"], "TxnType": f"BillPayment{object['PayType']}"}

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        require_essentials(work, "Bill payments")
        self.require(new)
        if old is not None and new["PayType"] != old["PayType"]:
            raise business("The payment type of a bill payment cannot be changed.")
        self._require_amount(new, old)
        self.begin(work, new, old)
        complete_payable_account(work, new, old)
        self.resolve_references(work, new, old)
        new.pop("ProcessBillPayment", None)
        new["TotalAmt"] = money(new["TotalAmt"])
        self._apply_lines(work, new, old)
        self._complete_account(work, new, old)
        refuse_duplicate_purchase(work, self.name, new, old)

    def before_delete(self, work: Work, old: Object) -> None:
        refuse_closed(work, old["TxnDate"])

    def voided(self, work: Work, old: Object) -> Object:
        refuse_closed(work, old["TxnDate"])
        return {**old, "TotalAmt": ZERO, "Line": [], "PrivateNote": void_note(work, old)}

    def postings(self, work: Work, object: Object) -> Iterable[tuple[str, Decimal]]:
        account = _paid_from(object)
        if account and object["TotalAmt"]:
            yield account, -object["TotalAmt"]
            yield object["APAccountRef"]["value"], object["TotalAmt"]

    def _require_amount(self, new: Object, old: Object | None) -> None:
        if new.get("TotalAmt") is None:
            raise fault("2020", field="TotalAmt")
        if new["TotalAmt"] < 0:
            raise fault("2290", value=new["TotalAmt"])
        was_void = old is not None and not old["Line"]
        if not new.get("Line") and not was_void:
            raise fault("2020", field="Line")

    def _apply_lines(self, work: Work, new: Object, old: Object | None) -> None:
        """A link to a Purchase is left out of the answer; what it should have paid is then paid in money."""
        sent = new.get("Line", [])
        rest = self.apply(work, new, old)
        if rest < 0 and len(new["Line"]) < len(sent):
            new["TotalAmt"] = money(new["TotalAmt"] - rest)
            rest = unapplied(work, new["TotalAmt"], new["Line"])
        self.refuse_misfit(new, rest)
        self._refuse_idle_credits(work, new)

    def _refuse_idle_credits(self, work: Work, new: Object) -> None:
        """More money than the bills need is taken; more credit than the bills need is not."""
        credits = total(line["Amount"] for line in new["Line"] if gives(work, line))
        if credits > total(line["Amount"] for line in new["Line"]) - credits:
            raise business("The credits applied are more than the charges they are applied to.")

    def _complete_account(self, work: Work, new: Object, old: Object | None) -> None:
        part, other = _PARTS[new["PayType"]], _PARTS["CreditCard" if new["PayType"] == "Check" else "Check"]
        new.pop(other.name, None)
        given: Object = dict(new.get(part.name) or {})
        name = part.account.name
        if name in given:
            before = (old or {}).get(part.name, {}).get(name)
            given[name] = resolve(work, part.account, given[name], before)
            require_type(work, given[name]["value"], part.account_type)
            require_home_or(work, given[name]["value"], new["CurrencyRef"]["value"])
        elif new["TotalAmt"]:
            raise fault("2020", field=f"{part.name}.{name}")
        if new["PayType"] == "Check":
            given.setdefault("PrintStatus", "NotSet")
        new[part.name] = given


def _paid_from(object: Object) -> str | None:
    part = object.get("CheckPayment") or object.get("CreditCardPayment") or {}
    account = part.get("BankAccountRef") or part.get("CCAccountRef")
    return str(account["value"]) if account else None
