"""A cascade in numbers and money, for the decision before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from tieout.pages.formatting import count, day, money
from tieout.pages.kinds import KINDS, words
from tieout.sync.acts.cascade import Leaving

SHOWN = 500  # trees


class Branch(NamedTuple):
    """One record in the words of the page; made here, since a template takes ten times as long for hundreds."""

    called: str
    about: str  # whose it is and its date
    amount: str
    also_pays: list[str]
    along: list[Branch]
    number: int  # of records that go because of it


def branches(trees: Iterable[Leaving], currency: str) -> list[Branch]:
    return [_branch(tree, currency) for tree in trees]


def _branch(leaving: Leaving, currency: str) -> Branch:
    link, along = leaving.link, branches(leaving.along, currency)
    whose = "" if link.kind == "contact" else link.name
    named = link.number or (link.name if link.kind == "contact" else "") or link.record_id or link.qbo_id
    return Branch(
        called=f"{words(link.kind).one} {named}",
        about=" · ".join(filter(None, (whose, day(link.date) if link.date else ""))),
        amount=money(link.total, currency) if link.total is not None else "",
        also_pays=leaving.also_pays,
        along=along,
        number=sum(1 + each.number for each in along),
    )


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
