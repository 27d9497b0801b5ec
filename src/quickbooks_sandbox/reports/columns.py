"""What summarize_column_by divides the amounts of a report into: spans of days, or customers, classes and so on."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from quickbooks_sandbox.entities.control import PARTIES
from quickbooks_sandbox.faults import not_modelled
from quickbooks_sandbox.ledger.numbers import ZERO, total
from quickbooks_sandbox.reports.daily import daily
from quickbooks_sandbox.reports.entries import Entry, Filter
from quickbooks_sandbox.reports.periods import Span, divided
from quickbooks_sandbox.reports.posted import entries
from quickbooks_sandbox.reports.request import Params
from quickbooks_sandbox.reports.shape import Column
from quickbooks_sandbox.reports.tree import Amounts

_SPANS = ("Days", "Week", "Month", "Quarter", "Year")
#: The member of an entry, and the entities it names.
_KINDS = {
    "Customers": ("customer", ("Customer",)),
    "Vendors": ("name", ("Vendor",)),
    "Employees": ("name", ("Employee",)),
    "Classes": ("class_", ("Class",)),
    "Departments": ("department", ("Department",)),
    "ProductsAndServices": ("item", ("Item",)),
}
_MOST_COLUMNS = 1000


@dataclass(frozen=True)
class Table:
    """Sums by account, one amount for each column."""

    by: str
    columns: list[Column]
    sums: Mapping[str, Amounts]

    @property
    def width(self) -> int:
        return len(self.columns)


def moved(params: Params, span: Span) -> Table:
    """What accounts moved by in a span of days, debit less credit, with a column for the total."""
    by = _asked_for(params)
    if by in _KINDS:
        return _by_kind(params, by, _entries(params, span.start.isoformat(), span))
    parts = _parts(params, span, by)
    begins = [part.start.isoformat() for part, _ in parts]
    sums = _by_day(params, span.start.isoformat(), span, len(parts), lambda day: bisect_right(begins, day) - 1)
    return _with_total(by, parts, sums)


def divided_by(params: Params, span: Span, found: Iterable[Entry], row: Callable[[Entry], str]) -> Table:
    """Sums of entries with a row for each customer, class or whatever `row` names."""
    by = _asked_for(params)
    if by in _KINDS:
        return _by_kind(params, by, (entry._replace(account=row(entry)) for entry in found))
    return spread(params, span, ((row(entry), entry.dated, entry.debit) for entry in found))


def is_spread(params: Params) -> bool:
    """Whether the columns are spans of days."""
    return _asked_for(params) not in _KINDS


def spread(params: Params, span: Span, found: Iterable[tuple[str, str, Decimal]]) -> Table:
    """Sums of amounts, each with its row and its day, over columns that are spans of days."""
    by = _asked_for(params)
    parts = _parts(params, span, by)
    begins = [part.start.isoformat() for part, _ in parts]
    sums: defaultdict[str, Amounts] = defaultdict(lambda: [ZERO] * len(parts))
    for row, day, debit in found:
        sums[row][bisect_right(begins, day) - 1] += debit
    return _with_total(by, parts, sums)


def stood(params: Params, span: Span) -> Table:
    """What accounts came to at the end of each column."""
    by = _asked_for(params)
    if by in _KINDS:
        return _by_kind(params, by, _entries(params, "", span))
    parts = _parts(params, span, by)
    ends = [part.end.isoformat() for part, _ in parts]
    sums = _by_day(params, "", span, len(parts), lambda day: bisect_left(ends, day))
    columns = [_span_column(part, title) for part, title in parts] if by != "Total" else [_total_column("Total")]
    return Table(by, columns, {account: list(accumulate(row)) for account, row in sums.items()})


def earned_before(params: Params, table: Table, span: Span, accounts: set[str]) -> tuple[Amounts, Amounts]:
    """What the accounts of income and expenses came to by the end of each column: in earlier fiscal years, and in the
    fiscal year that the column ends in. Debit less credit."""
    if table.by in _KINDS:
        year = params.year_begins(span.end).isoformat()
        found = [one for one in _entries(params, "", span) if one.account in accounts]
        earlier = _by_kind(params, table.by, (one for one in found if one.dated < year), table.columns)
        present = _by_kind(params, table.by, (one for one in found if one.dated >= year), table.columns)
        return _summed(earlier, table.width), _summed(present, table.width)
    earlier_row, present_row = [], []
    days = _days(params, "", span)
    for part, _ in _parts(params, span, table.by):
        year, end = params.year_begins(part.end).isoformat(), part.end.isoformat()
        moved = [(day, debit) for account in accounts & days.keys() for day, debit in days[account].items()]
        earlier_row.append(total(debit for day, debit in moved if day < year))
        present_row.append(total(debit for day, debit in moved if year <= day <= end))
    return earlier_row, present_row


def negated(sums: Mapping[str, Amounts]) -> dict[str, Amounts]:
    return {account: [-value for value in row] for account, row in sums.items()}


def _with_total(by: str, parts: list[tuple[Span, str]], sums: Mapping[str, Amounts]) -> Table:
    if by == "Total":
        return Table(by, [_total_column("Total")], sums)
    columns = [_span_column(part, title) for part, title in parts]
    added = {account: [*row, total(row)] for account, row in sums.items()}
    return Table(by, [*columns, _total_column("Total")], added)


def _asked_for(params: Params) -> str:
    return params.one_of("summarize_column_by", "Total", "Total", *_SPANS, *_KINDS)


def _parts(params: Params, span: Span, by: str) -> list[tuple[Span, str]]:
    parts = [(span, "Total")] if by == "Total" else divided(span, by, params.fiscal_month)
    if len(parts) > _MOST_COLUMNS:
        raise not_modelled(f"{params.report} with more than {_MOST_COLUMNS} columns")
    return parts


def _days(params: Params, start: str, span: Span) -> Mapping[str, Mapping[str, Decimal]]:
    """Sums by account and day; those of the whole company are kept ready."""
    if Filter(params).is_open and params.basis == "Accrual":
        return daily(params.books)
    found: defaultdict[str, defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for entry in _entries(params, start, span):
        found[entry.account][entry.dated] += entry.debit
    return found


def _entries(params: Params, start: str, span: Span) -> Iterable[Entry]:
    return entries(params, start, span.end.isoformat())


def _by_day(params: Params, start: str, span: Span, width: int, place: Callable[[str], int]) -> dict[str, Amounts]:
    end = span.end.isoformat()
    sums = {}
    for account, days in _days(params, start, span).items():
        row = [ZERO] * width
        for day, debit in days.items():
            if start <= day <= end:
                row[place(day)] += debit
        if any(row):
            sums[account] = row
    return sums


def _by_kind(params: Params, by: str, found: Iterable[Entry], columns: list[Column] | None = None) -> Table:
    member, kinds = _KINDS[by]
    sums: defaultdict[str, defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for entry in found:
        id = getattr(entry, member)
        sums[entry.account][id if id and _is_one_of(params, id, kinds) else ""] += entry.debit
    if columns is None:
        columns = _kind_columns(params, {id for row in sums.values() for id in row}, kinds)
    ids = [column.keys.get("ID", "") for column in columns[:-1]]
    rows = {account: [*(row[id] for id in ids), total(row.values())] for account, row in sums.items()}
    return Table(by, columns, rows)


def _is_one_of(params: Params, id: str, kinds: tuple[str, ...]) -> bool:
    """Customers, vendors and employees share one sequence of ids."""
    return kinds[0] not in PARTIES or any(params.work.get(kind, id) for kind in kinds)


def _kind_columns(params: Params, ids: set[str], kinds: tuple[str, ...]) -> list[Column]:
    names = {id: _name(params, id, kinds) for id in ids if id}
    columns = [
        Column(name, "Money", {"ColKey": id, "ID": id})
        for id, name in sorted(names.items(), key=lambda one: one[1].casefold())
    ]
    if "" in ids:
        columns.append(Column("Not Specified", "Money", {"ColKey": "not_specified"}))
    return [*columns, _total_column("TOTAL")]


def _name(params: Params, id: str, kinds: tuple[str, ...]) -> str:
    for kind in kinds:
        if found := params.work.get(kind, id):
            return params.work.entity(kind).shown_name(found)
    return id


def _span_column(span: Span, title: str) -> Column:
    keys = {"StartDate": span.start.isoformat(), "EndDate": span.end.isoformat(), "ColKey": title}
    return Column(title, "Money", keys)


def _total_column(title: str) -> Column:
    return Column(title, "Money", {"ColKey": "total"})


def _summed(table: Table, width: int) -> Amounts:
    rows = list(table.sums.values())
    return [total(row[place] for row in rows) for place in range(width)]
