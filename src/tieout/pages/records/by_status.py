"""Records by what became of them: along their links, which stand in an index together and in the order of the list, as
the last attempt knew it. Along the records, few among very many would be looked for in vain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import QueryDict

from tieout.pages.keyset import Order
from tieout.pages.listing import Listing, listing
from tieout.pages.narrowing import NAMED, Narrowing
from tieout.pages.records.lists import Mentions, RecordList, searched
from tieout.subledger.models import Company, Record
from tieout.subledger.search import listed
from tieout.sync.models import Cursor, Link, Status

# Beside a condition on another table: with an "or", PostgreSQL looks it up row by row, and does not read it all first.
ONE_BY_ONE = Q(pk__lt=0)


def page(shown: RecordList, company: Company, query: QueryDict) -> Listing[Record]:
    status = query.get("sync", "")
    narrowings = _narrowings(shown, company, query)
    without = _without_link(shown, company) if status == Status.NOT_SYNCED else []
    if status not in Status.values or without is None or (without and narrowings):
        return listing([[shown.rows(company, query)]], shown.order, query, shown.narrowings(company, query))
    order = Order(shown.order.field, shown.order.descending, id="record_id")
    parts: list[QuerySet[Any]] = [_links(shown, company, status)]
    if without:
        # Of this company they are already; with that said again, SQLite might walk all of it in the list's order.
        new = shown.model.objects.filter(pk__in=listed(without)).only(shown.order.field)
        parts.append(new.annotate(record_id=F("pk")))
    total = None if without else _counted(shown, company, status)
    found: Listing[Any] = listing([parts], order, query, narrowings, total)
    ids = [row.record_id for row in found.rows]
    records = shown.rows(company, query).in_bulk(ids)
    return replace(found, rows=[records[pk] for pk in ids if pk in records])


def _without_link(shown: RecordList, company: Company) -> list[int] | None:
    """What no run has looked at yet is not synced: among what changed since the last one. None if that is much."""
    upto = Cursor.objects.filter(company=company).values_list("ours", flat=True).first() or 0
    changed = shown.model.objects.of(company).filter(version__gt=upto)
    if (ids := _all(changed.values_list("pk", flat=True), NAMED)) is None:
        return None
    links = Link.objects.of(company).filter(kind=shown.kind, record_id__in=listed(ids))
    return sorted(set(ids) - set(links.values_list("record_id", flat=True))) if ids else []


def _links(shown: RecordList, company: Company, status: str) -> QuerySet[Link]:
    links = _alike(shown, company, status)
    if shown.kind == "contact":  # once, if the same became of it as customer and as vendor
        alike = Link.objects.of(company).filter(kind=shown.kind, status=status)
        first = alike.filter(record_id=OuterRef("record_id"), entity__lt=OuterRef("entity"))
        links = links.filter(~Exists(first) | ONE_BY_ONE)
    return links.only("record_id", shown.order.field)


def _alike(shown: RecordList, company: Company, status: str) -> QuerySet[Link]:
    links = Link.objects.of(company).filter(kind=shown.kind, status=status)
    return links.filter(record_id__isnull=False, date__isnull=shown.order.field != "date")


def _counted(shown: RecordList, company: Company, status: str) -> QuerySet[Any, Any] | None:
    """Contacts, in the order of the index, so that each is told from the one before and none is looked up."""
    if shown.kind != "contact":
        return None
    return _alike(shown, company, status).order_by("name", "record_id").values("name", "record_id").distinct()


def _narrowings(shown: RecordList, company: Company, query: QueryDict) -> list[Narrowing]:
    records = shown.model.objects.filter(company=company)
    found = []
    if narrowed := shown.narrowed(query):
        alike = records.filter(**narrowed)
        found.append(_of_links(shown, company, alike, lambda most: _all(alike.values_list("pk", flat=True), most)))
    if text := searched(query):
        mentioning = records.filter(shown.mention(text))
        found.append(
            _of_links(shown, company, mentioning, lambda most: shown.mentioning(Mentions(company, text, most)))
        )
    return found


def _of_links(
    shown: RecordList, company: Company, records: QuerySet[Record], ids: Callable[[int], list[int] | None]
) -> Narrowing:
    def theirs(most: int) -> list[int] | None:
        if (found := ids(most)) is None:
            return None
        links = Link.objects.of(company).filter(kind=shown.kind, record_id__in=listed(found))
        return _all(links.values_list("pk", flat=True), most)

    return Narrowing(Exists(records.filter(pk=OuterRef("record_id"))) | ONE_BY_ONE, theirs)


def _all(ids: QuerySet[Any, int], most: int) -> list[int] | None:
    found = list(ids[: most + 1])
    return found if len(found) <= most else None
