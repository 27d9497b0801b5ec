"""The lists a company begins with: accounts, items, customers, vendors."""

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.builder import words
from quickbooks_sandbox.builder.plan import Plan
from quickbooks_sandbox.ledger.store import Object

_ONE_IN_FIRMS = 0.6
_INCOME = "1"
_PRICES = (15, 25, 40, 60, 85, 120, 180, 260, 390)
#: Which term a customer has: most pay within 30 days.
_TERMS = ("1", "2", "3", "3", "3", "4")


@dataclass
class Cast:
    """Ids, and beside them what the history needs to know."""

    card: str = ""
    expenses: list[tuple[str, tuple[int, int]]] = field(default_factory=list)
    items: list[tuple[str, Decimal]] = field(default_factory=list)
    #: Customer and term.
    customers: list[tuple[str, str]] = field(default_factory=list)
    vendors: list[str] = field(default_factory=list)


def hire(books: Books, plan: Plan, chance: Random) -> Cast:
    cast = Cast()
    cast.card = _make(books, "Account", Name="Company Card", AccountType="Credit Card")
    for name, kind, low, high in words.EXPENSES:
        account = _make(books, "Account", Name=name, AccountType="Expense", AccountSubType=kind)
        cast.expenses.append((account, (low, high)))
    for name in _names(plan.items, [f"{thing} {deed}" for thing in words.THINGS for deed in words.DEEDS], chance):
        cast.items.append(_item(books, name, chance))
    taken: set[str] = set()
    for name in _names(plan.customers, _customer_names(plan, chance), chance, taken):
        cast.customers.append(_customer(books, name, chance))
    for name in _names(plan.vendors, _pairs(words.FAMILY, words.VENDORS), chance, taken):
        cast.vendors.append(_make(books, "Vendor", DisplayName=name, CompanyName=name, **_reach(name, chance)))
    return cast


def _make(books: Books, entity: str, **body: object) -> str:
    return str(books.create(entity, dict(body))["Id"])


def _item(books: Books, name: str, chance: Random) -> tuple[str, Decimal]:
    price = Decimal(chance.choice(_PRICES)) + Decimal(chance.choice((0, 50))) / 100
    body = {"Name": name, "Type": "Service", "UnitPrice": price, "Description": f"{name}, labor and small parts"}
    return _make(books, "Item", **body, IncomeAccountRef={"value": _INCOME}), price


def _customer(books: Books, name: str, chance: Random) -> tuple[str, str]:
    term = chance.choice(_TERMS)
    given, _, family = name.partition(" ")
    who: Object = {"CompanyName": name} if family in words.FIRMS else {"GivenName": given, "FamilyName": family}
    body = {"DisplayName": name, **who, **_reach(name, chance), "BillAddr": _address(chance)}
    return _make(books, "Customer", **body, SalesTermRef={"value": term}), term


def _reach(name: str, chance: Random) -> Object:
    mailbox = "".join(letter for letter in name.lower().replace(" ", ".") if letter.isalnum() or letter == ".")
    return {
        "PrimaryEmailAddr": {"Address": f"{mailbox}@example.com"},
        "PrimaryPhone": {"FreeFormNumber": f"(650) 555-01{chance.randrange(100):02}"},
    }


def _address(chance: Random) -> Object:
    town, postal_code = chance.choice(words.TOWNS)
    street = f"{chance.randrange(1, 2000)} {chance.choice(words.STREETS)} {chance.choice(words.WAYS)}"
    return {"Line1": street, "City": town, "CountrySubDivisionCode": "CA", "PostalCode": postal_code}


def _customer_names(plan: Plan, chance: Random) -> list[str]:
    firms, people = _pairs(words.FAMILY, words.FIRMS), _pairs(words.GIVEN, words.FAMILY)
    chance.shuffle(firms)
    return firms[: int(plan.customers * _ONE_IN_FIRMS)] + people


def _pairs(first: list[str], second: list[str]) -> list[str]:
    return [f"{one} {other}" for one in first for other in second]


def _names(count: int, pool: list[str], chance: Random, taken: set[str] | None = None) -> list[str]:
    """So many different names; beyond what the pool gives they are numbered."""
    used = set() if taken is None else taken
    free = [name for name in pool if name not in used]
    chance.shuffle(free)
    names = [free[place % len(free)] + _number(place // len(free)) for place in range(count)]
    used.update(names)
    return names


def _number(round_: int) -> str:
    return f" {round_ + 1}" if round_ else ""
