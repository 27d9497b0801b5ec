"""The list of each kind of record: its order, what its search looks at, and its filters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from tieout.pages.keyset import Order
from tieout.pages.narrowing import Narrowing
from tieout.pages.results.filter import is_id
from tieout.subledger.models import Company, Contact, ContactType, CreditNote, Invoice, Payment, Record, Status
from tieout.subledger.search import ids, index_of, listed
from tieout.sync.models import Link
from tieout.sync.models import Status as SyncStatus

# Looking up each record's link costs more than comparing its texts.
FEW = 1_000


@dataclass(frozen=True)
class RecordList:
    kind: str
    model: type[Record]
    title: str
    template: str
    order: Order
    shows: tuple[str, ...]  # the columns that are read; a list is not worth reading addresses and versions for
    search: tuple[str, ...]
    choices: type[Any]  # of the filter called `narrow` here
    narrow: str
    related: tuple[str, ...] = field(default=())

    def rows(self, company: Company, query: QueryDict) -> QuerySet[Record]:
        rows = self.model.objects.filter(company=company).select_related(*self.related or (None,)).only(*self.shows)
        wanted = query.get(self.narrow, "")
        return rows.filter(**{self.narrow: wanted}) if wanted in self.choices.values else rows

    def narrowings(self, company: Company, query: QueryDict) -> list[Narrowing]:
        found = []
        if (status := query.get("sync", "")) in SyncStatus.values:
            found.append(self._with_status(company, status))
        if text := query.get("q", "").replace("\0", "").strip():
            found.append(self._mentions(company, text))
        return found

    def _mentions(self, company: Company, text: str) -> Narrowing:
        found = Q(pk=int(text)) if is_id(text) else Q()
        for column in self.search:
            found |= Q(**{f"{column}__icontains": text})
        return Narrowing(found, lambda most: self._mentioning(company, text, most))

    def _mentioning(self, company: Company, text: str, most: int) -> list[int] | None:
        """By their own texts, and by their contact's name."""
        found = ids(index_of(self.model), company.pk, text, most)
        contacts = ids(index_of(Contact), company.pk, text, most) if "contact" in self.related else []
        if found is None or contacts is None:
            return None
        if contacts:
            theirs = self.model.objects.filter(Q(contact__in=listed(contacts))).values_list("pk", flat=True)[: most + 1]
            found += theirs
        return [*found, *([int(text)] if is_id(text) else [])] if len(found) <= most else None

    def _with_status(self, company: Company, status: str) -> Narrowing:
        links = Link.objects.of(company).filter(kind=self.kind, record_id=OuterRef("pk"))
        # Said by what it is not, so that each record's own link is looked up, and not all with that status.
        with_it = Exists(links.exclude(status__in=set(SyncStatus.values) - {status}))
        # What no run has looked at yet has no link, and is not synced.
        not_synced = status == SyncStatus.NOT_SYNCED
        # With an "or", so that PostgreSQL looks the links up one by one as well, and does not first read them all.
        condition = Q(with_it) | (~Q(Exists(links)) if not_synced else Q(pk__lt=0))
        return Narrowing(condition, lambda most: None if not_synced else self._of_status(company, status, most), FEW)

    def _of_status(self, company: Company, status: str, most: int) -> list[int] | None:
        links = Link.objects.of(company).filter(kind=self.kind, status=status, record_id__isnull=False)
        found = list(links.values_list("record_id", flat=True)[: most + 1])
        return [pk for pk in found if pk is not None] if len(found) <= most else None


DOCUMENT = ("number", "stub", "contact__name", "date", "status", "currency", "total", "balance")
ACCOUNTS = RecordList(
    kind="contact",
    model=Contact,
    title="Accounts",
    template="records/accounts.html",
    order=Order("name", descending=False),
    shows=("name", "type", "email", "phone", "mobile", "city", "archived"),
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
    shows=(*DOCUMENT, "due_date"),
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
    shows=DOCUMENT,
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
    shows=("reference", "contact__name", "date", "status", "currency", "total", "unapplied"),
    search=("reference", "contact__name", "memo"),
    choices=Status,
    narrow="status",
    related=("contact",),
)
