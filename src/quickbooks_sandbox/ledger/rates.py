"""What amounts of a transaction are worth: in the home currency, and in that of an account."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from quickbooks_sandbox.ledger.numbers import ZERO, to_cents
from quickbooks_sandbox.ledger.store import Object

if TYPE_CHECKING:
    from quickbooks_sandbox.ledger.work import Work

ONE = Decimal(1)
#: An account and its amount, debit less credit.
Posting = tuple[str, Decimal]


def rate_of(object: Object) -> Decimal:
    """What one unit of its currency is worth."""
    return Decimal(object.get("ExchangeRate", ONE))


def in_home_currency(object: Object, amount: Decimal) -> Decimal:
    return to_cents(amount * rate_of(object)) if "ExchangeRate" in object else amount


def in_account_currencies(work: "Work", object: Object, postings: Iterable[Posting]) -> Iterator[Posting]:
    """What postings move their accounts by, each in the currency that it is held in."""
    if rate_of(object) == ONE:
        yield from postings
        return
    kept = list(postings)
    for (account, amount), home in zip(kept, _home_amounts(work, object, kept), strict=True):
        yield account, amount if _is_held(work, object, account) else home


def at_home(work: "Work", object: Object, postings: Iterable[Posting]) -> Iterator[Posting]:
    """Postings in the home currency, which balance to the cent."""
    if rate_of(object) == ONE:
        yield from postings
        return
    kept = list(postings)
    for (account, _), home in zip(kept, _home_amounts(work, object, kept), strict=True):
        yield account, home


def _home_amounts(work: "Work", object: Object, postings: list[Posting]) -> list[Decimal]:
    """One of them takes what rounding leaves."""
    amounts = [in_home_currency(object, amount) for _, amount in postings]
    if amounts:
        amounts[_rounded_last(work, object, postings)] -= sum(amounts, ZERO)
    return amounts


def _rounded_last(work: "Work", object: Object, postings: list[Posting]) -> int:
    """The posting to a foreign account, or else the last one to an account without a balance of its own."""
    held = [place for place, (account, _) in enumerate(postings) if _is_held(work, object, account)]
    passing = [place for place, (account, _) in enumerate(postings) if _has_no_balance(work, account)]
    return (held or passing or [len(postings) - 1])[-1]


def _is_held(work: "Work", object: Object, account: str) -> bool:
    """Whether the account is kept in the currency of the transaction."""
    held_in = work.existing("Account", account)["CurrencyRef"]["value"]
    return bool(held_in == object["CurrencyRef"]["value"])


def _has_no_balance(work: "Work", account: str) -> bool:
    return work.existing("Account", account)["Classification"] in ("Revenue", "Expense")
