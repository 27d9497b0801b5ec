"""The entries that a report is made of: on its basis, in a span of days, as far as its filters leave them in."""

from collections.abc import Collection, Iterator

from quickbooks_sandbox.reports.cash import cash_entries
from quickbooks_sandbox.reports.entries import Entry, Filter, dated_rows, entries_of
from quickbooks_sandbox.reports.request import Params


def entries(params: Params, start: str, end: str, kinds: Collection[str] = ()) -> Iterator[Entry]:
    """Of the entities that `kinds` names, if any; on the cash basis of all."""
    keeps = Filter(params)
    if params.basis == "Cash":
        found = cash_entries(params, end)
        yield from (one for one in found if start <= one.dated <= end and keeps(one))
        return
    for rules, row in dated_rows(params.books, start, end):
        if (not kinds or rules.name in kinds) and keeps.may_keep(rules.name, row.object):
            yield from filter(keeps, entries_of(params.work, rules, row.object))
