"""Lines that post straight to accounts receivable or payable: they need a customer or vendor, whose balance moves."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from quickbooks_sandbox.faults import business, fault
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

RECEIVABLE, PAYABLE = "Accounts Receivable", "Accounts Payable"
#: Who can stand beside an amount.
PARTIES = ("Customer", "Vendor", "Employee")

#: An account, the party beside it ("" for none), debit less credit.
Posted = tuple[str, str, Decimal]


def balances_moved(work: Work, lines: Iterable[Posted]) -> Iterator[tuple[str, Decimal]]:
    """What lines add to the balances of the parties beside them."""
    for account, party, debit in lines:
        type = work.existing("Account", account)["AccountType"]
        if type == RECEIVABLE:
            yield party, debit
        elif type == PAYABLE:
            yield party, -debit


def find_party(work: Work, ref: Object) -> tuple[str, Object]:
    """The customer, vendor or employee of an id; their ids come from one sequence."""
    for entity in PARTIES:
        found = work.get(entity, ref["value"])
        if found is not None:
            return entity, found
    raise fault("2500")


def require_party(work: Work, account: str, party: Object | None, code: str) -> None:
    """`code` is the currency of the transaction, which must then be that of the account and the party."""
    type = work.existing("Account", account)["AccountType"]
    needed = {RECEIVABLE: "Customer", PAYABLE: "Vendor"}.get(type)
    if needed and (party is None or find_party(work, party)[0] != needed):
        kind = "accounts receivable" if needed == "Customer" else "accounts payable"
        raise business(f"When you use {kind}, you must choose a {needed.lower()} in the name field.")
    if needed and party is not None:
        held_in = (work.existing("Account", account), find_party(work, party)[1])
        if any(one["CurrencyRef"]["value"] != code for one in held_in):
            raise business("The account and the name have another currency than the transaction.")


def refuse_control_account(work: Work, account: str) -> None:
    """Where a document has a receivable or payable of its own, its lines may not post to another."""
    if work.existing("Account", account)["AccountType"] in (RECEIVABLE, PAYABLE):
        raise fault("6430")


def require_type(work: Work, account: str, *types: str) -> None:
    if work.existing("Account", account)["AccountType"] not in types:
        raise fault("6430")
