"""The list of each kind of record: its order, what its search looks at, and its filters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from tieout.pages.keyset import Order
from tieout.subledger.models import Company, Contact, ContactType, CreditNote, Invoice, Payment, Record, Status
from tieout.sync.models import Link
from tieout.sync.models import Status as SyncStatus


@dataclass(frozen=True)
class RecordList:
    kind: str
    model: type[Record]
    title: str
    template: str
    order: Order
    search: tuple[str, ...]
    choices: type[Any]  # of the filter called `narrow` here
    narrow: str
    related: tuple[str, ...] = field(default=())

    def rows(self, company: Company, query: QueryDict) -> QuerySet[Record]:
        rows = self.model.objects.filter(company=company).select_related(*self.related)
        if (wanted := query.get(self.narrow, "")) in self.choices.values:
            rows = rows.filter(**{self.narrow: wanted})
        if (status := query.get("sync", "")) in SyncStatus.values:
            rows = rows.filter(self._with_status(company, status))
        if text := query.get("q", "").replace("\0", "").strip():
            rows = rows.filter(self._mentions(text))
        return rows

    def _mentions(self, text: str) -> Q:
        found = Q(pk=int(text)) if text.isdecimal() and len(text) <= 18 else Q()
        for column in self.search:
            found |= Q(**{f"{column}__icontains": text})
        return found

    def _with_status(self, company: Company, status: str) -> Q:
        links = Link.objects.of(company).filter(kind=self.kind, record_id=OuterRef("pk"))
        with_it = Exists(links.filter(status=status))
        # What no run has looked at yet has no link, and is not synced.
        return Q(with_it) | ~Q(Exists(links)) if status == SyncStatus.NOT_SYNCED else Q(with_it)


ACCOUNTS = RecordList(
    kind="contact",
    model=Contact,
    title="Accounts",
    template="records/accounts.html",
    order=Order("name", descending=False),
    search=("name", "company_name", "email"),
    choices=ContactType,
    narrow="type",
)
INVOICES = RecordList(
    kind="invoice",
    model=Invoice,
    title="Invoices",
    template="records/documents.html",
    order=Order("date"),
    search=("number", "former_numbers", "contact__name", "memo"),
    choices=Status,
    narrow="status",
    related=("contact",),
)
CREDIT_NOTES = RecordList(
    kind="credit_note",
    model=CreditNote,
    title="Credit notes",
    template="records/documents.html",
    order=Order("date"),
    search=("number", "former_numbers", "contact__name", "memo"),
    choices=Status,
    narrow="status",
    related=("contact",),
)
PAYMENTS = RecordList(
    kind="payment",
    model=Payment,
    title="Payments",
    template="records/payments.html",
    order=Order("date"),
    search=("reference", "contact__name", "memo"),
    choices=Status,
    narrow="status",
    related=("contact",),
)
