"""Transactions and entries as rows, sorted and limited as the request says."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from quickbooks_sandbox.faults import not_modelled
from quickbooks_sandbox.ledger.entity import Entity
from quickbooks_sandbox.ledger.numbers import ZERO
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work
from quickbooks_sandbox.reports.cells import COLUMNS, Subject
from quickbooks_sandbox.reports.entries import Entry, entries_of
from quickbooks_sandbox.reports.request import Params
from quickbooks_sandbox.reports.shape import Cell

_CREDITED = ("Liability", "Equity", "Revenue")


def natural(work: Work, account: str, debit: Decimal) -> Decimal:
    """Positive in the sense in which the account usually grows."""
    return -debit if work.existing("Account", account)["Classification"] in _CREDITED else debit


def account_cell(work: Work, account: str) -> Cell:
    return work.existing("Account", account)["FullyQualifiedName"], account


def subjects(work: Work, rules: Entity, object: Object) -> Iterator[Subject]:
    """The entries of a transaction, each with what stands against it."""
    found = entries_of(work, rules, object)
    for entry in found:
        yield Subject(
            work,
            rules.name,
            object,
            entry,
            account_cell(work, entry.account),
            _split(work, entry, found),
            natural(work, entry.account, entry.debit),
        )


def as_a_whole(work: Work, rules: Entity, object: Object) -> Subject:
    """A transaction by its first account; those that post nothing, such as estimates, by their total."""
    first = next(subjects(work, rules, object), None)
    if first is None or first.entry is None:
        return Subject(work, rules.name, object, amount=object.get("TotalAmt", ZERO))
    debit = sum((one.debit for one in entries_of(work, rules, object) if one.account == first.entry.account), ZERO)
    return Subject(
        work, rules.name, object, None, first.account, first.split, natural(work, first.entry.account, debit)
    )


def _split(work: Work, entry: Entry, found: Iterable[Entry]) -> Cell:
    others = {one.account for one in found if one.account != entry.account}
    # A line of many stands against what the transaction as a whole was posted to.
    if entry.line is not None and len(others) > 1:
        others = {one.account for one in found if one.line is None} or others
    return account_cell(work, others.pop()) if len(others) == 1 else "-Split-"


def arranged(params: Params, found: Iterable[Subject], usual: Callable[[Subject], tuple[object, ...]]) -> list[Subject]:
    """In the order asked for by sort_by and sort_order, else in the usual one."""
    kept = sorted(found, key=usual)
    key = params.given.get("sort_by")
    if key is not None:
        if key not in COLUMNS:
            raise not_modelled(f"{params.report} sorted by {key}")
        kept.sort(key=lambda one: _comparable(COLUMNS[key][1](one)))
    if params.one_of("sort_order", "ascend", "ascend", "descend") == "descend":
        kept.reverse()
    return kept


def by_date(one: Subject) -> tuple[object, ...]:
    return one.object["TxnDate"], len(one.object["Id"]), one.object["Id"]


def _comparable(cell: Cell) -> tuple[Decimal, str]:
    text = cell if isinstance(cell, str) else cell[0]
    is_number = text.replace("-", "", 1).replace(".", "", 1).isdigit()
    return (Decimal(text), "") if is_number else (ZERO, text.casefold())
