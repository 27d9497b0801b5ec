"""What Payment and BillPayment share: money that settles documents, line by line."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from quickbooks_sandbox.entities.links import (
    Document,
    allocations,
    applied_to_lines,
    book_exchange,
    document_of,
    gives,
    lessen,
    link_documents,
    unapplied,
)
from quickbooks_sandbox.entities.people import home_currency
from quickbooks_sandbox.entities.posted_lines import BY_LINE, owed, owners, shown_type
from quickbooks_sandbox.entities.transaction import Transaction
from quickbooks_sandbox.faults import Fault, Faults, business, fault, not_modelled
from quickbooks_sandbox.ledger.fields import Field, anything, is_blank, number, read_parts
from quickbooks_sandbox.ledger.members import refuse_unknown
from quickbooks_sandbox.ledger.numbers import ZERO, money
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

_LINE: tuple[Field, ...] = (number("Amount"), anything("LinkedTxn"))


class Settlement(Transaction):
    #: The reference to who pays or is paid.
    party: ClassVar[str]
    #: Types of documents that lines may name.
    settles: ClassVar[tuple[str, ...]]
    #: Types that QuickBooks leaves out of the answer without a word.
    leaves_out: ClassVar[tuple[str, ...]] = ()

    def link_to(self, object: Object) -> Object:
        """How documents show this payment among their LinkedTxn."""
        return {"TxnId": object["Id"], "TxnType": self.name}

    def with_lines(self, work: Work, object: Object, lines: list[Object]) -> Object:
        return {**object, "Line": lines}

    def is_related(self, work: Work, payer: str, other: str) -> bool:
        return payer == other

    def shown_line(self, amount: Decimal, link: Object, open_before: Decimal, document: Object) -> Object:
        return {"Amount": money(amount), "LinkedTxn": [link]}

    def settle(self, work: Work, new: Object | None, old: Object | None) -> None:
        before, after = (old or {}).get("Line", []), (new or {}).get("Line", [])
        link_documents(work, self.link_to(new or old or {}), before, after)
        if new is not None:
            book_exchange(work, self.name, new)

    def open_amounts(self, work: Work, object: Object) -> Iterable[tuple[str, Decimal]]:
        """What it applies to lines of other transactions leaves their share of the balance where it is."""
        lines = [line for line in object["Line"] if document_of(line)[0] not in BY_LINE]
        yield object[self.party]["value"], -unapplied(work, object["TotalAmt"], lines)

    def apply(self, work: Work, new: Object, old: Object | None) -> Decimal:
        """Read the lines into `new`; what the payment has left over, which may be negative."""
        before: list[Object] = (old or {}).get("Line", [])
        sent = new.get("Line", [])
        payer = new[self.party]["value"]
        if sent is not before or (old and payer != old[self.party]["value"]):
            new["Line"] = SettlementLines(work, self, new, before).read(sent)
        else:
            new["Line"] = before
        rest = unapplied(work, new["TotalAmt"], new["Line"])
        if rest < 0 and work.settings.over_application == "unapply":
            new["Line"] = lessen(new["Line"], -rest, lambda line: not gives(work, line))
            rest = unapplied(work, new["TotalAmt"], new["Line"])
        return rest

    def refuse_misfit(self, new: Object, rest: Decimal) -> None:
        if rest < 0:
            raise business("The amount applied to transactions is more than the amount of the payment.")
        if rest > new["TotalAmt"]:
            raise business("The credits applied are more than the charges they are applied to.")


class SettlementLines:
    """The lines of one payment, checked against what is open on the documents they name."""

    def __init__(self, work: Work, rules: Settlement, payment: Object, before: Sequence[Object]) -> None:
        self.work = work
        self.rules = rules
        self.payer: str = payment[rules.party]["value"]
        self.code = payment["CurrencyRef"]["value"]
        self.types = {type.lower(): type for type in rules.settles}
        self.before = allocations(before)
        self.taken: dict[Document, Decimal] = {}

    def read(self, sent: list[Object]) -> list[Object]:
        lines = (self._line(line) for line in sent)
        return [line for line in lines if line is not None]

    def _line(self, sent: Object) -> Object | None:
        faults = Faults()
        parts = read_parts(_LINE, sent, faults, "Line")
        faults.raise_if_any()
        for name in ("Amount", "LinkedTxn"):
            if is_blank(parts.get(name)) or parts[name] == []:
                raise fault("2020", field=f"Line.{name}")
        link = self._link(parts["LinkedTxn"])
        amount = money(parts["Amount"])
        if amount < 0:
            raise fault("2290", value=amount)
        if not link or not amount:
            return None
        return self._against_lines(link, amount) if link["TxnType"] in BY_LINE else self._against(link, amount)

    def _link(self, links: Any) -> Object | None:
        if not isinstance(links, list) or len(links) != 1 or not isinstance(links[0], dict):
            raise not_modelled("a payment line with more than one LinkedTxn")
        faults = Faults()
        refuse_unknown("LinkedTxn", links[0], faults)
        faults.raise_if_any()
        type, id = str(links[0].get("TxnType") or ""), str(links[0].get("TxnId") or "")
        if not type or not id:
            raise fault("2020", field="Line.LinkedTxn.TxnId")
        if type in self.rules.leaves_out:
            return None
        if type.lower() not in self.types:
            raise not_modelled(f"a payment line to {type}")
        return {"TxnId": id, "TxnType": self.types[type.lower()]}

    def _against(self, link: Object, amount: Decimal) -> Object | None:
        key = (link["TxnType"], link["TxnId"])
        document = self.work.get(*key)
        if document is None:
            raise _missing(link)
        if document["CurrencyRef"]["value"] != self.code:
            raise business("The payment and the transaction it is linked to have different currencies.")
        if not self.rules.is_related(self.work, self.payer, document[self.rules.party]["value"]):
            if self.work.settings.payment_for_other_customer == "unapply":
                return None
            party = "customers" if self.rules.party == "CustomerRef" else "vendors"
            raise business(f"The payment and the transaction it is linked to have different {party}.")
        return self._take(link, amount, document, document["Balance"])

    def _against_lines(self, link: Object, amount: Decimal) -> Object | None:
        """A transaction that posts to the payer's balance line by line."""
        entity = BY_LINE[link["TxnType"]]
        found = self.work.get(entity, link["TxnId"])
        if found is None:
            raise _missing(link)
        if self.code != home_currency(self.work):
            raise not_modelled(f"a payment line to {link['TxnType']} in a foreign currency")
        whose = owners(self.work, entity, found)
        if self.payer not in whose:
            raise business("The payment and the transaction it is linked to have different names.")
        if whose != {self.payer}:
            raise not_modelled("a payment line to a transaction that concerns several customers or vendors")
        left = abs(owed(self.work, entity, found)) - applied_to_lines(self.work, entity, found)
        return self._take({**link, "TxnType": shown_type(entity, found)}, amount, found, left)

    def _take(self, link: Object, amount: Decimal, document: Object, left: Decimal) -> Object | None:
        key = (link["TxnType"], link["TxnId"])
        # What this payment already applies is open to itself.
        open_before = left + self.before.get(key, ZERO) - self.taken.get(key, ZERO)
        if amount > open_before:
            if self.work.settings.over_application == "refuse":
                raise business("The amount applied is more than the open balance of the transaction.")
            amount = open_before
        self.taken[key] = self.taken.get(key, ZERO) + amount
        return self.rules.shown_line(amount, link, open_before, document) if amount else None


def _missing(link: Object) -> Fault:
    return business(f"The {link['TxnType']} {link['TxnId']} that the payment is linked to does not exist.")
