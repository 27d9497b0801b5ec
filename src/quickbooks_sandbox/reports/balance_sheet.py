"""BalanceSheet: what the company has and owes at the end of each column."""

from quickbooks_sandbox.ledger.numbers import ZERO
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.reports.columns import earned_before, negated, stood
from quickbooks_sandbox.reports.profit_and_loss import EARNED, SPENT, USUAL_SPAN, dated
from quickbooks_sandbox.reports.request import USUAL, Params
from quickbooks_sandbox.reports.shape import amounts, data
from quickbooks_sandbox.reports.statements import Accounts, statement
from quickbooks_sandbox.reports.tree import Amounts, added

#: (title, group, account type)
_Parts = tuple[tuple[str, str, str], ...]
_CURRENT_ASSETS: _Parts = (
    ("Bank Accounts", "BankAccounts", "Bank"),
    ("Accounts Receivable", "AR", "Accounts Receivable"),
    ("Other Current Assets", "OtherCurrentAssets", "Other Current Asset"),
)
_LASTING_ASSETS: _Parts = (
    ("Fixed Assets", "FixedAssets", "Fixed Asset"),
    ("Other Assets", "OtherAssets", "Other Asset"),
)
_CURRENT_LIABILITIES: _Parts = (
    ("Accounts Payable", "AP", "Accounts Payable"),
    ("Credit Cards", "CreditCards", "Credit Card"),
    ("Other Current Liabilities", "OtherCurrentLiabilities", "Other Current Liability"),
)
_LASTING_LIABILITIES: _Parts = (("Long-Term Liabilities", "LongTermLiabilities", "Long Term Liability"),)

_Found = tuple[list[Object], Amounts]


def balance_sheet(params: Params) -> Object:
    params.allow(*USUAL, "summarize_column_by")
    span = params.span(USUAL_SPAN)
    table = stood(params, span)
    plain = Accounts(params, table.sums, table.width)
    earlier, present = earned_before(params, table, span, plain.ids((*EARNED, *SPENT)))
    retained = next(params.books.tables["Account"].find("AccountSubType", "retainedearnings")).id
    own = [value + more for value, more in zip(table.sums.get(retained, [ZERO] * table.width), earlier, strict=True)]
    owed = Accounts(params, negated({**table.sums, retained: own}), table.width)
    rows = [*_assets(plain), *_liabilities_and_equity(owed, [-value for value in present])]
    return statement(params, table, rows, dated(params, span, USUAL_SPAN))


def _assets(accounts: Accounts) -> list[Object]:
    current = _group(accounts, "Current Assets", "CurrentAssets", _sections(accounts, _CURRENT_ASSETS))
    rows, sums = _joined(accounts, current, _sections(accounts, _LASTING_ASSETS))
    return [accounts.framed("ASSETS", "TotalAssets", rows, sums, "TOTAL ASSETS")] if rows else []


def _liabilities_and_equity(accounts: Accounts, net_income: Amounts) -> list[Object]:
    current = _group(accounts, "Current Liabilities", "CurrentLiabilities", _sections(accounts, _CURRENT_LIABILITIES))
    owed = _joined(accounts, current, _sections(accounts, _LASTING_LIABILITIES))
    liabilities = _group(accounts, "Liabilities", "Liabilities", owed)
    rows, sums = _joined(accounts, liabilities, _equity(accounts, net_income))
    title, group = "LIABILITIES AND EQUITY", "TotalLiabilitiesAndEquity"
    return [accounts.framed(title, group, rows, sums, f"TOTAL {title}")] if rows else []


def _equity(accounts: Accounts, net_income: Amounts) -> _Found:
    tree = accounts.tree(("Equity",))
    rows = tree.rows()
    if any(net_income):
        rows.append(data("Net Income", *amounts(net_income), group="NetIncome"))
    sums = added([tree.total(), net_income], accounts.width)
    return ([accounts.framed("Equity", "Equity", rows, sums)] if rows else []), sums


def _sections(accounts: Accounts, parts: _Parts) -> _Found:
    return _joined(accounts, *(accounts.section(title, group, (type,)) for title, group, type in parts))


def _group(accounts: Accounts, title: str, group: str, found: _Found) -> _Found:
    rows, sums = found
    return ([accounts.framed(title, group, rows, sums)] if rows else []), sums


def _joined(accounts: Accounts, *found: _Found) -> _Found:
    return [row for rows, _ in found for row in rows], added([sums for _, sums in found], accounts.width)
