"""What only a person can do, in QuickBooks' own pages: deposits, merging, closing the books, preferences."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from quickbooks_sandbox.books.merge import merge_names
from quickbooks_sandbox.entities.deposit import DEPOSITABLE
from quickbooks_sandbox.entities.write_off import deactivate_customer
from quickbooks_sandbox.faults import fault
from quickbooks_sandbox.ledger.ledger import Ledger
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


class Pages(Ledger):
    """Mixed into `Books`. Every act is one change, as atomic as those of the API."""

    def make_deposit(
        self, payment_ids: Sequence[str], account_id: str | None = None, txn_date: date | None = None
    ) -> Object:
        """Take payments and sales receipts from Undeposited Funds to a bank account (the oldest if none is named)."""
        work = self._work()
        received = [_received(work, id) for id in payment_ids]
        account = work.get("Account", account_id or _oldest_bank(work))
        if account is None or account["AccountType"] != "Bank":
            raise fault("6430")
        body: Object = {
            "DepositToAccountRef": {"value": account["Id"]},
            "Line": [{"LinkedTxn": [{"TxnId": one["Id"], "TxnType": type}]} for type, one in received],
        }
        if txn_date is not None:
            body["TxnDate"] = txn_date.isoformat()
        rules = work.entity("Deposit")
        rules.complete(work, body, None)
        deposit = work.add("Deposit", body, rules.internals(body, None))
        rules.settle(work, deposit, None)
        work.commit()
        return deposit

    def undeposit(self, payment_id: str) -> None:
        """Take a payment or sales receipt out of the deposit it lies in; an empty deposit is deleted."""
        work = self._work()
        _, received = _received(work, payment_id)
        if not received.get("LinkedTxn"):
            raise fault("610")
        old = work.existing("Deposit", received["LinkedTxn"][0]["TxnId"])
        lines = [line for line in old["Line"] if line.get("LinkedTxn", [{}])[0].get("TxnId") != payment_id]
        rules = work.entity("Deposit")
        if lines:
            new: Object | None = {**old, "Line": lines}
            rules.complete(work, new or {}, old)
            new = work.edit("Deposit", new or {})
        else:
            new = None
            work.remove("Deposit", old["Id"])
        rules.settle(work, new, old)
        work.commit()

    def set_cleared(self, entity: str, id: str, state: str) -> None:
        """What a bank statement showed of a transaction: Uncleared, Cleared or Reconciled."""
        if state not in ("Uncleared", "Cleared", "Reconciled"):
            raise fault("2170", field="cleared", value=state)
        work = self._work()
        found = work.get(entity, id)
        if found is None or "TxnDate" not in found:
            raise fault("610")
        work.remember(entity, id, cleared=state)
        work.commit()

    def close_books(self, until: date | None) -> None:
        """Close everything dated on or before the day; None opens the books again."""
        work = self._work()
        preferences = _preferences(work)
        group = {k: v for k, v in preferences["AccountingInfoPrefs"].items() if k != "BookCloseDate"}
        if until is not None:
            group["BookCloseDate"] = until.isoformat()
        work.edit("Preferences", {**preferences, "AccountingInfoPrefs": group})
        work.commit()

    def set_preference(self, group: str, name: str, value: Any) -> None:
        work = self._work()
        preferences = _preferences(work)
        work.edit("Preferences", {**preferences, group: {**preferences.get(group, {}), name: value}})
        work.commit()

    def void_credit_memo(self, id: str) -> Object:
        work = self._work()
        old = work.get("CreditMemo", id)
        if old is None:
            raise fault("610")
        rules = cast(Any, work.entity("CreditMemo"))
        new = work.edit("CreditMemo", rules.zeroed(work, old))
        work.call("CreditMemo", id, "Void")
        rules.settle(work, new, old)
        work.commit()
        return new

    def deactivate_customer(self, id: str) -> Object:
        """Inactive, its open invoices written off with a credit memo."""
        work = self._work()
        deactivate_customer(work, id)
        work.commit()
        return self.tables["Customer"].rows[id].object

    def merge(self, entity: str, loser_id: str, winner_id: str) -> Object:
        """Merge one name into another: its documents move over and the name is gone."""
        work = self._work()
        winner = merge_names(work, entity, loser_id, winner_id)
        work.commit()
        return self.tables[entity].rows[winner["Id"]].object

    def _work(self) -> Work:
        work = Work(self)
        work.by_person = True
        return work


def _received(work: Work, id: str) -> tuple[str, Object]:
    """A payment or sales receipt; transactions share one sequence of ids."""
    for type in DEPOSITABLE:
        found = work.get(type, id)
        if found is not None:
            return type, found
    raise fault("610")


def _oldest_bank(work: Work) -> str:
    banks = (str(account["Id"]) for account in work.all("Account") if account["AccountType"] == "Bank")
    return min(banks, key=int)


def _preferences(work: Work) -> Object:
    return work.existing("Preferences", "1")
