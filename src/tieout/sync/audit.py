"""The audit trail: each write to either book and each decision of a person, newest first, with before, after and cause.

Three tables tell it together: operations (to QuickBooks), takings (to our book) and the attempts that no run made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db.models import Q, QuerySet

from tieout.kinds import BY_ENTITY
from tieout.kinds.kind import Kind, decode
from tieout.subledger.models import Company

from .deciding.pair import Book
from .models import Attempt, Link, Operation, Taking

LIMIT = 50


@dataclass(frozen=True)
class Filter:
    """Whatever is empty asks for nothing."""

    link: Link | None = None
    kind: str = ""
    cause: str = ""  # a part of it
    person: str = ""  # a part of the e-mail address
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Changed:
    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Entry:
    at: datetime
    link: Link
    book: Book | Literal[""]  # empty for a decision, which writes nothing by itself
    act: str  # create, update, void, delete, decision
    cause: str
    outcome: str  # confirmed, refused, stored or uncertain; of a write to our book or a decision always confirmed
    changes: tuple[Changed, ...]
    """In the ids of the book that was written."""
    run_id: int | None = None
    request_id: str = ""
    intuit_tid: str = ""
    answer: str = ""  # QuickBooks' own words of a refusal


@dataclass(frozen=True)
class Page:
    entries: list[Entry]
    next: str
    """For the page after this one; empty at the end."""


def entries(company: Company, wanted: Filter | None = None, *, after: str = "", limit: int = LIMIT) -> Page:
    place = _Place.parse(after)
    found: list[tuple[_Place, Entry]] = []
    for source, (rows, moment, entry) in enumerate(_sources(company, wanted or Filter())):
        wanted_rows = rows.filter(place.beyond(source, moment)) if place else rows
        newest = wanted_rows.order_by(f"-{moment}", "-pk")[: limit + 1]
        found += [(_Place(getattr(row, moment), source, row.pk), entry(row)) for row in newest]
    found.sort(key=lambda each: each[0].key, reverse=True)
    shown = found[:limit]
    return Page([entry for _, entry in shown], str(shown[-1][0]) if len(found) > limit else "")


@dataclass(frozen=True)
class _Place:
    """Of an entry among those of all three tables."""

    at: datetime
    source: int
    pk: int

    @property
    def key(self) -> tuple[datetime, int, int]:
        return (self.at, self.source, self.pk)

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.source}~{self.pk}"

    @classmethod
    def parse(cls, text: str) -> _Place | None:
        """None where there is none, or one that never was given out."""
        try:
            at, source, pk = text.split("~")
            return cls(datetime.fromisoformat(at), int(source), int(pk))
        except ValueError:
            return None

    def beyond(self, source: int, moment: str) -> Q:
        earlier = Q(**{f"{moment}__lt": self.at})
        if source < self.source:
            return earlier | Q(**{moment: self.at})
        return earlier | Q(**{moment: self.at, "pk__lt": self.pk}) if source == self.source else earlier


def _sources(company: Company, wanted: Filter) -> Iterator[tuple[QuerySet[Any], str, Any]]:
    """At one moment: a decision, the write it caused, what was taken of the answer."""
    people = Attempt.objects.filter(link__company=company, run=None)
    yield _filtered(people, wanted, "at", "details"), "at", _decision
    operations = Operation.objects.filter(company=company)
    yield _filtered(operations, wanted, "stored_at", "cause"), "stored_at", _operation
    takings = Taking.objects.filter(company=company)
    yield _filtered(takings, wanted, "at", "cause"), "at", _taking


def _filtered(rows: QuerySet[Any], wanted: Filter, moment: str, cause: str) -> QuerySet[Any]:
    asked = Q()
    if wanted.link is not None:
        asked &= Q(link=wanted.link)
    if wanted.kind:
        asked &= Q(link__kind=wanted.kind)
    for text in filter(None, (wanted.cause, wanted.person)):
        asked &= Q(**{f"{cause}__icontains": text})
    if wanted.since is not None:
        asked &= Q(**{f"{moment}__gte": wanted.since})
    if wanted.until is not None:
        asked &= Q(**{f"{moment}__lt": wanted.until})
    return rows.filter(asked).select_related("link")


def _decision(row: Attempt) -> Entry:
    return Entry(row.at, row.link, "", "decision", row.details, "confirmed", ())


def _taking(row: Taking) -> Entry:
    changes = _changes(row.link.entity, row.groups, row.before, row.after)
    return Entry(
        *(row.at, row.link, Book.OURS, row.act, row.cause, "confirmed", changes),
        run_id=row.run_id,
        request_id=row.request_id,
    )


def _operation(row: Operation) -> Entry:
    changes = _changes(row.entity, row.groups, row.before, row.values)
    return Entry(
        *(row.stored_at, row.link, Book.THEIRS, row.act, row.cause, row.state, changes),
        run_id=row.run_id,
        request_id=row.request_id,
        intuit_tid=row.answer.get("intuit_tid", ""),
        answer=row.answer.get("detail", "") or row.answer.get("message", "") or row.answer.get("text", ""),
    )


def _changes(entity: str, groups: Sequence[str], before: str, after: str) -> tuple[Changed, ...]:
    kind: Kind[Any] = BY_ENTITY[entity]
    old, new = decode(kind, before), decode(kind, after)
    names = dict.fromkeys(name for group in groups for name in kind.fields.get(group, ()))
    found = (Changed(name, getattr(old, name, None), getattr(new, name, None)) for name in names)
    return tuple(each for each in found if each.before != each.after and (old is not None or not _blank(each.after)))


def _blank(value: Any) -> bool:
    return value in (None, "", (), False)
