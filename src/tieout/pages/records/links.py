"""The sync status of records, for lists and for a record's own page."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from tieout.subledger.models import Company
from tieout.sync.models import Attempt, Link, Operation


def links_of(company: Company, kind: str, ids: Iterable[int]) -> dict[int, list[Link]]:
    """By record; a contact can be a customer and a vendor, and then has two."""
    return _by_record(_links(company, kind, ids))


def tags_of(company: Company, kind: str, ids: Iterable[int]) -> dict[int, list[Link]]:
    """The same with no more than a list shows of them."""
    return _by_record(_links(company, kind, ids).only("record_id", "status", "details"))


def _links(company: Company, kind: str, ids: Iterable[int]) -> QuerySet[Link]:
    return Link.objects.of(company).filter(kind=kind, record_id__in=list(ids)).order_by("entity")


def _by_record(links: Iterable[Link]) -> dict[int, list[Link]]:
    found: dict[int, list[Link]] = {}
    for link in links:
        found.setdefault(link.record_id or 0, []).append(link)
    return found


def history(links: list[Link]) -> tuple[list[Attempt], list[Operation]]:
    """The latest attempts, and the writes to QuickBooks."""
    attempts = Attempt.objects.filter(link__in=links).select_related("run").order_by("-id")[:20]
    return list(attempts), list(Operation.objects.filter(link__in=links).order_by("-id")[:20])
