"""What customers, vendors and employees have in common."""

from collections.abc import Callable
from decimal import Decimal
from typing import ClassVar

from quickbooks_sandbox.entities.names import NameList, bare
from quickbooks_sandbox.faults import Fault, business, fault
from quickbooks_sandbox.ledger.fields import Field, email, phone, text, web
from quickbooks_sandbox.ledger.numbers import ZERO
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

NAME_PARTS = ("Title", "GivenName", "MiddleName", "FamilyName", "Suffix")

NAMES: tuple[Field, ...] = (
    text("Title", 16),
    text("GivenName", 100, queryable=True),
    text("MiddleName", 100, queryable=True),
    text("FamilyName", 100, queryable=True),
    text("Suffix", 16),
)

CONTACT: tuple[Field, ...] = (phone("PrimaryPhone"), phone("AlternatePhone"), phone("Mobile"), phone("Fax"))
EMAIL = email("PrimaryEmailAddr", queryable=True)
EMAIL_NOT_QUERYABLE = email("PrimaryEmailAddr")
WEB = web("WebAddr")

CURRENCIES = {
    "USD": "United States Dollar",
    "CAD": "Canadian Dollar",
    "EUR": "Euro",
    "GBP": "British Pound Sterling",
    "AUD": "Australian Dollar",
    "MXN": "Mexican Peso",
    "JPY": "Japanese Yen",
    "CHF": "Swiss Franc",
    "INR": "Indian Rupee",
    "NZD": "New Zealand Dollar",
}


class Person(NameList):
    name_field = "DisplayName"
    id_sequence = "names"
    already_used_by = "customer, vendor or employee"
    print_name_limit: ClassVar[int] = 110

    def complete_display_name(self, work: Work, new: Object, old: Object | None) -> None:
        if "DisplayName" not in new:
            new["DisplayName"] = _from_parts(new)
        if not new["DisplayName"]:
            raise fault("6080")
        longest, length = work.settings.longest_display_name, len(bare(new["DisplayName"]))
        if length > longest:
            raise fault("2050", field="DisplayName", low=0, high=longest, length=length)
        self.complete_name(work, new, old)

    def complete_print_name(self, new: Object) -> None:
        given = " ".join(new[part] for part in ("GivenName", "FamilyName") if part in new)
        default = new.get("CompanyName") or given or new["DisplayName"].removesuffix(" (deleted)")
        new.setdefault("PrintOnCheckName", default[: self.print_name_limit])

    def complete_currency(self, work: Work, new: Object, old: Object | None) -> None:
        """The currency is chosen once. Only with the preference on may it be a foreign one."""
        if old is not None:
            new["CurrencyRef"] = old["CurrencyRef"]
            return
        home = home_currency(work)
        code = str(new.get("CurrencyRef", {}).get("value", home)).upper()
        if code != home and not work.preference("CurrencyPrefs", "MultiCurrencyEnabled"):
            raise business("Multi Currency should be enabled to perform this operation.")
        new["CurrencyRef"] = currency(code)

    def complete_opening_balance(
        self, work: Work, new: Object, old: Object | None, enter: Callable[[Work, Object, Decimal], None]
    ) -> None:
        """A balance can be sent with a new name only; afterwards it follows from the transactions."""
        opening = new.get("Balance")
        new["Balance"] = old["Balance"] if old else ZERO
        if old is None and opening:
            work.afterwards(lambda: enter(work, new, Decimal(opening)))

    def _clashes(self, new: Object, other: Object) -> bool:
        return True


def refuse_open_balance(work: Work, person: Object) -> None:
    if person["Balance"] and work.settings.deactivate_with_balance == "refuse":
        raise fault("6220")


def home_currency(work: Work) -> str:
    return str(work.preference("CurrencyPrefs", "HomeCurrency")["value"])


def currency(code: str) -> Object:
    if code not in CURRENCIES:
        raise _unknown_currency(code)
    return {"value": code, "name": CURRENCIES[code]}


def _unknown_currency(code: str) -> Fault:
    return fault("2220", value=code)


def _from_parts(new: Object) -> str:
    return " ".join(new[part] for part in NAME_PARTS if new.get(part))
