"""AccountList: the chart of accounts, in the order of its types."""

from decimal import Decimal

from quickbooks_sandbox.entities.account_types import CLASSIFICATION
from quickbooks_sandbox.faults import not_modelled
from quickbooks_sandbox.ledger.balances import BALANCE_SHEET
from quickbooks_sandbox.ledger.ledger import Ledger
from quickbooks_sandbox.ledger.numbers import CENT
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.reports.request import Params
from quickbooks_sandbox.reports.shape import Cell, Column, data, whole

_TITLES = {
    "account_name": "Account",
    "account_type": "Type",
    "detail_acc_type": "Detail type",
    "account_desc": "Description",
    "account_bal": "Balance",
    "account_num": "Account #",
}
_USUAL = ("account_name", "account_type", "detail_acc_type", "account_desc", "account_bal")
_TYPES = list(CLASSIFICATION)


def account_list(params: Params) -> Object:
    params.allow("account_type", "account_status", "columns", "sort_by", "sort_order")
    asked = [name.strip() for name in params.given.get("columns", "").split(",") if name.strip()] or list(_USUAL)
    if unknown := [name for name in asked if name not in _TITLES]:
        raise not_modelled(f"AccountList with the column {unknown[0]}")
    accounts = [one for one in in_chart_order(params.books) if _is_wanted(params, one)]
    by = params.one_of("sort_by", "", "", *_TITLES)
    if by:
        accounts.sort(key=lambda one: _text(one, by).casefold())
    if params.one_of("sort_order", "ascend", "ascend", "descend") == "descend":
        accounts.reverse()
    rows = [data(*(_cell(one, name) for name in asked)) for one in accounts]
    return whole(params, [Column(_TITLES[name], name) for name in asked], rows, {})


def in_chart_order(books: Ledger) -> list[Object]:
    accounts = (row.object for row in books.tables["Account"].rows.values())
    return sorted(accounts, key=lambda one: (_TYPES.index(one["AccountType"]), one["FullyQualifiedName"].casefold()))


def _is_wanted(params: Params, account: Object) -> bool:
    status = params.one_of("account_status", "Not_Deleted", "Not_Deleted", "Deleted")
    types = {one.lower() for one in params.ids("account_type")}
    type = account["AccountType"].replace(" ", "").lower()
    return account["Active"] == (status == "Not_Deleted") and (not types or type in types)


def _cell(account: Object, name: str) -> Cell:
    return (_text(account, name), account["Id"]) if name == "account_name" else _text(account, name)


def _text(account: Object, name: str) -> str:
    if name == "account_bal":
        holds = account["Classification"] in BALANCE_SHEET
        return str(Decimal(account["CurrentBalance"]).quantize(CENT)) if holds else ""
    member = {
        "account_name": "FullyQualifiedName",
        "account_type": "AccountType",
        "detail_acc_type": "AccountSubType",
        "account_desc": "Description",
        "account_num": "AcctNum",
    }[name]
    return str(account.get(member, ""))
