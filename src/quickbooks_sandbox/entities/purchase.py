"""Purchase: money spent at once, by cash, check or credit card."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from quickbooks_sandbox.entities.control import Posted, balances_moved, find_party, require_party, require_type
from quickbooks_sandbox.entities.doc_numbers import refuse_duplicate_purchase
from quickbooks_sandbox.entities.expense_form import ExpenseForm, bought
from quickbooks_sandbox.entities.expense_lines import posted_account
from quickbooks_sandbox.entities.foreign import keep_home_currency, require_home_or, show_home_amounts, take_currency
from quickbooks_sandbox.entities.form_fields import PLACE, PRINT_STATUS, PURCHASE_OPENING, TOTALS
from quickbooks_sandbox.entities.links import release_lines
from quickbooks_sandbox.faults import fault
from quickbooks_sandbox.ledger.fields import anything, boolean, choice, objects, party, ref, shown_only, text
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

_PAID_FROM = {"Cash": ("Bank",), "Check": ("Bank",), "CreditCard": ("Credit Card",)}


class Purchase(ExpenseForm):
    name = "Purchase"
    fields = (
        ref("AccountRef", "Account"),
        ref("PaymentMethodRef", "PaymentMethod"),
        text("PaymentRefNum", 21),
        choice("PaymentType", "Cash", "Check", "CreditCard"),
        party("EntityRef"),
        boolean("Credit"),
        *TOTALS,
        PRINT_STATUS,
        shown_only("PurchaseEx"),
        *PURCHASE_OPENING,
        shown_only("LinkedTxn"),
        objects("Line"),
        anything("TxnTaxDetail"),
        anything("RemitToAddr"),
        *PLACE,
        text("TxnSource"),
        boolean("IncludeInAnnualTPAR"),
    )
    dropped = ("RecurDataRef", "RecurringInfo", "Memo", "CheckPayment", "CreditCardPayment", "TxnNum")
    required = ("PaymentType", "AccountRef")
    resent = ("PaymentType",)
    operations = frozenset({"create", "read", "update", "delete", "query"})
    indexed = ("DocNumber",)

    def merge(self, sent: Object, old: Object | None, *, sparse: bool) -> Object:
        """Its payment type cannot change: 610 in a full update, left as it is in a sparse one."""
        if old is not None and sent.get("PaymentType") not in (None, old["PaymentType"]):
            if not sparse:
                raise fault("610")
            sent = {**sent, "PaymentType": old["PaymentType"]}
        return super().merge(sent, old, sparse=sparse)

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        self.require_lines(work, new)
        self.begin(work, new, old)
        self.resolve_references(work, new, old)
        require_type(work, new["AccountRef"]["value"], *_PAID_FROM[new["PaymentType"]])
        self._complete_party(work, new, old)
        require_home_or(work, new["AccountRef"]["value"], new["CurrencyRef"]["value"])
        self.complete_lines(work, new, old)
        for line in new["Line"]:
            require_party(work, posted_account(work, line), new.get("EntityRef"), new["CurrencyRef"]["value"])
        if new["PaymentType"] == "CreditCard":
            new.setdefault("Credit", False)
        else:
            new.pop("Credit", None)
        new.setdefault("PrintStatus", "NotSet")
        show_home_amounts(new)
        refuse_duplicate_purchase(work, self.name, new, old)

    def _complete_party(self, work: Work, new: Object, old: Object | None) -> None:
        """What is bought from a foreign vendor is in the vendor's currency."""
        found: Object = {}
        if "EntityRef" in new:
            found = find_party(work, new["EntityRef"])[1]
            new["EntityRef"] = _shown_party(work, new["EntityRef"])
        if "CurrencyRef" in found:
            take_currency(work, new, old, found)
        else:
            keep_home_currency(work, new)

    def settle(self, work: Work, new: Object | None, old: Object | None) -> None:
        release_lines(work, self.name, new, old)

    def open_amounts(self, work: Work, object: Object) -> Iterable[tuple[str, Decimal]]:
        return balances_moved(work, self._posted(work, object))

    def postings(self, work: Work, object: Object) -> Iterable[tuple[str, Decimal]]:
        yield object["AccountRef"]["value"], -_sign(object) * object["TotalAmt"]
        for account, _, debit in self._posted(work, object):
            yield account, debit

    def quantities(self, object: Object) -> Iterable[tuple[str, Decimal]]:
        return bought(object, _sign(object))

    def _posted(self, work: Work, object: Object) -> Iterator[Posted]:
        beside = object.get("EntityRef", {}).get("value", "")
        for account, amount in self.line_postings(work, object):
            yield account, beside, _sign(object) * amount


def _sign(object: Object) -> int:
    return -1 if object.get("Credit") else 1


def _shown_party(work: Work, ref: Object) -> Object:
    entity, found = find_party(work, ref)
    return {"value": found["Id"], "name": work.entity(entity).shown_name(found), "type": entity}
