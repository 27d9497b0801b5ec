"""The list of each kind of record: its order, what its search looks at, and its filters."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from tieout.pages.keyset import Order
from tieout.pages.narrowing import NAMED, Narrowing
from tieout.pages.results.filter import is_id
from tieout.subledger.models import Company, Contact, ContactType, CreditNote, Invoice, Payment, Record, Status
from tieout.subledger.search import ids, index_of
from tieout.sync.models import Link
from tieout.sync.models import Status as SyncStatus


@dataclass(frozen=True)
class Mentions:
    """The rows that the search indexes name for a text; None where they are more than `most`. Contacts are asked for
    once, however many lists look for what is theirs."""

    company: Company
    text: str
    most: int = NAMED

    @cached_property
    def contacts(self) -> list[int] | None:
        return ids(index_of(Contact), self.company.pk, self.text, self.most)

    def of(self, model: type[Record]) -> list[int] | None:
        """By their own texts, and by their contact's name."""
        if self.contacts is None:
            return None
        return ids(index_of(model), self.company.pk, self.text, self.most, self.contacts)

    @property
    def ids(self) -> list[int]:
        return [int(self.text)] if is_id(self.text) else []


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
        return rows.filter(**self.narrowed(query))

    def narrowings(self, company: Company, query: QueryDict) -> list[Narrowing]:
        found = [self._not_synced(company)] if query.get("sync") == SyncStatus.NOT_SYNCED else []
        if text := searched(query):
            found.append(self.that_mention(Mentions(company, text)))
        return found

    def narrowed(self, query: QueryDict) -> dict[str, str]:
        wanted = query.get(self.narrow, "")
        return {self.narrow: wanted} if wanted in self.choices.values else {}

    def _not_synced(self, company: Company) -> Narrowing:
        """What no run has looked at yet has no link, and is not synced."""
        # As a range and by what it is not, so that each record's own link is looked up, and not all with that status.
        own = (OuterRef("pk"), OuterRef("pk"))
        links = Link.objects.of(company).filter(kind=self.kind, record_id__range=own)
        with_it = Exists(links.exclude(status__in=set(SyncStatus.values) - {SyncStatus.NOT_SYNCED}))
        return Narrowing(with_it | ~Exists(links), lambda _: None)

    # What their texts say

    def that_mention(self, mentions: Mentions) -> Narrowing:
        return Narrowing(self.mention(mentions.text), lambda _: self.mentioning(mentions))

    def mention(self, text: str) -> Q:
        found = Q(pk=int(text)) if is_id(text) else Q()
        for column in self.search:
            found |= Q(**{f"{column}__icontains": text})
        return found

    def mentioning(self, mentions: Mentions) -> list[int] | None:
        found = mentions.contacts if self.model is Contact else mentions.of(self.model)
        return [*found, *mentions.ids] if found is not None else None


def searched(query: QueryDict) -> str:
    return query.get("q", "").replace("\0", "").strip()


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
