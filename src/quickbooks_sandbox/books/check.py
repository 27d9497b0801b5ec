"""Whether a company's books agree with themselves. Everything is worked out anew from the transactions."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.entities.deposit import DEPOSITABLE, linked
from quickbooks_sandbox.entities.links import (
    PAYERS,
    allocations,
    applied_to,
    applied_to_lines,
    exchange_difference,
    unapplied,
)
from quickbooks_sandbox.entities.names import DELETED, NameList, bare
from quickbooks_sandbox.entities.posted_lines import BY_LINE, owed, owners
from quickbooks_sandbox.ledger.balances import BALANCE_SHEET
from quickbooks_sandbox.ledger.numbers import ZERO, total
from quickbooks_sandbox.ledger.rates import in_account_currencies
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

#: Documents by the payments that settle them.
_SETTLED = {"Payment": ("Invoice", "CreditMemo"), "BillPayment": ("Bill", "VendorCredit")}
_SALES_FORMS = ("Invoice", "CreditMemo", "SalesReceipt", "RefundReceipt")
_EXPENSE_FORMS = ("Bill", "VendorCredit", "Purchase")


def problems(books: Books) -> list[str]:
    """What does not agree, in words; nothing if all does."""
    checker = _Checker(books)
    return [
        *checker.names(),
        *checker.totals(),
        *checker.settlements(),
        *checker.payments(),
        *checker.settled_lines(),
        *checker.deposits(),
        *checker.names_owe(),
        *checker.accounts(),
        *checker.references(),
    ]


class _Checker:
    def __init__(self, books: Books) -> None:
        self.books = books
        self.work = Work(books)

    def all(self, entity: str) -> list[Object]:
        return [row.object for row in self.books.tables[entity].rows.values()]

    def names(self) -> Iterator[str]:
        for name, rules in self.books.registry.items():
            if not isinstance(rules, NameList):
                continue
            entries = self.all(name)
            for entry in entries:
                if entry["Active"] == entry[rules.name_field].endswith(DELETED):
                    yield f"{name} {entry['Id']}: the name does not show whether it is active"
                if rules.sub_flag and entry["FullyQualifiedName"] != self._path(rules, entry):
                    yield f"{name} {entry['Id']}: FullyQualifiedName {entry['FullyQualifiedName']}"
            paths = Counter(bare(self._path(rules, entry)).casefold() for entry in entries)
            yield from (f"{name}: {path!r} is used {n} times" for path, n in paths.items() if n > 1)

    def _path(self, rules: NameList, entry: Object) -> str:
        own = str(entry[rules.name_field])
        if "ParentRef" not in entry:
            return own
        return f"{self._path(rules, self.work.existing(rules.name, entry['ParentRef']['value']))}:{own}"

    def totals(self) -> Iterator[str]:
        for entity in (*_SALES_FORMS, *_EXPENSE_FORMS):
            for form in self.all(entity):
                if form["TotalAmt"] != _sum_of(form):
                    yield f"{entity} {form['Id']}: TotalAmt {form['TotalAmt']}, lines and tax {_sum_of(form)}"

    def settlements(self) -> Iterator[str]:
        paid: defaultdict[Any, Decimal] = defaultdict(Decimal)
        payers: defaultdict[Any, set[str]] = defaultdict(set)
        for payer in _SETTLED:
            for payment in self.all(payer):
                for document, amount in allocations(payment["Line"]).items():
                    paid[document] += amount
                    payers[document].add(payment["Id"])
                    if document[0] in BY_LINE:
                        continue
                    if self.work.get(*document) is None:
                        yield f"{payer} {payment['Id']} pays {document}, which is not there"
        for entity in (entity for entities in _SETTLED.values() for entity in entities):
            for form in self.all(entity):
                key, label = (entity, form["Id"]), f"{entity} {form['Id']}"
                if applied_to(form) != paid[key] or form["Balance"] < 0:
                    yield f"{label}: Balance {form['Balance']} of {form['TotalAmt']}, paid {paid[key]}"
                if {link["TxnId"] for link in form["LinkedTxn"] if link["TxnType"] in PAYERS} != payers[key]:
                    yield f"{label}: LinkedTxn {form['LinkedTxn']}, paid by {payers[key]}"
                if form.get("RemainingCredit", form["Balance"]) != form["Balance"]:
                    yield f"{label}: RemainingCredit {form['RemainingCredit']}, Balance {form['Balance']}"

    def payments(self) -> Iterator[str]:
        for entity in _SETTLED:
            for payment in self.all(entity):
                rest = unapplied(self.work, payment["TotalAmt"], payment["Line"])
                booked = self.work.existing_row(entity, payment["Id"]).internal.get("exchange", ZERO)
                if booked != exchange_difference(self.work, entity, payment):
                    yield f"{entity} {payment['Id']}: booked an exchange difference of {booked}"
                if payment.get("UnappliedAmt", rest) != rest or not 0 <= rest <= payment["TotalAmt"]:
                    yield f"{entity} {payment['Id']}: UnappliedAmt {payment.get('UnappliedAmt')}, worked out {rest}"

    def settled_lines(self) -> Iterator[str]:
        for payer in _SETTLED:
            for payment in self.all(payer):
                for type, id in allocations(payment["Line"]):
                    if type not in BY_LINE:
                        continue
                    found = self.work.get(BY_LINE[type], id)
                    if found is None or owners(self.work, BY_LINE[type], found) != {_payer(payment)}:
                        yield f"{payer} {payment['Id']} pays {type} {id}, which is not there or somebody else's"
                    elif applied_to_lines(self.work, BY_LINE[type], found) > abs(owed(self.work, BY_LINE[type], found)):
                        yield f"{payer} {payment['Id']} pays more of {type} {id} than there is"

    def deposits(self) -> Iterator[str]:
        lying: dict[tuple[str, str], str] = {}
        for deposit in self.all("Deposit"):
            back = deposit.get("CashBack", {}).get("Amount", ZERO)
            if deposit["TotalAmt"] != total(line["Amount"] for line in deposit["Line"]) - back:
                yield f"Deposit {deposit['Id']}: TotalAmt {deposit['TotalAmt']}"
            lying.update((document, deposit["Id"]) for document in linked(deposit))
        for type in DEPOSITABLE:
            for received in self.all(type):
                link: Object = next(iter(received.get("LinkedTxn", [])), {})
                if link.get("TxnId") != lying.pop((type, received["Id"]), None):
                    yield f"{type} {received['Id']}: its LinkedTxn names no deposit that holds it"
        yield from (f"Deposit {deposit} holds {document}, which is not there" for document, deposit in lying.items())

    def names_owe(self) -> Iterator[str]:
        own: defaultdict[str, Decimal] = defaultdict(Decimal)
        for rules in self.books.registry.values():
            for object in self.all(rules.name):
                for owner, amount in rules.open_amounts(self.work, object):
                    own[owner] += amount
        for customer in self.all("Customer"):
            with_jobs = own[customer["Id"]] + total(own[id] for id in self._below(customer["Id"]))
            if (customer["Balance"], customer["BalanceWithJobs"]) != (own[customer["Id"]], with_jobs):
                yield (
                    f"Customer {customer['Id']}: Balance {customer['Balance']} and {customer['BalanceWithJobs']}, "
                    f"worked out {own[customer['Id']]} and {with_jobs}"
                )

        for vendor in self.all("Vendor"):
            if vendor["Balance"] != own[vendor["Id"]]:
                yield f"Vendor {vendor['Id']}: Balance {vendor['Balance']}, worked out {own[vendor['Id']]}"

    def _below(self, customer: str) -> Iterator[str]:
        for child in self.work.find("Customer", "ParentRef", customer):
            yield child["Id"]
            yield from self._below(child["Id"])

    def accounts(self) -> Iterator[str]:
        balances: defaultdict[str, Decimal] = defaultdict(Decimal)
        for rules in self.books.registry.values():
            for object in self.all(rules.name):
                postings = list(rules.postings(self.work, object))
                for posted_to, amount in in_account_currencies(self.work, object, postings):
                    balances[posted_to] += amount
                if total(amount for _, amount in postings):
                    yield f"{rules.name} {object['Id']}: debits and credits differ"
        for account in self.all("Account"):
            worked_out = balances[account["Id"]] if account["Classification"] in BALANCE_SHEET else ZERO
            if account["CurrentBalance"] != worked_out:
                yield f"Account {account['Id']}: {account['CurrentBalance']}, worked out {worked_out}"
        yield from self._control("Accounts Receivable", "Customer", 1)
        yield from self._control("Accounts Payable", "Vendor", -1)

    def _control(self, type: str, party: str, sign: int) -> Iterator[str]:
        """The control accounts hold what the customers owe, and what is owed to the vendors."""
        held: defaultdict[str, Decimal] = defaultdict(Decimal)
        for account in self.all("Account"):
            if account["AccountType"] == type:
                held[account["CurrencyRef"]["value"]] += sign * account["CurrentBalance"]
        for entry in self.all(party):
            held[entry["CurrencyRef"]["value"]] -= entry["Balance"]
        yield from (f"{type} and balances of {party}s differ by {rest} {code}" for code, rest in held.items() if rest)

    def references(self) -> Iterator[str]:
        """Names beside references are those their entries have now."""
        for rules in self.books.registry.values():
            for object in self.all(rules.name):
                for field in rules.references:
                    if "name" in object.get(field.name, {}):
                        ref = object[field.name]
                        target = self.work.get(field.refers_to, ref["value"])
                        entry = self.books.registry[field.refers_to]
                        if target is None or ref["name"] != entry.shown_name(target):
                            yield f"{rules.name} {object['Id']}: {field.name} shows {ref['name']!r}"


def _payer(payment: Object) -> str:
    return str((payment.get("CustomerRef") or payment["VendorRef"])["value"])


def _sum_of(form: Object) -> Decimal:
    """Item lines and bundles, less the discount, plus tax."""
    lines = [line for line in form["Line"] if line["DetailType"] != "SubTotalLineDetail"]
    if "TxnTaxDetail" not in form:
        return total(line["Amount"] for line in lines)
    signed = ((-1 if line["DetailType"] == "DiscountLineDetail" else 1) * line.get("Amount", ZERO) for line in lines)
    return total([*signed, form["TxnTaxDetail"]["TotalTax"]])
