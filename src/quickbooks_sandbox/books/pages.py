"""What only a person can do, in QuickBooks' own pages: deposits, merging, closing the books, preferences."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from quickbooks_sandbox.books.numbers import ZERO, money, total
from quickbooks_sandbox.books.store import Object
from quickbooks_sandbox.books.work import Work
from quickbooks_sandbox.entities.accounts_used import undeposited_funds
from quickbooks_sandbox.entities.people import currency, home_currency
from quickbooks_sandbox.faults import fault

if TYPE_CHECKING:
    from quickbooks_sandbox.books.company import Books


class Pages:
    """Mixed into `Books`. Every act is one change, as atomic as those of the API."""

    #: Who works in the company's pages, as other users are told.
    user = "Robin Marsh"
    user_id = "9130350000000001"

    def make_deposit(
        self, payment_ids: Sequence[str], account_id: str | None = None, txn_date: date | None = None
    ) -> Object:
        """Take payments from Undeposited Funds to a bank account (the oldest one if none is named)."""
        work = self._work()
        payments = [self._depositable(work, id) for id in payment_ids]
        if not payments:
            raise fault("2020", field="Line")
        account = work.get("Account", account_id or _oldest_bank(work))
        if account is None or account["AccountType"] != "Bank":
            raise fault("6430")
        deposit = work.add("Deposit", _deposit(work, payments, account, txn_date or work.today))
        for payment in payments:
            link = {"TxnId": deposit["Id"], "TxnType": "Deposit"}
            work.edit("Payment", {**payment, "LinkedTxn": [link]})
        work.commit()
        return deposit

    def undeposit(self, payment_id: str) -> None:
        """Take a payment out of the deposit it lies in; an empty deposit is deleted."""
        work = self._work()
        payment = work.get("Payment", payment_id)
        if payment is None or not payment.get("LinkedTxn"):
            raise fault("610")
        deposit = work.existing("Deposit", payment["LinkedTxn"][0]["TxnId"])
        lines = [line for line in deposit["Line"] if line["LinkedTxn"][0]["TxnId"] != payment_id]
        if lines:
            work.edit("Deposit", {**deposit, "Line": lines, "TotalAmt": _line_total(lines)})
        else:
            work.remove("Deposit", deposit["Id"])
        work.edit("Payment", {name: value for name, value in payment.items() if name != "LinkedTxn"})
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
        from quickbooks_sandbox.books.write_off import deactivate_customer

        work = self._work()
        deactivate_customer(work, id)
        work.commit()
        return self._books.tables["Customer"].rows[id].object

    def merge(self, entity: str, loser_id: str, winner_id: str) -> Object:
        """Merge one name into another: its documents move over and the name is gone."""
        from quickbooks_sandbox.books.merge import merge_names

        work = self._work()
        winner = merge_names(work, entity, loser_id, winner_id)
        work.commit()
        return self._books.tables[entity].rows[winner["Id"]].object

    @property
    def _books(self) -> "Books":
        return cast("Books", self)

    def _work(self) -> Work:
        work = Work(self._books)
        work.by_person = True
        return work

    def _depositable(self, work: Work, id: str) -> Object:
        payment = work.get("Payment", id)
        if payment is None:
            raise fault("610")
        elsewhere = payment["DepositToAccountRef"]["value"] != undeposited_funds(work)
        if payment.get("LinkedTxn") or elsewhere or not payment["TotalAmt"]:
            raise fault("620", id=id)
        return payment


def _deposit(work: Work, payments: Sequence[Object], account: Object, txn_date: date) -> Object:
    lines = [
        {
            "Amount": payment["TotalAmt"],
            "LinkedTxn": [{"TxnId": payment["Id"], "TxnType": "Payment", "TxnLineId": "0"}],
        }
        for payment in payments
    ]
    return {
        "DepositToAccountRef": {"value": account["Id"], "name": account["FullyQualifiedName"]},
        "TotalAmt": _line_total(lines),
        "TxnDate": txn_date.isoformat(),
        "CurrencyRef": currency(home_currency(work)),
        "Line": lines,
    }


def _line_total(lines: Sequence[Object]) -> Any:
    return money(total(line["Amount"] for line in lines)) if lines else ZERO


def _oldest_bank(work: Work) -> str:
    banks = (str(account["Id"]) for account in work.all("Account") if account["AccountType"] == "Bank")
    return min(banks, key=int)


def _preferences(work: Work) -> Object:
    return work.existing("Preferences", "1")
