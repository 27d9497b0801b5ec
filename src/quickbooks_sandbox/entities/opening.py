"""What an account, a customer or a vendor already came to when it was entered: QuickBooks books it as a transaction.

Intuit: Manage outstanding balances for customers and vendors; the sample company shows those of accounts.
"""

from decimal import Decimal

from quickbooks_sandbox.entities.control import PAYABLE, RECEIVABLE
from quickbooks_sandbox.entities.expense_lines import ON_ACCOUNT
from quickbooks_sandbox.entities.global_tax import NOT_APPLICABLE, is_global
from quickbooks_sandbox.entities.lines import default_item
from quickbooks_sandbox.faults import business, not_modelled
from quickbooks_sandbox.ledger.balances import BALANCE_SHEET
from quickbooks_sandbox.ledger.numbers import ZERO
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

NOTE = "Opening Balance"


def open_customer(work: Work, customer: Object, amount: Decimal) -> None:
    """An invoice for the company's default item."""
    detail = {"ItemRef": {"value": default_item(work)}}
    line = {"DetailType": "SalesItemLineDetail", "SalesItemLineDetail": detail}
    form = {"CustomerRef": {"value": customer["Id"]}, **_untaxed(work)}
    _enter(work, "Invoice", form, _positive(amount), customer.get("OpenBalanceDate"), line)


def open_vendor(work: Work, vendor: Object, amount: Decimal) -> None:
    """A bill on the account of uncategorized expenses."""
    others = work.preference("OtherPrefs", "NameValue") or []
    account = next(each["Value"] for each in others if each["Name"] == "UncategorizedExpenseAccountId")
    line = {"DetailType": ON_ACCOUNT, ON_ACCOUNT: {"AccountRef": {"value": account}}}
    form = {"VendorRef": {"value": vendor["Id"]}, **_untaxed(work)}
    _enter(work, "Bill", form, _positive(amount), None, line)


def open_account(work: Work, account: Object, amount: Decimal, dated: str) -> None:
    """Against the equity of opening balances: what a bank account held is a deposit, all else a journal entry."""
    if account["Classification"] not in BALANCE_SHEET:
        raise business("Only accounts of the balance sheet have an opening balance.")
    if account["AccountType"] in (RECEIVABLE, PAYABLE):
        raise not_modelled("an opening balance of accounts receivable or payable, which customers and vendors make up")
    equity = next(work.find("Account", "AccountSubType", "OpeningBalanceEquity"))
    new: Object = {"CurrencyRef": account["CurrencyRef"]}
    here, there = {"value": account["Id"]}, {"value": equity["Id"]}
    if account["AccountType"] == "Bank" and amount > 0:
        line = {"DetailType": "DepositLineDetail", "DepositLineDetail": {"AccountRef": there}}
        _enter(work, "Deposit", {**new, "DepositToAccountRef": here}, amount, dated, line)
        return
    debit, credit = (here, there) if (account["Classification"] == "Asset") == (amount > 0) else (there, here)
    posted = (("Debit", debit), ("Credit", credit))
    lines = (
        {"DetailType": "JournalEntryLineDetail", "JournalEntryLineDetail": {"PostingType": side, "AccountRef": ref}}
        for side, ref in posted
    )
    _enter(work, "JournalEntry", new, abs(amount), dated, *lines)


def _enter(work: Work, entity: str, form: Object, amount: Decimal, dated: str | None, *lines: Object) -> None:
    new = {**form, "PrivateNote": NOTE, "Line": [{**line, "Amount": amount, "Description": NOTE} for line in lines]}
    if dated:
        new["TxnDate"] = dated
    rules = work.entity(entity)
    rules.complete(work, new, None)
    rules.settle(work, work.add(entity, new, rules.internals(new, None)), None)


def _untaxed(work: Work) -> Object:
    return {"GlobalTaxCalculation": NOT_APPLICABLE} if is_global(work) else {}


def _positive(amount: Decimal) -> Decimal:
    if amount < ZERO:
        raise not_modelled("create with an opening balance below 0")
    return amount
