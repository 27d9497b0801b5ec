"""Transactions in a foreign currency: that of a customer or vendor, or of a bank account.

Their amounts are in that currency; `ExchangeRate` is what one unit of it is worth in the home currency. Each currency
has a receivable and a payable account of its own, kept in that currency, and bank accounts and credit cards may be; all
other accounts are in the home currency.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from quickbooks_sandbox.entities.people import currency, home_currency
from quickbooks_sandbox.faults import business, fault, not_modelled
from quickbooks_sandbox.ledger.fields import shown_only
from quickbooks_sandbox.ledger.numbers import ZERO, money
from quickbooks_sandbox.ledger.rates import ONE, at_home, in_home_currency, rate_of
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

HOME_AMOUNTS = (shown_only("HomeTotalAmt"), shown_only("HomeBalance"))
_EXCHANGE = "ExchangeGainOrLoss"


def keep_home_currency(work: Work, new: Object) -> None:
    """For transactions that are kept in the home currency only."""
    home = home_currency(work)
    code = new.get("CurrencyRef", {}).get("value", home)
    if code != home:
        raise not_modelled(f"a transaction in {code}")
    new["CurrencyRef"] = currency(home)
    _complete_rate(work, new, None)


def choose_currency(work: Work, new: Object, old: Object | None, *accounts: str) -> None:
    """For transactions without a customer or vendor: what was sent, or the currency of the first foreign account."""
    home = home_currency(work)
    held_in = (work.existing("Account", account)["CurrencyRef"]["value"] for account in accounts)
    sent = new.get("CurrencyRef", {}).get("value")
    code = str(sent or next((one for one in held_in if one != home), home))
    if code != home and not work.preference("CurrencyPrefs", "MultiCurrencyEnabled"):
        raise business("Multi Currency should be enabled to perform this operation.")
    new["CurrencyRef"] = currency(code)
    same = old is not None and old["CurrencyRef"]["value"] == code
    _complete_rate(work, new, old if same else None)
    for account in accounts:
        require_home_or(work, account, code)


def take_currency(work: Work, new: Object, old: Object | None, party: Object) -> None:
    """A transaction has the currency of its customer or vendor."""
    code = party["CurrencyRef"]["value"]
    same_party = old is not None and old["CurrencyRef"]["value"] == code
    sent = new.get("CurrencyRef", {}).get("value", code)
    if sent != code and not (old is not None and sent == old["CurrencyRef"]["value"]):
        raise business("The currency of a transaction is that of its customer or vendor.")
    new["CurrencyRef"] = currency(code)
    _complete_rate(work, new, old if same_party else None)


def _complete_rate(work: Work, new: Object, old: Object | None) -> None:
    if not work.preference("CurrencyPrefs", "MultiCurrencyEnabled"):
        new.pop("ExchangeRate", None)
        return
    code = new["CurrencyRef"]["value"]
    if code == home_currency(work):
        new["ExchangeRate"] = 1
        return
    # A rate of 0 is how clients leave the field alone.
    rate = new.get("ExchangeRate") or (old or {}).get("ExchangeRate") or _rate_on(work, code, new["TxnDate"])
    if rate <= 0:
        raise fault("2240", field="ExchangeRate", value=rate)
    new["ExchangeRate"] = rate


def _rate_on(work: Work, code: str, day: str) -> Decimal:
    known = [rate for rate in work.find("ExchangeRate", "SourceCurrencyCode", code) if rate["AsOfDate"] <= day]
    return Decimal(max(known, key=lambda rate: str(rate["AsOfDate"]))["Rate"]) if known else ONE


def show_home_amounts(new: Object) -> None:
    """Beside the amounts of a foreign transaction stand those in the home currency."""
    for name, home in (("TotalAmt", "HomeTotalAmt"), ("Balance", "HomeBalance")):
        new.pop(home, None)
        if rate_of(new) != ONE and name in new:
            new[home] = money(in_home_currency(new, new[name]))


def home_postings(
    work: Work, object: Object, postings: Iterable[tuple[str, Decimal]], exchange: Decimal = ZERO
) -> Iterator[tuple[str, Decimal]]:
    """Postings in the home currency, and what was gained (or lost) since what a payment settles was entered."""
    yield from at_home(work, object, postings)
    if exchange:
        sub_type = "AccountsPayable" if "VendorRef" in object else "AccountsReceivable"
        yield control_account(work, sub_type, object["CurrencyRef"]["value"]), exchange
        yield exchange_account(work), -exchange


def control_account(work: Work, sub_type: str, code: str) -> str:
    """The receivable or payable account of a currency; the first document in it opens the account."""
    found = work.control_accounts.get((sub_type, code))
    if found is None:
        accounts = list(work.find("Account", "AccountSubType", sub_type))
        ids = [str(account["Id"]) for account in accounts if account["CurrencyRef"]["value"] == code]
        found = min(ids, key=int) if ids else _open(work, min(accounts, key=lambda one: int(one["Id"])), code)
        work.control_accounts[sub_type, code] = found
    return found


def _open(work: Work, home: Object, code: str) -> str:
    rules = work.entity("Account")
    fields = {name: home[name] for name in ("AccountType", "AccountSubType")}
    new: Object = {"Name": f"{home['Name']} - {code}", **fields}
    rules.complete(work, new, None)
    return str(work.add("Account", {**new, "CurrencyRef": currency(code)})["Id"])


def exchange_account(work: Work) -> str:
    """Where gains and losses stand; the first of them opens the account."""
    ids = [str(account["Id"]) for account in work.find("Account", "AccountSubType", _EXCHANGE)]
    if ids:
        return min(ids, key=int)
    new: Object = {"Name": "Exchange Gain or Loss", "AccountType": "Other Expense", "AccountSubType": _EXCHANGE}
    work.entity("Account").complete(work, new, None)
    return str(work.add("Account", new)["Id"])


def require_home_or(work: Work, account: str, code: str) -> None:
    """Money comes into and goes out of an account in the home currency, or in that of the transaction."""
    if work.existing("Account", account)["CurrencyRef"]["value"] not in (home_currency(work), code):
        raise business("The account has another currency than the transaction.")


def require_currency(work: Work, account: str, code: str) -> None:
    if work.existing("Account", account)["CurrencyRef"]["value"] != code:
        raise business("The account has another currency than the transaction.")
