"""What Bill, VendorCredit and Purchase share: lines of what was bought, and their total."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from quickbooks_sandbox.books.numbers import money, total
from quickbooks_sandbox.books.store import Object
from quickbooks_sandbox.entities.expense_lines import OF_ITEM, ExpenseLineReader, posted_account
from quickbooks_sandbox.entities.tax import refuse_inclusive
from quickbooks_sandbox.entities.transaction import Transaction
from quickbooks_sandbox.faults import business

if TYPE_CHECKING:
    from quickbooks_sandbox.books.work import Work


class ExpenseForm(Transaction):
    def complete_lines(self, work: "Work", new: Object, old: Object | None) -> None:
        refuse_inclusive(new)
        # A United States company has no tax on purchases; clients send the member empty.
        new.pop("TxnTaxDetail", None)
        before = (old or {}).get("Line", [])
        if new["Line"] is not before:
            new["Line"] = ExpenseLineReader(work, before, self.last_line_id(work, new)).read(new["Line"])
        amount = total(line["Amount"] for line in new["Line"])
        if amount < 0:
            raise business("The total of a transaction must be 0 or greater.")
        new["TotalAmt"] = money(amount)

    def require_lines(self, work: "Work", new: Object) -> None:
        empty = new.get("Line") == [] and work.settings.empty_lines == "refuse"
        self.require({**new, "Line": None} if empty else new, *self.required, "Line")
        new.setdefault("Line", [])

    def line_postings(self, work: "Work", object: Object) -> Iterator[tuple[str, Decimal]]:
        for line in object["Line"]:
            yield posted_account(work, line), line["Amount"]


def bought(form: Object, sign: int) -> Iterator[tuple[str, Decimal]]:
    """How many of which items."""
    for line in form["Line"]:
        detail = line.get(OF_ITEM)
        if detail:
            yield detail["ItemRef"]["value"], sign * Decimal(detail.get("Qty", 0))
