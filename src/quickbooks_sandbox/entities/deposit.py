"""Deposit: what was received, put into the bank. A person makes it; the API reads it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from quickbooks_sandbox.books.store import Object
from quickbooks_sandbox.entities.accounts_used import undeposited_funds
from quickbooks_sandbox.entities.fields import HEADER, anything, date, number, ref, text
from quickbooks_sandbox.entities.transaction import Transaction

if TYPE_CHECKING:
    from quickbooks_sandbox.books.work import Work


class Deposit(Transaction):
    name = "Deposit"
    fields = (
        ref("DepositToAccountRef", "Account"),
        number("TotalAmt", queryable=True),
        *HEADER,
        date("TxnDate", queryable=True),
        ref("CurrencyRef"),
        text("PrivateNote", 4000),
        anything("Line"),
    )
    operations = frozenset({"read", "query"})
    counts_lists = True

    def postings(self, work: "Work", object: Object) -> Iterable[tuple[str, Decimal]]:
        yield object["DepositToAccountRef"]["value"], object["TotalAmt"]
        yield undeposited_funds(work), -object["TotalAmt"]
