"""TrialBalance: every account's balance at the end of the period, debits beside credits."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from quickbooks_sandbox.books.balances import BALANCE_SHEET
from quickbooks_sandbox.books.numbers import ZERO, total
from quickbooks_sandbox.books.reports.request import Params
from quickbooks_sandbox.books.reports.shape import amount, data, grand_total, whole
from quickbooks_sandbox.books.store import Object
from quickbooks_sandbox.books.work import Work
from quickbooks_sandbox.entities.foreign import home_postings

if TYPE_CHECKING:
    from quickbooks_sandbox.books.company import Books


def trial_balance(books: "Books", params: Params) -> Object:
    params.allow("start_date", "end_date", "accounting_method")
    params.one_of("accounting_method", "Accrual", "Accrual")
    start = params.day("start_date", params.today.replace(day=1))
    end = params.day("end_date", params.today)
    balances = balances_on(books, end)
    accounts = sorted((row.object for row in books.tables["Account"].rows.values()), key=_order)
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
    columns = (("", "Account"), ("Debit", "Money"), ("Credit", "Money"))
    return whole(params, columns, rows, StartPeriod=start.isoformat(), EndPeriod=end.isoformat())


def balances_on(books: "Books", day: date) -> defaultdict[str, Decimal]:
    """Debit less credit of every account; what was earned before the fiscal year stands in Retained Earnings."""
    work = Work(books)
    found: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    accounts = books.tables["Account"].rows
    earnings = next(books.tables["Account"].find("AccountSubType", "retainedearnings")).id
    year_begins = day.replace(month=1, day=1).isoformat()
    for rules in books.registry.values():
        if "TxnDate" not in rules.field:
            continue
        for row in books.tables[rules.name].rows.values():
            dated = row.object["TxnDate"]
            if dated > day.isoformat():
                continue
            for account, debit in home_postings(work, row.object, rules.postings(work, row.object)):
                lasting = accounts[account].object["Classification"] in BALANCE_SHEET
                found[account if lasting or dated >= year_begins else earnings] += debit
    return found


_TYPES = ("Asset", "Liability", "Equity", "Revenue", "Expense")


def _order(account: Object) -> tuple[int, str]:
    return _TYPES.index(account["Classification"]), account["FullyQualifiedName"].casefold()
