"""Bill and VendorCredit: what is owed to a vendor, and what the vendor owes back."""

from collections.abc import Iterable
from decimal import Decimal

from quickbooks_sandbox.entities.accounts_used import payable
from quickbooks_sandbox.entities.control import PAYABLE, refuse_control_account, require_type
from quickbooks_sandbox.entities.doc_numbers import refuse_duplicate_purchase
from quickbooks_sandbox.entities.expense_form import ExpenseForm, bought
from quickbooks_sandbox.entities.expense_lines import posted_account
from quickbooks_sandbox.entities.foreign import require_currency, take_currency
from quickbooks_sandbox.entities.links import complete_balance, is_paid, let_go
from quickbooks_sandbox.entities.plans import require_essentials
from quickbooks_sandbox.entities.transaction import refuse_closed, refuse_zero
from quickbooks_sandbox.faults import fault
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


def complete_payable_account(work: Work, new: Object, old: Object | None) -> None:
    """The vendor's currency, and the payable account of that currency unless one was sent."""
    vendor = work.get("Vendor", new["VendorRef"]["value"])
    if vendor is None:
        raise fault("2500")
    take_currency(work, new, old, vendor)
    code = new["CurrencyRef"]["value"]
    if old is not None and old["CurrencyRef"]["value"] != code:
        new.pop("APAccountRef", None)
    new.setdefault("APAccountRef", {"value": payable(work, code)})
    if work.get("Account", new["APAccountRef"]["value"]) is None:
        raise fault("2500")
    require_type(work, new["APAccountRef"]["value"], PAYABLE)
    require_currency(work, new["APAccountRef"]["value"], code)


class Payable(ExpenseForm):
    required = ("VendorRef",)
    resent = ("VendorRef",)
    indexed = ("VendorRef", "DocNumber")
    #: +1 where the vendor is owed the amount, -1 where it owes it.
    sign = 1

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        require_essentials(work, "Bills")
        self.require_lines(work, new)
        self.begin(work, new, old)
        complete_payable_account(work, new, old)
        self.resolve_references(work, new, old)
        self.complete_lines(work, new, old)
        for line in new["Line"]:
            refuse_control_account(work, posted_account(work, line))
        refuse_zero(work, new["TotalAmt"])
        complete_balance(work, new, old, moved=old is not None and _moved_away(new, old))
        refuse_duplicate_purchase(work, self.name, new, old)

    def settle(self, work: Work, new: Object | None, old: Object | None) -> None:
        if old is not None:
            let_go(work, self.name, new, old, moved=new is not None and _moved_away(new, old))

    def before_delete(self, work: Work, old: Object) -> None:
        refuse_closed(work, old["TxnDate"])
        if is_paid(old) and not work.by_person:
            raise fault("800")

    def open_amounts(self, work: Work, object: Object) -> Iterable[tuple[str, Decimal]]:
        yield object["VendorRef"]["value"], self.sign * object["Balance"]

    def postings(self, work: Work, object: Object) -> Iterable[tuple[str, Decimal]]:
        yield object["APAccountRef"]["value"], -self.sign * object["TotalAmt"]
        for account, amount in self.line_postings(work, object):
            yield account, self.sign * amount

    def quantities(self, object: Object) -> Iterable[tuple[str, Decimal]]:
        return bought(object, self.sign)


def _moved_away(new: Object, old: Object) -> bool:
    return bool(new["VendorRef"]["value"] != old["VendorRef"]["value"])
