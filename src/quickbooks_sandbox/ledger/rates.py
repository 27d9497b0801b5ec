"""What amounts of a transaction are worth: in the home currency, and in that of an account."""

from decimal import Decimal
from typing import TYPE_CHECKING

from quickbooks_sandbox.ledger.numbers import to_cents
from quickbooks_sandbox.ledger.store import Object

if TYPE_CHECKING:
    from quickbooks_sandbox.ledger.work import Work

ONE = Decimal(1)


def rate_of(object: Object) -> Decimal:
    """What one unit of its currency is worth."""
    return Decimal(object.get("ExchangeRate", ONE))


def in_home_currency(object: Object, amount: Decimal) -> Decimal:
    return to_cents(amount * rate_of(object)) if "ExchangeRate" in object else amount


def in_account_currency(work: "Work", object: Object, account: str, amount: Decimal) -> Decimal:
    """What a posting moves the account by."""
    if rate_of(object) == ONE:
        return amount
    held_in = work.existing("Account", account)["CurrencyRef"]["value"]
    return amount if held_in == object["CurrencyRef"]["value"] else in_home_currency(object, amount)
