"""Transfer of money between two accounts of the balance sheet."""

from collections.abc import Iterable
from decimal import Decimal

from quickbooks_sandbox.entities.control import refuse_control_account
from quickbooks_sandbox.entities.foreign import choose_currency
from quickbooks_sandbox.entities.transaction import Transaction
from quickbooks_sandbox.faults import business, fault
from quickbooks_sandbox.ledger.balances import BALANCE_SHEET
from quickbooks_sandbox.ledger.fields import HEADER, date, number, ref, text
from quickbooks_sandbox.ledger.numbers import money
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


class Transfer(Transaction):
    name = "Transfer"
    fields = (
        ref("FromAccountRef", "Account"),
        ref("ToAccountRef", "Account"),
        number("Amount"),
        *HEADER,
        date("TxnDate", queryable=True, kept=True),
        ref("CurrencyRef"),
        number("ExchangeRate"),
        text("PrivateNote", 4000),
        text("TransactionLocationType"),
    )
    dropped = ("RecurDataRef", "RecurringInfo", "DocNumber", "LinkedTxn", "TxnSource")
    required = ("FromAccountRef", "ToAccountRef", "Amount")
    resent = required
    operations = frozenset({"create", "read", "update", "delete", "query"})

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        self.require(new)
        self.begin(work, new, old)
        self.resolve_references(work, new, old)
        choose_currency(work, new, old, *(new[name]["value"] for name in ("FromAccountRef", "ToAccountRef")))
        for name in ("FromAccountRef", "ToAccountRef"):
            account = new[name]["value"]
            refuse_control_account(work, account)
            if work.existing("Account", account)["Classification"] not in BALANCE_SHEET:
                raise fault("6430")
        if new["FromAccountRef"]["value"] == new["ToAccountRef"]["value"]:
            raise business("A transfer needs two different accounts.")
        if new["Amount"] < 0:
            raise fault("2290", value=new["Amount"])
        new["Amount"] = money(new["Amount"])

    def postings(self, work: Work, object: Object) -> Iterable[tuple[str, Decimal]]:
        yield object["FromAccountRef"]["value"], -object["Amount"]
        yield object["ToAccountRef"]["value"], object["Amount"]
