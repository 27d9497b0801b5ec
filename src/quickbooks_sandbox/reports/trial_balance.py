"""TrialBalance: every account's balance at the end of the period, debits beside credits."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from quickbooks_sandbox.ledger.balances import BALANCE_SHEET
from quickbooks_sandbox.ledger.numbers import ZERO, total
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.reports.daily import daily
from quickbooks_sandbox.reports.profit_and_loss import dated
from quickbooks_sandbox.reports.request import DATED, Params
from quickbooks_sandbox.reports.shape import Column, amount, data, grand_total, whole

_USUAL_SPAN = "this month-to-date"


def trial_balance(params: Params) -> Object:
    params.allow(*DATED, "accounting_method")
    params.accrual_only()
    span = params.span(_USUAL_SPAN)
    balances = balances_on(params, span.end)
    accounts = sorted((row.object for row in params.books.tables["Account"].rows.values()), key=_order)
    rows = []
    for account in accounts:
        balance = balances[account["Id"]]
        if balance:
            shown = (account["FullyQualifiedName"], account["Id"])
            rows.append(data(shown, amount(max(balance, ZERO)), amount(max(-balance, ZERO))))
    if rows:
        debits = total(balance for balance in balances.values() if balance > 0)
        credits = -total(balance for balance in balances.values() if balance < 0)
        rows.append(grand_total("TOTAL", amount(debits), amount(credits)))
    columns = (Column("", "Account"), Column("Debit", "Money"), Column("Credit", "Money"))
    return whole(params, columns, rows, dated(params, span, _USUAL_SPAN))


def balances_on(params: Params, day: date) -> defaultdict[str, Decimal]:
    """Debit less credit of every account; what was earned before the fiscal year stands in Retained Earnings."""
    found: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    table = params.books.tables["Account"]
    earnings = next(table.find("AccountSubType", "retainedearnings")).id
    year_begins, last = params.year_begins(day).isoformat(), day.isoformat()
    for account, days in daily(params.books).items():
        lasting = table.rows[account].object["Classification"] in BALANCE_SHEET
        for dated_on, debit in days.items():
            if dated_on <= last:
                found[account if lasting or dated_on >= year_begins else earnings] += debit
    return found


_TYPES = ("Asset", "Liability", "Equity", "Revenue", "Expense")


def _order(account: Object) -> tuple[int, str]:
    return _TYPES.index(account["Classification"]), account["FullyQualifiedName"].casefold()
