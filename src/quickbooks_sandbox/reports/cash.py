"""The cash basis: what was invoiced or billed counts when it is paid, in the proportion in which it is paid."""

from collections.abc import Iterator
from decimal import Decimal

from quickbooks_sandbox.entities.control import PAYABLE, RECEIVABLE
from quickbooks_sandbox.entities.links import document_of
from quickbooks_sandbox.faults import not_modelled
from quickbooks_sandbox.ledger.entity import Entity
from quickbooks_sandbox.ledger.numbers import ZERO, to_cents
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.reports.entries import Entry, dated_rows, entries_of
from quickbooks_sandbox.reports.request import Params

_WHEN_PAID = ("Invoice", "CreditMemo", "Bill", "VendorCredit")
_PAYMENTS = ("Payment", "BillPayment")


def cash_entries(params: Params, end: str) -> Iterator[Entry]:
    """Every entry up to a day. They balance on each day, as those of the accrual basis do."""
    if params.work.preference("CurrencyPrefs", "MultiCurrencyEnabled"):
        raise not_modelled(f"{params.report} on the cash basis with several currencies")
    for rules, row in dated_rows(params.books, "", end):
        if rules.name == "Invoice" and "Deposit" in row.object:
            raise not_modelled(f"{params.report} on the cash basis with a Deposit on an Invoice")
        if rules.name in _PAYMENTS:
            yield from _of_payment(params, rules, row.object)
        elif rules.name not in _WHEN_PAID or not row.object["TotalAmt"]:
            yield from entries_of(params.work, rules, row.object)


def _of_payment(params: Params, rules: Entity, payment: Object) -> Iterator[Entry]:
    """Its own entries; then, for what it settles, those of the document in place of receivable or payable."""
    own = entries_of(params.work, rules, payment)
    yield from own
    control = next((one for one in own if _is_control(params, one)), None)
    for line in payment["Line"]:
        type, id = document_of(line)
        document = params.work.get(type, id) if type in _WHEN_PAID else None
        if document is not None and document["TotalAmt"]:
            later = {**document, "TxnDate": max(document["TxnDate"], payment["TxnDate"])}
            yield from _share(params, params.work.entity(type), later, Decimal(line["Amount"]), control)


def _share(params: Params, rules: Entity, document: Object, paid: Decimal, control: Entry | None) -> Iterator[Entry]:
    found = entries_of(params.work, rules, document)
    whole = sum((one.debit for one in found if _is_control(params, one)), ZERO)
    others = [one for one in found if not _is_control(params, one)]
    account = next((one.account for one in found if _is_control(params, one)), control.account if control else "")
    # Debit less credit of the receivable or payable that the payment takes away.
    settled = paid if whole > 0 else -paid
    rest = settled
    for place, one in enumerate(others, 1):
        part = rest if place == len(others) else to_cents(-one.debit * settled / whole)
        rest -= part
        yield one._replace(debit=-part)
    if others:
        yield others[0]._replace(account=account, debit=settled, line=None, item="")


def _is_control(params: Params, entry: Entry) -> bool:
    return params.work.existing("Account", entry.account)["AccountType"] in (RECEIVABLE, PAYABLE)
