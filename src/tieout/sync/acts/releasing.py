"""What the guard against mass changes has stopped, and its release by a person who has seen it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet

from tieout.subledger.models import Company, User
from tieout.subledger.services.refusal import refuse
from tieout.sync.models import Link

from .acting import acting, decided, mark, store

REASONS = ("mass_change", "many_gone", "void_in_closed")
CHANGED_SINCE = "The list has changed since you opened it. Look at it again, then release it."


@dataclass
class Stopped:
    """All of one kind that one run would have done in one book."""

    kind: str
    entity: str
    book: str  # a `Book`: where it would be done
    change: str  # a key of mass.DONE
    links: list[int] = field(default_factory=list)
    total: Decimal = Decimal(0)

    @property
    def key(self) -> str:
        return f"{self.entity}-{self.book}-{self.change}"

    @property
    def seen(self) -> str:
        """Of the list a person was shown: another list, another fingerprint."""
        return hashlib.sha256(repr(self.links).encode()).hexdigest()[:16]


def stopped(company: Company) -> list[Stopped]:
    found: dict[tuple[str, ...], Stopped] = {}
    rows = _rows(company).order_by("pk").values_list("pk", "kind", "entity", "facts", "total")
    for pk, kind, entity, facts, total in rows.iterator():
        key = (kind, entity, str(facts["book"]), str(facts["change"]))
        each = found.setdefault(key, Stopped(*key))
        each.links.append(pk)
        each.total += total or Decimal(0)
    return list(found.values())


def links_of(company: Company, each: Stopped) -> QuerySet[Link]:
    return _rows(company).filter(entity=each.entity, facts__book=each.book, facts__change=each.change).order_by("pk")


def _rows(company: Company) -> QuerySet[Link]:
    return Link.objects.of(company).filter(reason__in=REASONS)


def release(company: Company, key: str, by: User, *, seen: str) -> int:
    """Lets what was shown through, and nothing else; how many. What comes later is counted anew."""
    each = next((each for each in stopped(company) if each.key == key), None)
    if each is None or each.seen != seen:
        raise refuse(CHANGED_SINCE)
    with acting(company, list(links_of(company, each))) as found:
        still = [link for link in found if link.reason in REASONS]
        _let_through(still, by, each)
    return len(still)


def _let_through(links: Sequence[Link], by: User, each: Stopped) -> None:
    for link in links:
        released = [*link.facts.get("released", ()), [each.book, each.change]]
        mark(link, by, decided("Released", by, released=released))
    store(links)
