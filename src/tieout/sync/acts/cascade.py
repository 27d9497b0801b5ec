"""What goes along when records are unlinked: what names them can only be synced together with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, QuerySet

from tieout.subledger.models import Allocation, Company, CreditNote, Invoice, Payment
from tieout.subledger.search import listed
from tieout.sync.deciding.pair import State
from tieout.sync.models import Link, Seen

from .acting import PORTION

Id = TypeVar("Id", int, str)
Key = tuple[str, int]  # (kind, record id)
Rows = Iterable[tuple[int, int]]  # (id of what depends, id of what it depends on)


def _of_contacts(model: type[Any]) -> Callable[[list[int]], Rows]:
    return lambda ids: model.objects.filter(contact__in=listed(ids)).values_list("pk", "contact_id")


def _paying(end: str) -> Callable[[list[int]], Rows]:
    return lambda ids: Allocation.objects.filter(**{f"{end}__in": listed(ids)}).values_list("payment_id", f"{end}_id")


DOCUMENTS = ("Invoice", "CreditMemo", "Payment")
# In the order in which they are followed: a payment is shown under a document it pays, if there is one.
DEPENDENTS: dict[str, dict[str, Callable[[list[int]], Rows]]] = {
    "contact": {
        "payment": _of_contacts(Payment),
        "credit_note": _of_contacts(CreditNote),
        "invoice": _of_contacts(Invoice),
    },
    "credit_note": {"payment": _paying("credit_note")},
    "invoice": {"payment": _paying("invoice")},
}


@dataclass
class Leaving:
    """One link that is to go, and what goes because of it."""

    link: Link
    because_of: Leaving | None = None
    along: list[Leaving] = field(default_factory=list)
    also_pays: list[str] = field(default_factory=list)
    """Documents that stay linked, which this payment pays or takes up as well."""

    def everything(self) -> Iterator[Leaving]:
        yield self
        for each in self.along:
            yield from each.everything()


def cascade(
    company: Company, roots: Sequence[Link], *, among_unlinked: bool = False, columns: Sequence[str] = ()
) -> list[Leaving]:
    """A tree under each root. `among_unlinked`: of what was unlinked, to be linked again; else of what is not yet.
    `columns`: for a page that only shows the links, what it shows; they are then read as plain rows."""
    links = Link.objects.of(company).order_by("date", "pk")
    of = links.filter(state=State.UNLINKED) if among_unlinked else links.exclude(state=State.UNLINKED)
    rows: Any = of.values_list("pk", "kind", "entity", "record_id", *columns, named=True) if columns else of
    return _Following(company, rows, [Leaving(root) for root in roots]).trees


class _Following:
    def __init__(self, company: Company, links: QuerySet[Link], trees: list[Leaving]) -> None:
        self.company, self.links, self.trees = company, links, trees
        self.known = {tree.link.pk for tree in trees}
        self.reached: dict[Key, Leaving] = {
            (tree.link.kind, tree.link.record_id): tree for tree in trees if tree.link.record_id is not None
        }
        for kind, dependents in DEPENDENTS.items():
            for dependent, follow in dependents.items():
                self._follow(kind, dependent, follow)
        for leaving in self.reached.values():
            if leaving.because_of is not None:
                leaving.because_of.along.append(leaving)
        self._follow_to_theirs()
        self._note_what_stays()

    def _follow(self, kind: str, dependent: str, follow: Callable[[list[int]], Rows]) -> None:
        # Sales documents name a contact as a customer; a supplier's link takes none of them along.
        of = {pk: each for (its, pk), each in self.reached.items() if its == kind and each.link.entity != "Vendor"}
        for ids in _portions(of):
            if not (named := dict(follow(ids))):
                continue
            for link in self.links.filter(kind=dependent, record_id__in=listed(list(named))):
                key = (dependent, link.record_id or 0)
                if link.pk not in self.known or self._is_nearer(key, kind):
                    self.reached[key] = Leaving(link, of[named[key[1]]])
                    self.known.add(link.pk)

    def _is_nearer(self, key: Key, kind: str) -> bool:
        """A payment found under its customer belongs under the document that it pays."""
        before = self.reached.get(key)
        above = before.because_of if before is not None else None
        return above is not None and above.link.kind == "contact" != kind

    def _follow_to_theirs(self) -> None:
        """Documents that are only in QuickBooks yet, of a customer there."""
        customers = {
            tree.link.qbo_id: tree for tree in self.trees if tree.link.entity == "Customer" and tree.link.qbo_id
        }
        waiting = self.links.filter(entity=OuterRef("entity"), qbo_id=OuterRef("qbo_id"), record_id=None)
        for ids in _portions(customers):
            seen = Seen.objects.filter(company=self.company, entity__in=DOCUMENTS, contact__in=ids)
            whose: dict[str, dict[str, str]] = {entity: {} for entity in DOCUMENTS}
            for entity, qbo_id, contact in seen.filter(Exists(waiting)).values_list("entity", "qbo_id", "contact"):
                whose[entity][qbo_id] = contact
            for entity, theirs in whose.items():
                self._add_theirs(entity, {qbo_id: customers[contact] for qbo_id, contact in theirs.items()})

    def _add_theirs(self, entity: str, trees: Mapping[str, Leaving]) -> None:
        links = self.links.filter(entity=entity, record_id=None, qbo_id__in=trees) if trees else []
        for link in links:
            if link.pk not in self.known:
                tree = trees[link.qbo_id or ""]
                tree.along.append(Leaving(link, tree))
                self.known.add(link.pk)

    def _note_what_stays(self) -> None:
        going = {pk: each for (kind, pk), each in self.reached.items() if kind == "payment"}
        for ids in _portions(going):
            rows = Allocation.objects.filter(payment__in=listed(ids)).select_related("invoice", "credit_note")
            for row in rows.order_by("pk"):
                end = row.invoice or row.credit_note
                if end is not None and (end.kind, end.pk) not in self.reached and self._is_linked(end.kind, end.pk):
                    going[row.payment_id].also_pays.append(f"{end._meta.verbose_name} {end}")

    def _is_linked(self, kind: str, record_id: int) -> bool:
        links = Link.objects.of(self.company).filter(kind=kind, record_id=record_id, qbo_id__isnull=False)
        return links.exclude(state=State.UNLINKED).exists()


def _portions(ids: Iterable[Id]) -> Iterator[list[Id]]:
    in_order = sorted(ids)
    for start in range(0, len(in_order), PORTION):
        yield in_order[start : start + PORTION]
