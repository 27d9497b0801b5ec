"""What Bill, VendorCredit and Purchase share: lines of what was bought, and their total."""

from collections.abc import Iterator
from decimal import Decimal

from quickbooks_sandbox.entities.accounts_used import sales_tax_payable
from quickbooks_sandbox.entities.expense_lines import OF_ITEM, ExpenseLineReader, posted_account
from quickbooks_sandbox.entities.global_tax import LineTax, complete_calculation, is_global
from quickbooks_sandbox.entities.tax import refuse_inclusive
from quickbooks_sandbox.entities.transaction import Transaction
from quickbooks_sandbox.faults import business
from quickbooks_sandbox.ledger.numbers import money, total
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


class ExpenseForm(Transaction):
    def complete_lines(self, work: Work, new: Object, old: Object | None) -> None:
        tax = _line_tax(work, new)
        before = (old or {}).get("Line", [])
        if new["Line"] is not before or (
            tax and new["GlobalTaxCalculation"] != (old or {}).get("GlobalTaxCalculation")
        ):
            new["Line"] = ExpenseLineReader(work, before, self.last_line_id(work, new), tax).read(new["Line"])
        amount = total(line["Amount"] for line in new["Line"])
        if tax:
            new["TxnTaxDetail"] = tax.of_all(new["Line"])
            amount += new["TxnTaxDetail"]["TotalTax"]
        if amount < 0:
            raise business("The total of a transaction must be 0 or greater.")
        new["TotalAmt"] = money(amount)

    def require_lines(self, work: Work, new: Object) -> None:
        empty = new.get("Line") == [] and work.settings.empty_lines == "refuse"
        self.require({**new, "Line": None} if empty else new, *self.required, "Line")
        new.setdefault("Line", [])

    def line_postings(self, work: Work, object: Object) -> Iterator[tuple[str, Decimal]]:
        for line in object["Line"]:
            yield posted_account(work, line), line["Amount"]
        if tax := object.get("TxnTaxDetail", {}).get("TotalTax"):
            yield sales_tax_payable(work), tax


def _line_tax(work: Work, new: Object) -> LineTax | None:
    """A United States company has no tax on purchases; clients send the member empty."""
    if is_global(work):
        complete_calculation(new)
        return LineTax(work, new["GlobalTaxCalculation"], "Purchase")
    refuse_inclusive(new)
    new.pop("TxnTaxDetail", None)
    return None


def bought(form: Object, sign: int) -> Iterator[tuple[str, Decimal]]:
    """How many of which items."""
    for line in form["Line"]:
        detail = line.get(OF_ITEM)
        if detail:
            yield detail["ItemRef"]["value"], sign * Decimal(detail.get("Qty", 0))
