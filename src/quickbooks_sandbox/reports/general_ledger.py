"""GeneralLedger: every account with what it began with, what was posted to it, and what that came to."""

from collections.abc import Mapping
from decimal import Decimal

from quickbooks_sandbox.ledger.balances import BALANCE_SHEET
from quickbooks_sandbox.ledger.numbers import ZERO, total
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.reports.account_list import in_chart_order
from quickbooks_sandbox.reports.account_sections import AccountSections, posted_to
from quickbooks_sandbox.reports.cells import Sheet
from quickbooks_sandbox.reports.daily import daily
from quickbooks_sandbox.reports.entries import Filter
from quickbooks_sandbox.reports.periods import Span
from quickbooks_sandbox.reports.profit_and_loss import dated
from quickbooks_sandbox.reports.request import USUAL, Params
from quickbooks_sandbox.reports.shape import whole
from quickbooks_sandbox.reports.transactions import natural

_USUAL_SPAN = "this month-to-date"
_COLUMNS = ("tx_date", "txn_type", "doc_num", "name", "memo", "split_acc", "subt_nat_amount", "rbal_nat_amount")


def general_ledger(params: Params) -> Object:
    params.allow(*USUAL, "account", "account_type", "columns", "sort_by")
    params.accrual_only()
    span = params.span(_USUAL_SPAN)
    sheet = Sheet(params, *_COLUMNS)
    accounts = [account for account in in_chart_order(params.books) if _is_wanted(params, account)]
    sections = AccountSections(params, sheet, accounts, posted_to(params, span))
    sections.begins = lambda account: _begins_with(params, span, account)
    return whole(params, sheet.columns, sections.rows(), dated(params, span, _USUAL_SPAN))


def _begins_with(params: Params, span: Span, account: Object) -> Decimal:
    """Of an account of income or expenses, what it came to since the fiscal year began."""
    if not Filter(params).is_open:
        return ZERO
    lasting = account["Classification"] in BALANCE_SHEET
    first = "" if lasting else params.year_begins(span.start).isoformat()
    last = span.start.isoformat()
    days: Mapping[str, Decimal] = daily(params.books).get(account["Id"], {})
    debit = total(debit for day, debit in days.items() if first <= day < last)
    return natural(params.work, account["Id"], debit)


def _is_wanted(params: Params, account: Object) -> bool:
    ids, types = params.ids("account"), {one.lower() for one in params.ids("account_type")}
    type = account["AccountType"].replace(" ", "").lower()
    return (not ids or account["Id"] in ids) and (not types or type in types)
