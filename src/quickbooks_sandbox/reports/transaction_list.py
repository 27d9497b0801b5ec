"""TransactionList: one row for each transaction of a period. Its kin group the rows, or show each entry."""

from collections.abc import Callable, Iterator
from functools import partial

from quickbooks_sandbox.entities.control import PARTIES
from quickbooks_sandbox.ledger.store import Object, Row
from quickbooks_sandbox.reports.cells import STATES, Sheet, Subject, named, shown_type, state_of
from quickbooks_sandbox.reports.entries import dated_rows, party_of
from quickbooks_sandbox.reports.profit_and_loss import dated
from quickbooks_sandbox.reports.request import DATED, Params
from quickbooks_sandbox.reports.shape import Cell, cells, data, section, whole
from quickbooks_sandbox.reports.transactions import arranged, as_a_whole, by_date, subjects

_USUAL_SPAN = "this month-to-date"
_COLUMNS = (
    *("tx_date", "txn_type", "doc_num", "is_no_post", "name", "memo", "account_name", "other_account"),
    "subt_nat_amount",
)
_GROUPED_COLUMNS = ("tx_date", "txn_type", "doc_num", "is_no_post", "memo", "account_name", "subt_nat_amount")
_SPLIT_COLUMNS = ("tx_date", "txn_type", "doc_num", "name", "memo", "account_name", "subt_nat_amount")
_TAKEN = (
    *(*DATED, "cleared", "transaction_type", "customer", "vendor", "department", "docnum", "memo", "name"),
    *("arpaid", "appaid", "columns", "sort_by", "sort_order", "group_by"),
)
_PARTY_GROUPS = {"Customer": ("Customer",), "Vendor": ("Vendor",), "Name": PARTIES, "Employee": ("Employee",)}


def transaction_list(params: Params) -> Object:
    sheet = Sheet(params, *_COLUMNS)
    params.allow(*_TAKEN)
    found = arranged(params, _found(params), _by_date_and_type)
    by = params.one_of("group_by", "None", "None", *_PARTY_GROUPS, "Account", "Transaction Type", "Month")
    if by == "None":
        return _listed(params, sheet, [data(*sheet.cells(one)) for one in found])
    return _listed(params, sheet, _grouped(sheet, found, partial(_group, by)))


def by_customer(params: Params) -> Object:
    return _by_party(params, "Customer")


def by_vendor(params: Params) -> Object:
    return _by_party(params, "Vendor")


def with_splits(params: Params) -> Object:
    """Every entry of every transaction."""
    sheet = Sheet(params, *_SPLIT_COLUMNS)
    params.allow(*_TAKEN)
    found: list[Subject] = []
    for one in arranged(params, _found(params), _by_date_and_type):
        found += subjects(one.work, one.work.entity(one.entity), one.object)
    return _listed(params, sheet, [data(*sheet.cells(one)) for one in found])


def journal(params: Params) -> Object:
    """Every transaction with its debits and credits."""
    sheet = Sheet(params, "tx_date", "txn_type", "doc_num", "name", "memo", "account_name", "debt_amt", "credit_amt")
    params.allow(*DATED, "columns", "sort_by", "sort_order")
    rows: list[Object] = []
    for one in arranged(params, _found(params), by_date):
        posted = list(subjects(one.work, one.work.entity(one.entity), one.object))
        if posted:
            rows += [data(*sheet.cells(entry)) for entry in posted]
            rows.append({"Summary": {"ColData": cells(*sheet.foot("", posted))}, "type": "Section"})
    return _listed(params, sheet, rows)


def _by_party(params: Params, party: str) -> Object:
    sheet = Sheet(params, *_GROUPED_COLUMNS)
    params.allow(*(name for name in _TAKEN if name != "group_by"))
    found = [one for one in _found(params) if _group(party, one) != ("", "")]
    return _listed(params, sheet, _grouped(sheet, arranged(params, found, by_date), partial(_group, party)))


def _listed(params: Params, sheet: Sheet, rows: list[Object]) -> Object:
    return whole(params, sheet.columns, rows, dated(params, params.span(_USUAL_SPAN), _USUAL_SPAN))


def _grouped(sheet: Sheet, found: list[Subject], group: Callable[[Subject], Cell]) -> list[Object]:
    groups: dict[Cell, list[Subject]] = {}
    for one in found:
        groups.setdefault(group(one), []).append(one)
    rows = []
    for key, members in sorted(groups.items(), key=lambda each: _text(each[0]).casefold()):
        title = _text(key) or "Not Specified"
        head = sheet.head((title, key[1]) if isinstance(key, tuple) and key[1] else title)
        below = [data(*sheet.cells(one)) for one in members]
        rows.append(section(cells(*head), below, cells(*sheet.foot(f"Total for {title}", members))))
    return rows


def _group(by: str, one: Subject) -> Cell:
    if by in _PARTY_GROUPS:
        return named(one.work, _PARTY_GROUPS[by], party_of(one.object)[1])
    if by == "Account":
        return one.account
    return str(one.object["TxnDate"])[:7] if by == "Month" else shown_type(one.entity, one.object)


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell[0]


def _by_date_and_type(one: Subject) -> tuple[object, ...]:
    return one.object["TxnDate"], shown_type(one.entity, one.object), str(one.object.get("DocNumber", ""))


def _found(params: Params) -> Iterator[Subject]:
    span = params.span(_USUAL_SPAN)
    state = params.one_of("cleared", STATES[0], *STATES) if "cleared" in params.given else None
    for rules, row in dated_rows(params.books, span.start.isoformat(), span.end.isoformat()):
        if (state is None or state_of(row) == state) and _wanted(params, rules.name, row):
            yield as_a_whole(params.work, rules, row.object)


def _wanted(params: Params, entity: str, row: Row) -> bool:
    object = row.object
    return (
        _is_of_type(params, entity, object)
        and _is_named(params, object)
        and _is_paid(params, "arpaid", entity == "Invoice", object)
        and _is_paid(params, "appaid", entity == "Bill", object)
        and params.given.get("memo", "").casefold() in object.get("PrivateNote", "").casefold()
    )


def _is_of_type(params: Params, entity: str, object: Object) -> bool:
    """Types are asked for without blanks, such as CreditMemo or BillPaymentCheck."""
    types = {type.lower() for type in params.ids("transaction_type")}
    own = shown_type(entity, object).lower().translate(str.maketrans("", "", " ()"))
    return not types or bool(types & {entity.lower(), own})


def _is_named(params: Params, object: Object) -> bool:
    names = params.ids("customer") | params.ids("vendor") | params.ids("name")
    numbers, departments = params.ids("docnum"), params.ids("department")
    return (
        (not names or party_of(object)[1] in names)
        and (not numbers or object.get("DocNumber", "") in numbers)
        and (not departments or object.get("DepartmentRef", {}).get("value") in departments)
    )


def _is_paid(params: Params, name: str, concerned: bool, object: Object) -> bool:
    wanted = params.one_of(name, "All", "All", "Paid", "Unpaid")
    return wanted == "All" or (concerned and bool(object["Balance"]) == (wanted == "Unpaid"))
