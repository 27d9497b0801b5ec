"""Account of the chart."""

from decimal import Decimal

from quickbooks_sandbox.entities.account_types import (
    CLASSIFICATION,
    SPECIAL_SUB_TYPES,
    SUB_TYPES,
    TYPE_OF_SUB_TYPE,
)
from quickbooks_sandbox.entities.names import NameList
from quickbooks_sandbox.entities.opening import open_account
from quickbooks_sandbox.entities.people import currency, home_currency
from quickbooks_sandbox.faults import business, fault, not_modelled
from quickbooks_sandbox.ledger.fields import HEADER, boolean, date, number, ref, shown_only, text
from quickbooks_sandbox.ledger.numbers import ZERO
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


class Account(NameList):
    name = "Account"
    fields = (
        text("Name", 100, queryable=True),
        shown_only("SubAccount", queryable=True),
        ref("ParentRef", queryable=True),
        shown_only("FullyQualifiedName", queryable=True),
        boolean("Active", queryable=True),
        shown_only("Classification", queryable=True),
        text("AccountType", 100, queryable=True, kept=True),
        text("AccountSubType", 100, queryable=True, kept=True),
        text("AcctNum", 20, queryable=True),
        text("Description", 100, queryable=True),
        number("CurrentBalance", read_only=True, queryable=True),
        number("CurrentBalanceWithSubAccounts", read_only=True, queryable=True),
        ref("CurrencyRef", kept=True),
        ref("TaxCodeRef", "TaxCode"),
        text("TxnLocationType"),
        text("AccountAlias"),
        number("OpeningBalance"),
        date("OpeningBalanceDate"),
        *HEADER,
    )
    required = ("Name",)
    dropped = ("BankNum", "OnlineBankingEnabled", "FIName", "Source")
    indexed = ("Name", "FullyQualifiedName", "ParentRef", "AccountSubType")
    id_sequence = "accounts"
    default_order = "Name"
    forbidden = ':"\t\n'
    sub_flag = "SubAccount"

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        self.require(new)
        _complete_opening_balance(work, new, old)
        self._complete_type(new)
        if old is not None:
            _keep_special(new, old)
            _keep_kind(new, old)
        new["CurrencyRef"] = old["CurrencyRef"] if old else _currency(work, new)
        self.complete_name(work, new, old)
        self.resolve_references(work, new, old)
        new.setdefault("CurrentBalance", ZERO)
        new.setdefault("CurrentBalanceWithSubAccounts", ZERO)
        if ":" in new.get("AcctNum", ""):
            raise fault("2040", field="AcctNum", value=new["AcctNum"])

    def settle(self, work: Work, new: Object | None, old: Object | None) -> None:
        super().settle(work, new, old)
        moved = new and old and new.get("ParentRef") != old.get("ParentRef")
        if moved and old and old["CurrentBalanceWithSubAccounts"]:
            raise not_modelled("moving an account with a balance under another parent")

    def _complete_type(self, new: Object) -> None:
        type, sub_type = new.get("AccountType"), new.get("AccountSubType")
        if type is None and sub_type is None:
            raise fault("6010")
        type = type or TYPE_OF_SUB_TYPE.get(str(sub_type), "")
        if type not in SUB_TYPES:
            raise fault("2170", field="AccountType", value=new.get("AccountType") or sub_type)
        sub_type = sub_type or SUB_TYPES[type][0]
        if sub_type not in SUB_TYPES[type]:
            raise fault("2170", field="AccountSubType", value=sub_type)
        new.update(AccountType=type, AccountSubType=sub_type, Classification=CLASSIFICATION[type])


def _complete_opening_balance(work: Work, new: Object, old: Object | None) -> None:
    balance, dated = new.pop("OpeningBalance", None), new.pop("OpeningBalanceDate", None)
    if not balance:
        return
    if not dated:
        raise fault("6060")
    if old is not None:
        raise not_modelled("changing an opening balance")
    work.afterwards(lambda: open_account(work, new, Decimal(balance), dated))


def _keep_special(new: Object, old: Object) -> None:
    if old["AccountSubType"] in SPECIAL_SUB_TYPES:
        if new["AccountSubType"] != old["AccountSubType"]:
            raise business("The type of an account that QuickBooks posts to cannot be changed.")
        if old["Active"] and new.get("Active") is False:
            raise business("An account that QuickBooks posts to cannot be made inactive.")


def _keep_kind(new: Object, old: Object) -> None:
    """What was posted to an account stays what it is: an asset, a debt of a customer, income."""
    control = ("Accounts Receivable", "Accounts Payable")
    types = (new["AccountType"], old["AccountType"])
    to_or_from_control = types[0] != types[1] and any(type in control for type in types)
    if new["Classification"] != old["Classification"] or to_or_from_control:
        raise not_modelled("changing an account into one of another classification")


def _currency(work: Work, new: Object) -> Object:
    """Bank accounts and credit cards may be in another currency, once and for good."""
    home = home_currency(work)
    code = str(new.get("CurrencyRef", {}).get("value", home)).upper()
    if code != home and not work.preference("CurrencyPrefs", "MultiCurrencyEnabled"):
        raise business("Multi Currency should be enabled to perform this operation.")
    if code != home and new["AccountType"] not in ("Bank", "Credit Card"):
        raise not_modelled("create of an account in a foreign currency that is no bank account or credit card")
    return currency(code)
