"""What is owed, contact by contact, in both books; each difference is the sum of the items that make it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tieout.subledger.models import Company, Contact, CreditNote, Invoice, Payment, Record, Status
from tieout.sync.deciding.pair import State
from tieout.sync.models import Cursor, Link, Seen
from tieout.sync.reasons import sentence

from .records import scope_of
from .statement import OpenItem, Statement

NOTHING = Decimal(0)
PORTION = 500
ENTITIES: dict[str, type[Record]] = {"Invoice": Invoice, "CreditMemo": CreditNote, "Payment": Payment}


@dataclass
class Item:
    """A document that is open in one book, or in both and for different amounts. No `why`: a difference."""

    entity: str
    record_id: int | None
    qbo_id: str
    number: str
    ours: Decimal = NOTHING
    theirs: Decimal = NOTHING
    why: str = ""

    @property
    def difference(self) -> Decimal:
        return self.ours - self.theirs


@dataclass
class Balance:
    """Of one contact, or of one customer or vendor that only QuickBooks has."""

    whose: str
    name: str
    record_id: int | None
    qbo_id: str
    ours: Decimal = NOTHING
    theirs: Decimal = NOTHING
    items: list[Item] = field(default_factory=list)

    @property
    def difference(self) -> Decimal:
        return self.ours - self.theirs

    @property
    def unexplained(self) -> Decimal:
        return sum((item.difference for item in self.items if not item.why), NOTHING)


@dataclass
class _Open:
    """Our open documents of one kind, by their ids."""

    amount: Decimal
    contact: int
    number: str
    date: date
    version: int


def balances(company: Company, statement: Statement) -> list[Balance]:
    """Those that are not 0 in both books, the ones that differ first."""
    found = _Comparing(company, statement).compare()
    rows = [row for row in found if row.ours or row.theirs or row.items]
    return sorted(rows, key=lambda row: (not row.unexplained, not row.items, row.whose, row.name.casefold()))


class _Comparing:
    def __init__(self, company: Company, statement: Statement) -> None:
        self.company, self.statement = company, statement
        self.ours = {entity: _open(company, entity) for entity in ENTITIES}
        self.rows: dict[tuple[str, int | str], Balance] = {}
        self.scope = scope_of(company)
        self.read_upto = Cursor.objects.filter(company=company).values_list("ours", flat=True).first() or 0
        self._load_links()
        self._load_dates()

    def _load_links(self) -> None:
        theirs: dict[str, set[str]] = {}
        for item in self.statement.items:
            theirs.setdefault(item.entity, set()).add(item.id)
            theirs.setdefault(item.whose, set()).add(item.contact_id)
        ours: dict[str, set[int]] = {entity: set(documents) for entity, documents in self.ours.items()}
        ours["Customer"] = {held.contact for documents in self.ours.values() for held in documents.values()}
        found = [*_links(self.company, "qbo_id", theirs), *_links(self.company, "record_id", ours)]
        self.by_theirs = {(link.entity, link.qbo_id): link for link in found if link.qbo_id is not None}
        self.by_ours = {(link.entity, link.record_id): link for link in found if link.record_id is not None}
        self.names = dict(_named(self.company, ours["Customer"]))

    def _load_dates(self) -> None:
        """Of what was read there and has no link: when it changed, which the statement does not say."""
        unlinked: dict[str, set[str]] = {}
        for item in self.statement.items:
            if item.entity in ENTITIES and (item.entity, item.id) not in self.by_theirs:
                unlinked.setdefault(item.entity, set()).add(item.id)
        self.changed_at: dict[tuple[str, str], datetime] = {}
        for entity, ids in unlinked.items():
            for some in _portions(ids):
                rows = Seen.objects.filter(company=self.company, entity=entity, qbo_id__in=some)
                self.changed_at |= {(entity, id_): at for id_, at in rows.values_list("qbo_id", "updated_at")}

    def compare(self) -> list[Balance]:
        both: dict[tuple[str, int], OpenItem] = {}
        for item in self.statement.items:
            self._of_theirs(item).theirs += item.amount
            link = self.by_theirs.get((item.entity, item.id))
            held = self.ours.get(item.entity, {}).get(link.record_id or 0) if link else None
            if held is None or link is None:
                self._note(self._of_theirs(item), self._only_theirs(item, link))
            else:
                both[item.entity, link.record_id or 0] = item
        for entity, documents in self.ours.items():
            for pk, held in documents.items():
                self._count_ours(entity, pk, held, both.get((entity, pk)))
        return list(self.rows.values())

    def _count_ours(self, entity: str, pk: int, held: _Open, there: OpenItem | None) -> None:
        row = self._of_ours(held.contact)
        row.ours += held.amount
        link = self.by_ours.get((entity, pk))
        if there is None:
            self._note(row, self._only_ours(entity, pk, held, link))
        elif self._of_theirs(there) is not row:
            why = "It belongs to another customer in QuickBooks."
            self._note(row, Item(entity, pk, there.id, held.number, ours=held.amount, why=why))
            self._note(self._of_theirs(there), Item(entity, pk, there.id, held.number, theirs=there.amount, why=why))
        elif there.amount != held.amount:
            self._note(row, Item(entity, pk, there.id, held.number, held.amount, there.amount, _reason(link)))

    def _only_theirs(self, item: OpenItem, link: Link | None) -> Item:
        found = Item(item.entity, link.record_id if link else None, item.id, item.number, theirs=item.amount)
        found.why = self._why_only_theirs(item, link)
        return found

    def _why_only_theirs(self, item: OpenItem, link: Link | None) -> str:
        if item.entity not in ENTITIES:
            return f"Only in QuickBooks: {_spaced(item.entity)} is of a kind that is not synced."
        if link is not None:
            return _reason(link)
        changed_at = self.changed_at.get((item.entity, item.id))
        if self.scope is None or self.scope.has_theirs(item.date, changed_at, item.amount):
            return ""  # it should have been taken in
        return sentence("before_sync_from", {})

    def _only_ours(self, entity: str, pk: int, held: _Open, link: Link | None) -> Item:
        why = _reason(link) if link else self._why_not_there(held)
        return Item(entity, pk, (link.qbo_id or "") if link else "", held.number, ours=held.amount, why=why)

    def _why_not_there(self, held: _Open) -> str:
        if held.version > self.read_upto:
            return "Only here: it was not synced yet."
        if self.scope is None or self.scope.has_ours(held.date, held.version, is_open=True):
            return ""  # it should have been sent
        return sentence("before_sync_from", {})

    def _note(self, row: Balance, item: Item) -> None:
        if item.difference:
            row.items.append(item)

    def _of_theirs(self, item: OpenItem) -> Balance:
        link = self.by_theirs.get((item.whose, item.contact_id))
        if link is not None and link.record_id is not None:
            return self._of_ours(link.record_id, item.whose, link)
        key = (item.whose, item.contact_id)
        return self.rows.setdefault(key, Balance(item.whose, item.contact, None, item.contact_id))

    def _of_ours(self, contact: int, whose: str = "Customer", link: Link | None = None) -> Balance:
        if (whose, contact) not in self.rows:
            link = link or self.by_ours.get((whose, contact))
            name = self.names.get(contact) or (link.name if link else "")
            self.rows[whose, contact] = Balance(whose, name, contact, (link.qbo_id or "") if link else "")
        return self.rows[whose, contact]


def _links(company: Company, end: str, wanted: Mapping[str, Collection[Any]]) -> Iterator[Link]:
    for entity, ids in wanted.items():
        for some in _portions(ids):
            yield from Link.objects.of(company).filter(entity=entity, **{f"{end}__in": some})


def _named(company: Company, ids: Collection[int]) -> Iterator[tuple[int, str]]:
    for some in _portions(ids):
        yield from Contact.objects.of(company).filter(pk__in=some).values_list("pk", "name")


def _portions(ids: Collection[Any]) -> Iterator[list[Any]]:
    listed = list(ids)
    return (listed[start : start + PORTION] for start in range(0, len(listed), PORTION))


def _open(company: Company, entity: str) -> dict[int, _Open]:
    """Signed as a customer's balance is: what they have left with us lowers what they owe."""
    model: Any = ENTITIES[entity]
    number, amount = ("reference", "unapplied") if model is Payment else ("number", "balance")
    rows = model.objects.of(company).filter(status=Status.APPROVED).exclude(**{amount: 0})
    if model is not Payment:
        rows = rows.filter(stub=False)
    sign = 1 if model is Invoice else -1
    listed = rows.values_list("pk", amount, "contact_id", number, "date", "version")
    return {pk: _Open(sign * value, *rest) for pk, value, *rest in listed.iterator()}


def _reason(link: Link | None) -> str:
    """Why both books may differ. Empty for what is said to agree: then nothing explains it."""
    if link is None or (link.state in (State.AGREED, State.VOID) and not link.stub):
        return ""
    if link.stub:
        return sentence("before_sync_from", {})
    return link.details or {State.UNLINKED: "Unlinked.", State.SKIPPED: "Left out of the sync."}.get(
        State(link.state), "Not synced yet."
    )


def _spaced(entity: str) -> str:
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in entity).strip()
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
