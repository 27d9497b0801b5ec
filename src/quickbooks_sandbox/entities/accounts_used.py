"""The accounts that QuickBooks posts to by itself: the oldest of their kind."""

from quickbooks_sandbox.entities.foreign import control_account
from quickbooks_sandbox.entities.global_tax import is_global
from quickbooks_sandbox.ledger.work import Work


def receivable(work: Work, currency: str) -> str:
    return control_account(work, "AccountsReceivable", currency)


def payable(work: Work, currency: str) -> str:
    return control_account(work, "AccountsPayable", currency)


def sales_tax_payable(work: Work) -> str:
    return _oldest(work, "GlobalTaxPayable" if is_global(work) else "SalesTaxPayable")


def undeposited_funds(work: Work) -> str:
    return _oldest(work, "UndepositedFunds")


def _oldest(work: Work, sub_type: str) -> str:
    ids = (str(account["Id"]) for account in work.find("Account", "AccountSubType", sub_type))
    return min(ids, key=int)
