"""A cascade in numbers and money, for the decision before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tieout.pages.formatting import count
from tieout.pages.kinds import KINDS, words
from tieout.sync.acts.cascade import Leaving

SHOWN = 500  # nodes of the trees


@dataclass(frozen=True)
class Sum:
    what: str  # "14 invoices"
    total: Decimal | None


def sums(leaving: Iterable[Leaving]) -> list[Sum]:
    by_kind: dict[str, list[Leaving]] = {}
    for each in sorted(leaving, key=lambda each: list(KINDS).index(each.link.kind)):
        by_kind.setdefault(each.link.kind, []).append(each)
    return [_sum(kind, listed) for kind, listed in by_kind.items()]


def _sum(kind: str, listed: list[Leaving]) -> Sum:
    named = words(kind)
    totals = [each.link.total for each in listed if each.link.total is not None]
    what = count(len(listed), named.one.lower(), named.many.lower())
    return Sum(what, sum(totals, Decimal(0)) if totals else None)
